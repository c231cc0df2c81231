"""Making a bag: the year's notices with all their versions, the pages as they were published, the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from generator.archive.bag import DATA, TAGS, file_digest, seal_bag, write_zip
from generator.archive.metadata import row
from generator.archive.sheets import Kept, Sheets, readme
from generator.archive.verifying_site import verify_site
from generator.archive.warc import Published, write_warc
from generator.csv_table import csv_table
from generator.model import Organ, Organs
from generator.model import text as text_of
from generator.pages import DataFile
from generator.records import (
    LEDGER,
    SITE_ID,
    Ledger,
    Line,
    Records,
    SiteFacts,
    history,
    load,
    records_folder,
    version_path,
)
from generator.site.build import make_site
from generator.site.order import Made, Order, Progress
from generator.site.output import entries, write_files
from generator.site.swap import replacement

_SOFTWARE = f"gongkai {version('gongkai')}"


class ArchiveError(Exception):
    """A bag that could not be made or read; its text says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A finished bag: where, how many notices, versions and archived pages, and the SHA-256 of its tag manifest."""

    place: Path
    notices: int
    versions: int
    pages: int
    sha256: str


def make_archive(
    order: Order,
    year: str,
    out: Path,
    now: datetime,
    *,
    site: Path | None,
    key: Path | None,
    previous: Path | None,
    progress: Progress,
) -> Archived:
    """Make the bag of a year, a folder or where `out` ends in .zip a zip file; nothing that is there is overwritten.

    The pages are those of `site`, a finished site that is as the records say, or of one that is built for `now`.
    `key` signs the bag; `previous` is the bag before, whose digest this one carries. ArchiveError, RecordsError,
    SigningError and the errors of a build where it cannot be made, and then nothing of it is there.
    """
    if out.exists():
        raise ArchiveError(f"{out} 已经有了，没有动它。请换一个名称，或者先把它移走。")
    folder = order.records or records_folder(order.root)
    if folder is None:
        raise ArchiveError("没有发布记录，不能归档：归档包要证明公开过什么。用 --records 指明记录的文件夹。")
    records = load(folder)
    if not records.ledger.site:
        raise ArchiveError("发布记录是旧格式的，还没有网站和单位的信息。用这个版本的程序发布一次，再来归档。")
    facts = records.site_facts(records.ledger.site[-1])
    if not facts.site.address:
        raise ArchiveError("site.yml 里没有“网址”，不知道这些网页公开在哪里。补上网址，发布，再归档。")
    with TemporaryDirectory(prefix="gongkai-archive-") as working:
        if site is None:
            site = Path(working) / "site"
            site.mkdir()
            _refuse_unpublished(make_site(order, site, progress))
        else:
            _refuse_altered(site, records)
        work = _Work(records, facts, site, year, now, key, previous)
        if out.suffix != ".zip":
            with replacement(out) as bag:
                return _fill(bag, out, work)
        bag = Path(working) / out.stem
        bag.mkdir()
        archived = _fill(bag, out, work)
        out.parent.mkdir(parents=True, exist_ok=True)
        write_zip(bag, out, now)
        return archived


@dataclass(frozen=True, slots=True)
class _Work:
    records: Records
    facts: SiteFacts
    site: Path
    year: str
    now: datetime
    key: Path | None
    previous: Path | None


def _refuse_unpublished(made: Made) -> None:
    if made.recorded:
        ids = sorted({_told(path) for path in made.recorded if path != LEDGER})
        told = f"（{'、'.join(ids[:5])}{' 等' if len(ids) > 5 else ''}）" if ids else ""
        raise ArchiveError(
            f"内容里有还没有发布、没有写进记录的改动{told}。归档的是公开过的，先发布。\n"
            "已经发布了的，先取回最新的记录：git fetch origin records。"
        )


def _told(path: str) -> str:
    """Name what a file of the records is about."""
    return "网站信息" if path.startswith(f"{SITE_ID}/") else path.removeprefix("notices/").partition(".")[0]


def _refuse_altered(site: Path, records: Records) -> None:
    flaws = verify_site(site, records.ledger).flaws
    if flaws:
        shown = "\n".join(f"  {flaw}" for flaw in flaws[:10])
        raise ArchiveError(f"{site} 和发布的不一样，不能拿来归档：\n{shown}")


def _fill(bag: Path, out: Path, work: _Work) -> Archived:
    """Write everything into the bag and seal it."""
    sheets, ledger = Sheets(work.facts.site, work.now), work.records.ledger
    entries, rows = [], []
    # One version after the other: a year of thousands needs no more memory than a year of one.
    for one in _kept(work.records, work.year):
        _write(bag, _version_files(one, sheets, work))
        entries.append(sheets.entry(one))
        rows.append(row(one, work.facts, bag))
    if not entries:
        raise ArchiveError(f"{work.year} 年没有公开过通报，没有可归档的。")
    address = work.facts.site.address or ""
    warc = bag / DATA / "warc" / f"{work.year}.warc.gz"
    warc.parent.mkdir(parents=True)
    pages = write_warc(warc, _published(work.site, work.year, address), work.now, _SOFTWARE)
    _write(bag, (DataFile(f"{DATA}/{LEDGER}", ledger.written()), *_site_files(work.records)))
    _write(bag, [DataFile(f"{DATA}/metadata.csv", csv_table([*rows[0]], rows))])
    ids = {one.id for one in entries}
    told = {
        "site": work.facts.site.name,
        "year": work.year,
        "instant": work.now.strftime("%Y-%m-%d %H:%M"),
        "notices": len(ids),
        "versions": len(entries),
        "pages": pages,
        "signed": work.key is not None,
        "sha256": ledger.head.sha256,
        "sm3": ledger.head.sm3,
    }
    index = sheets.index(work.year, entries, len(ledger.lines), work.now)
    _write(bag, (DataFile("index.html", index), DataFile("README.txt", readme(**told))))
    sealed = seal_bag(bag, _info(work, address), work.key)
    return Archived(place=out, notices=len(ids), versions=len(entries), pages=pages, sha256=sealed)


def _kept(records: Records, year: str) -> Iterator[Kept]:
    """Yield every version of the year's notices that may be kept, those of a notice in order."""
    known = {line.version: records.site_facts(line).organs for line in records.ledger.site}
    for id_ in sorted(id_ for id_ in records.ledger.by_id if id_.startswith(f"{year}/")):
        past = history(records, id_)
        kept = records.ledger.kept(id_)
        for one in past.versions:
            if one.line in kept:
                notice = one.notice or records.notice(one.line)
                organ = _organ(records.ledger, known, one.line, notice.organ)
                yield Kept(one, notice, organ, f"{DATA}/notices/{id_}/v{one.line.version}", one is past.versions[-1])


