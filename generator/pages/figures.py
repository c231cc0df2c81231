"""The figures of a year: all that the pages over the whole archive show of its notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

from generator.model import NoticeSummary
from generator.pages.states import state_of
from generator.pages.view import State
from generator.pages.wording import kinds_of

_RECENT = 10


@dataclass(frozen=True, slots=True)
class ByEnd:
    """Notices by whether they are over, at an instant.

    `running` are open or to come; `over` can be read, those that ended last first; `removed` were published in error.
    `last_closing` is the last day of a period that is over, None where none is.
    """

    running: tuple[NoticeSummary, ...]
    over: tuple[NoticeSummary, ...]
    removed: tuple[NoticeSummary, ...]
    last_closing: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """The figures of the public notices with a year in their ids, of which there is at least one.

    They hold until the next change of one of these notices. `organs` has the number of notices by organ; `findings` is
    the sum over all notices that were not taken back, None where the number of one isn't certain; `kinds` are the kinds
    of inspection; `published` is the instant of the last publication. Of the notices that are over, `notices` has only
    the latest.
    """

    year: str
    number: int
    organs: Mapping[str, int]
    findings: int | None
    kinds: frozenset[str]
    states: frozenset[State]
    changed_on: date
    published: datetime
    notices: ByEnd


def year_figures(year: str, notices: Sequence[NoticeSummary], now: datetime) -> YearFigures:
    """Sum up a year; its notices are as of the day of `now` and in order of address."""
    held = [notice.counts.findings for notice in notices if notice.withdrawal is None]
    parted = part(notices, now)
    return YearFigures(
        year=year,
        number=len(notices),
        organs=dict(Counter(notice.organ for notice in notices)),
        findings=sum(held) if all(held) else None,
        kinds=kinds_of(notices),
        states=frozenset(state_of(notice, now) for notice in notices),
        changed_on=max(notice.changed_on for notice in notices),
        published=max(notice.publishes_at for notice in notices),
        notices=latest(parted),
    )


def figures_of(notices: Mapping[str, Sequence[NoticeSummary]], now: datetime) -> tuple[YearFigures, ...]:
    """Sum up the notices of each year."""
    return tuple(year_figures(year, held, now) for year, held in notices.items())


def by_year(notices: Iterable[NoticeSummary]) -> dict[str, list[NoticeSummary]]:
    """Part notices by the years in their ids, in order of year."""
    found: dict[str, list[NoticeSummary]] = {}
    for notice in notices:
        found.setdefault(notice.year, []).append(notice)
    return dict(sorted(found.items()))


def part(notices: Iterable[NoticeSummary], now: datetime) -> ByEnd:
    """Part notices by whether they are over at the aware instant `now`."""
    by_state: dict[State, list[NoticeSummary]] = {state: [] for state in State}
    for notice in notices:
        by_state[state_of(notice, now)].append(notice)
    closed = by_state[State.CLOSED]
    return ByEnd(
        running=(*by_state[State.OPEN], *by_state[State.BEFORE]),
        over=_ordered([*closed, *by_state[State.WITHDRAWN], *by_state[State.UNTIMED]]),
        removed=tuple(by_state[State.REMOVED]),
        last_closing=max((notice.period.closes for notice in closed if notice.period), default=None),
    )


def latest(notices: ByEnd, number: int = _RECENT) -> ByEnd:
    """Leave out of the notices that are over all but the latest, and those that were published in error."""
    return replace(notices, over=notices.over[:number], removed=())


def notices_in(years: Iterable[YearFigures]) -> ByEnd:
    """Return the notices of all years that are open or to come, and the latest of those that are over."""
    held = [figures.notices for figures in years]
    closings = (one.last_closing for one in held if one.last_closing)
    return ByEnd(
        running=tuple(chain.from_iterable(one.running for one in held)),
        over=_ordered(chain.from_iterable(one.over for one in held))[:_RECENT],
        removed=(),
        last_closing=max(closings, default=None),
    )


def organs_in(years: Iterable[YearFigures]) -> Counter[str]:
    """Return the number of notices by organ."""
    found: Counter[str] = Counter()
    for figures in years:
        found.update(figures.organs)
    return found


def kinds_in(years: Iterable[YearFigures]) -> frozenset[str]:
    """Return the kinds of inspection of all notices."""
    return frozenset(chain.from_iterable(figures.kinds for figures in years))


def changed_in(years: Iterable[YearFigures]) -> date | None:
    """Return the last day on which anything was published, None where nothing was."""
    return max((figures.changed_on for figures in years), default=None)


def _ordered(over: Iterable[NoticeSummary]) -> tuple[NoticeSummary, ...]:
    return tuple(sorted(over, key=_end, reverse=True))


def _end(notice: NoticeSummary) -> tuple[date, str]:
    timed = notice.withdrawal is None and notice.period
    return (timed.closes if timed else notice.day), notice.address
