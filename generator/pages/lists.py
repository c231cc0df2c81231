"""The pages that list notices: home, archive, a year of it, organs, an organ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from generator.addresses import ARCHIVE_ADDRESS, DATA_ADDRESS, ORGANS_ADDRESS, organ_address
from generator.model import NoticeSummary, Organ, Organs, Site
from generator.model.site import OrganKind
from generator.pages.list_view import ByState, Card, Group, HomeView, ListView, YearBar
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.record_view import LedgerView
from generator.pages.site_changes import site_changes
from generator.pages.states import made_public, status
from generator.pages.view import Figure, State
from generator.pages.wording import common_kind, counts_in_words, rectification
from generator.period import format_instant, full_date
from generator.records import LedgerPart, Records

HOME = Link(text="首页", address="")
ARCHIVE = Link(text="全部通报", address=ARCHIVE_ADDRESS)
ORGANS = Link(text="单位", address=ORGANS_ADDRESS)
_LEAD = "这里公开各单位的整改通报。公开期限内，任何人都可以提意见。"
NONE_OPEN = "现在没有正在公开的通报。"
_RECENT = 10
_YEARS_SHOWN = 5


def organ_link(organs: Organs, key: str) -> Link:
    """Name an organ and lead to its page."""
    return Link(text=organs[key].shown, address=organ_address(key))


def by_kind(organs: Organs) -> Iterator[tuple[OrganKind, Organs]]:
    """Part organs by what they are; no kind is empty."""
    for kind in OrganKind:
        held = {key: organ for key, organ in organs.items() if organ.kind is kind}
        if held:
            yield kind, held


def home_page(notices: Sequence[NoticeSummary], organs: Organs, site: Site, now: datetime) -> Page:
    """Show what is open, soonest to close first; then what is to come, and what is over; and ways to the rest."""
    figures = [Figure(number=str(len(notices)), label="份通报"), *_found(notices)]
    kind = common_kind(notices)
    question = f"单位被{kind}以后，改得怎么样" if kind else "查出的问题，改得怎么样"
    view = HomeView(
        notices=_by_state(notices, organs, now, recent=_RECENT),
        question=site.headline or question,
        lead=site.lead or _LEAD,
        figures=tuple(figures) if notices else (),
        years=_year_bars(notices),
        kinds=_kinds(notices, organs),
        archive=ARCHIVE,
        organs=ORGANS,
    )
    return Page(
        address="",
        template="home",
        title=site.name,
        description=site.lead or f"{site.name}：正在公开的{rectification(notices)}通报、截止日期和联系方式。",
        meta=_column("首页", "正在公开的通报", notices),
        crumbs=(),
        view=view,
        updated=_latest(notices),
        has_states=True,
        search_in_header=False,
    )


def _found(notices: Iterable[NoticeSummary]) -> Iterator[Figure]:
    """Sum up the findings, where every notice that holds has a number of them; one taken back holds no longer."""
    numbers = [notice.counts.findings for notice in notices if notice.withdrawal is None]
    if numbers and all(numbers):
        yield Figure(number=str(sum(numbers)), label="个问题")


def archive_pages(
    notices: Sequence[NoticeSummary], organs: Organs, now: datetime, records: Records | None = None
) -> list[Page]:
    """List all years on one page, and each year's notices on a page of its own; the first shows the ledger's head."""
    years = _years(notices)
    view = ListView(
        lead=f"一共 {len(notices)} 份通报，按编号的年份排列。",
        years=years,
        kinds=_kinds(notices, organs),
        ledger=_ledger(records) if records and records.ledger.parts else None,
    )
    first = Page(
        address=ARCHIVE.address,
        template="archive",
        title=ARCHIVE.text,
        description="历年公开过的全部通报。",
        meta=_column(ARCHIVE.text, "历年公开过的全部通报", notices),
        crumbs=(HOME,),
        view=view,
        updated=_latest(notices),
    )
    return [first, *(_year(notices, organs, year, years, now) for year in years)]


def _ledger(records: Records) -> LedgerView:
    ledger = records.ledger
    assert ledger.last is not None
    return LedgerView(
        lines=len(ledger.lines),
        written=format_instant(ledger.last.instant),
        sha256=ledger.head.sha256,
        sm3=ledger.head.sm3,
        links=tuple(_part_link(part, alone=len(ledger.parts) == 1) for part in ledger.parts),
        changed=len(records.site_changes),
        changes=site_changes(records.site_changes),
    )


def _part_link(part: LedgerPart, *, alone: bool) -> Link:
    lines = "" if alone else f"第 {part.first} 至 {part.first + len(part.ids) - 1} 行"
    return Link(text=f"下载发布记录{lines}", address=f"{DATA_ADDRESS}{part.path}")


def organ_pages(notices: Sequence[NoticeSummary], organs: Organs, now: datetime) -> list[Page]:
    """List the organs, each of which has notices, on one page, and each organ's notices on a page of its own."""
    held: dict[str, list[NoticeSummary]] = {key: [] for key in organs}
    for notice in notices:
        held[notice.organ].append(notice)
    first = Page(
        address=ORGANS.address,
        template="organs",
        title="单位",
        description="在这里公开通报的单位。",
        meta=_column("单位", "在这里公开通报的单位", notices),
        crumbs=(HOME,),
        view=ListView(
            lead=f"一共 {len(organs)} 个单位。" if organs else "还没有单位公开过通报。", groups=_kinds(notices, organs)
        ),
        updated=_latest(notices),
    )
    return [first, *(_organ(organs, key, held[key], now) for key in organs)]


