"""The numbers that headings and measures begin with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from generator.contact_grammar import DIGIT
from generator.prose.numerals import numeral


class NumberScheme(StrEnum):
    """A way of numbering; the value shows its first number."""

    CHINESE = "一、"
    CHINESE_BRACKETED = "（一）"
    ARABIC = "1."
    ARABIC_BRACKETED = "（1）"
    ARABIC_HALF_BRACKETED = "1）"
    CIRCLED = "①"
    MEASURE = "一是"
    ORDINAL = "第一，"
    ORDINAL_PART = "第一部分"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A heading's number: its scheme, its value, and the index at which the heading's own words begin."""

    scheme: NumberScheme
    number: int
    rest_start: int


_GAP = r"[ \t\u3000]{0,8}"
_CHINESE = "[一二三四五六七八九十百]{1,5}"
_ARABIC = f"{DIGIT}{{1,3}}"
# `1.5万元` is an amount and `1.1` a number of two levels, while `1.2024年度` and `1.5G` are headings with the number 1.
_NO_AMOUNT = rf"(?!{DIGIT}{{1,3}}(?!{DIGIT}|[A-Za-z]))"
# `#` stands for the number; each row is one scheme, and no title answers to two of them.
_TABLE: tuple[tuple[NumberScheme, str, str], ...] = (
    (NumberScheme.CHINESE, _CHINESE, r"#[、．.]"),
    (NumberScheme.CHINESE_BRACKETED, _CHINESE, rf"[（(]{_GAP}#{_GAP}[）)][、．.]?"),
    (NumberScheme.CHINESE_BRACKETED, "[㈠-㈩]", "#"),
    (NumberScheme.ARABIC, _ARABIC, rf"#(?:、|[.．]{_NO_AMOUNT})"),
    (NumberScheme.ARABIC, "[⒈-⒛]", "#"),
    (NumberScheme.ARABIC_BRACKETED, _ARABIC, rf"[（(]{_GAP}#{_GAP}[）)][、．.]?"),
    (NumberScheme.ARABIC_BRACKETED, "[⑴-⒇]", "#"),
    (NumberScheme.ARABIC_HALF_BRACKETED, _ARABIC, "#[）)]"),
    (NumberScheme.CIRCLED, "[①-⑳㉑-㉟㊱-㊿]", "#[、．.]?"),
    (NumberScheme.MEASURE, _CHINESE, "#是"),
    (NumberScheme.ORDINAL, _CHINESE, "第#[，,、：:]"),
    (NumberScheme.ORDINAL_PART, _CHINESE, "第#部分[，,、：:]?"),
)
_ANY = re.compile(
    _GAP
    + "(?:"
    + "|".join(
        f"(?P<r{row}>{form.replace('#', f'(?P<n{row}>{number})')})" for row, (_, number, form) in enumerate(_TABLE)
    )
    + ")"
    + _GAP
)
_FIRST = frozenset("一二三四五六七八九十百第（(0123456789０１２３４５６７８９ \t\u3000")


def numbering(title: str) -> Numbering | None:
    """Read the number that a title begins with, whatever its scheme; None where there is none.

    Blanks before and after the number are skipped; brackets and points may be ASCII or full-width.
    """
    # Most paragraphs begin with a word.
    if not title or (title[0] not in _FIRST and title[0].isalpha()):
        return None
    match = _ANY.match(title)
    if match is None or match.lastgroup is None:
        return None
    row = int(match.lastgroup[1:])
    written = match[f"n{row}"]
    number = numeral(written)
    if number is None and len(written) == 1:
        number = int(unicodedata.numeric(written))
    return None if number is None else Numbering(_TABLE[row][0], number, match.end())
