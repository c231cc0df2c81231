"""The payload of a bag and its readme: versions, pages, archived pages, the ledger, a table of metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from generator.addresses import SEARCH_ADDRESS, version_address
from generator.archive.bag import DATA
from generator.archive.bag_pages import ArchivedVersion, BagPages, readme
from generator.archive.foreign import list_folder
from generator.archive.metadata import row
from generator.archive.warc import ArchivedFile, write_warc
from generator.csv_table import csv_table
from generator.files import DataFile, write_files
from generator.model import Organ, Organs
from generator.model import notice_text as text_of
from generator.records import Ledger, LedgerLine, Records, SiteFacts, attachment_path, history, version_path

# What a site has of one year: notices, lists of them, lists of their files.
_OF_YEAR = re.compile(r"(?:notices/|archive/|organs/[^/]{1,64}/|data/manifest/|sitemap-)([0-9]{4})[/.]")
README, METADATA = "README.txt", f"{DATA}/metadata.csv"
# Fields of bag-info.txt that are ours: what a bag was made for and by, so that it can be made again.
INSTANT, PROGRAM, SOFTWARE, PREVIOUS = (
    "Bagging-Instant",
    "Bag-Program-Key",
    "Bag-Software-Agent",
    "Previous-Bag-SHA-256",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BagSource:
    """The sources of a year's bag: the records, the site's facts, a folder with the published pages.

    `now` is the instant of the bag, `software` and `program` are the name and the key of what makes it, `previous` is
    the digest of the bag before, and `signed` says whether a signature will stand beside its lists.
    """

    records: Records
    facts: SiteFacts
    site: Path
    year: str
    now: datetime
    software: str
    program: str
    previous: str | None
    signed: bool


@dataclass(frozen=True, slots=True)
class PayloadCounts:
    """How many notices, versions and archived pages were written."""

    notices: int
    versions: int
    pages: int


def write_contents(bag: Path, source: BagSource) -> PayloadCounts:
    """Write all that a bag holds but its lists; no notices, and no bag, where the year had none."""
    sheets, ledger = BagPages(source.facts.site, source.now), source.records.ledger
    entries, rows = [], []
    # One version after the other: a year of thousands needs no more memory than a year of one.
    for one in _kept(source.records, source.year):
        _write(bag, _version_files(one, sheets, source))
        entries.append(sheets.entry(one))
        rows.append(row(one, source.facts, bag))
    if not entries:
        return PayloadCounts(0, 0, 0)
    address = source.facts.site.address or ""
    warc = bag / DATA / "warc" / f"{source.year}.warc.gz"
    warc.parent.mkdir(parents=True)
    pages = write_warc(warc, published(source.site, source.year, address), source.now, source.software)
    _write(bag, (*_ledger_files(ledger), *_site_files(source.records)))
    _write(bag, [DataFile(METADATA, csv_table([*rows[0]], rows))])
    ids = {one.id for one in entries}
    values = {
        "site": source.facts.site.name,
        "year": source.year,
        "instant": source.now.strftime("%Y-%m-%d %H:%M"),
        "notices": len(ids),
        "versions": len(entries),
        "pages": pages,
        "signed": source.signed,
        "sha256": ledger.head.sha256,
        "sm3": ledger.head.sm3,
    }
    index = sheets.index(source.year, entries, ledger, source.now)
    _write(bag, (DataFile("index.html", index), DataFile(README, readme(**values))))
    return PayloadCounts(len(ids), len(entries), pages)


def _kept(records: Records, year: str) -> Iterator[ArchivedVersion]:
    """Yield every version of the year's notices that may be kept, those of a notice in order."""
    known = {line.version: records.site_facts(line).organs for line in records.ledger.site}
    for id_ in sorted(id_ for id_ in records.ledger.by_id if id_.startswith(f"{year}/")):
        past = history(records, id_)
        kept = records.ledger.kept(id_)
        for one in past.versions:
            if one.line in kept:
                notice = one.notice or records.notice(one.line)
                organ = _organ(records.ledger, known, one.line, notice.organ)
                yield ArchivedVersion(
                    one,
                    notice,
                    organ,
                    f"{DATA}/{version_address(id_, one.line.version)}".rstrip("/"),
                    one is past.versions[-1],
                )


