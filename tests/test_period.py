"""The one truth for time: working days, status, days left, the next change, and how days are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.period import (
    SHANGHAI,
    WEEKDAYS,
    Count,
    Left,
    Length,
    Period,
    Status,
    changes_around,
    end_after,
    full_date,
    is_workday,
    local,
    month_day,
    parse_now,
    with_weekday,
    workdays,
    workdays_in,
)

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
NOVEMBER = Period(date(2025, 11, 21), date(2025, 12, 12))

# 2004 to 2026 is published; the years before and after it, where Monday to Friday count, are drawn too.
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31)) | st.dates(date(2025, 9, 1), date(2025, 11, 30))
PERIODS = st.builds(lambda opens, length: Period(opens, opens + length * DAY), DAYS, st.integers(0, 60))
ZONES = st.sampled_from([UTC, SHANGHAI, ZoneInfo("America/New_York"), timezone(timedelta(hours=14))])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


# A narrow range, so that several periods and publications meet and `now` falls among them.
NEAR_DAYS = st.dates(date(2025, 9, 20), date(2025, 10, 31))
NEAR_PERIODS = st.lists(
    st.builds(lambda opens, length: Period(opens, opens + length * DAY), NEAR_DAYS, st.integers(0, 20)), max_size=4
)
NEAR_INSTANTS = st.datetimes(datetime(2025, 9, 15), datetime(2025, 12, 1), timezones=ZONES)  # noqa: DTZ001


class TestWorkdays:
    def test_national_day_2025_with_its_make_up_days(self) -> None:
        off = [date(2025, 10, day) for day in range(1, 9)]
        assert [is_workday(day) for day in off] == [(False, False)] * 8
        assert is_workday(date(2025, 9, 28)) == (True, False), "a Sunday, worked"
        assert is_workday(date(2025, 10, 11)) == (True, False), "a Saturday, worked"
        assert workdays_in(date(2025, 9, 27), date(2025, 10, 12)) == (
            date(2025, 9, 28),
            date(2025, 9, 29),
            date(2025, 9, 30),
            date(2025, 10, 9),
            date(2025, 10, 10),
            date(2025, 10, 11),
        )

    def test_ordinary_weekend_is_off(self) -> None:
        assert workdays(date(2025, 11, 22), date(2025, 11, 23)) == Count(0, provisional=False)

    @pytest.mark.parametrize("year", [1, 1990, 2090, 9999])
    def test_year_without_a_published_calendar_goes_by_weekdays(self, year: int) -> None:
        week = [date(year, 10, 1) + number * DAY for number in range(7)]
        assert [is_workday(day) for day in week] == [(day.isoweekday() <= 5, True) for day in week]

    def test_range_that_reaches_into_an_unpublished_year_is_provisional(self) -> None:
        """One day without a calendar is enough, and a range that ends the day before is not provisional."""
        first_unknown = next(year for year in range(2026, 2091) if is_workday(date(year, 1, 1))[1])
        new_year = date(first_unknown, 1, 1)
        assert workdays(new_year - 10 * DAY, new_year).provisional
        assert not workdays(new_year - 10 * DAY, new_year - DAY).provisional

    def test_no_days_where_the_last_is_before_the_first(self) -> None:
        assert workdays(date(2090, 1, 2), date(2090, 1, 1)) == Count(0, provisional=False)
        assert workdays_in(date(2025, 12, 2), date(2025, 12, 1)) == ()

    def test_first_and_last_day_of_the_calendar_of_python(self) -> None:
        assert workdays_in(date.min, date.min) == (date.min,), "a Monday"
        assert workdays_in(date.max, date.max) == (date.max,), "a Friday"

    @given(DAYS, st.integers(-5, 200))
    def test_count_is_the_number_of_days_listed(self, first: date, length: int) -> None:
        last = first + length * DAY
        assert workdays(first, last).days == len(workdays_in(first, last))

    @given(DAYS, st.integers(0, 60), st.integers(0, 60))
    def test_counts_of_adjoining_ranges_add_up(self, first: date, one: int, two: int) -> None:
        middle, last = first + one * DAY, first + (one + two) * DAY
        both = [workdays(first, middle), workdays(middle + DAY, last)]
        assert workdays(first, last).days == sum(count.days for count in both)
        assert workdays(first, last).provisional == any(count.provisional for count in both)


class TestEndAfter:
    @pytest.mark.parametrize(
        ("opens", "n", "first_day_counts", "closes"),
        [
            (date(2025, 11, 21), 15, False, date(2025, 12, 12)),
            (date(2025, 11, 21), 16, True, date(2025, 12, 12)),
            (date(2025, 11, 21), 1, True, date(2025, 11, 21)),
            (date(2025, 11, 21), 1, False, date(2025, 11, 24)),
            (date(2025, 11, 22), 1, True, date(2025, 11, 24)),
            (date(2025, 11, 22), 1, False, date(2025, 11, 24)),
            (date(2025, 9, 30), 3, False, date(2025, 10, 11)),
        ],
        ids=[
            "first day left out",
            "first day counted",
            "one day, counted",
            "one day, left out, over a weekend",
            "opens on a Saturday, counted",
            "opens on a Saturday, left out",
            "over National Day, ends on a worked Saturday",
        ],
    )
    def test_closing_day(self, opens: date, n: int, first_day_counts: bool, closes: date) -> None:
        assert end_after(opens, n, first_day_counts=first_day_counts) == closes

    @given(DAYS, st.integers(1, 60), st.booleans())
    def test_counting_back_gives_n_and_the_last_day_is_worked(self, opens: date, n: int, first: bool) -> None:
        closes = end_after(opens, n, first_day_counts=first)
        assert is_workday(closes)[0]
        assert workdays(opens if first else opens + DAY, closes).days == n
        length = Period(opens, closes).length()
        assert (length.workdays_with_first if first else length.workdays_without_first) == n

    @pytest.mark.parametrize("n", [0, -1])
    def test_less_than_one_day_is_refused(self, n: int) -> None:
        with pytest.raises(ValueError, match="at least one working day"):
            end_after(date(2025, 11, 21), n, first_day_counts=False)


class TestPeriod:
    def test_length_of_three_weeks_in_november(self) -> None:
        assert NOVEMBER.calendar_days == 22
        assert NOVEMBER.length() == Length(22, 16, 15, provisional=False)

    def test_both_working_counts_agree_where_the_first_day_is_off(self) -> None:
        assert Period(date(2025, 11, 22), date(2025, 12, 12)).length() == Length(21, 15, 15, provisional=False)

    def test_left_counts_today(self) -> None:
        assert NOVEMBER.left(at("2025-12-01T10:30")) == Left(12, 10, provisional=False)
        assert NOVEMBER.left(at("2025-12-12T23:59:59")) == Left(1, 1, provisional=False)
        assert NOVEMBER.left(at("2025-11-22T08:00")) == Left(21, 15, provisional=False), "a Saturday"

    def test_far_period_is_provisional(self) -> None:
        far = Period(date(2090, 9, 29), date(2090, 10, 9))
        assert far.length() == Length(11, 7, 6, provisional=True)
        assert far.left(at("2090-10-09T09:00")) == Left(1, 1, provisional=True), "a Monday"

    def test_moments(self) -> None:
        assert NOVEMBER.first_moment.isoformat() == "2025-11-21T00:00:00+08:00"
        assert NOVEMBER.last_moment.isoformat() == "2025-12-12T23:59:59+08:00"

    @pytest.mark.parametrize(
        ("now", "status"),
        [
            ("2025-11-20T23:59:59", Status.BEFORE),
            ("2025-11-21T00:00:00", Status.OPEN),
            ("2025-11-21T00:00:01", Status.OPEN),
            ("2025-12-12T23:59:58", Status.OPEN),
            ("2025-12-12T23:59:59", Status.OPEN),
            ("2025-12-12T23:59:59.999999", Status.OPEN),
            ("2025-12-13T00:00:00", Status.CLOSED),
            ("2025-12-13T00:00:01", Status.CLOSED),
        ],
    )
    @pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
    def test_status_around_each_boundary_whatever_the_zone_of_the_instant(
        self, now: str, status: Status, zone: str
    ) -> None:
        instant = at(now).astimezone(ZoneInfo(zone))
        assert NOVEMBER.status(instant) is status
        assert (NOVEMBER.left(instant) is not None) == (status is Status.OPEN)

    def test_period_of_one_day(self) -> None:
        one = Period(date(2025, 12, 1), date(2025, 12, 1))
        assert one.calendar_days == 1
        assert [one.status(one.first_moment - SECOND), one.status(one.first_moment)] == [Status.BEFORE, Status.OPEN]
        assert [one.status(one.last_moment), one.status(one.last_moment + SECOND)] == [Status.OPEN, Status.CLOSED]

    def test_closing_before_opening_is_refused(self) -> None:
        with pytest.raises(ValueError, match="closes 2025-11-30 before it opens 2025-12-01"):
            Period(date(2025, 12, 1), date(2025, 11, 30))

    @given(PERIODS, st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2091, 6, 1), timezones=ZONES), min_size=2))  # noqa: DTZ001
    def test_status_only_ever_moves_forward(self, period: Period, instants: list[datetime]) -> None:
        order = list(Status)
        instants += [period.first_moment, period.last_moment, period.last_moment + SECOND]
        passed = [order.index(period.status(now)) for now in sorted(instants)]
        assert passed == sorted(passed)

    @given(DAYS, st.integers(0, 30), st.integers(1, 60))
    def test_left_falls_by_one_each_midnight(self, day: date, elapsed: int, ahead: int) -> None:
        period = Period(day - elapsed * DAY, day + ahead * DAY)
        now = period.first_moment + elapsed * DAY
        today, tomorrow = period.left(now), period.left(now + DAY)
        assert today is not None
        assert tomorrow is not None
        assert today.days == ahead + 1 == tomorrow.days + 1
        assert today.workdays == tomorrow.workdays + is_workday(day)[0]


class TestChanges:
    @pytest.mark.parametrize(
        ("now", "before", "after"),
        [
            ("2025-11-01T12:00", None, "2025-11-21T00:00"),
            ("2025-11-20T23:59:59", None, "2025-11-21T00:00"),
            ("2025-11-21T00:00", "2025-11-21T00:00", "2025-11-22T00:00"),
            ("2025-12-01T23:59:59", "2025-12-01T00:00", "2025-12-02T00:00"),
            ("2025-12-12T00:00", "2025-12-12T00:00", "2025-12-13T00:00"),
            ("2025-12-12T23:59:59", "2025-12-12T00:00", "2025-12-13T00:00"),
            ("2026-06-01T12:00", "2025-12-13T00:00", None),
        ],
    )
    def test_of_one_period(self, now: str, before: str | None, after: str | None) -> None:
        assert changes_around([NOVEMBER], [], at(now)) == (before and at(before), after and at(after))

    def test_none_of_nothing(self) -> None:
        assert changes_around([], [], at("2025-12-13T00:00")) == (None, None)

    def test_publication_is_a_change(self) -> None:
        embargo = at("2025-11-21T09:00").astimezone(UTC)
        midnights = at("2025-11-21T00:00"), at("2025-11-22T00:00")
        assert changes_around([NOVEMBER], [embargo], at("2025-11-21T08:59:59")) == (midnights[0], embargo)
        assert changes_around([NOVEMBER], [embargo], at("2025-11-21T09:00")) == (embargo, midnights[1])

    def test_is_told_in_shanghai_time(self) -> None:
        changes = [
            *changes_around([NOVEMBER], [], at("2025-12-12T12:00").astimezone(UTC)),
            *changes_around([], [at("2025-11-21T09:00").astimezone(UTC)], at("2025-11-01T00:00")),
        ]
        assert [change and change.isoformat() for change in changes] == [
            "2025-12-12T00:00:00+08:00",
            "2025-12-13T00:00:00+08:00",
            None,
            "2025-11-21T09:00:00+08:00",
        ]

    def test_period_without_an_end(self) -> None:
        """A period to the last day that Python knows changes each midnight and has no moment after it."""
        endless = Period(date(9999, 12, 30), date.max)
        midnights = at("9999-12-30T00:00"), at("9999-12-31T00:00")
        assert changes_around([endless], [], at("9999-12-30T12:00")) == midnights
        assert changes_around([endless], [], at("9999-12-31T12:00")) == (midnights[1], None)

    @given(NEAR_PERIODS, st.lists(NEAR_INSTANTS, max_size=3), NEAR_INSTANTS, st.floats(0, 1))
    @example([NOVEMBER], [], at("2025-11-21T00:00"), 1.0)
    def test_nothing_changes_between_two_and_something_does_at_each(
        self, periods: list[Period], publications: list[datetime], now: datetime, part: float
    ) -> None:
        def seen(instant: datetime) -> tuple[object, ...]:
            told = [(period.status(instant), period.left(instant)) for period in periods]
            return (*told, *(publication <= instant for publication in publications))

        now = now.astimezone(UTC)
        before, after = changes_around(iter(periods), iter(publications), now)
        first = (before or datetime(2025, 1, 1, tzinfo=UTC)).astimezone(UTC)
        last = (after or datetime(2026, 12, 31, tzinfo=UTC)).astimezone(UTC) - INSTANT
        assert first <= now <= last
        assert seen(first) == seen(now) == seen(now + part * (last - now)) == seen(last)
        assert before is None or seen(before - INSTANT) != seen(now)
        assert after is None or seen(after) != seen(now)


class TestNow:
    @pytest.mark.parametrize(
        ("text", "instant"),
        [
            ("2025-12-01", "2025-12-01T23:59:59+08:00"),
            ("2025-12-01 10:30", "2025-12-01T10:30:00+08:00"),
            ("2025-12-01T10:30", "2025-12-01T10:30:00+08:00"),
            ("2024-02-29", "2024-02-29T23:59:59+08:00"),
        ],
    )
    def test_day_or_minute_is_read_as_shanghai_time(self, text: str, instant: str) -> None:
        assert parse_now(text).isoformat() == instant

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "今天",
            "2025-12-1",
            "20251201",
            "2025-W49-1",
            "2025/12/01",
            "２０２５-12-01",
            "2025-02-29",
            "2025-13-01",
            "0000-01-01",
            "2025-12-01 24:00",
            "2025-12-01 9:00",
            "2025-12-01 10:30:15",
            "2025-12-01T10:30Z",
            "2025-12-01T10:30+08:00",
            " 2025-12-01",
            "2025-12-01\n",
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - the words are the caller's
            parse_now(text)

    def test_bare_day_sees_what_is_published_on_it(self) -> None:
        assert parse_now("2025-11-21") > at("2025-11-21T09:00")
        assert NOVEMBER.status(parse_now("2025-12-12")) is Status.OPEN

    def test_local_day_of_another_zone(self) -> None:
        assert local(datetime(2025, 11, 30, 15, 59, 59, tzinfo=UTC)) == date(2025, 11, 30)
        assert local(datetime(2025, 11, 30, 16, tzinfo=UTC)) == date(2025, 12, 1)

    def test_instant_without_a_zone_is_refused_everywhere(self) -> None:
        naive, aware = at("2025-12-01T10:30").replace(tzinfo=None), at("2025-12-01T10:30")
        with pytest.raises(ValueError, match="time zone"):
            local(naive)
        with pytest.raises(ValueError, match="time zone"):
            NOVEMBER.status(naive)
        with pytest.raises(ValueError, match="time zone"):
            NOVEMBER.left(naive)
        with pytest.raises(ValueError, match="time zone"):
            changes_around([], [], naive)
        with pytest.raises(ValueError, match="time zone"):
            changes_around([], [naive], aware)


class TestWords:
    def test_days_are_written_in_chinese(self) -> None:
        day = date(2025, 12, 12)
        assert month_day(day) == "12月12日"
        assert full_date(day) == "2025年12月12日"
        assert with_weekday(day) == "12月12日（星期五）"
        assert full_date(date(2025, 2, 3)) == "2025年2月3日", "no leading noughts"

    def test_weekdays_start_on_monday(self) -> None:
        week = [with_weekday(date(2025, 12, day)) for day in range(1, 8)]
        assert week == [f"12月{number}日（{name}）" for number, name in enumerate(WEEKDAYS, 1)]
        assert (WEEKDAYS[0], WEEKDAYS[6]) == ("星期一", "星期日")
