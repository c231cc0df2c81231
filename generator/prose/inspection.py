"""Who inspected, and when, as the opening paragraphs say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.prose.dates import StatedDay, StatedRange, days, ranges

_READ = 4000
_LOOK_AHEAD = 120
_MOST = 20


@dataclass(frozen=True, slots=True)
class StatedInspection:
    """An inspection as the text states it; a vague or impossible date keeps its words, what is not stated is None.

    `words` run from the first to the last of the dates; `range_words` and `findings_words` are the dates alone.
    """

    authority: str | None
    teams: tuple[str, ...]
    begins: date | str | None
    ends: date | str | None
    findings_on: date | str | None
    words: str
    range_words: str
    findings_words: str


_N = "[一二三四五六七八九十]{1,3}"
_AUTHORITY = "(?:中央|(?:自治区|集团公司|集团|公司|学校|院|校)党委|(?:省|市|县|区|旗|州|盟|地|工)委)"
_KIND = "(?:专项|提级|机动|联动|交叉|常规|政治|上下){0,2}"
_LEAD = rf"(?:{_N}届)?(?:{_AUTHORITY}|市县|省市)?(?:第?{_N}轮)?"
_NUMBERED = re.compile(
    rf"{_LEAD}第{_N}(?:(?:、|和|及)第?{_N}){{0,8}}{_KIND}巡[察视]组"
    rf"|{_LEAD}{_KIND}巡[察视](?:工作)?第?{_N}(?:、第?{_N}){{0,8}}组"
)
_PLAIN = re.compile(rf"{_LEAD}{_KIND}(?:{_AUTHORITY}|市县|省市)?{_KIND}巡[察视]组")
_ORDER = re.compile(r"(?:根据|按照|遵照)(?P<by>[^。，,；;\n]{0,80})")
_FIND_AUTHORITY = re.compile(_AUTHORITY)
_SENTENCE_ENDS = "。！？!?\n"
_SINCE = re.compile(r"[ \t\u3000]{0,3}(?:起|开始)")


def inspection(text: str) -> StatedInspection:
    """Read the inspection from a notice's opening paragraphs (their first 4,000 characters).

    The end of a range takes its year from the beginning. A findings date without year takes the year of the range's
    end, or the next one where it would come before that end; without a range, the last year named before it.
    A team without a number (市委巡察组) counts only where no numbered one is named.
    """
    text = text[:_READ]
    if "巡" not in text:
        return StatedInspection(None, (), None, None, None, "", "", "")
    found = days(text)
    span = next((span for span in ranges(text) if "巡" in text[span.last.end : span.last.end + _LOOK_AHEAD]), None)
    begins: date | str | None = None
    ends: date | str | None = None
    used: list[tuple[int, int]] = []
    if span is not None:
        begins, ends = _value(span.first), _value(span.last)
        used.append((span.first.start, span.last.end))
    elif (since := _since(text, found)) is not None:
        begins = _value(since)
        used.append((since.start, since.end))
    findings = _findings_day(text, found, span)
    if findings is not None:
        used.append((findings.start, findings.end))
    return StatedInspection(
        authority=_authority(text),
        teams=_teams(text),
        begins=begins,
        ends=ends,
        findings_on=_value(findings) if findings else None,
        words=text[min(start for start, _ in used) : max(end for _, end in used)] if used else "",
        range_words=text[used[0][0] : used[0][1]] if begins else "",
        findings_words=findings.words if findings else "",
    )


def _value(day: StatedDay) -> date | str:
    return day.on() or day.words


def _since(text: str, found: list[StatedDay]) -> StatedDay | None:
    return next(
        (day for day in found if _SINCE.match(text, day.end) and "巡" in text[day.end : day.end + _LOOK_AHEAD]), None
    )


def _findings_day(text: str, found: list[StatedDay], span: StatedRange | None) -> StatedDay | None:
    """Return the last day before 反馈 in its sentence that is not part of the range, its year filled in."""
    taken = (span.first.start, span.last.end) if span else (0, 0)
    place = -1
    for _ in range(_MOST):
        place = text.find("反馈", place + 1)
        if place < 0:
            return None
        start = max(text.rfind(mark, 0, place) for mark in _SENTENCE_ENDS) + 1
        before = [day for day in found if start <= day.start < place and not taken[0] <= day.start < taken[1]]
        if before:
            day = before[-1]
            if span is not None:
                return day.after(span.last)
            years = [other.year for other in found if other.start < day.start and other.year]
            return StatedDay(day.year or (years[-1] if years else None), day.month, day.day, day.words, day.start)
    return None


def _authority(text: str) -> str | None:
    for order in _ORDER.finditer(text):
        if match := _FIND_AUTHORITY.search(order["by"]):
            return match[0]
    for name in _teams(text):
        if match := _FIND_AUTHORITY.search(name):
            return match[0]
    return None


def _teams(text: str) -> tuple[str, ...]:
    numbered = tuple(dict.fromkeys(match[0] for match in _NUMBERED.finditer(text)))
    return numbered or tuple(dict.fromkeys(match[0] for match in _PLAIN.finditer(text)))[:1]
