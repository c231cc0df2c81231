"""A bag: what is in it, that stock tools can check it, and that the same year makes the same bytes."""

from __future__ import annotations

import csv
import gzip
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.archive import ArchiveError, verify
from generator.archive.signing import SigningError
from generator.html.markup import read_markup
from tests.support.archive.forgeries import replace, resealed, rewritten
from tests.support.archive.story import FIRST, SECRET, Story, archived, clock_at, publish, write
from tests.support.building import make_site
from tests.support.program import gongkai


def _run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def _files(folder: Path) -> dict[str, bytes]:
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


def test_it_holds_every_version_that_was_public_and_none_that_was_in_error(story: Story) -> None:
    held = {path.split("/")[3] + "/" + path.split("/")[4] for path in _files(story.bag) if "/notices/" in path}
    assert held == {"yi/v1", "yi/v2", "er/v1", "er/v2", "si/v1", "si/v2", "san/v2"}
    assert (story.bag / "data/notices/2025/yi/v1/台账.pdf").read_bytes() == b"%PDF-1.7 one"
    assert (story.bag / "data/notices/2025/yi/v2/台账.pdf").read_bytes() == b"%PDF-1.7 two"
    assert "会议三次" in (story.bag / "data/notices/2025/yi/v1/page.html").read_text("utf-8")


def test_no_word_that_was_withdrawn_as_published_in_error_is_in_it(story: Story) -> None:
    for path, data in _files(story.bag).items():
        plain = gzip.decompress(data) if path.endswith(".gz") else data
        assert SECRET.encode() not in plain, path


def test_stock_tools_check_it_by_the_commands_of_its_readme(story: Story, tmp_path: Path) -> None:
    readme = (story.bag / "README.txt").read_text("utf-8")
    commands = [line.strip() for line in readme.splitlines() if line.startswith(("    sha256sum", "    ssh-keygen"))]
    assert [command.split(" ")[0] for command in commands] == ["sha256sum", "sha256sum", "ssh-keygen"]
    copy = Path(shutil.copytree(story.bag, tmp_path / "bag"))
    shutil.copy(story.signers, copy / "signers")
    for command in commands:
        done = _run(copy, command)
        assert done.returncode == 0, (command, done.stderr)
    (copy / "data/notices/2025/yi/v2/notice.txt").write_text("别的文字")
    assert _run(copy, commands[0]).returncode == 1


def test_the_commands_for_windows_check_the_same_lists(story: Story, unsigned: Path) -> None:
    """They are run where PowerShell is there; whether Windows' own ssh-keygen runs as written is not proved here."""
    readme = (story.bag / "README.txt").read_text("utf-8")
    (hashes,) = (line.strip() for line in readme.splitlines() if "Get-FileHash" in line)
    linux = [line.split()[-1] for line in readme.splitlines() if line.startswith("    sha256sum -c")]
    assert re.findall(r"'([a-z0-9-]+\.txt)'", hashes) == linux
    (signature,) = (line.strip() for line in readme.splitlines() if line.startswith("    ssh-keygen"))
    assert f'    cmd /c "{signature}"' in readme.splitlines()
    without = (unsigned / "README.txt").read_text("utf-8")
    assert "    certutil -hashfile tagmanifest-sha256.txt SHA256" in without.splitlines()
    shell = shutil.which("pwsh")
    if shell is None:
        pytest.skip("PowerShell is not there")
    command = [shell, "-NoProfile", "-Command", hashes]
    assert subprocess.run(command, cwd=unsigned, capture_output=True, text=True, check=True).stdout == ""
    (unsigned / "index.html").write_text("别的文字", encoding="utf-8")
    assert "index.html" in subprocess.run(command, cwd=unsigned, capture_output=True, text=True, check=True).stdout