def _year(notices: Sequence[NoticeSummary], organs: Organs, year: Link, years: tuple[Link, ...], now: datetime) -> Page:
    number = year.text.removesuffix("年")
    held = [notice for notice in notices if notice.year == number]
    return Page(
        address=year.address,
        template="year",
        title=f"{year.text}的通报",
        description=f"{year.text}的全部通报。",
        meta=_column(f"{year.text}的通报", f"{year.text}的全部通报", held),
        crumbs=(HOME, ARCHIVE),
        view=ListView(
            lead=f"{year.text}有 {len(held)} 份通报，新的在前。", years=years, groups=_months(held, organs, number, now)
        ),
        updated=_latest(held),
        has_states=True,
    )


def _organ(organs: Organs, key: str, held: Sequence[NoticeSummary], now: datetime) -> Page:
    organ = organs[key]
    return Page(
        address=organ_address(key),
        template="organ",
        title=organ.name,
        description=f"{organ.name}公开的通报。",
        meta=_column(organ.name, f"{organ.name}公开的通报", held),
        crumbs=(HOME, ORGANS),
        view=ListView(
            lead=f"公开了 {len(held)} 份通报。",
            facts=_facts(organ),
            notices=_by_state(held, organs, now),
        ),
        updated=_latest(held),
        has_states=True,
    )


def _facts(organ: Organ) -> tuple[tuple[str, str], ...]:
    facts = [("类型", organ.kind.value)]
    if organ.parent:
        facts.append(("隶属", organ.parent))
    for former in organ.former:
        since = full_date(former.since) if former.since else ""
        until = full_date(former.until) if former.until else ""
        span = f"（{since}至{until}）" if since or until else ""
        facts.append(("曾用名", former.name + span))
    return tuple(facts)


def _card(notice: NoticeSummary, organs: Organs, now: datetime) -> Card:
    marks = ["有更正"] * bool(notice.corrected) + ["已延期"] * (notice.announced != notice.period)
    day, standing = notice.day, status(notice, now)
    return Card(
        title=notice.title,
        address=notice.address,
        organ=organ_link(organs, notice.organ),
        day=day.isoformat(),
        day_text=full_date(day),
        made=made_public(notice, standing.state),
        status=standing,
        counts=counts_in_words(notice.counts),
        marks=(*marks, *["有反馈结果"] * notice.has_outcome),
    )


