"""All pages of a site, and the data files of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import chain
from xml.sax.saxutils import escape as escape_xml

from generator.addresses import (
    DATA_ADDRESS,
    LEDGER_ADDRESS,
    REMOVED_ADDRESS,
    notice_address,
    proof_address,
    version_address,
)
from generator.check import Broken, Content, PackedNotice, StaffPage
from generator.contact_grammar import tel_href
from generator.files import DataFile
from generator.model import Notice, Site, canonical_json, publishing
from generator.model.site import AfterClosing
from generator.pages.face import face
from generator.pages.link import Link
from generator.pages.lists import ARCHIVE, HOME, ORGANS, archive_pages, home_page, organ_pages
from generator.pages.notice import notice_page
from generator.pages.page import Frame, Page
from generator.pages.proof import proof_page
from generator.pages.states import script_words
from generator.pages.versions import version_pages
from generator.pages.view import ProblemView, ProseView
from generator.period import SHANGHAI, full_date, local, next_change, parse_now
from generator.records import Records, first_public, history, version_path

ICP_REGISTER = "https://beian.miit.gov.cn/"


@dataclass(frozen=True, slots=True)
class BuildTime:
    """The instant for which a site is made; `pinned` says that someone chose it, so that no clock may correct it.

    `draft` says that nothing of the site is public.
    """

    now: datetime
    pinned: bool
    draft: bool = False


def choose_build_time(today: str | None, site: Site, clock: datetime) -> BuildTime:
    """Decide for which instant a site is made: the one asked for, the demo's, the clock's; ValueError where none is."""
    pinned = today or (site.demo_day.isoformat() if site.demo_day else None)
    return BuildTime(parse_now(pinned), pinned=True) if pinned else BuildTime(clock, pinned=False)


def preview_time(content: Content, at: BuildTime) -> BuildTime:
    """Return the moment for a preview: late enough that every notice is due."""
    last = max((entry.summary.publishes_at for entry in content.entries), default=at.now)
    return replace(at, draft=True) if last <= at.now else BuildTime(last, pinned=True, draft=True)


def public_notices(content: Content, at: BuildTime, records: Records | None = None) -> tuple[PackedNotice, ...]:
    """Return the notices that may be seen at the moment, as they stand then, in order of address.

    With `records`, those that the publication leads to, their summaries tell when each was first public.
    """
    today = local(at.now)
    shown = (entry.as_of(today) for entry in content.entries if entry.summary.publishes_at <= at.now)
    return tuple(_dated(entry, records) for entry in shown)


def _dated(entry: PackedNotice, records: Records | None) -> PackedNotice:
    if records is None:
        return entry
    first = first_public(records.ledger.by_id.get(entry.summary.id, ()))
    return replace(entry, summary=replace(entry.summary, first_public=first))


def list_pages(content: Content, at: BuildTime, records: Records | None = None) -> list[Page]:
    """Make all pages but the notices' own."""
    notices = [entry.summary for entry in public_notices(content, at, records)]
    site, organs, now = content.site, publishing(content.organs, notices), at.now
    return [
        home_page(notices, organs, site, now),
        *archive_pages(notices, organs, now, records),
        *organ_pages(notices, organs, now),
        *(_staff_page(page) for page in content.prose),
        _not_found(),
    ]


def render(
    content: Content, at: BuildTime, records: Records | None = None
) -> Iterator[tuple[Page, tuple[DataFile, ...]]]:
    """Yield every page of the site as it stands at the moment, each with the files beside it that hold its text.

    `records` are those that the publication leads to; None where nothing is on record.
    """
    for page in list_pages(content, at, records):
        yield page, ()
    for entry in public_notices(content, at):
        yield from notice_pages(entry.notice, content, at, records)


def notice_pages(
    notice: Notice, content: Content, at: BuildTime, records: Records | None
) -> Iterator[tuple[Page, tuple[DataFile, ...]]]:
    """Yield a notice's page, then those of its earlier versions and the proof of its disclosure."""
    facts = content.organs, content.site, at.now
    if records is None:
        yield notice_page(notice, *facts)
        return
    past = history(records, notice.id)
    yield notice_page(notice, *facts, past)
    yield from version_pages(notice, past, records, *facts)
    yield proof_page(notice, past, *facts), ()


