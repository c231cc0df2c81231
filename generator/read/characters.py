"""Characters that no text of ours may hold: nobody sees them, or they turn what one sees around."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.problems import Problem, Span

_SHOWN = 20

# Sources: Unicode 16, "Default_Ignorable_Code_Point" and "Bidi_Control"; noncharacters: chapter 23.7.
_IN_FIRST_PLANE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0e\uffa0\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff"
)
# U+E0100 to U+E01EF choose the form of a Han character and may stand.
_ABOVE = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff" + "".join(
    chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
# What an emoji sequence is made of: its joiner and its selector mean nothing elsewhere.
_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_FORBIDDEN = re.compile(
    f"[{_IN_FIRST_PLANE}{_ABOVE}]|\u200d(?![{_EMOJI}])|(?<![{_EMOJI}\ufe0f])\u200d|(?<![{_EMOJI}0-9#*])\ufe0f",
)
# Ten times as fast on Chinese text, and finds all that the exact expression may find.
_SUSPECT = re.compile(f"[{_IN_FIRST_PLANE}\u200d\ufe0f\U00010000-\U0010ffff]")

_NAMES = (
    (0x00, 0x00, "空字符"),
    (0x07, 0x07, "响铃符"),
    (0x0B, 0x0B, "垂直制表符"),
    (0x0C, 0x0C, "换页符"),
    (0x0D, 0x0D, "回车符"),
    (0x1B, 0x1B, "转义符"),
    (0x85, 0x85, "NEL 换行符"),
    (0x00, 0x9F, "控制字符"),
    (0xAD, 0xAD, "软连字符"),
    (0x180E, 0x180E, "蒙古文元音分隔符"),
    (0x200B, 0x200B, "零宽空格"),
    (0x200C, 0x200C, "零宽不连字"),
    (0x200D, 0x200D, "零宽连字"),
    (0x2028, 0x2028, "行分隔符"),
    (0x2029, 0x2029, "段分隔符"),
    (0x202A, 0x202E, "改变文字方向的字符"),
    (0x2066, 0x2069, "改变文字方向的字符"),
    (0x200E, 0x200F, "改变文字方向的字符"),
    (0x061C, 0x061C, "改变文字方向的字符"),
    (0x2060, 0x206F, "看不见的格式字符"),
    (0xFE0F, 0xFE0F, "表情变体符"),
    (0xFEFF, 0xFEFF, "文件中间的字节序标记"),
    (0xFFF9, 0xFFFB, "行间注解符"),
    (0xD800, 0xDFFF, "半个字符"),
    (0x034F, 0xFFF8, "看不见的字符"),
    (0x1BCA0, 0x1D17A, "看不见的字符"),
    (0xE0080, 0xE0FFF, "看不见的字符"),
    (0xE0000, 0xE007F, "看不见的标签字符"),
)


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Find the characters that may stand nowhere: (index, character) in order.

    They are control characters but for tab and line feed, line and paragraph separators, zero-width and bidi
    characters, halves of surrogate pairs, noncharacters, and an emoji's joiner or selector away from an emoji.
    """
    if _SUSPECT.search(text) is None:
        return iter(())
    return ((match.start(), match.group()) for match in _FORBIDDEN.finditer(text))


def without_forbidden(text: str) -> str:
    """Put U+FFFD for each forbidden character, so that the rest can still be read and each place stays."""
    return _FORBIDDEN.sub("\ufffd", text)


def name_of(char: str) -> str:
    """Name a character for a person, with its code point: 零宽空格（U+200B）."""
    code = ord(char)
    name = next((name for first, last, name in _NAMES if first <= code <= last), "")
    if not name:
        name = "不是字符的编码" if unicodedata.category(char) == "Cn" else f"“{char}”"
    return f"{name}（U+{code:04X}）"


def forbidden_problems(text: str, file: str) -> tuple[Problem, ...]:
    """Return a problem for each forbidden character, at most 20 of them and then one that counts the rest."""
    problems: list[Problem] = []
    line = start = left_out = 0
    for index, char in forbidden(text):
        left_out += len(problems) == _SHOWN
        if left_out > 1:
            continue
        line += text.count("\n", start, index)
        start = index
        span = Span(line + 1, index - text.rfind("\n", 0, index))
        if not left_out:
            problems.append(forbidden_problem(char, file, span))
    if left_out:
        problems.append(
            Problem(
                code="forbidden-characters",
                file=file,
                span=span,
                found=f"从这里起还有 {left_out} 处不能用的字符，没有一一列出",
                expected="看得见的文字",
                mend="先改好列出的，再检查一次；到处都是时，从原稿重新复制，先贴进记事本，再贴到这里。",
            )
        )
    return tuple(problems)


def forbidden_problem(char: str, file: str, span: Span) -> Problem:
    """Return the problem of one forbidden character."""
    if char in "\x85\u2028\u2029\x0b\x0c\r":
        mend = "删掉它，需要换行就按回车键。"
    else:
        mend = "它看不见：把它前后的两个字连它一起删掉，再重新打上这两个字。"
    return Problem(
        code="forbidden-character",
        file=file,
        span=span,
        found=f"{name_of(char)}，多半是从网页或 Word 带来的",
        expected="看得见的文字",
        mend=mend,
    )
