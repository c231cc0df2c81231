"""Removing a text that was published in error from every store of a host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime

from generator.publish.host import Host, RefusedError, read_note, write_note
from generator.publish.publication import converge, settle
from generator.publish.recording import tip as records_tip
from generator.publish.releases import live
from generator.publish.repository import Repository
from generator.publish.settings import Settings
from generator.publish.telling import Tell

PURGED = "purged.json"
_ID = re.compile(r"[0-9]{4}/[a-z0-9][a-z0-9-]{0,63}")
_LONG = 15
# A line of text or a title; other keys with one line of their own are facts that may stand in both.
_FACT = re.compile(r"(?:- )?(?!标题: )[\u4e00-\u9fff]{2,8}: ")

UNREACHED = (
    "这台主机够不到、还要另外处理的地方：",
    "  各人电脑上的仓库拷贝：删掉，重新 git clone；旧拷贝再推送会被拒绝。",
    "  别处的镜像仓库、代码平台上的副本。",
    "  已经交出去的归档包、打印件和转发出去的文件。",
    "  主机的备份和磁盘快照。",
    "  搜索引擎和别的网站的缓存。",
)


def purge(host: Host, settings: Settings, id_: str, now: datetime, tell: Tell) -> int:
    """Remove every version of a notice but the one at the tip, and return how many files of the history are gone.

    RefusedError unless the tip no longer shows its text nor holds it. The history is rewritten: all commits get new
    ids, and all clones are to be made anew. May be run again after it was ended. The caller holds the lock.
    """
    repository, tip = Repository(host.repository), settle(host, settings)
    _refuse_public(host, tip, id_)
    tips = filter(None, (tip, records_tip(host)))
    kept = {blob.id for commit in tips for blob in repository.blobs(commit) if _is_of(id_, blob.path)}
    known = {str(blob) for blob in read_note(host.state / PURGED).get(id_, [])}
    gone = {blob for blob in _versions(repository, id_) if blob not in kept} | (known - kept)
    _refuse_left(repository, id_, kept, gone)
    write_note(host.state / PURGED, read_note(host.state / PURGED) | {id_: sorted(gone)})
    _rewrite(repository, id_, kept)
    repository.run("reflog", "expire", "--expire=now", "--all")
    repository.run("gc", "--quiet", "--prune=now")
    host.log.unlink(missing_ok=True)
    for preview in host.previews.glob(f"*/notices/{id_}"):
        shutil.rmtree(preview.parents[2])
    converge(host, settings, now, tell)
    left = [blob for blob in gone if repository.has(blob)]
    if left:
        raise RefusedError(f"仓库里还有 {len(left)} 个旧文件没有清掉。请再运行一次；还是这样，请找维护的人。")
    return len(gone)


def purged(host: Host) -> set[str]:
    """Return the ids of all files that were purged."""
    return {str(blob) for blobs in read_note(host.state / PURGED).values() for blob in blobs}


def refuse_purged(host: Host, commit: str) -> None:
    """Keep purged files from coming back with a push from an old clone."""
    known = purged(host)
    if not known:
        return
    listed = Repository(host.repository).run("rev-list", "--objects", commit, "--not", "--all").decode(errors="replace")
    if any(line[:40] in known for line in listed.splitlines()):
        raise RefusedError(
            "这次推送带着已经清除的内容，它来自清除以前的拷贝。\n"
            "请把现在的文件夹改名留着，重新 git clone 一份，把自己的改动抄进去，再提交、推送。"
        )


def _refuse_public(host: Host, tip: str, id_: str) -> None:
    if not _ID.fullmatch(id_):
        raise RefusedError(f"“{id_}”不是通报的编号，应当像 2025/shili-media。")
    shown = live(host)
    if not tip or shown is None:
        raise RefusedError("还没有发布过，没有可清除的。")
    if id_ in {*shown.public, *shown.waiting} - set(shown.removed):
        raise RefusedError(
            f"{id_} 还公开着，或者到时会公开。\n"
            "先在它的 YAML 里写“撤回”，类型写“误发”，标题和正文换成“（已移除）”，推送，再来清除。"
        )


def _refuse_left(repository: Repository, id_: str, kept: set[str], gone: set[str]) -> None:
    """Make sure that the version which stays holds nothing of the text."""
    before = {line for blob in gone if repository.has(blob) for line in _text_lines(repository, blob)}
    left = sorted({line for blob in kept for line in _text_lines(repository, blob)} & before)
    if left:
        shown = "\n".join(f"  {line[:40]}…" for line in left[:5])
        raise RefusedError(
            f"仓库里最新的 {id_} 还留着原来的文字：\n{shown}\n"
            "把标题和正文换成“（已移除）”，只留撤回的日期和说明，推送，再来清除。"
        )


def _text_lines(repository: Repository, blob: str) -> Iterator[str]:
    text = repository.run("cat-file", "blob", blob).decode(errors="replace")
    for raw in text.splitlines():
        line = raw.strip()
        if len(line) >= _LONG and not line.startswith("#") and not _FACT.match(line):
            yield line.removeprefix("- ").removeprefix("标题: ")


def _versions(repository: Repository, id_: str) -> Iterator[str]:
    """Yield the ids of all files that a notice ever had, in all branches."""
    listed = repository.run("log", "--all", "-m", "--raw", "--no-renames", "--no-abbrev", "-z", "--format=")
    fields = [field for field in listed.decode(errors="replace").split("\0") if field.strip("\n")]
    for head, path in zip(fields[::2], fields[1::2], strict=True):
        if _is_of(id_, path):
            yield from (blob for blob in head.split(" ")[2:4] if blob.strip("0"))


def _rewrite(repository: Repository, id_: str, kept: set[str]) -> None:
    """Write all history anew without the files of a notice but those that are kept."""
    stream = repository.run("fast-export", "--all", "--no-data", "--signed-tags=strip", "--reencode=no")
    repository.run("fast-import", "--quiet", "--force", given=b"".join(_without(stream, id_, kept)))


def _without(stream: bytes, id_: str, kept: set[str]) -> Iterator[bytes]:
    """Leave out of a stream (git-fast-import(1)) what puts another version of a notice's files into a commit."""
    path = rb'"?(?:.{0,4000}/)?notices/' + re.escape(id_.encode()) + rb"(?:\.yml|\.v[0-9]{1,9}\.json|/.*)"
    place = re.compile(rb"M [0-9]+ ([0-9a-f]{40}) " + path)
    start = 0
    while start < len(stream):
        end = stream.index(b"\n", start) + 1
        line = stream[start:end]
        if line.startswith(b"data "):
            # A commit's message may look like anything; its length says where it ends.
            end += int(line[5:])
            yield stream[start:end]
        else:
            match = place.match(line)
            if match is None or match[1].decode() in kept:
                yield line
        start = end


def _is_of(id_: str, path: str) -> bool:
    return bool(re.search(rf"(?:^|/)notices/{re.escape(id_)}(?:\.yml$|\.v[0-9]{{1,9}}\.json$|/)", path))