def notice_page_addresses(id_: str, records: Records | None) -> tuple[str, ...]:
    """Return the addresses of the pages that `notice_pages` yields, without making them."""
    address = notice_address(id_)
    if records is None:
        return (address,)
    newest = max((line.version for line in records.ledger.by_id[id_]), default=1)
    return (address, *(version_address(id_, number) for number in range(1, newest)), proof_address(id_))


def ledger_file(records: Records) -> DataFile:
    """Return the ledger as the site serves it: who keeps a copy can tell whether anything was changed since."""
    return DataFile(LEDGER_ADDRESS, records.ledger.written())


def records_files(records: Records, removed: Iterable[Notice]) -> Iterator[DataFile]:
    """Yield what of the records a site serves, so that whoever has a copy can check all of it.

    The ledger, every version of the facts of the site, and the public form of each notice that was published in error:
    no page of such a notice has data beside it.
    """
    yield ledger_file(records)
    for line in {line.version: line for line in records.ledger.site}.values():
        yield DataFile(f"{DATA_ADDRESS}{version_path(line.id, line.version)}", records.canonical(line))
    data = b"".join(map(canonical_json, removed))
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


def frame(content: Content, at: BuildTime) -> Frame:
    """Make what every page shows around its own content."""
    site = content.site
    day = local(at.now)
    banner = f"这是{full_date(day)}的样子，不是今天的。" if at.pinned else ""
    if site.demo_day is not None:
        banner = f"演示：内容虚构，停在{full_date(day)}。"
    if at.draft:
        banner = f"预览：内容还没有公开，请不要转发。{banner}"
    return Frame(
        name=site.name,
        address=site.address or "",
        navigation=(HOME, ARCHIVE, ORGANS, *(Link(text=page.title, address=page.address) for page in content.prose)),
        facts=_facts(site),
        banner=banner,
        pinned=day.isoformat() if at.pinned else "",
        words=script_words(),
        face=face(content),
    )


def site_meta(site: Site) -> tuple[tuple[str, str], ...]:
    """Return the meta tags of every page (国办发〔2017〕47号): those that the site's facts give."""
    domain = (site.address or "").partition("://")[2].partition("/")[0]
    pairs = (("SiteName", site.name), ("SiteDomain", domain), ("SiteIDCode", site.identity or ""))
    return tuple((name, value) for name, value in pairs if value)


def sitemap(pages: Iterable[tuple[str, date | None]], site: str) -> DataFile:
    """List pages, given by address and day of last change (None: left out); none where the site has no address."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, updated in pages if site else ():
        if updated is not None:
            lines.append(f"<url><loc>{escape_xml(site + address)}</loc><lastmod>{updated.isoformat()}</lastmod></url>")
    return DataFile("sitemap.xml", "\n".join([*lines, "</urlset>", ""]).encode())


def next_instant(content: Content, now: datetime) -> datetime | None:
    """Return when the site must be made anew: an opening, a closing, a publication, or midnight while one is open."""
    summaries = [entry.summary for entry in content.entries]
    # A withdrawn text that is still there goes with the end of its period where texts do.
    goes = content.site.after_closing is AfterClosing.TAKE_DOWN
    periods = [one.period for one in summaries if one.period is not None and (one.withdrawal is None or goes)]
    events = (datetime.combine(day, time(), SHANGHAI) for summary in summaries for day in summary.events)
    return next_change(periods, chain((summary.publishes_at for summary in summaries), events), now)


def unchanged_since(content: Content, at: BuildTime, records: Records | None) -> datetime:
    """Return an instant of the same day from which on the site stands as it does at the moment.

    It is the midnight before, or the last publication or entry into the records after that.
    """
    midnight = datetime.combine(local(at.now), time(), SHANGHAI)
    published = (entry.summary.publishes_at for entry in content.entries)
    entered = (line.instant for line in records.ledger.lines[-1:]) if records else ()
    return max(instant for instant in chain([midnight], published, entered) if instant <= at.now)


def _facts(site: Site) -> tuple[tuple[str, str, str], ...]:
    facts = (
        ("主办单位", site.sponsor, ""),
        ("联系电话", site.phone, tel_href(site.phone or "")),
        ("地址", site.postal_address, ""),
        ("ICP备案号", site.icp, ICP_REGISTER),
        ("公安备案号", site.police, ""),
        ("网站标识码", site.identity, ""),
    )
    return tuple((label, value, href) for label, value, href in facts if value)


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
