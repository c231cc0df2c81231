"""Telephone numbers and the hours at which they are answered, as prose writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.contact_grammar import BLANKS, DIGIT, PHONE_IN_PROSE
from generator.prose.hours import HOURS

_NUMBER_AT = re.compile(PHONE_IN_PROSE)
# After a comma a short run of digits is more likely something else.
_NEXT = re.compile(
    rf"{BLANKS}[、/／，,；;或和及]?{BLANKS}(?P<number>(?={DIGIT}{{6}}|[（(]?[0０+＋4１1]{DIGIT}{{2}}){PHONE_IN_PROSE})"
)
_NOTE = re.compile(rf"{BLANKS}[（(](?P<note>[^（）()\n]{{1,60}})[）)]")

_HINT = re.compile("[:：时点]|[上下]午|工作日|上班|24小时|每[天日]")
_BEFORE_HOURS = re.compile(
    rf"{BLANKS}[，,；;、]?{BLANKS}(?:(?:接听|受理|值班|办公|工作|来电|联系|接待|举报)(?:电话)?时间)?(?:[：:]|为)?{BLANKS}"
)
_HOURS_AT = re.compile(HOURS)
_MOST = 8


@dataclass(frozen=True, slots=True)
class StatedPhone:
    """One number as it is written, with the hours that belong to it, from `start` to `end` in the text."""

    value: str
    hours: str
    start: int
    end: int


def numbers_at(text: str, place: int) -> tuple[StatedPhone, ...]:
    """Read the numbers that begin at `place`, separated by blanks or marks.

    Hours after the last one hold for all that have none of their own.
    """
    found = list(_numbers(text, place))
    if not found:
        return ()
    last = found[-1]
    if not last.hours:
        hours, end = hours_at(text, last.end)
        found[-1] = StatedPhone(last.value, hours, last.start, end if hours else last.end)
    shared = found[-1].hours
    return tuple(StatedPhone(one.value, one.hours or shared, one.start, one.end) for one in found)


def hours_at(text: str, place: int) -> tuple[str, int]:
    """Read office hours that follow `place`, past a mark or a label: the hours or nothing, and where they end."""
    before = _BEFORE_HOURS.match(text, place)
    match = _HOURS_AT.match(text, before.end() if before else place)
    return (match[0], match.end()) if match else ("", place)


def hours_in(note: str) -> str:
    """Return the words in brackets after a number where they say when it is answered, else nothing."""
    return note.strip(" \t\u3000") if _HINT.search(note) else ""


def _numbers(text: str, place: int) -> Iterator[StatedPhone]:
    match = _NUMBER_AT.match(text, place)
    value = match[0] if match else ""
    start = place
    for _ in range(_MOST):
        if not value:
            return
        end = start + len(value)
        hours = ""
        if note := _NOTE.match(text, end):
            end, hours = note.end(), hours_in(note["note"])
        yield StatedPhone(value, hours, start, end)
        following = _NEXT.match(text, end)
        value, start = (following["number"], following.start("number")) if following else ("", end)
