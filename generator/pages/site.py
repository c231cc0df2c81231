"""All pages of a site, and the data files of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from generator.addresses import (
    DATA_ADDRESS,
    REMOVED_ADDRESS,
    notice_address,
)
from generator.check import Broken, Content, PackedNotice, StaffPage
from generator.files import DataFile
from generator.model import NoticeSummary, Organs, publishing
from generator.pages.build_time import BuildTime, public_notices
from generator.pages.figures import YearFigures, by_year, figures_of, organs_in
from generator.pages.head_pages import archive_page, home_page, organs_page
from generator.pages.lists import ARCHIVE, HOME, ORGANS
from generator.pages.navigation import Link
from generator.pages.notice import notice_page
from generator.pages.page import Page
from generator.pages.proof import proof_page
from generator.pages.public_notice import PublicNotice
from generator.pages.versions import version_pages
from generator.pages.view import ProblemView, ProseView
from generator.pages.year_pages import organ_pages, year_page
from generator.records import LedgerPart, Records, history, version_path


def head_pages(content: Content, years: Sequence[YearFigures], now: datetime, records: Records | None) -> list[Page]:
    """Make the pages over the whole archive, and those that list nothing; `years` are in order of year."""
    organs = publishing(content.organs, organs_in(years))
    return [
        home_page(years, organs, content.site, now),
        archive_page(years, organs, records),
        organs_page(years, organs),
        *(_staff_page(page) for page in content.prose),
        _not_found(),
    ]


def pages_of_years(notices: Mapping[str, Sequence[NoticeSummary]], organs: Organs, now: datetime) -> list[Page]:
    """Make the pages that list the notices of one year or one organ; `notices` are parted by year, in order."""
    by_organ: dict[str, dict[str, list[NoticeSummary]]] = {}
    for year, held in notices.items():
        for notice in held:
            by_organ.setdefault(notice.organ, {}).setdefault(year, []).append(notice)
    return [
        *(year_page(year, held, notices, organs, now) for year, held in notices.items()),
        *chain.from_iterable(organ_pages(key, organs[key], years, now) for key, years in by_organ.items()),
    ]


def list_pages(content: Content, at: BuildTime, records: Records | None = None) -> list[Page]:
    """Make all pages but the notices' own and the search page."""
    notices = by_year(entry.summary for entry in public_notices(content, at, records))
    return [
        *head_pages(content, figures_of(notices, at.now), at.now, records),
        *pages_of_years(notices, content.organs, at.now),
    ]


def render(
    content: Content, at: BuildTime, records: Records | None = None
) -> Iterator[tuple[Page, tuple[DataFile, ...]]]:
    """Yield every page of the site but the search page, each with the files of its text beside it.

    `records` are those that the publication leads to; None where nothing is on record.
    """
    for page in list_pages(content, at, records):
        yield page, ()
    for entry in public_notices(content, at):
        yield from notice_pages(entry, content, at, records)


def notice_pages(
    entry: PackedNotice, content: Content, at: BuildTime, records: Records | None
) -> Iterator[tuple[Page, tuple[DataFile, ...]]]:
    """Yield a notice's page, then those of its earlier versions and the proof of its disclosure."""
    facts = content.organs, content.site, at.now
    if records is None:
        yield notice_page(PublicNotice.of(entry, *facts))
        return
    past = history(records, entry.summary.id)
    public = PublicNotice.of(entry, *facts, past)
    yield notice_page(public)
    yield from version_pages(public, records)
    yield proof_page(public), ()


def ledger_file(part: LedgerPart) -> DataFile:
    """Return a part of the ledger as the site serves it: a copy shows later whether anything was changed."""
    return DataFile(f"{DATA_ADDRESS}{part.path}", part.written())


def records_files(records: Records, removed: Iterable[bytes]) -> Iterator[DataFile]:
    """Yield the records that a site serves beside the ledger, so that a copy of the site can be checked.

    Every version of the facts of the site, and the canonical form of what is left of each notice that was
    published in error: no page of such a notice has data beside it.
    """
    for line in {line.version: line for line in records.ledger.site}.values():
        yield DataFile(f"{DATA_ADDRESS}{version_path(line.id, line.version)}", records.canonical(line))
    data = b"".join(removed)
    if data:
        yield DataFile(REMOVED_ADDRESS, data)


def broken_page(broken: Broken) -> Page:
    """Make the page that shows the problems of a notice, for the preview."""
    return Page(
        address=notice_address(broken.id),
        template="problem",
        title=f"{broken.id} 有问题，还不能公开",
        description="",
        meta=(),
        crumbs=(HOME,),
        view=ProblemView(file=broken.file, report=broken.report),
        indexed=False,
        shared=False,
    )


def _staff_page(page: StaffPage) -> Page:
    return Page(
        address=page.address,
        template="prose",
        title=page.title,
        description=page.title,
        meta=(("ColumnName", page.title), ("ColumnType", "信息公开")),
        crumbs=(HOME,),
        view=ProseView(),
        prose=page.text,
        outside=page.outside,
    )


def _not_found() -> Page:
    return Page(
        address="404.html",
        template="not-found",
        title="没有找到这个网页",
        description="没有找到这个网页。",
        meta=(),
        crumbs=(),
        view=ProseView(
            lead="网址可能抄错了，也可能少抄了一段。公开过的通报不会无声无息地消失：撤回的，原来的网址上写明了日期和原因。",
            links=(
                Link(text="看正在公开的通报", address=HOME.address),
                Link(text="看全部通报", address=ARCHIVE.address),
                Link(text="按单位找", address=ORGANS.address),
            ),
        ),
        indexed=False,
        shared=False,
    )
