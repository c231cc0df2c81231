"""Numbers in Chinese prose: numerals read and written, and the exact numbers that a sentence gives."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.contact_grammar import DIGIT

SMALL = rf"(?:{DIGIT}{{1,3}}|[一二三四五六七八九十百]{{1,5}})"

_ARABIC = re.compile(rf"{DIGIT}{{1,9}}")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_TO_PLAIN = str.maketrans("〇○两", "零零二")
_ONES = "[零一二三四五六七八九]"
_PARTS = re.compile(rf"(?:({_ONES})千)?(?:零?({_ONES})百)?(?:零?({_ONES})?(十))?(?:零?([一二三四五六七八九]))?")
_TENFOLD = {"万": 10**4, "亿": 10**8}
_EXACT = re.compile(
    rf"(?<![0-9０-９.．,，数几])(?P<arabic>{DIGIT}{{1,3}}(?:,{DIGIT}{{3}}){{1,3}}|{DIGIT}{{1,9}})(?P<cents>[.．]{DIGIT}{{1,6}})?"
    rf"(?P<times>[万亿])?(?![0-9０-９.．余多来几+＋万亿])"
    r"|(?<![〇零一二两三四五六七八九十百千数几])(?P<chinese>[〇零一二两三四五六七八九十百千]{1,9})"
    r"(?![〇零一二两三四五六七八九十百千万亿余多来几])"
)


def chinese(number: int) -> str:
    """Write a number from 0 to 9999 in Chinese: 12 is `十二`, 105 is `一百零五`; ValueError for others."""
    if not 0 <= number <= 9999:
        raise ValueError(f"not between 0 and 9999: {number}")
    written = ""
    for char, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True):
        written += "零" if char == "0" else "零一二三四五六七八九"[int(char)] + unit
    shortened = re.sub("零{2,4}", "零", written).strip("零") or "零"
    return shortened.removeprefix("一") if shortened.startswith("一十") else shortened


# Nearly every number of a heading is one of these.
_USUAL = {write(number): number for write in (str, chinese) for number in range(100)}


def numeral(text: str) -> int | None:
    """Read one numeral, `十二`, `一百零五`, `12` or `１２`; None for anything else.

    Chinese ones go to 9999, Arabic ones to nine digits. Four plain ones are a year as it is spoken: `二〇二五` is 2025.
    """
    if text in _USUAL:
        return _USUAL[text]
    if _ARABIC.fullmatch(text):
        return int(text)
    plain = text.translate(_TO_PLAIN)
    if plain == "零":
        return 0
    if len(plain) == 4 and all(char in _DIGITS for char in plain):
        return int("".join(str(_DIGITS[char]) for char in plain))
    matched = _PARTS.fullmatch(plain)
    if not plain or matched is None:
        return None
    thousands, hundreds, tens, ten, ones = matched.groups()
    value = 1000 * _DIGITS[thousands or "零"] + 100 * _DIGITS[hundreds or "零"] + _DIGITS[ones or "零"]
    return value + (10 * _DIGITS[tens or "一"] if ten else 0)


def exact_numbers(text: str) -> tuple[int, ...]:
    """List the whole numbers that a text gives exactly, Arabic or Chinese.

    `7.132万` is 71320; `十余项`, `45万+` and `1.5` give none.
    """
    found: list[int] = []
    for match in _EXACT.finditer(text):
        if match["chinese"]:
            value = numeral(match["chinese"])
        else:
            amount = Decimal(match["arabic"].replace(",", "") + (match["cents"] or "").replace("．", "."))
            amount *= _TENFOLD.get(match["times"] or "", 1)
            value = int(amount) if amount == int(amount) else None
        if value is not None:
            found.append(value)
    return tuple(found)
