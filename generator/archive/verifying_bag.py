"""A bag held to its own two lists, to its signature and to the ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath

from generator.archive.bag import DATA, INFO, PAYLOAD, SM3, TAGS, digests
from generator.archive.signing import SIGNATURE, SigningError, check_signature
from generator.archive.verdict import Verdict
from generator.archive.verifying_pages import own_ledger, pages_flaws, reader, version_flaws
from generator.archive.warc import WarcPages
from generator.model import notice_of
from generator.period import local
from generator.records import LEDGER, Digest, Ledger, Line, digest, names_of, spoken, version_path
from generator.records.digest import NONE
from generator.site.manifest import listed, listing

_NOTICES = f"{DATA}/notices/"
_WARC = re.compile(rf"{DATA}/warc/[0-9]{{4}}\.warc\.gz")
_BAGGED = re.compile(r"^Bagging-Date: (\d{4}-\d\d-\d\d)$", re.MULTILINE)
# What a version's folder holds beside its attachments; the last one only where papers were made.
_FORMS = ("page.html", "notice.json", "notice.txt", "notice.pdf")


def verify_bag(folder: Path, ledger: Ledger | None, signers: Path | None) -> Verdict:
    """Return what was looked at in a bag, and what is wrong with it."""
    actual = dict(digests(folder))
    flaws = list(_listed_flaws(folder, actual))
    signed, words = _signature(folder, signers)
    own = own_ledger(folder)
    if own is None:
        flaws.append(f"{DATA}/{LEDGER}：不见了")
    elif isinstance(own, str):
        flaws.append(own)
    else:
        broken = {flaw.partition("：")[0] for flaw in flaws}
        flaws += _content_flaws(folder, own, actual, broken)
        flaws += _chain_flaws(folder, own, ledger) if ledger else ()
    looked = (f"归档包 {folder.name}：{len(actual)} 个文件，按 SHA-256 和 SM3 两份清单核对", signed)
    return Verdict(looked, tuple(dict.fromkeys([*flaws, *words])))


def _listed_flaws(folder: Path, actual: dict[str, Digest]) -> Iterator[str]:
    """Hold every file to both lists; where they disagree, the list that is wrong is named, not the file."""
    lists = {name: _list(folder, name) for name in (PAYLOAD, TAGS, SM3)}
    yield from (f"{name}：{'不见了' if name not in actual else '被改动过'}" for name, of in lists.items() if of is None)
    payload, tags, sm3 = (lists[name] or {} for name in (PAYLOAD, TAGS, SM3))
    sha256 = {**payload, **tags}
    apart = {SM3, TAGS, TAGS + SIGNATURE}
    for path in sorted((actual.keys() | sha256.keys() | sm3.keys()) - apart):
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
    if of is None:
        yield f"{path}：不见了"
    elif of == NONE:
        yield f"{path}：是一个链接，不是文件"
    elif not known:
        yield f"{path}：多出来的"
    elif not by_sha256 and not by_sm3:
        yield f"{path}：内容变了"
    elif not by_sha256:
        yield f"{which}：被改动过（{path} 一行）"
    elif not by_sm3:
        yield f"{SM3}：被改动过（{path} 一行）"


def _list(folder: Path, name: str) -> dict[str, str] | None:
    """Read a list; None where it is not there, or not written as we write it."""
    try:
        data = (folder / name).read_bytes()
        found = listed(data)
    except (OSError, ValueError):
        return None
    return found if listing(found) == data else None


def _signature(folder: Path, signers: Path | None) -> tuple[str, list[str]]:
    file = folder / TAGS
    if not file.with_name(TAGS + SIGNATURE).is_file():
        return "没有签名", ["没有签名，却给出了签名的人：签名被拿掉了？"] if signers else []
    try:
        who = check_signature(file, signers)
    except (OSError, SigningError) as error:
        return "签名不成立", [f"{TAGS}{SIGNATURE}：{error}"]
    return (f"签名的是 {who}" if who else "签名完好；没有给出签名的人，不知道是谁签的"), []


def _content_flaws(folder: Path, ledger: Ledger, paths: Iterable[str], broken: Collection[str]) -> Iterator[str]:
    """Hold every version and the archived pages to the ledger; nothing of the bag's year may be missing or added."""
    archived = [path for path in paths if _WARC.fullmatch(path)]
    if len(archived) != 1:
        yield f"{DATA}/warc：应当恰好有一个网页存档"
        return
    warc, year = archived[0], PurePosixPath(archived[0]).name.partition(".")[0]
    yield from _site_flaws(folder, ledger)
    yield from _version_flaws(folder, ledger, year, {path for path in paths if path.startswith(_NOTICES)})
    if warc in broken:
        return
    try:
        pages = WarcPages(folder / warc)
    except ValueError:
        yield f"{warc}：不是完好的网页存档"
        return
    yield from (f"{warc} 里的 {flaw}" for flaw in pages_flaws(pages.paths, pages.read, ledger, year))


def _version_flaws(folder: Path, ledger: Ledger, year: str, there: set[str]) -> Iterator[str]:
    known, read = set(), reader(folder)
    for id_ in ledger.by_id:
        for line in ledger.kept(id_) if id_.startswith(f"{year}/") else ():
            base = f"{_NOTICES}{id_}/v{line.version}"
            yield from version_flaws(base, "page.html", line, read)
            known |= {f"{base}/{name}" for name in (*_FORMS, *_attached(read(f"{base}/notice.json"), line))}
    yield from (f"{path}：发布记录里没有" for path in sorted(there - known))


def _attached(canonical: bytes | None, line: Line) -> Iterable[str]:
    """Return the names of a version's attachments, none where its data is not what was published."""
    known = canonical is not None and digest(canonical) == line.shown.fingerprint
    return line.attached(names_of(notice_of(canonical))) if known and canonical else ()


def _site_flaws(folder: Path, ledger: Ledger) -> Iterator[str]:
    """Hold what the site is made of beside its notices to the ledger."""
    read, known = reader(folder), {}
    for line in ledger.site:
        known[f"{DATA}/{version_path(line.id, line.version)}"] = line
    for path, line in known.items():
        data = read(path)
        if data is None or digest(data) != line.shown.fingerprint:
            yield f"{path}：不是发布记录第 {line.number} 行的那一版"


def _chain_flaws(folder: Path, own: Ledger, ledger: Ledger) -> Iterator[str]:
    """Hold the ledger of the bag to one from elsewhere, which may have gone on since the bag was made."""
    file = f"{DATA}/{LEDGER}"
    if parting := own.parting(ledger):
        yield f"{file} 第 {parting} 行：和给出的发布记录不是同一份，从这一行起不一样"
        return
    later = ledger.lines[len(own.lines) :]
    made = _BAGGED.search((reader(folder)(INFO) or b"").decode(errors="replace"))
    if later and (made is None or local(later[0].instant).isoformat() < made.group(1)):
        told = f"给出的发布记录第 {later[0].number} 行是 {spoken(later[0].instant)} 写的，那时还没有归档"
        yield f"{file}：少了后面的 {len(later)} 行；{told}"
