"""On which days a notice could be read and commented on, as the ledger has it: the one count of a disclosure's days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from generator.period import SHANGHAI, Length, is_workday, local, midnight
from generator.records.line import LedgerLine

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class VisibilityInterval:
    """A span of time, from `since` to before `until`, in which the text could be read within the period.

    `until` is None where it still can be.
    """

    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """When a notice was open to the public, and how many days that makes; `length` has zeros where it never was."""

    intervals: tuple[VisibilityInterval, ...]
    length: Length


def first_public(lines: Iterable[LedgerLine]) -> datetime | None:
    """Return the earliest instant of a notice's lines, None without any.

    That is the first line's, unless the clock had been ahead when that was written.
    """
    return min((line.instant for line in lines), default=None)


def disclosure(lines: Sequence[LedgerLine], now: datetime, withdrawn: frozenset[int] = frozenset()) -> Disclosure:
    """Return when, up to the aware instant `now`, a notice was open to the public, and on how many days.

    `lines` are all of its lines, in order; `withdrawn` are the versions that say that it was taken back. Each line
    holds from its own instant to the next line's, with the period as it stood then: a gap between a closing and an
    extension that came later is not open.

    A day counts if the text could be read all through it, from midnight to midnight in Shanghai; what is cut short by
    an outage does not count, nor does today. The one exception is the first day: it counts, in the number with the
    first day, if the text stayed from its first publication within the period to that day's end. The number without
    it is the one that a statutory minimum is measured by (Civil Code, article 201: the first day is not counted).
    """
    spans = _joined(_open(lines, now, withdrawn))
    intervals = tuple(VisibilityInterval(since, until if until <= now else None) for since, until in spans)
    days = {day for interval in intervals for day in _whole_days(interval, now)}
    first = _first_day(intervals, now)
    counted = days | ({first} if first else set())
    began = local(intervals[0].since) if intervals else None
    works = {day for day in counted if is_workday(day)[0]}
    length = Length(len(counted), len(works), len(works - {began}), any(is_workday(day)[1] for day in counted))
    return Disclosure(intervals, length)


def _open(lines: Sequence[LedgerLine], now: datetime, withdrawn: frozenset[int]) -> Iterator[tuple[datetime, datetime]]:
    """Yield, for each line up to now, from when to when its text is there within the period that held then."""
    for line, following in zip_longest(lines, lines[1:]):
        shown = line.shown
        if not shown.text or line.version in withdrawn or shown.opens is None or shown.closes is None:
            continue
        since, over = max(line.instant, midnight(shown.opens)), midnight(shown.closes + _DAY)
        until = min(following.instant, over) if following else over
        if since <= now and since < until:
            yield since.astimezone(SHANGHAI), until.astimezone(SHANGHAI)


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    """Yield spans in order, those that meet or overlap as one."""
    held: tuple[datetime, datetime] | None = None
    for since, until in sorted(spans):
        if held is not None and since <= held[1]:
            held = held[0], max(held[1], until)
            continue
        if held is not None:
            yield held
        held = since, until
    if held is not None:
        yield held


def _whole_days(interval: VisibilityInterval, now: datetime) -> Iterator[date]:
    first = local(interval.since)
    day = first if interval.since == midnight(first) else first + _DAY
    while midnight(day + _DAY) <= (interval.until or now):
        yield day
        day += _DAY


def _first_day(intervals: Sequence[VisibilityInterval], now: datetime) -> date | None:
    """Return the day of the first publication within the period, if the text stayed to its end."""
    if not intervals:
        return None
    day = local(intervals[0].since)
    return day if midnight(day + _DAY) <= (intervals[0].until or now) else None
