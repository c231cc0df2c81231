"""The table of schemes: how the lines of a notice show which level they are on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_NUMERAL = "[一二三四五六七八九十百]{1,4}"
_BLANKS = r"[ \t\u3000\xa0]{0,4}"
_LABELS = (
    "整改情况|整改措施|整改成效|整改完成情况|整改落实情况|整改进展|整改进展情况|整改结果|完成情况|工作成效|下一步措施|下一步打算"
    "|责任单位|责任部门|责任领导|责任人|牵头单位|牵头领导|配合单位|完成时限|整改时限|完成时间"
)


class Level(IntEnum):
    """The levels of a notice, from the outermost."""

    PART = 1
    SECTION = 2
    FINDING = 3
    MEASURE = 4
    LABEL = 5

    @property
    def word(self) -> str:
        """The key that holds this level in the YAML."""
        return {1: "部分", 2: "小节", 3: "问题", 4: "措施", 5: "标签"}[self]


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to mark a level: a pattern for the beginning of a line, an example, the case folder that proves it.

    `lost` says that the number is gone, as Word's automatic numbers are when its text is copied. The mark is then
    the whole line, and `before` is what the next line must open with.
    """

    level: Level
    pattern: re.Pattern[str]
    example: str
    case: str
    lost: bool = False
    before: re.Pattern[str] = re.compile("")


_WHOLE_LINE = r"[^。；！？\t]{1,40}[^。；：！？，、;:!?,）)\t]\Z"
_FIRST_SECTION = re.compile(rf"[（(]{_BLANKS}一{_BLANKS}[）)]")
_FIRST_FINDING = re.compile(r"[1１][ \t]{0,2}[.．、](?![0-9０-９])|[（(][1１][）)]")


def _row(level: Level, pattern: str, example: str, case: str) -> Scheme:
    return Scheme(level, re.compile(pattern), example, case)


# Rows without a number come last: they are what is left when no number was found.
SCHEMES = (
    _row(Level.PART, rf"{_NUMERAL}{_BLANKS}、", "一、整改工作总体情况", "numbered-parts"),
    _row(Level.SECTION, rf"[（(]{_BLANKS}{_NUMERAL}{_BLANKS}[）)]", "（一）加强组织领导", "no-parts"),
    _row(Level.FINDING, r"[0-9０-９]{1,3}[ \t]{0,2}[.．、](?![0-9０-９])", "1.台账不全方面。", "findings-under-body"),
    _row(Level.FINDING, r"[（(][0-9０-９]{1,3}[）)]", "(1)关于“台账不全。账实不符”的问题", "quoted-stops"),
    _row(Level.FINDING, r"[①-⑳]", "①台账不全", "circled-findings"),
    _row(Level.MEASURE, rf"{_NUMERAL}是", "一是补齐台账。", "measures"),
    _row(Level.LABEL, rf"(?:{_LABELS}){_BLANKS}[：:]", "整改情况：台账已补齐。", "labels"),
    Scheme(Level.PART, re.compile(_WHOLE_LINE), "整改工作总体情况", "bare-headings", lost=True, before=_FIRST_SECTION),
    Scheme(Level.PART, re.compile(_WHOLE_LINE), "整改落实情况", "bare-before-findings", lost=True, before=_FIRST_FINDING),
    Scheme(Level.PART, re.compile(f"下一步{_WHOLE_LINE}"), "下一步工作打算", "bare-last-part", lost=True),
)


def scheme_of(line: str, following: str = "") -> Scheme | None:
    """Return the scheme of the heading, finding, measure or label that a line opens with, if any.

    `following` is the next line that is not blank; some headings that lost their number show only by it.
    """
    return next((row for row in SCHEMES if row.pattern.match(line) and row.before.match(following)), None)