def _organ(ledger: Ledger, known: Mapping[int, Organs], line: LedgerLine, key: str) -> Organ:
    """Return an organ as it was called when a line was written."""
    then = ledger.site_at(line.number)
    held = [organs[key] for organs in (*([known[then.version]] if then else ()), *known.values()) if key in organs]
    # Lines of the first schema may speak of an organ that was gone before names were on record.
    return held[0] if held else Organ.model_validate({"名称": key})


def _version_files(kept: ArchivedVersion, sheets: BagPages, source: BagSource) -> Iterator[DataFile]:
    lines = source.records.ledger.by_id[kept.line.id]
    yield DataFile(f"{kept.folder}/page.html", sheets.notice(kept, lines))
    yield DataFile(f"{kept.folder}/notice.json", source.records.canonical(kept.line))
    if not kept.notice.text_removed:
        yield DataFile(f"{kept.folder}/notice.txt", text_of(kept.notice).encode())
    for name, of in source.records.attached(kept.line, kept.notice).items():
        yield DataFile(f"{kept.folder}/{name}", source.records.attachment(kept.line, of))
    paper = source.site / "notices" / kept.line.id / "notice.pdf"
    if kept.newest and paper.is_file():
        yield DataFile(f"{kept.folder}/notice.pdf", paper.read_bytes())


def _ledger_files(ledger: Ledger) -> Iterator[DataFile]:
    """Yield the ledger in the parts in which the records keep it."""
    return (DataFile(f"{DATA}/{part.path}", part.written()) for part in ledger.parts)


def _site_files(records: Records) -> Iterator[DataFile]:
    """Yield every version of what the site is made of beside its notices, as the records keep it."""
    marks: dict[str, bytes] = {}
    for line in {line.version: line for line in records.ledger.site}.values():
        yield DataFile(f"{DATA}/{version_path(line.id, line.version)}", records.canonical(line))
        marks |= {attachment_path(line.id, of): records.attachment(line, of) for of in line.shown.files}
    yield from (DataFile(f"{DATA}/{path}", data) for path, data in marks.items())


def published(site: Path, year: str, address: str) -> Iterator[ArchivedFile]:
    """Yield the pages of the year and what they need to be seen; other years and the search have bags of their own."""
    found = {*list_folder(site).files}
    for path in sorted(found):
        # Beside a file a host may have laid the same file compressed, which has no address of its own.
        if path.endswith(".gz") and path.removesuffix(".gz") in found:
            continue
        if not is_published(path, year):
            continue
        where = path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
        yield ArchivedFile(address + quote(where), site / path)


def is_published(path: str, year: str) -> bool:
    """Whether a file of a site is archived with a year."""
    found = _OF_YEAR.match(path)
    return (not found or found[1] == year) and not path.startswith(SEARCH_ADDRESS) and path != "404.html"


def bag_info(source: BagSource) -> dict[str, str]:
    """Return the fields of bag-info.txt, but for the size of the payload."""
    site, ledger = source.facts.site, source.records.ledger
    values = {
        "Source-Organization": site.sponsor or site.name,
        "External-Description": f"{site.name} {source.year}年公开的整改通报",
        "External-Identifier": f"{site.address or ''} {source.year}",
        "Bagging-Date": source.now.date().isoformat(),
        INSTANT: source.now.isoformat(),
        SOFTWARE: source.software,
        PROGRAM: source.program,
        "Ledger-Lines": str(len(ledger.lines)),
        "Ledger-Seal-SHA-256": ledger.head.sha256,
        "Ledger-Seal-SM3": ledger.head.sm3,
    }
    return values | ({PREVIOUS: source.previous} if source.previous else {})


def _write(bag: Path, files: Iterable[DataFile]) -> None:
    for _ in write_files(bag, files):
        pass
