"""The hours at which a telephone is answered: how prose writes them, and what they mean where that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.contact_grammar import BLANKS, DIGIT
from generator.period import is_workday

_TIME = rf"{DIGIT}{{1,2}}(?:[:：]{DIGIT}{{2}}|[时点](?:{DIGIT}{{1,2}}分?|半)?)"
_PART = "(?:上午|下午|早上?|晚上?|中午)?"
_SPAN = rf"{_PART}{_TIME}{BLANKS}(?:至|到|[-－‐‑–—―─]{{1,3}}|[~～]){BLANKS}{_PART}{_TIME}"
_DAYS = "(?:法定)?(?:工作日|每[天日]|(?:周|星期)[一二三四五六日天](?:至|到|[-—~～])(?:周|星期)?[一二三四五六日天])"
# Hours in running prose, whether or not it is certain what they mean.
HOURS = (
    rf"(?:{_DAYS}{BLANKS}[，,：:]?{BLANKS}{_SPAN}|{_SPAN})(?:{BLANKS}[、，,；;和及]?{BLANKS}{_SPAN}){{0,3}}"
    rf"|{_DAYS}?的?(?:正常)?(?:上班|工作|办公)时间|(?:每[天日])?24小时|{_DAYS}"
)

_WEEK = "一二三四五六日"
_PLAIN = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９：（），；～天", "0123456789:(),;-日", strict=True)),
        **dict.fromkeys("－‐‑–—―─~", "-"),
        **dict.fromkeys(" \t\u3000\xa0", None),
    }
)
_OFFICE_DAYS = "(?:周|星期)一[至到-](?:周|星期)?五"
_WHOLE = re.compile(
    r"(?:(?:接听|受理|值班|办公|工作|来电|联系|接待|举报|上班)(?:电话)?时间:?)?"
    rf"(?:(?P<works>(?:{_OFFICE_DAYS})?\(?(?:法定|每个)?工作日\)?(?:\({_OFFICE_DAYS}\))?)|(?P<daily>每日)"
    rf"|每?(?:周|星期)(?P<first>[{_WEEK}])(?:[至到-]{{1,2}}(?:周|星期)?(?P<last>[{_WEEK}])"
    rf"|(?P<more>(?:[、,和及](?:周|星期)?[{_WEEK}]){{1,6}}))?)?"
    r"[,:的]?\(?(?P<spans>[^()]{5,80}?)\)?"
    r"(?P<but>[,;(]{0,2}(?:法定)?(?:节假日|节日|假日)(?:除外|休息)\)?)?"
)
# 9:00-17:00（工作日）
_DAYS_LAST = re.compile(r"([^()]{5,80})\(([^()0-9]{2,12})\)")
_AM = ("上午", "早上", "早")
# Between which hours a part of the day lies.
_PARTS = {**dict.fromkeys(_AM, (5, 12)), "中午": (11, 15), "下午": (12, 20), **dict.fromkeys(("晚上", "晚"), (17, 24))}
_CLOCK = (
    r"(?P<part{0}>上午|早上?|中午|下午|晚上?)?(?P<hour{0}>[0-9]{{1,2}})"
    r"(?::(?P<minute{0}>[0-9]{{2}})|[时点](?P<spoken{0}>[0-9]{{1,2}}分?|半|整)?)"
)
_ONE_SPAN = re.compile(rf"{_CLOCK.format(1)}(?:至|到|-{{1,3}}){_CLOCK.format(2)}[,、;和及]?")
_MOST_SPANS = 4
# Without 上午 or 下午 an earlier hour, or an end as early as that, may be one of the evening.
_EARLIEST, _EARLIEST_END = 7 * 60, 10 * 60
_OFFICE_WEEK = frozenset(range(5))
_WHOLE_WEEK = frozenset(range(7))


class Attendance(StrEnum):
    """Whether somebody answers on a day within the hours.

    UNLIKELY is a day that the words include and the calendar does not, or the other way round; UNKNOWN one whose
    holidays are not published yet.
    """

    SURE = "1"
    NEVER = "0"
    UNLIKELY = "-"
    UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When a telephone is answered: `spans` are minutes of a day from first to before last, ascending.

    `weekdays` are the days that the words name, 0 is Monday; None where they name none. `by_calendar` says that public
    holidays and make-up days count: 工作日.
    """

    spans: tuple[tuple[int, int], ...]
    weekdays: frozenset[int] | None
    by_calendar: bool

    def on(self, day: date) -> Attendance:
        """Return whether somebody answers on `day`."""
        works, provisional = is_workday(day)
        if self.weekdays == _WHOLE_WEEK:
            return Attendance.SURE
        if self.by_calendar or self.weekdays is None:
            if provisional:
                return Attendance.UNKNOWN
            off = Attendance.NEVER if self.by_calendar else Attendance.UNLIKELY
            return Attendance.SURE if works else off
        if day.weekday() not in self.weekdays:
            made_up = (works or provisional) and self.weekdays >= _OFFICE_WEEK
            return Attendance.UNLIKELY if made_up else Attendance.NEVER
        if day.weekday() in _OFFICE_WEEK and not works:
            return Attendance.UNLIKELY
        return Attendance.UNKNOWN if provisional else Attendance.SURE


