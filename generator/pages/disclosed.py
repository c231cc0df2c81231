"""The time for which a notice was public, in words: by the records, or by the announced period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from generator.model import Notice, NoticeSummary
from generator.pages.view import State
from generator.pages.wording import period_in_words
from generator.period import (
    Length,
    Period,
    Status,
    format_day,
    format_instant,
    full_date,
    is_workday,
    local,
    midnight,
    workdays_in,
)
from generator.records import Disclosure, History, disclosure, withdrawn

_DAY = timedelta(days=1)
_RULE = (
    "从 0:00 到 24:00 一直能看到全文的，才算公开了一天；第一天从首次公开的那一刻算起，到当天结束一直能看到的，"
    "也算一天。"
)


def disclosed(notice: Notice, past: History, now: datetime) -> Disclosure | None:
    """Return when a notice was open to the public up to `now`; None where nothing is on record."""
    return disclosure(past.lines, now, withdrawn(past, notice)) if past.lines else None


def over_in_words(head: NoticeSummary, state: State, known: Disclosure | None, *, kept: bool) -> str:
    """Say, for when the period is over, how long the notice was public, and what becomes of the text.

    Days are counted only once all of them are over; "" where there is no period.
    """
    period = head.period
    if period is None:
        return ""
    if head.collected:
        return f"这份通报以前公开过，写明的公开期限{_span(period)}。现在供查阅，不再收集意见。"
    rest = "通报全文继续保留。" if kept else "正文按规定撤下。"
    counted = "" if known is None or state is not State.CLOSED else _counted(head, period, known.length)
    return f"{counted or f'公开期限{_span(period)}。'}现在不再收集意见，{rest}"


def counting(notice: Notice, head: NoticeSummary, past: History, now: datetime) -> Iterator[str]:
    """Say how long a notice was public and how that was counted, with each day that does not go by its weekday."""
    known = disclosed(notice, past, now)
    period, announced = head.period, head.announced
    if period is None or announced is None or known is None:
        yield "通报没有写明公开期限。"
        return
    if head.collected:
        yield "收录以前的公开情况，这里没有记录，不计算天数。"
        if not known.intervals:
            return
    stated = announced.length()
    works = f"工作日算上第一天是 {stated.workdays_with_first} 个，不算第一天是 {stated.workdays_without_first} 个"
    yield f"通报写明的公开期限：{period_in_words(announced)}，共 {stated.calendar_days} 天，{works}。"
    if notice.terms is not None and notice.terms.workdays is not None:
        first = "算上" if notice.terms.first_day_counts else "不算"
        yield f"通报写的是公开 {notice.terms.workdays} 个工作日，截止日期按{first}第一天推算。"
    for interval in known.intervals:
        until = _until(interval.until) if interval.until else "现在"
        yield f"期限里能看到全文：从{format_instant(interval.since)}到{until}。"
    yield _days(period, known.length, now)
    yield f"{_RULE}今天还没有过完，不算。" if period.status(now) is Status.OPEN else _RULE
    yield from _unusual(period)


def _days(period: Period, length: Length, now: datetime) -> str:
    where, yesterday = period.status(now), local(now) - _DAY
    until = f"到{full_date(yesterday)}为止，" if where is Status.OPEN else ""
    if where is Status.BEFORE:
        return "公开期限还没有开始。"
    return (
        f"{until}公开期限里实际公开了 {length.calendar_days} 天，工作日算上第一天是 {length.workdays_with_first} 个，"
        f"不算第一天是 {length.workdays_without_first} 个。"
        "法律没有另外规定的，期间开始的当天不计入（《民法典》第二百零一条）。"
    )


def _until(until: datetime) -> str:
    if until == midnight(local(until)):
        return f"{full_date(local(until) - _DAY)} 24:00"
    return format_instant(until)


def _span(period: Period, *others: date) -> str:
    # With its year, which may be long ago; never by today, for the words stand on an open page while years change.
    opens, closes = full_date(period.opens), format_day(period.closes, period.opens, *others)
    return f"从{opens}到{closes}" if period.opens < period.closes else f"是{opens}"


def _counted(head: NoticeSummary, period: Period, length: Length) -> str:
    """Say on how many days of the period that is over the notice was public; all of them, some, or none."""
    assert head.first_public is not None
    began = local(head.first_public)
    works = "" if length.provisional else f"，其中工作日 {length.workdays_with_first} 个"
    number = f"公开了 {length.calendar_days} 天{works}（含第一天）。"
    first = format_day(began, period.opens, period.closes)
    if length.calendar_days == period.calendar_days:
        return f"{_span(period).removeprefix('是')}，{number}"
    if began > period.closes:
        return f"公开期限{_span(period, began)}，{first}才首次公开，期限里没有公开过。"
    late = f"{first}才首次公开，" if began > period.opens else ""
    missing = (period.closes - max(period.opens, began)).days + 1 - length.calendar_days
    gaps = f"中间有 {missing} 天没有公开或者不满一天，" if missing else ""
    return f"公开期限{_span(period)}，{late}{gaps}{number}"


def _unusual(period: Period) -> Iterator[str]:
    works = set(workdays_in(period.opens, period.closes))
    days = [date.fromordinal(day) for day in range(period.opens.toordinal(), period.closes.toordinal() + 1)]
    off = [day for day in days if day not in works and day.weekday() < 5]
    made_up = [day for day in days if day in works and day.weekday() >= 5]
    provisional = sorted({day.year for day in days if is_workday(day)[1]})
    known = "、".join(str(year) for year in sorted({day.year for day in days} - set(provisional)))
    if known:
        yield f"工作日按国务院办公厅公布的 {known} 年节假日安排计算，周六、周日和放假的日子不算。"
    if off:
        yield f"期限里放假的平日：{_listed(off, period)}。"
    if made_up:
        yield f"期限里调休上班的周末：{_listed(made_up, period)}。"
    if provisional:
        yield f"{'、'.join(map(str, provisional))} 年的节假日安排还没有公布，暂按周一至周五计算。"


def _listed(days: list[date], period: Period) -> str:
    return "、".join(format_day(day, period.opens, period.closes) for day in days)
