"""Days and ranges of days in Chinese prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from generator.contact_grammar import DIGIT
from generator.prose.numerals import numeral

BLANK = r"[ \t\u3000]{0,3}"
TO = r"(?:至|到|[-－‐‑–—―─]{1,3}|[~～])"

_NUMBER = rf"(?:{DIGIT}{{1,2}}|[一二三四五六七八九十]{{1,3}})"
_YEAR = rf"(?:{DIGIT}{{4}}|[〇零○一二三四五六七八九]{{4}})"
_DAY = re.compile(
    rf"(?<![0-9０-９])(?:"
    rf"(?:(?P<year>{_YEAR}){BLANK}年{BLANK})?(?P<month>{_NUMBER}){BLANK}月份?{BLANK}"
    rf"(?:(?P<day>{_NUMBER}){BLANK}(?:[日号]|(?={TO}{BLANK}{_NUMBER}{BLANK}[日号]))|(?P<vague>[上中下]旬|初(?!步)|底|末))?"
    rf"|(?P<y>{DIGIT}{{4}})(?P<mark>[-./．])(?P<m>{DIGIT}{{1,2}})(?P=mark)(?P<d>{DIGIT}{{1,2}})(?![0-9０-９])日?"
    rf"|(?<=[至到~～–—―─－-])(?P<end_m>{DIGIT}{{1,2}})[./．](?P<end_d>{DIGIT}{{1,2}})(?![0-9０-９])"
    rf"|(?P<end_day>{_NUMBER}){BLANK}[日号]"
    rf")"
)
_BETWEEN = re.compile(
    rf"{BLANK}(?:[（(](?:星期|周).[）)])?{BLANK}(?:[上下]午)?(?:{DIGIT}{{1,2}}(?:[:：]{DIGIT}{{2}}|[时点]))?起?[，,]?{BLANK}{TO}{BLANK}"
)


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day as the text writes it, from `start` on; what it leaves out is None, and a vague one has no day."""

    year: int | None
    month: int | None
    day: int | None
    words: str
    start: int

    @property
    def end(self) -> int:
        """Return the index after its last character."""
        return self.start + len(self.words)

    def on(self, year: int | None = None) -> date | None:
        """Return the day in the calendar, in `year` where it states none; None where it is vague or does not exist."""
        whole = self.year or year
        if whole is None or self.month is None or self.day is None:
            return None
        try:
            return date(whole, self.month, self.day)
        except ValueError:
            return None

    def after(self, earlier: StatedDay, year: int | None = None) -> StatedDay:
        """Fill in year and month from an earlier day, or the next year where it would come before that day.

        `year` is the earlier day's, where that states none.
        """
        month = self.month or earlier.month
        whole = self.year
        base = earlier.year or year
        if whole is None and base is not None:
            # A bare `12日` stays in its month: before the 21st it is a slip, not next year.
            rolls = self.month is not None and (month or 0, self.day or 31) < (earlier.month or 0, earlier.day or 1)
            whole = base + rolls
        return StatedDay(whole, month, self.day, self.words, self.start)


@dataclass(frozen=True, slots=True)
class StatedRange:
    """Two days with 至 or a dash between them, the second filled in from the first."""

    first: StatedDay
    last: StatedDay


def days(text: str) -> list[StatedDay]:
    """List the days that a text names, in order: `2025年11月21日`, `11月21日`, `2025.11.21`, `二〇二五年…`, `8月下旬`.

    A bare `28日` or `12.12` counts only as the end of a range.
    """
    return [day for day, bare in _found(text) if not bare]


def ranges(text: str, year: int | None = None) -> list[StatedRange]:
    """List the ranges of days in a text; `year` is the year of a range that states none."""
    found = _found(text)
    made = []
    for (first, bare), (last, _) in pairwise(found):
        gap = text[first.end : last.start]
        if not bare and len(gap) <= 24 and _BETWEEN.fullmatch(gap):
            if first.year is None and last.year is not None:
                late = (first.month or 0, first.day or 1) > (last.month or 0, last.day or 31)
                first = StatedDay(last.year - late, first.month, first.day, first.words, first.start)  # noqa: PLW2901
            made.append(StatedRange(first, last.after(first, year)))
    return made


def _found(text: str) -> list[tuple[StatedDay, bool]]:
    return [_day(match) for match in _DAY.finditer(text)]


def _day(match: re.Match[str]) -> tuple[StatedDay, bool]:
    year, month, day = (_read(match[a] or match[b]) for a, b in (("year", "y"), ("month", "m"), ("day", "d")))
    end_month, end_day = _read(match["end_m"]), _read(match["end_d"] or match["end_day"])
    bare = end_day is not None
    return StatedDay(year, month or end_month, day or end_day, match[0].rstrip(" \t\u3000"), match.start()), bare


def _read(written: str | None) -> int | None:
    return numeral(written) if written else None
