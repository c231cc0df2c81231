"""A bag compared with its own two lists of files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.archive.bag import DATA, INFO, PAYLOAD, SM3, TAGS
from generator.archive.foreign import LARGEST_READ, ForeignFolder
from generator.archive.signing import SIGNATURE
from generator.build.manifest import listed
from generator.characters import printable
from generator.records import Digest, RecordsError

_LARGEST = 24 * 2**20
_OXUM = re.compile(r"^Payload-Oxum: (\d{1,15})\.\d{1,9}$", re.MULTILINE)


def refuse_oversized(given: ForeignFolder) -> None:
    """Refuse a bag with far more in it than it says itself; RecordsError then."""
    info = (given.read(INFO) or b"").decode(errors="replace")
    said = _OXUM.search(info)
    payload = sum(size for path, size in given.files.items() if path.startswith(f"{DATA}/"))
    if payload > (int(said[1]) if said else 0) + LARGEST_READ:
        raise RecordsError(f"{printable(given.root.name)} 里的东西比 {INFO} 写的多得多，没有往下看。")
    for path, size in given.files.items():
        if size > LARGEST_READ and not path.startswith(f"{DATA}/"):
            raise RecordsError(f"{printable(given.root.name)} 里的 {printable(path)} 太大，没有往下看。")


def listed_flaws(given: ForeignFolder, actual: Mapping[str, Digest]) -> Iterator[str]:
    """Hold every file to both lists; where they disagree, the list that is wrong is named, not the file."""
    yield from (f"{printable(path)}：是{kind}，不是文件" for path, kind in sorted(given.odd.items()))
    lists = {name: _list(given, name) for name in (PAYLOAD, TAGS, SM3)}
    yield from (f"{name}：{'不见了' if name not in actual else '被改动过'}" for name, of in lists.items() if of is None)
    payload, tags, sm3 = (lists[name] or {} for name in (PAYLOAD, TAGS, SM3))
    sha256 = {**payload, **tags}
    apart = {SM3, TAGS, TAGS + SIGNATURE}
    for path in sorted((actual.keys() | sha256.keys() | sm3.keys()) - apart - given.odd.keys()):
        which = PAYLOAD if path.startswith(f"{DATA}/") else TAGS
        if lists[which] is None or lists[SM3] is None:
            continue
        of = actual.get(path)
        by_sha256 = of is not None and sha256.get(path) == of.sha256
        by_sm3 = of is not None and sm3.get(path) == of.sm3
        yield from _verdict(path, which, of, (by_sha256, by_sm3), path in sha256 or path in sm3)
    broken = [path for path, of in tags.items() if path in actual and actual[path].sha256 != of]
    if lists[TAGS] is not None and lists[SM3] is not None and sm3.get(TAGS) != actual[TAGS].sm3:
        yield f"{TAGS if broken else SM3}：被改动过"


def _verdict(path: str, which: str, of: Digest | None, fits: tuple[bool, bool], known: bool) -> Iterator[str]:
    by_sha256, by_sm3 = fits
    path = printable(path)
    if of is None:
        yield f"{path}：不见了"
    elif not known:
        yield f"{path}：多出来的"
    elif not by_sha256 and not by_sm3:
        yield f"{path}：内容变了"
    elif not by_sha256:
        yield f"{which}：被改动过（{path} 一行）"
    elif not by_sm3:
        yield f"{SM3}：被改动过（{path} 一行）"


def _list(given: ForeignFolder, name: str) -> dict[str, str] | None:
    """FindFile a list; None where it is not there, or not written as we write it."""
    try:
        return listed(given.read(name, _LARGEST) or b"")
    except ValueError:
        return None