def office_hours(words: str) -> OfficeHours | None:
    """Read hours such as 工作日9:00--17:00 or 周一至周五 8:30-12:00，14:30-17:30; None where any of it is uncertain."""
    plain = words.translate(_PLAIN).rstrip("。")
    whole = _WHOLE.fullmatch(plain) or _WHOLE.fullmatch(_DAYS_LAST.sub(r"\2\1", plain))
    spans = _spans(whole["spans"]) if whole else None
    if whole is None or spans is None:
        return None
    weekdays = _weekdays(whole)
    # Which days 节假日 takes from a whole week is uncertain: weekends are meant as often as not.
    if whole["but"] and weekdays == _WHOLE_WEEK:
        weekdays = None
    return OfficeHours(spans, weekdays, by_calendar=whole["works"] is not None)


def _weekdays(whole: re.Match[str]) -> frozenset[int] | None:
    if whole["daily"]:
        return _WHOLE_WEEK
    if not whole["first"]:
        return None
    first = _WEEK.index(whole["first"])
    if whole["last"]:
        length = (_WEEK.index(whole["last"]) - first) % 7
        return frozenset((first + number) % 7 for number in range(length + 1))
    return frozenset({first, *(_WEEK.index(char) for char in whole["more"] or "" if char in _WEEK)})


def _spans(words: str) -> tuple[tuple[int, int], ...] | None:
    """Read spans of a day; None unless each is certain and they ascend."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        match = _ONE_SPAN.match(words, place)
        span = _span(match) if match else None
        if match is None or span is None or len(found) == _MOST_SPANS or (found and span[0] < found[-1][1]):
            return None
        found.append(span)
        place = match.end()
    return tuple(found) or None


def _span(match: re.Match[str]) -> tuple[int, int] | None:
    part = match["part1"] or ""
    first = _minute(match, 1, part)
    # 下午2:30-5:30: what is said of the first hour holds for the second.
    last = _minute(match, 2, match["part2"] or ("" if part in _AM else part))
    if first is None or last is None or not first < last:
        return None
    if not part and (first < _EARLIEST or (last <= _EARLIEST_END and not match["part2"])):
        return None
    return first, last


def _minute(match: re.Match[str], number: int, part: str) -> int | None:
    """Return the minute of the day that a clock shows in a part of it; None where that part has no such hour."""
    hour, minute = int(match[f"hour{number}"]), match[f"minute{number}"] or match[f"spoken{number}"] or "0"
    minutes = 30 if minute == "半" else 0 if minute == "整" else int(minute.removesuffix("分"))
    first, last = _PARTS.get(part, (0, 24))
    if hour < first and part not in _AM:
        hour += 12
    total = hour * 60 + minutes
    return total if minutes < 60 and first * 60 <= total <= last * 60 else None