def _organ(ledger: Ledger, known: Mapping[int, Organs], line: Line, key: str) -> Organ:
    """Return an organ as it was called when a line was written."""
    then = ledger.site_at(line.number)
    held = [organs[key] for organs in (*([known[then.version]] if then else ()), *known.values()) if key in organs]
    # Lines of the first schema may speak of an organ that was gone before names were on record.
    return held[0] if held else Organ.model_validate({"名称": key})


def _version_files(kept: Kept, sheets: Sheets, work: _Work) -> Iterator[DataFile]:
    lines = work.records.ledger.by_id[kept.line.id]
    yield DataFile(f"{kept.folder}/page.html", sheets.notice(kept, lines))
    yield DataFile(f"{kept.folder}/notice.json", work.records.canonical(kept.line))
    if not kept.notice.text_removed:
        yield DataFile(f"{kept.folder}/notice.txt", text_of(kept.notice).encode())
    for name, of in work.records.attached(kept.line, kept.notice).items():
        yield DataFile(f"{kept.folder}/{name}", work.records.attachment(kept.line, of))
    paper = work.site / "notices" / kept.line.id / "notice.pdf"
    if kept.newest and paper.is_file():
        yield DataFile(f"{kept.folder}/notice.pdf", paper.read_bytes())


def _site_files(records: Records) -> Iterator[DataFile]:
    """Yield every version of what the site is made of beside its notices, as the records keep it."""
    for line in {line.version: line for line in records.ledger.site}.values():
        yield DataFile(f"{DATA}/{version_path(line.id, line.version)}", records.canonical(line))


def _published(site: Path, year: str, address: str) -> Iterator[Published]:
    """Yield the pages of the year and what they need to be seen; other years and the search have bags of their own."""
    for path in sorted(path for path, entry in entries(site) if entry.is_file()):
        top, _, rest = path.partition("/")
        other = top in {"notices", "archive"} and "/" in rest and not rest.startswith(f"{year}/")
        if other or top == "search" or path == "404.html":
            continue
        where = path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
        yield Published(address + quote(where), site / path)


def _info(work: _Work, address: str) -> dict[str, str]:
    site, head = work.facts.site, work.records.ledger.head
    info = {
        "Source-Organization": site.sponsor or site.name,
        "External-Description": f"{site.name} {work.year}年公开的整改通报",
        "External-Identifier": f"{address} {work.year}",
        "Bagging-Date": work.now.date().isoformat(),
        "Bag-Software-Agent": _SOFTWARE,
        "Ledger-Lines": str(len(work.records.ledger.lines)),
        "Ledger-Seal-SHA-256": head.sha256,
        "Ledger-Seal-SM3": head.sm3,
    }
    if work.previous is not None:
        listed = work.previous / TAGS
        if not listed.is_file():
            raise ArchiveError(f"{work.previous} 不是归档包：里面没有 {TAGS}。")
        info["Previous-Bag-SHA-256"] = file_digest(listed).sha256
    return info


def _write(bag: Path, files: Iterable[DataFile]) -> None:
    for _ in write_files(bag, files):
        pass
