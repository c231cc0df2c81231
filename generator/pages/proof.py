"""The proof of a disclosure: the public texts, their intervals, and the count of working days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from generator.addresses import proof_address, version_address
from generator.model import Notice, NoticeSummary
from generator.pages.disclosed import counting
from generator.pages.lists import HOME
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.public_notice import PublicNotice
from generator.pages.record_view import ProofRow, ProofVersion, ProofView
from generator.pages.wording import happened, period_in_words
from generator.period import format_instant, full_date, local
from generator.records import Digest, History, LedgerEvent, LedgerLine, SiteChange, Version, names_of


def proof_page(public: PublicNotice) -> Page:
    """Make the page that proves a disclosure to an inspection office, on the screen or on paper."""
    notice, head, past = public.notice, public.summary, public.past
    organ = public.organs[notice.organ].name
    return Page(
        address=proof_address(notice.id),
        template="proof",
        title=f"公开情况证明：{head.title}",
        description=f"{organ}这份通报的公开时间、网址、版本和指纹。",
        meta=(),
        crumbs=(HOME, Link(text="这份通报", address=head.address)),
        view=ProofView(
            id=notice.id,
            title=head.title,
            organ=organ,
            notice=Link(text="看通报", address=head.address),
            permanent=f"{public.site.address or ''}{head.address}",
            facts=tuple(_facts(notice, head, past)),
            stays=tuple(_stays(notice, past)),
            versions=tuple(_version(notice, head, version, past) for version in past.versions),
            counting=tuple(counting(notice, head, past, public.now)) if not notice.text_removed else (),
        ),
        indexed=False,
    )


def _facts(notice: Notice, head: NoticeSummary, past: History) -> Iterator[tuple[str, str]]:
    yield "发布时间", f"{format_instant(notice.publishes_at)}（通报写明的）"
    begun = past.first_public
    assert begun is not None
    earlier = "；更早的情况没有记录" if local(begun) > local(notice.publishes_at) else ""
    yield "收录" if head.collected else "首次公开", f"{format_instant(begun)}（发布记录的第一行{earlier}）"
    if notice.provenance is not None and not notice.text_removed:
        collected = full_date(notice.provenance.collected_on)
        yield "来源", f"以前公开在 {notice.provenance.address}，{collected}收录；收录以前的情况，以那里为准"
    if notice.text_removed or head.announced is None or head.period is None:
        return
    yield "公开期限", period_in_words(head.announced)
    if head.announced != head.period:
        yield "延长以后", period_in_words(head.period)


def _stays(notice: Notice, past: History) -> Iterator[ProofRow]:
    """Tell, line by line of the ledger, what the public saw and until when; a new name of the organ is told, too."""
    several = len({one.shown.address for one in past.lines}) > 1
    renamed = {change.line.number: words for change in past.site_changes if (words := _renamed(notice.organ, change))}
    lines = [*past.lines, *(change.line for change in past.site_changes if change.line.number in renamed)]
    lines.sort(key=lambda line: line.number)
    shown = past.lines[0]
    for line, following in zip_longest(lines, lines[1:]):
        shown = shown if line.number in renamed else line
        yield ProofRow(
            since=format_instant(line.instant),
            until=format_instant(following.instant) if following else "",
            what=renamed.get(line.number) or _what(line, collected=notice.provenance is not None),
            version=shown.version,
            address=shown.shown.address if several else "",
            line=line.number,
            seal=line.seal.sha256,
        )


def _renamed(organ: str, change: SiteChange) -> str:
    """Say that an organ bears another name, "" where it does not."""
    was, now = change.was.organs.get(organ), change.now.organs.get(organ)
    return f"单位更名：“{was.name}”改为“{now.name}”" if was and now and was.name != now.name else ""


def _what(line: LedgerLine, *, collected: bool) -> str:
    what = happened(line.event, collected=collected)
    if line.event is LedgerEvent.REMOVED:
        return f"{what}，只留下日期和原因"
    if line.event is LedgerEvent.SHOWN_AGAIN:
        return f"{what}第 {line.version} 版"
    return what if line.shown.text or line.event is LedgerEvent.TAKEN_DOWN else f"{what}，正文不公开"


def _version(notice: Notice, head: NoticeSummary, version: Version, past: History) -> ProofVersion:
    line = version.line
    newest = line.version == past.versions[-1].line.version
    address = head.address if newest else version_address(notice.id, line.version)
    return ProofVersion(
        number=line.version,
        link=Link(text=f"第 {line.version} 版", address=address),
        sha256=line.shown.fingerprint.sha256,
        sm3=line.shown.fingerprint.sm3,
        files=tuple((name, of.sha256, of.sm3) for name, of in _files(notice, version)),
    )


def _files(notice: Notice, version: Version) -> Iterator[tuple[str, Digest]]:
    """Yield the attachments of a version; those of a text that was removed without their names."""
    if notice.text_removed:
        yield from (("", of) for of in version.line.shown.files)
        return
    # The notice of a single version is not read from the records: it is the one at hand.
    yield from version.line.attached(names_of(version.notice or notice)).items()
