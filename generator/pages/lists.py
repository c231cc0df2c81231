"""The parts of pages that list notices: cards, groups by state and by month, links to organs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

from generator.addresses import ARCHIVE_ADDRESS, ORGANS_ADDRESS, organ_address
from generator.model import NoticeSummary, Organs
from generator.model.site import OrganKind
from generator.pages.figures import ByEnd
from generator.pages.list_view import ByState, Card, Group
from generator.pages.navigation import Link
from generator.pages.states import made_public, status
from generator.pages.view import State
from generator.pages.wording import counts_in_words, rectification
from generator.period import full_date

HOME = Link(text="首页", address="")
ARCHIVE = Link(text="全部通报", address=ARCHIVE_ADDRESS)
ORGANS = Link(text="单位", address=ORGANS_ADDRESS)
NONE_OPEN = "现在没有正在公开的通报。"


def organ_link(organs: Organs, key: str) -> Link:
    """Name an organ and lead to its page."""
    return Link(text=organs[key].shown, address=organ_address(key))


def by_kind(organs: Organs) -> Iterator[tuple[OrganKind, Organs]]:
    """Part organs by what they are; no kind is empty."""
    for kind in OrganKind:
        held = {key: organ for key, organ in organs.items() if organ.kind is kind}
        if held:
            yield kind, held


def card(notice: NoticeSummary, organs: Organs, now: datetime) -> Card:
    """Show a notice in a list."""
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


def by_state(notices: ByEnd, organs: Organs, now: datetime, *, latest: bool) -> ByState:
    """List notices by state; `latest` says that of those that are over not all are listed.

    A text published in error says nothing to a reader: it comes last.
    """
    running = [card(notice, organs, now) for notice in notices.running]
    is_open = [one for one in running if one.status.state is State.OPEN]
    upcoming = [one for one in running if one.status.state is State.BEFORE]
    over = tuple(card(notice, organs, now) for notice in (*notices.over, *notices.removed))
    title = "最近结束" if latest else "已经结束"
    return ByState(
        open=tuple(sorted(is_open, key=lambda one: one.status.closes)),
        upcoming=tuple(sorted(upcoming, key=lambda one: one.status.opens)),
        over=over,
        none_open=NONE_OPEN if is_open else _none_open(notices.last_closing),
        over_title=title if all(one.status.state is State.CLOSED for one in over) else f"{title}和其他",
    )


def by_month(notices: Iterable[NoticeSummary], organs: Organs, year: str, now: datetime) -> tuple[Group, ...]:
    """Part a year's notices by the month of their days, newest first; a late one's month may lie in another year."""
    ordered = sorted(notices, key=lambda notice: (notice.public_since or notice.publishes_at, notice.id), reverse=True)
    cards = [card(notice, organs, now) for notice in ordered]
    return tuple(
        _month(month.removeprefix(f"{year}-"), tuple(held)) for month, held in groupby(cards, lambda one: one.day[:7])
    )


def kinds_of_organs(organs: Organs, counts: Mapping[str, int]) -> tuple[Group, ...]:
    """Part the organs by what they are; each with the number of its notices."""
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


def column_meta(name: str, description: str, kinds: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return the meta tags of a column page (国办发〔2017〕47号); `kinds` are those of inspection."""
    return (
        ("ColumnName", name),
        ("ColumnDescription", description),
        ("ColumnKeywords", f"{name},{rectification(kinds)},公开"),
        ("ColumnType", "信息公开"),
    )


def _month(month: str, cards: tuple[Card, ...]) -> Group:
    year, _, number = month.rpartition("-")
    return Group(title=f"{year}年{int(number)}月" if year else f"{int(number)}月", anchor=f"month-{month}", cards=cards)


def _none_open(closing: date | None) -> str:
    ended = f"最近一份在{full_date(closing)}结束。" if closing else ""
    return f"{NONE_OPEN}{ended}"
