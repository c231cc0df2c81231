"""Published pages compared with the ledger, in a site or in the archived pages of a bag."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from generator.addresses import ARCHIVE_ADDRESS, DATA_ADDRESS, id_of_address, ledger_paths, notice_address
from generator.archive.foreign import ForeignFolder
from generator.html.markup import read_markup
from generator.model import notice_of, notice_text, units
from generator.records import Ledger, LedgerLine, PartSource, RecordsError, both_digests, names_of, read_parts

LARGEST_LEDGER = 128 * 2**20
FindFile = Callable[[str], bytes | None]


def pages_flaws(paths: Iterable[str], read: FindFile, ledger: Ledger, year: str = "") -> Iterator[str]:
    """Yield how published pages differ from the ledger.

    `paths` are the files, `read` returns one by its path or None; `year` says that only its notices are there.
    """
    head = (read(f"{ARCHIVE_ADDRESS}index.html") or b"").decode(errors="replace")
    if ledger.head.sha256 not in head or ledger.head.sm3 not in head:
        yield f"{ARCHIVE_ADDRESS}index.html：写着的校验值不是发布记录最后一行的"
    for id_, own in ledger.by_id.items():
        if id_.startswith(f"{year}/" if year else ""):
            yield from _notice_flaws(read, own[-1], ledger.versions(id_))
    for path in sorted(paths):
        id_ = id_of_address(path.removesuffix("index.html"))
        if path == f"{notice_address(id_)}index.html" and id_.count("/") == 1 and id_ not in ledger.by_id:
            yield f"{path}：发布记录里没有这份通报"


def own_ledger(folder: ForeignFolder) -> Ledger | str | None:
    """Return the ledger that a site or a bag brings itself, what is wrong with it, or None where there is none."""
    try:
        return ledger_below(folder, DATA_ADDRESS)
    except RecordsError as error:
        return str(error)


def ledger_below(folder: ForeignFolder, below: str = "") -> Ledger | None:
    """Return the ledger that a folder holds below an address, None without any; RecordsError as `read_parts`."""
    sizes = {path.removeprefix(below): size for path, size in folder.files.items() if path.startswith(below)}
    paths = ledger_paths(sizes)
    if sum(sizes[path] for path in paths) > LARGEST_LEDGER:
        raise RecordsError(f"{below}{paths[-1]}：发布记录太大，最多 {LARGEST_LEDGER // 2**20} MB。没有往下看。")
    read = (PartSource(path, partial(_part, folder, f"{below}{path}"), file=f"{below}{path}") for path in paths)
    return read_parts(read) if paths else None


def _part(folder: ForeignFolder, path: str) -> bytes:
    return folder.read(path, LARGEST_LEDGER) or b""


def version_flaws(base: str, page: str, line: LedgerLine, read: FindFile) -> Iterator[str]:
    """Compare the data, bare text, page text and attachments of a version below `base` with its line."""
    canonical = read(f"{base}/notice.json")
    if canonical is None or both_digests(canonical) != line.shown.fingerprint:
        yield f"{base}/notice.json：不是发布记录第 {line.number} 行的那一版"
        return
    try:
        notice = notice_of(canonical)
        attached = line.attached(names_of(notice))
    except ValueError:
        yield f"{base}/notice.json：是别的版本的程序写的，这个版本读不了。请升级程序"
        return
    shown = () if notice.text_removed else units(notice)
    bare = None if notice.text_removed else notice_text(notice).encode()
    if read(f"{base}/notice.txt") != bare:
        yield f"{base}/notice.txt：和发布过的文字不一样"
    markup = read_markup((read(f"{base}/{page}") or b"").decode(errors="replace"), styled=True)
    if markup.verbatim != [cell for unit in shown for cell in unit.cells]:
        yield f"{base}/{page}：网页上的正文和发布过的不一样"
    for name, of in attached.items():
        data = read(f"{base}/{name}")
        if data is None or both_digests(data) != of:
            yield f"{base}/{name}：附件和发布过的不一样"


def _notice_flaws(read: FindFile, line: LedgerLine, first: Mapping[int, LedgerLine]) -> Iterator[str]:
    base = notice_address(line.id).rstrip("/")
    if read(f"{base}/index.html") is None:
        yield f"{base}/index.html：公开过的通报不见了"
        return
    if line.shown.text:
        yield from version_flaws(base, "index.html", line, read)
    for number in range(1, max(first)):
        place = f"{base}/v{number}"
        if read(f"{place}/index.html") is None:
            yield f"{place}/index.html：公开过的第 {number} 版不见了"
        elif line.shown.text:
            yield from version_flaws(place, "index.html", first[number], read)
