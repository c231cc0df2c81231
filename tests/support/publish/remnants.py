"""A notice published in error, every place where a host may keep its text, and a search of every byte for it."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from multiprocessing import get_context

from generator.locks import locked
from generator.period import SHANGHAI
from generator.publish.host import Host
from generator.publish.progress import Step
from generator.publish.purge import PurgeStep, purge
from generator.publish.repository import Repository
from generator.publish.settings import load_settings
from tests.support.content import NOTICE
from tests.support.publish.faults import Case
from tests.support.publish.hosts import environment, git, gongkai

ER = "content/notices/2025/er.yml"
NUMBER = "210602199001011234"
PHRASES = (
    *(f"第{number}号线索涉及的当事人姓名和住址绝对不应当出现在公开的通报里面" for number in "一二三四五六七八九"),
    NUMBER,
)
TEXT = NOTICE.replace("一是制定计划。", "".join(f"{phrase}。" for phrase in PHRASES))
REMOVED = """\
格式: 1
标题: （已移除）
单位: bangongshi
发布: 2025-11-21 09:00
正文:
  段落:
    - （已移除）
撤回:
  日期: 2025-11-22
  说明: 误发。
  类型: 误发
"""
SHARED = b"%PDF-1.4 shared"


def word(text: str) -> bytes:
    """Return a Word file whose text lies in runs, as Word writes it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        half = len(text) // 2
        made.writestr("word/document.xml", f"<w:p><w:t>{text[:half]}</w:t></w:r><w:t>{text[half:]}</w:t></w:p>")
    return packed.getvalue()


def taken_in(case: Case, *options: str) -> None:
    """Bring the office's branch to the host as a host took it in that did not look for sources, and publish it."""
    command = ("-c", "transfer.fsckObjects=false", *options, "fetch", "--quiet", str(case.office.folder), "main:main")
    git(case.host.repository, *command)
    done = gongkai("server", "reconcile", str(case.host.root))
    assert done.returncode == 0, done.stderr


def err(case: Case) -> None:
    """Publish the text in error, with its sources and copies around it and in what people write about it."""
    office = case.office
    office.commit({"content/notices/2025/lao.yml": TEXT, "通报.txt": TEXT.encode("gb18030")}, f"录入：{PHRASES[0]}")
    office.git("mv", "content/notices/2025/lao.yml", ER)
    listed = TEXT + "附件:\n  - 文件: 名单.pdf\n    标题: 名单\n  - 文件: 表.pdf\n    标题: 表\n"
    other = NOTICE + "附件:\n  - 文件: 表.pdf\n    标题: 表\n"
    folder = "content/notices/2025/er"
    office.commit(
        {
            ER: listed,
            f"{folder}/名单.pdf": f"%PDF-1.4 {PHRASES[0]}",
            f"{folder}/表.pdf": SHARED,
            "content/notices/2025/san.yml": other,
            "content/notices/2025/san/表.pdf": SHARED,
            f"{ER}.orig": listed,
            "稿/er (副本).yml.bak": TEXT,
            "稿/一样.yml": listed,
            "稿/送审稿.docx": word("".join(PHRASES)),
            "稿/全部.gz": gzip.compress(TEXT.encode()),
            f"稿/{PHRASES[1]}.md": "空的。\n",
            "稿/名单.csv": f"张三,{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}\n",
            "\n": "名称是一个换行。\n",
            "README.md": "# 我们的网站\n",
        }
    )
    far = office.git("cat-file", "commit", "HEAD").replace("+0000\n\n", "+9999\n\n").encode()
    commit = Repository(office.folder).run("hash-object", "-w", "-t", "commit", "--literally", "--stdin", given=far)
    office.git("update-ref", "HEAD", commit.decode().strip())
    taken_in(case)


def withdraw(case: Case) -> None:
    """Push the removed form, as the office does."""
    case.office.commit(
        {ER: REMOVED, **dict.fromkeys(("content/notices/2025/er/名单.pdf", "content/notices/2025/er/表.pdf"))}
    )
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words


