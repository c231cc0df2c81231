"""The pages over the whole archive, made from the figures of its years: home, all years, all organs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from generator.addresses import DATA_ADDRESS, archive_address
from generator.model import Organs, Site
from generator.pages.figures import YearFigures, changed_in, kinds_in, notices_in, organs_in
from generator.pages.list_view import HomeView, ListView, YearBar
from generator.pages.lists import ARCHIVE, HOME, ORGANS, by_state, column_meta, kinds_of_organs
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.record_view import LedgerView
from generator.pages.site_changes import site_changes
from generator.pages.view import Figure
from generator.pages.wording import common_kind, rectification
from generator.period import format_instant
from generator.records import LedgerPart, Records

_LEAD = "这里公开各单位的整改通报。公开期限内，任何人都可以提意见。"
_YEARS_SHOWN = 5


def home_page(years: Sequence[YearFigures], organs: Organs, site: Site, now: datetime) -> Page:
    """Show what is open, soonest to close first; then what is to come, and what is over; and ways to the rest.

    `years` are in order of year, `organs` those with notices in them.
    """
    number, kinds = sum(figures.number for figures in years), kinds_in(years)
    kind = common_kind(kinds)
    question = f"单位被{kind}以后，改得怎么样" if kind else "查出的问题，改得怎么样"
    view = HomeView(
        notices=by_state(notices_in(years), organs, now, latest=True),
        question=site.headline or question,
        lead=site.lead or _LEAD,
        figures=(Figure(number=str(number), label="份通报"), *_found(years)) if number else (),
        years=_year_bars(years),
        kinds=kinds_of_organs(organs, organs_in(years)),
        archive=ARCHIVE,
        organs=ORGANS,
    )
    return Page(
        address="",
        template="home",
        title=site.name,
        description=site.lead or f"{site.name}：正在公开的{rectification(kinds)}通报、截止日期和联系方式。",
        meta=column_meta("首页", "正在公开的通报", kinds),
        crumbs=(),
        view=view,
        updated=changed_in(years),
        has_states=True,
        search_in_header=False,
    )


def archive_page(years: Sequence[YearFigures], organs: Organs, records: Records | None = None) -> Page:
    """List all years, and show the head of the ledger."""
    number = sum(figures.number for figures in years)
    return Page(
        address=ARCHIVE.address,
        template="archive",
        title=ARCHIVE.text,
        description="历年公开过的全部通报。",
        meta=column_meta(ARCHIVE.text, "历年公开过的全部通报", kinds_in(years)),
        crumbs=(HOME,),
        view=ListView(
            lead=f"一共 {number} 份通报，按编号的年份排列。",
            years=tuple(
                Link(text=f"{one.year}年", address=archive_address(one.year), note=f"{one.number} 份")
                for one in reversed(years)
            ),
            kinds=kinds_of_organs(organs, organs_in(years)),
            ledger=_ledger(records) if records and records.ledger.parts else None,
        ),
        updated=changed_in(years),
    )


def organs_page(years: Sequence[YearFigures], organs: Organs) -> Page:
    """List the organs, each of which has notices."""
    return Page(
        address=ORGANS.address,
        template="organs",
        title="单位",
        description="在这里公开通报的单位。",
        meta=column_meta("单位", "在这里公开通报的单位", kinds_in(years)),
        crumbs=(HOME,),
        view=ListView(
            lead=f"一共 {len(organs)} 个单位。" if organs else "还没有单位公开过通报。",
            groups=kinds_of_organs(organs, organs_in(years)),
        ),
        updated=changed_in(years),
    )


def _found(years: Sequence[YearFigures]) -> Iterator[Figure]:
    """Sum up the findings, where every notice that holds has a number of them; one taken back holds no longer."""
    numbers = [figures.findings for figures in years]
    total = sum(number or 0 for number in numbers)
    if total and None not in numbers:
        yield Figure(number=str(total), label="个问题")


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


def _year_bars(years: Sequence[YearFigures]) -> tuple[YearBar, ...]:
    shown = years[: -_YEARS_SHOWN - 1 : -1]
    most = max((figures.number for figures in shown), default=1)
    return tuple(
        YearBar(
            link=Link(text=f"{one.year}年", address=archive_address(one.year)),
            number=one.number,
            length=round(100 * one.number / most),
        )
        for one in shown
    )