def test_days_and_instants_of_the_table_are_of_one_form(story: Story) -> None:
    """Days and instants are those of ISO 8601, and the heads of the columns say which they are."""
    with (story.bag / "data/metadata.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    days = {value for row in rows for name, value in row.items() if name == "发布日期" or name.endswith("（日）")}
    instants = {value for row in rows for name, value in row.items() if name.endswith("（时刻）")}
    assert {"2025-11-21", "2025-12-19"} <= days
    assert {"2025-11-21T09:00:00+08:00", "2025-12-02T10:00:00+08:00"} <= instants
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d|", day) for day in days)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00|", instant) for instant in instants)
    others = [value for row in rows for name, value in row.items() if value not in days | instants]
    assert not any(re.search(r"\d{4}年\d{1,2}月|\d{4}-\d\d-\d\d", value) for value in others)


def test_a_packed_bag_opens_with_unzip_and_verifies(story: Story, tmp_path: Path) -> None:
    packed = archived(story.root, tmp_path / "gongkai-2025.zip", key=story.key)
    assert verify(packed, story.records, story.signers).flaws == ()
    assert _run(tmp_path, "unzip -q gongkai-2025.zip").returncode == 0
    assert _run(tmp_path / "gongkai-2025", "sha256sum -c --quiet manifest-sha256.txt").returncode == 0
    assert _files(tmp_path / "gongkai-2025") == _files(story.bag)


def test_the_same_year_makes_the_same_bytes(story: Story, tmp_path: Path) -> None:
    one, other = (archived(story.root, tmp_path / name, key=story.key) for name in ("one.zip", "other"))
    again = archived(story.root, tmp_path / "again" / "one.zip", key=story.key)
    assert one.read_bytes() == again.read_bytes()
    assert _files(other) == _files(story.bag)


def test_nothing_in_a_bag_is_fetched_from_elsewhere_or_run(story: Story) -> None:
    for path in story.bag.rglob("*.html"):
        page = path.read_text("utf-8")
        assert "<script" not in page, path
        assert "src=" not in page, path
        assert 'href="http' not in page, path


def test_links_of_the_pages_lead_to_files_of_the_bag(story: Story) -> None:
    for path in story.bag.rglob("*.html"):
        for address in read_markup(path.read_text("utf-8"), styled=True).linked:
            assert address.startswith("data:") or (path.parent / unquote(address)).is_file(), (path, address)


def test_a_signature_of_somebody_else_is_refused(story: Story, bag: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(stranger)], check=True)
    others = tmp_path / "signers"
    others.write_text(f"gongkai {stranger.with_suffix('.pub').read_text()}")
    assert any("签名的人不在" in flaw for flaw in verify(bag, None, others).flaws)
    (bag / "tagmanifest-sha256.txt.sig").unlink()
    assert any("签名被拿掉了" in flaw for flaw in verify(bag, None, story.signers).flaws)


def test_a_bag_that_was_made_again_after_a_change_does_not_fit_the_records(story: Story, tmp_path: Path) -> None:
    """Whoever alters a text and all the lists still lacks the office's key and the ledger that others hold."""
    root = tmp_path / "forged"
    shutil.copytree(story.root, root)
    shutil.rmtree(root / "records")
    write(root, {"notices/2025/er.yml": (root / "content/notices/2025/er.yml").read_text("utf-8").replace("三", "五")})
    with clock_at("2025-12-05 10:00"):
        make_site(root, tmp_path / "site", None, live=True, records=root / "records")
    forged = archived(root, tmp_path / "bag")
    assert verify(forged, None, None).flaws == ()
    assert any("不是同一份" in flaw for flaw in verify(forged, story.records, None).flaws)


def _alter_page(pages: Path) -> None:
    replace(pages / "notices/2025/er/index.html", "会议三次", "会议五次")


def _take_out_page(pages: Path) -> None:
    (pages / "notices/2025/yi/v1/index.html").unlink()