def litter(host: Host) -> None:
    """Leave the text where ended runs, hands and git leave things."""
    repository = Repository(host.repository)
    blob = repository.run("hash-object", "-w", "--stdin", given="".join(PHRASES).encode()).decode().strip()
    first = repository.run("rev-list", "--max-parents=0", "main").decode().split()[0]
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    repository.run(*who, "tag", "-a", "-m", PHRASES[2], "v1", first)
    repository.run(*who, "notes", "--ref", "review", "add", "-m", PHRASES[3], first)
    repository.run("branch", "旧的", "main~1")
    repository.run("config", "core.logAllRefUpdates", "always")
    repository.run("update-ref", "-m", PHRASES[4], "refs/heads/旧的", "main~1")
    repository.run("repack", "-a", "-d", "-q")
    pack = next(host.repository.glob("objects/pack/*.pack"))
    pack.with_suffix(".keep").write_text("receive-pack 1 on host")
    quarantine = host.repository / "objects" / "incoming-abc" / blob[:2]
    quarantine.mkdir(parents=True)
    whole = f"blob {len(TEXT.encode())}\0".encode() + TEXT.encode()
    (quarantine / blob[2:]).write_bytes(zlib.compress(whole))
    (host.repository / "FETCH_HEAD").write_text(f"{first}\t{PHRASES[5]}\n")
    (host.state / "preview" / "pushed").mkdir(parents=True)
    for place in (
        host.state / "preview" / "pushed" / "er.yml",
        host.log,
        host.state / "failed.json",
        host.state / "records-index",
        host.releases / ".making" / "source" / "er.yml",
        host.releases / ".old-x" / "er.yml",
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(TEXT)
    preview = host.previews / "token"
    preview.mkdir()
    (preview / "index.html.gz").write_bytes(gzip.compress(TEXT.encode()))


def lock(host: Host) -> None:
    """Leave the locks of a git that was killed just now."""
    for name in ("gc.pid", "packed-refs.lock", "HEAD.lock", "refs/heads/main.lock", "objects/info/commit-graph.lock"):
        place = host.repository / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{os.getpid()} {os.uname().nodename}")


def places(host: Host, phrases: Iterable[str] = PHRASES) -> list[str]:
    """Return where on a host any phrase stands in any byte: in files, inflated ones too, in names, in objects."""
    wanted = [phrase.encode() for phrase in phrases]
    found = [
        f"{place.relative_to(host.root)}"
        for place in host.root.rglob("*")
        if place.is_file() and _says(place.read_bytes() + str(place).encode(), wanted)
    ]
    command = ["git", "-C", str(host.repository), "cat-file", "--batch-all-objects", "--batch", "--unordered"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as git_:
        assert git_.stdout is not None
        while line := git_.stdout.readline().split():
            data = git_.stdout.read(int(line[2]))
            git_.stdout.read(1)
            if _says(data, wanted):
                found.append(f"{line[1].decode()} {line[0].decode()}")
    return found


def _says(data: bytes, wanted: list[bytes]) -> bool:
    texts = [data, data.decode("gb18030", "ignore").encode()]
    if data.startswith(b"\x1f\x8b"):
        texts.append(zlib.decompressobj(31).decompress(data))
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            texts += [packed.read(name).replace(b"</w:t></w:r><w:t>", b"") for name in packed.namelist()]
    with suppress(zlib.error):
        texts.append(zlib.decompressobj(-15).decompress(data))
    return any(phrase in text for phrase in wanted for text in texts)


def purged(case: Case) -> subprocess.CompletedProcess[str]:
    """Purge as IT does."""
    return gongkai("server", "purge", str(case.host.root), "2025/er", "--yes")


def purge_held(host: Host, on_step: Callable[[Step | PurgeStep], None] = lambda _: None) -> None:
    """Purge in this process; the caller holds the host's lock."""
    purge(host, load_settings(host), "2025/er", datetime.now(SHANGHAI).replace(microsecond=0), on_step)


def purge_quietly(host: Host, on_step: Callable[[Step | PurgeStep], None] = lambda _: None) -> None:
    """Purge in this process, under the host's lock."""
    with locked(host.lock, load_settings(host).patience):
        purge_held(host, on_step)


def passed_steps(host: Host) -> list[Step | PurgeStep]:
    """Purge a host and return the steps that it came by, each once, in order."""
    steps: list[Step | PurgeStep] = []
    purge_quietly(host, steps.append)
    return list(dict.fromkeys(steps))


def dying_purge(host: Host, dying: Step | PurgeStep | None, after: float = 0.0) -> bool:
    """Purge in a process that kills itself at a step, or is killed after some seconds; return whether it was killed."""

    def on_step(step: Step | PurgeStep) -> None:
        if step is dying:
            os.kill(os.getpid(), signal.SIGKILL)

    process = get_context("fork").Process(target=purge_quietly, args=(host, on_step))
    process.start()
    if dying is None:
        process.join(after)
        process.kill()
    process.join()
    killed = process.exitcode == -signal.SIGKILL
    assert killed or dying is None, f"not killed at {dying}: {process.exitcode}"
    return killed
