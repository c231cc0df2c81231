"""The one truth for time: the period of a notice, working days, and when anything changes; it never reads the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")

_DAY = timedelta(days=1)
_NOW = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2}))?")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of working days.

    `provisional` says that some day of the range lies in a year without a published holiday calendar,
    where Monday to Friday were counted (暂按周一至周五计算).
    """

    days: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The rest of an open period, today included; `workdays` and `provisional` as in `Count`."""

    days: int
    workdays: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class Length:
    """How long a period is: calendar days, and working days counted both ways; `provisional` as in `Count`."""

    calendar_days: int
    workdays_with_first: int
    workdays_without_first: int
    provisional: bool


class Status(StrEnum):
    """Where an instant lies with regard to a period."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Period:
    """The days on which a notice is open to comment, both inclusive, Shanghai time.

    Raises ValueError where it would close before it opens.
    """

    opens: date
    closes: date

    def __post_init__(self) -> None:
        if self.closes < self.opens:
            raise ValueError(f"closes {self.closes} before it opens {self.opens}")

    @property
    def first_moment(self) -> datetime:
        """Return 00:00:00 of the opening day, aware."""
        return midnight(self.opens)

    @property
    def last_moment(self) -> datetime:
        """Return 23:59:59 of the closing day, aware; the period is open until that second is over."""
        return _last_second(self.closes)

    @property
    def calendar_days(self) -> int:
        """Number of days from opening to closing, both counted."""
        return (self.closes - self.opens).days + 1

    def status(self, now: datetime) -> Status:
        """Return the status at the aware instant `now`; ValueError where it is naive."""
        today = local(now)
        if today < self.opens:
            return Status.BEFORE
        return Status.OPEN if today <= self.closes else Status.CLOSED

    def left(self, now: datetime) -> Left | None:
        """Count what is left at the aware instant `now`, today included; None unless open; ValueError where naive."""
        if self.status(now) is not Status.OPEN:
            return None
        today = local(now)
        count = workdays(today, self.closes)
        return Left((self.closes - today).days + 1, count.days, count.provisional)

    def length(self) -> Length:
        """Measure the period in calendar days and in working days, with the opening day and without it."""
        count = workdays(self.opens, self.closes)
        first = is_workday(self.opens)[0]
        return Length(self.calendar_days, count.days, count.days - first, count.provisional)


@lru_cache(maxsize=2**14)
def is_workday(day: date) -> tuple[bool, bool]:
    """Return (working day?, provisional?) for any day; it never raises.

    Source: the General Office of the State Council's yearly notice on holidays and make-up days (节假日安排).
    A year whose notice the holiday library does not know goes by Monday to Friday and is provisional.
    """
    if not _is_published(day.year):
        return day.weekday() < 5, True
    import chinese_calendar  # type: ignore[import-untyped]  # noqa: PLC0415  (no types; its tables load slowly)

    return bool(chinese_calendar.is_workday(day)), False


def workdays(first: date, last: date) -> Count:
    """Count the working days from `first` to `last`, both inclusive; none where `last` is earlier."""
    found = [is_workday(day) for day in _days(first, last)]
    return Count(sum(works for works, _ in found), any(provisional for _, provisional in found))


def workdays_in(first: date, last: date) -> tuple[date, ...]:
    """List the working days from `first` to `last`, both inclusive; none where `last` is earlier."""
    return tuple(day for day in _days(first, last) if is_workday(day)[0])


def end_after(opens: date, n: int, *, first_day_counts: bool) -> date:
    """Return the closing day of a period of `n` working days: the `n`th one counted.

    Counting starts on the day after `opens` (Civil Code, article 201: the first day is not counted), or with
    `first_day_counts` on `opens` itself if that is a working day. ValueError where `n` is less than 1,
    OverflowError past the year 9999.
    """
    if n < 1:
        raise ValueError(f"a period has at least one working day, not {n}")
    day = opens if first_day_counts else opens + _DAY
    counted = int(is_workday(day)[0])
    while counted < n:
        day += _DAY
        counted += is_workday(day)[0]
    return day


def changes_around(
    periods: Iterable[Period], instants: Iterable[datetime], now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return the last change at or before `now` and the next one after it, in Shanghai time; None where there is none.

    Changes are a period's opening, the moment after its last, each midnight while it is open, because the days left
    change then, and the other `instants`, such as a publication. `now` and `instants` are aware; ValueError otherwise.
    """
    today = local(now)
    changes = [_in_shanghai(instant) for instant in instants]
    for period in periods:
        changes += _changes(period, today)
    before = max((change for change in changes if change <= now), default=None)
    return before, min((change for change in changes if change > now), default=None)


def local(now: datetime) -> date:
    """Return the Shanghai date of an aware instant; ValueError where it is naive."""
    return _in_shanghai(now).date()


def midnight(day: date) -> datetime:
    """Return 00:00:00 of a day, aware, Shanghai time."""
    return datetime.combine(day, time.min, SHANGHAI)


def parse_now(text: str) -> datetime:
    """Read `2025-12-01` as the last second of that day, `2025-12-01 10:30` (or with `T`) as that minute.

    A bare day means the day as a whole, so that what is published at 09:00 of it is seen. Shanghai time;
    ValueError for any other form and for days and times that do not exist.
    """
    match = _NOW.fullmatch(text)
    if match is None:
        raise ValueError(f"neither YYYY-MM-DD nor YYYY-MM-DD HH:MM: {text!r}")
    year, month, day, hour, minute = match.groups()
    on = date(int(year), int(month), int(day))
    if hour is None:
        return _last_second(on)
    return datetime.combine(on, time(int(hour), int(minute)), SHANGHAI)


def month_day(day: date) -> str:
    """Write a day as `12月12日`."""
    return f"{day.month}月{day.day}日"


def full_date(day: date) -> str:
    """Write a day as `2025年12月12日`."""
    return f"{day.year}年{month_day(day)}"


def format_instant(instant: datetime) -> str:
    """Write an aware instant as `2025年12月12日 09:00`, Shanghai time."""
    at = _in_shanghai(instant)
    return f"{full_date(at.date())} {at:%H:%M}"


def format_day(day: date, *others: date) -> str:
    """Write a day that is read together with others: with its year unless all of them lie in that year."""
    return month_day(day) if all(other.year == day.year for other in others) else full_date(day)


def with_weekday(day: date, *others: date) -> str:
    """Write a day as `12月12日（星期五）`, with its year as `near` does."""
    return f"{format_day(day, *others)}（{WEEKDAYS[day.weekday()]}）"


@lru_cache(maxsize=2**8)
def _is_published(year: int) -> bool:
    import chinese_calendar  # noqa: PLC0415  (the same)

    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _changes(period: Period, today: date) -> Iterator[datetime]:
    yield period.first_moment
    # A period "without end" may close on the last day that Python knows: no midnight follows it.
    if period.closes < date.max:
        yield midnight(period.closes + _DAY)
    if period.opens <= today <= period.closes:
        yield midnight(today)
    if period.opens <= today < period.closes:
        yield midnight(today + _DAY)


def _last_second(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


def _in_shanghai(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs a time zone: {instant.isoformat()}")
    return instant.astimezone(SHANGHAI)
