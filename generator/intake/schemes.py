"""The table of schemes: how the lines of a notice show which level they are on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import zip_longest

from generator.prose import Numbering, NumberScheme, numbering


class OutlineLevel(IntEnum):
    """The levels of a notice, from the outermost; the last two are no headings."""

    PART = 1
    SECTION = 2
    FINDING = 3
    MEASURE = 4
    LABEL = 5

    @property
    def word(self) -> str:
        """The key that holds this level in the YAML."""
        return ("部分", "小节", "问题", "措施", "标签")[self - 1]


@dataclass(frozen=True, slots=True)
class LevelScheme:
    """One way to mark a level: by a number, or by a pattern for the beginning of a line.

    `before` is the number that the next line must open with, 1 in that scheme. `case` is the folder below
    tests/cases/ that proves the row, `example` a line that it takes.
    """

    level: OutlineLevel
    example: str
    case: str
    number: NumberScheme | None = None
    pattern: re.Pattern[str] = re.compile("")
    before: NumberScheme | None = None

    @property
    def number_lost(self) -> bool:
        """Whether it is a heading without the number that it should have, as Word's are when their text is copied."""
        return self.number is None and self.level <= OutlineLevel.FINDING


_LABEL = re.compile(
    r"(?:整改(?:情况|措施|成效|效果|结果|进展|进展情况|完成情况|落实情况|目标|时限|期限|完成时限|完成时间)"
    r"|(?:完成|落实|进展)情况|工作成效|取得成效|下一步(?:措施|打算|工作)|完成(?:时限|时间)"
    r"|(?:责任|牵头|配合|协办)(?:单位|部门|领导|人|科室))[ \t\u3000]{0,4}[：:]"
)
_WHOLE_LINE = r"[^。；！？\t]{1,40}[^。；：！？，、;:!?,）)\t]\Z"
_BARE = re.compile(_WHOLE_LINE)
_NO_NUMBER = Numbering(NumberScheme.CHINESE, 0, 0)
_NEXT_STEPS = re.compile(f"下一步{_WHOLE_LINE}")

# Headings whose number was lost come last: a line is one of them only where it is nothing else.
SCHEMES = (
    LevelScheme(OutlineLevel.PART, "一、整改工作总体情况", "numbered-parts", number=NumberScheme.CHINESE),
    LevelScheme(OutlineLevel.PART, "第一部分 整改工作总体情况", "spelled-parts", number=NumberScheme.ORDINAL_PART),
    LevelScheme(OutlineLevel.SECTION, "（一）加强组织领导", "no-parts", number=NumberScheme.CHINESE_BRACKETED),
    LevelScheme(OutlineLevel.FINDING, "1.台账不全方面。", "findings-under-body", number=NumberScheme.ARABIC),
    LevelScheme(
        OutlineLevel.FINDING,
        "（1）关于“台账不全。账实不符”的问题",
        "quoted-stops",
        number=NumberScheme.ARABIC_BRACKETED,
    ),
    LevelScheme(OutlineLevel.FINDING, "1）台账不全", "half-brackets", number=NumberScheme.ARABIC_HALF_BRACKETED),
    LevelScheme(OutlineLevel.FINDING, "①台账不全", "circled-findings", number=NumberScheme.CIRCLED),
    LevelScheme(OutlineLevel.MEASURE, "一是补齐台账。", "measures", number=NumberScheme.MEASURE),
    LevelScheme(OutlineLevel.LABEL, "整改情况：台账已补齐。", "labels", pattern=_LABEL),
    LevelScheme(
        OutlineLevel.PART, "整改工作总体情况", "bare-headings", pattern=_BARE, before=NumberScheme.CHINESE_BRACKETED
    ),
    LevelScheme(OutlineLevel.PART, "整改落实情况", "bare-before-findings", pattern=_BARE, before=NumberScheme.ARABIC),
    LevelScheme(OutlineLevel.PART, "下一步工作打算", "bare-last-part", pattern=_NEXT_STEPS),
)


def mark(lines: Sequence[str]) -> list[LevelScheme | None]:
    """Return for each line (blank ones left out) the row that it opens by: heading, finding, measure, label or prose.

    A line is a heading that lost its number only where parts did lose theirs: none has one, or one is missing. Where
    none has one, the first heading of all must be such a part. What shows only by the finding after it is a part
    only where there are no sections.
    """
    rows = [_scheme_of(line, following) for line, following in zip_longest(lines, lines[1:], fillvalue="")]
    headings = [row for row in rows if row is not None and row.level <= OutlineLevel.FINDING]
    numbers = [
        (numbering(line) or _NO_NUMBER).number
        for line, row in zip(lines, rows, strict=True)
        if row is not None and row.level is OutlineLevel.PART and not row.number_lost
    ]
    none_lost = (
        numbers == [*range(1, len(numbers) + 1)] if numbers else headings and headings[0].level > OutlineLevel.PART
    )
    has_sections = any(row.level is OutlineLevel.SECTION for row in headings)
    return [
        None if row and row.number_lost and (none_lost or (has_sections and row.before is NumberScheme.ARABIC)) else row
        for row in rows
    ]


def _scheme_of(line: str, following: str) -> LevelScheme | None:
    own, after = numbering(line), numbering(following)
    for row in SCHEMES:
        if row.number is not None:
            if own is not None and own.scheme is row.number:
                return row
        elif row.pattern.match(line) and (
            row.before is None or (after is not None and after.scheme is row.before and after.number == 1)
        ):
            return row
    return None


def label_length(line: str) -> int:
    """Return the length of the label that a line opens with, colon included; 0 where it opens with none."""
    match = _LABEL.match(line)
    return match.end() if match else 0