def _by_state(notices: Iterable[NoticeSummary], organs: Organs, now: datetime, recent: int | None = None) -> ByState:
    """Part notices by state; of those that are over only the `recent` latest, where a number is given.

    A text published in error says nothing to a reader: it comes last, and not at all where a number is given.
    """
    by_state: dict[State, list[Card]] = {state: [] for state in State}
    for notice in notices:
        card = _card(notice, organs, now)
        by_state[card.status.state].append(card)
    read = by_state[State.CLOSED] + by_state[State.WITHDRAWN] + by_state[State.UNTIMED]
    read.sort(key=lambda card: (card.status.closes or card.day, card.address), reverse=True)
    over = read + by_state[State.REMOVED] if recent is None else read[:recent]
    is_open = sorted(by_state[State.OPEN], key=lambda card: card.status.closes)
    title = "已经结束" if recent is None else "最近结束"
    return ByState(
        open=tuple(is_open),
        upcoming=tuple(sorted(by_state[State.BEFORE], key=lambda card: card.status.opens)),
        over=tuple(over),
        none_open=NONE_OPEN if is_open else _none_open(by_state[State.CLOSED]),
        over_title=title if all(card.status.state is State.CLOSED for card in over) else f"{title}和其他",
    )


def _months(notices: Iterable[NoticeSummary], organs: Organs, year: str, now: datetime) -> tuple[Group, ...]:
    """Part a year's notices by the month of their days, newest first; a late one's month may lie in another year."""
    ordered = sorted(notices, key=lambda notice: (notice.public_since or notice.publishes_at, notice.id), reverse=True)
    cards = [_card(notice, organs, now) for notice in ordered]
    return tuple(
        _month(month.removeprefix(f"{year}-"), tuple(held)) for month, held in groupby(cards, lambda card: card.day[:7])
    )


def _month(month: str, cards: tuple[Card, ...]) -> Group:
    year, _, number = month.rpartition("-")
    return Group(title=f"{year}年{int(number)}月" if year else f"{int(number)}月", anchor=f"month-{month}", cards=cards)


def _none_open(closed: Iterable[Card]) -> str:
    last = max((card.status.closes for card in closed), default="")
    ended = f"最近一份在{full_date(date.fromisoformat(last))}结束。" if last else ""
    return f"{NONE_OPEN}{ended}"


def _years(notices: Iterable[NoticeSummary]) -> tuple[Link, ...]:
    return tuple(Link(text=f"{year}年", address=f"archive/{year}/", note=f"{n} 份") for year, n in _by_year(notices))


def _year_bars(notices: Iterable[NoticeSummary]) -> tuple[YearBar, ...]:
    years = _by_year(notices)[:_YEARS_SHOWN]
    most = max((number for _, number in years), default=1)
    return tuple(
        YearBar(
            link=Link(text=f"{year}年", address=f"archive/{year}/"), number=number, length=round(100 * number / most)
        )
        for year, number in years
    )


def _by_year(notices: Iterable[NoticeSummary]) -> list[tuple[str, int]]:
    return sorted(Counter(notice.year for notice in notices).items(), reverse=True)


def _kinds(notices: Iterable[NoticeSummary], organs: Organs) -> tuple[Group, ...]:
    """Part the organs by what they are; each with the number of its notices."""
    counts = Counter(notice.organ for notice in notices)
    return tuple(
        Group(
            title=kind.value,
            anchor=kind.name.lower(),
            note=f"{len(held)} 个单位",
            links=tuple(
                Link(text=organ.shown, address=organ_address(key), note=f"{counts[key]} 份")
                for key, organ in held.items()
            ),
        )
        for kind, held in by_kind(organs)
    )


def _column(name: str, description: str, notices: Iterable[NoticeSummary]) -> tuple[tuple[str, str], ...]:
    """Meta tags of a column page (国办发〔2017〕47号)."""
    return (
        ("ColumnName", name),
        ("ColumnDescription", description),
        ("ColumnKeywords", f"{name},{rectification(notices)},公开"),
        ("ColumnType", "信息公开"),
    )


def _latest(notices: Iterable[NoticeSummary]) -> date | None:
    return max((notice.changed_on for notice in notices), default=None)
