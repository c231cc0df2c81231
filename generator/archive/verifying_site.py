"""A built site held to its own list of files and to the ledger."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.model import notice_of, text, units
from generator.records import LEDGER, Ledger, Line, RecordsError, digest, read_ledger
from generator.site.manifest import MANIFEST, SEAL, listed, listing
from generator.site.markup import read_markup
from generator.site.output import entries

Found = tuple[tuple[str, ...], tuple[str, ...]]
_PACKED = ".gz"


def site_flaws(folder: Path, ledger: Ledger | None) -> Found:
    """Return what was looked at in a site, and what is not as it was published."""
    if not (folder / MANIFEST).is_file():
        raise RecordsError(f"{folder} 不是本程序生成的网站，也不是归档包：里面没有 {MANIFEST}。")
    flaws = list(_list_flaws(folder))
    looked = [f"网站 {folder.name}：按 {MANIFEST} 核对"]
    own = _own_ledger(folder)
    if isinstance(own, str):
        flaws.append(own)
    held = ledger or (own if isinstance(own, Ledger) else None)
    if held is None or not held.lines:
        looked.append("没有发布记录可以对照，只核对了文件有没有变")
        return tuple(looked), tuple(flaws)
    if isinstance(own, Ledger) and ledger is not None and own.head != ledger.head:
        flaws.append(f"data/{LEDGER}：和给出的发布记录不是同一份，或者不一样新")
    looked.append(f"按发布记录核对 {len(held.by_id)} 份通报，记录 {len(held.lines)} 行")
    flaws += _page_flaws(folder, held)
    return tuple(looked), tuple(dict.fromkeys(flaws))


def _list_flaws(folder: Path) -> Iterator[str]:
    data, seal = (folder / MANIFEST).read_bytes(), _read(folder / SEAL)
    try:
        promised = listed(data)
    except ValueError:
        promised = {}
    plain = bool(promised) and listing(promised) == data
    sealed = seal == listing({MANIFEST: hashlib.sha256(data).hexdigest()})
    wrong = list(_differences(folder, promised)) if plain else []
    if not plain or (not sealed and wrong):
        yield f"{MANIFEST}：被改动过"
    elif not sealed:
        yield f"{SEAL}：被改动过"
    yield from wrong


def _differences(folder: Path, promised: dict[str, str]) -> Iterator[str]:
    found = {path for path, entry in entries(folder) if not entry.is_dir(follow_symlinks=False)}
    for path in sorted((found | promised.keys()) - {MANIFEST, SEAL}):
        place = folder / path
        if path not in found:
            yield f"{path}：不见了"
        elif path not in promised:
            yield from _packed(place, path, promised)
        elif hashlib.sha256(place.read_bytes()).hexdigest() != promised[path]:
            yield f"{path}：内容变了"


def _packed(place: Path, path: str, promised: dict[str, str]) -> Iterator[str]:
    """Hold the compressed copy that a host lays beside a file to that file."""
    base = path.removesuffix(_PACKED)
    if base == path or base not in {*promised, MANIFEST, SEAL}:
        yield f"{path}：多出来的"
        return
    data = place.read_bytes()
    try:
        same = gzip.decompress(data) == place.with_name(place.name.removesuffix(_PACKED)).read_bytes()
    except (OSError, EOFError, ValueError):
        same = False
    if not same or gzip.compress(gzip.decompress(data), 6, mtime=0) != data:
        yield f"{path}：内容变了"


def _own_ledger(folder: Path) -> Ledger | str | None:
    data = _read(folder / "data" / LEDGER)
    if data is None:
        return None
    try:
        return read_ledger(data, f"data/{LEDGER}")
    except RecordsError as error:
        return str(error)


def _page_flaws(folder: Path, ledger: Ledger) -> Iterator[str]:
    head = (_read(folder / "archive/index.html") or b"").decode(errors="replace")
    if ledger.head.sha256 not in head or ledger.head.sm3 not in head:
        yield "archive/index.html：写着的校验值不是发布记录最后一行的"
    for own in ledger.by_id.values():
        yield from _notice_flaws(folder, own)
    for place in sorted((folder / "notices").glob("*/*/index.html")):
        id_ = place.parent.relative_to(folder / "notices").as_posix()
        if id_ not in ledger.by_id:
            yield f"notices/{id_}/index.html：发布记录里没有这份通报"


def _notice_flaws(folder: Path, own: tuple[Line, ...]) -> Iterator[str]:
    line = own[-1]
    base = f"notices/{line.id}"
    if _read(folder / base / "index.html") is None:
        yield f"{base}/index.html：公开过的通报不见了"
        return
    if line.shown.text:
        yield from _text_flaws(folder, base, line)
    newest = max(one.version for one in own)
    for number in range(1, newest):
        place = f"{base}/v{number}"
        earlier = next(one for one in own if one.version == number)
        if _read(folder / place / "index.html") is None:
            yield f"{place}/index.html：公开过的第 {number} 版不见了"
        elif line.shown.text:
            yield from _text_flaws(folder, place, earlier)


def _text_flaws(folder: Path, base: str, line: Line) -> Iterator[str]:
    """Hold the data, the bare text and the text on the page to the ledger."""
    canonical = _read(folder / base / "notice.json")
    if canonical is None or digest(canonical) != line.shown.fingerprint:
        yield f"{base}/notice.json：不是发布记录第 {line.number} 行的那一版"
        return
    notice = notice_of(canonical)
    if _read(folder / base / "notice.txt") != text(notice).encode():
        yield f"{base}/notice.txt：和发布过的文字不一样"
    page = read_markup((folder / base / "index.html").read_text(encoding="utf-8", errors="replace"))
    if page.verbatim != [cell for unit in units(notice) for cell in unit.cells]:
        yield f"{base}/index.html：网页上的正文和发布过的不一样"
    for name, of in line.shown.files.items():
        data = _read(folder / base / name)
        if data is not None and digest(data) != of:
            yield f"{base}/{name}：附件和发布过的不一样"


def _read(place: Path) -> bytes | None:
    try:
        return place.read_bytes()
    except OSError:
        return None