_ER = "data/notices/2025/er"


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (lambda bag: replace(bag / _ER / "v2/page.html", "会议三次", "会议五次"), f"{_ER}/v2/page.html：网页上的正文"),
        (lambda bag: replace(bag / _ER / "v1/notice.txt", "会议三次", "会议五次"), f"{_ER}/v1/notice.txt：和发布过的"),
        (lambda bag: replace(bag / "data/notices/2025/yi/v2/台账.pdf", "two", "six"), "v2/台账.pdf：附件和发布过的"),
        (lambda bag: shutil.rmtree(bag / _ER / "v1"), f"{_ER}/v1/notice.json：不是发布记录第"),
        (lambda bag: shutil.copytree(bag / _ER, bag / "data/notices/2025/qi"), "2025/qi/v1/page.html：发布记录里没有"),
        (lambda bag: rewritten(bag, _alter_page), "2025.warc.gz 里的 notices/2025/er/index.html：网页上的正文"),
        (lambda bag: rewritten(bag, _take_out_page), "2025.warc.gz 里的 notices/2025/yi/v1/index.html：公开过的"),
        (lambda bag: (bag / "data/warc/2025.warc.gz").unlink(), "应当恰好有一个网页存档"),
        (lambda bag: (bag / "data/more.txt").symlink_to("metadata.csv"), "data/more.txt：是一个链接"),
    ],
)
def test_whoever_alters_what_a_bag_shows_and_all_its_lists_still_meets_the_ledger(
    forge: Callable[[Path], object], told: str, unsigned: Path
) -> None:
    forge(unsigned)
    resealed(unsigned)
    flaws = verify(unsigned, None, None).flaws
    assert any(told in flaw for flaw in flaws), flaws


def test_writing_the_archived_pages_again_changes_nothing_by_itself(unsigned: Path) -> None:
    rewritten(unsigned, lambda _: None)
    resealed(unsigned)
    assert verify(unsigned, None, None).flaws == ()


def test_a_bag_that_leaves_out_the_end_of_the_ledger_is_told_by_those_who_know_it(story: Story, tmp_path: Path) -> None:
    """The records as they were before the withdrawals, and a bag of them that bears a later day."""
    root = tmp_path / "earlier"
    write(root, FIRST)
    publish(root, tmp_path / "site", "2025-11-21 09:00")
    early = archived(root, tmp_path / "bag")
    assert verify(early, None, None).flaws == ()
    flaws = verify(early, story.records, None).flaws
    assert flaws == (flaws[0],)
    assert "少了后面的 5 行" in flaws[0]
    assert "2025年11月25日 10:00" in flaws[0]


def test_a_missing_key_leaves_nothing_behind(story: Story, tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="没有签名用的密钥"):
        archived(story.root, tmp_path / "bag", key=tmp_path / "no-such-key")
    assert [place.name for place in tmp_path.iterdir() if place.suffix != ".lock"] == []


def test_what_is_there_is_not_overwritten(story: Story, bag: Path) -> None:
    before = _files(bag)
    with pytest.raises(ArchiveError, match="没有动它"):
        archived(story.root, bag)
    assert _files(bag) == before


def test_what_was_never_published_is_not_archived(story: Story, tmp_path: Path) -> None:
    root = Path(shutil.copytree(story.root, tmp_path / "office"))
    text = (root / "content/notices/2025/er.yml").read_text("utf-8")
    write(root, {"notices/2025/liu.yml": text})
    with pytest.raises(ArchiveError, match=r"还没有发布.*2025/liu"):
        archived(root, tmp_path / "bag")
    shutil.rmtree(root / "records")
    with pytest.raises(ArchiveError, match="没有发布记录"):
        archived(root, tmp_path / "bag")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("archive", "二五年", "-o", "x"), "不是年份"),
        (("archive", "1999", "-o", "x"), "1999 年没有公开过通报"),
        (("verify", "no-such"), "没有 no-such"),
        (("restore", "content", "-o", "x"), "不是归档包"),
    ],
)
def test_mistakes_are_told_in_chinese(arguments: tuple[str, ...], words: str, story: Story, tmp_path: Path) -> None:
    root = Path(shutil.copytree(story.root, tmp_path / "office"))
    done = gongkai(*arguments, cwd=root)
    assert done.returncode in {1, 2}
    assert words in done.stdout + done.stderr
    assert not (root / "x").exists()
