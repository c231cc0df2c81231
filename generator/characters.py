"""Characters that no text may hold, because nobody sees what was meant; doubtful ones; text for a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.problems import Problem, Severity, Span

_SHOWN = 20

# Sources: Unicode 16, "Default_Ignorable_Code_Point" and "Bidi_Control"; noncharacters: chapter 23.7.
_IN_FIRST_PLANE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0e\uffa0\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\uf000-\uf0ff\ufdd0-\ufdef\ufeff\ufff0-\uffff"
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

# Blanks that look like the plain one and are not found by who looks for that; private use: each font has its own.
_BLANKS = "\xa0\u1680\u2000-\u200a\u202f\u205f"
_DOUBTFUL = re.compile(f"[{_BLANKS}\ue000-\uefff\uf100-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
# What the symbol fonts of Word show for codes that mean nothing elsewhere.
_SYMBOLS = {
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf075": "◆",
    "\uf0a7": "▪",
    "\uf0a8": "□",
    "\uf0b7": "·",
    "\uf0d8": "➢",
    "\uf0e0": "→",
    "\uf0fc": "√",
    "\uf0fe": "☑",
}

_NAMES = (
    (0x00, 0x00, "空字符"),
    (0x07, 0x07, "响铃符"),
    (0x0B, 0x0B, "垂直制表符"),
    (0x0C, 0x0C, "换页符"),
    (0x0D, 0x0D, "回车符"),
    (0x1B, 0x1B, "转义符"),
    (0x85, 0x85, "NEL 换行符"),
    (0x00, 0x9F, "控制字符"),
    (0xA0, 0xA0, "不换行的空格"),
    (0xAD, 0xAD, "软连字符"),
    (0x180E, 0x180E, "蒙古文元音分隔符"),
    (0x200B, 0x200B, "零宽空格"),
    (0x200C, 0x200C, "零宽不连字"),
    (0x200D, 0x200D, "零宽连字"),
    (0x2000, 0x200A, "宽窄特别的空格"),
    (0x202F, 0x202F, "不换行的窄空格"),
    (0x205F, 0x205F, "宽窄特别的空格"),
    (0x1680, 0x1680, "欧甘文空格"),
    (0xF000, 0xF0FF, "Word 符号字体里的符号"),
    (0xE000, 0xF8FF, "造字区的字"),
    (0xF0000, 0x10FFFD, "造字区的字"),
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
    (0xFFFC, 0xFFFC, "图片的占位符"),
    (0xFFFD, 0xFFFD, "代替字符“\ufffd”"),
    (0xD800, 0xDFFF, "半个字符"),
    (0x034F, 0xFFF8, "看不见的字符"),
    (0x1BCA0, 0x1D17A, "看不见的字符"),
    (0xE0080, 0xE0FFF, "看不见的字符"),
    (0xE0000, 0xE007F, "看不见的标签字符"),
)


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Find the characters that no text may hold: (index, character) in order.

    They are control characters but for tab and line feed, line and paragraph separators, zero-width and bidi
    characters, halves of surrogate pairs, noncharacters, an emoji's joiner or selector away from an emoji, what
    replaces a character that was lost (U+FFFC, U+FFFD), and the codes of symbol fonts.
    """
    if _SUSPECT.search(text) is None:
        return iter(())
    return ((match.start(), match.group()) for match in _FORBIDDEN.finditer(text))


def without_forbidden(text: str) -> str:
    """Put U+FFFD for each forbidden character, so that the rest can still be read and each place stays."""
    return _FORBIDDEN.sub("\ufffd", text)


def printable(text: str, longest: int = 200) -> str:
    r"""Return a text on one line, with `\x1b` or `\u202e` in place of each character that a terminal would obey.

    Escape sequences rewrite the lines above, line feeds forge lines, and bidi characters turn words round. After
    `longest` characters the text is cut.
    """
    kept = text[:longest]
    shown, start = [], 0
    for index, _ in forbidden(kept.replace("\n", "\x85").replace("\t", "\x85")):
        shown += [kept[start:index], _escaped(kept[index])]
        start = index + 1
    return "".join([*shown, kept[start:], "…" * (len(text) > longest)])


def list_names(names: list[str], most: int) -> str:
    """Write names one below the other, at most `most` of them, then how many are left."""
    lines = [f"  {printable(name)}" for name in names[:most]]
    if len(names) > most:
        lines.append(f"  还有 {len(names) - most} 个")
    return "\n".join(lines)


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
    found, mend = "多半是从网页或 Word 带来的", "它看不见：把它前后的两个字连它一起删掉，再重新打上这两个字。"
    if char in "\x85\u2028\u2029\x0b\x0c\r":
        mend = "删掉它，需要换行就按回车键。"
    elif char == "\ufffd":
        found, mend = "原来的字在转换编码的时候丢了", "对照原稿，重新打上这里的字。"
    elif char == "\ufffc":
        found, mend = "原来是一张图片或者别的东西", "删掉它；要公开图片，放进附件。"
    elif "\uf000" <= char <= "\uf0ff":
        other = f"“{_SYMBOLS[char]}”" if char in _SYMBOLS else "原稿上看到的那个符号"
        found, mend = "别人的手机和电脑上是一个空框", f"用编辑器的“替换”，把它全部换成{other}。"
    return Problem(
        code="forbidden-character",
        file=file,
        span=span,
        found=f"{name_of(char)}，{found}",
        expected="看得见的文字",
        mend=mend,
    )


def doubtful_problems(text: str, file: str) -> tuple[Problem, ...]:
    """Return a warning for each kind of blank or private character that is allowed but seldom meant."""
    first: dict[str, int] = {}
    number: dict[str, int] = {}
    for match in _DOUBTFUL.finditer(text):
        first.setdefault(match.group(), match.start())
        number[match.group()] = number.get(match.group(), 0) + 1
    return tuple(_doubtful(char, number[char], text, at, file) for char, at in [*first.items()][:_SHOWN])


def _doubtful(char: str, number: int, text: str, at: int, file: str) -> Problem:
    blank = unicodedata.category(char) == "Zs"
    return Problem(
        code="odd-blank" if blank else "private-character",
        file=file,
        span=Span(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)),
        found=f"{name_of(char)}，全文有 {number} 处，这里是第一处",
        expected="普通的空格，或者全角空格" if blank else "大家的手机和电脑上都有的字",
        mend="不改也能发布。要改，用编辑器的“替换”，把它换成普通的空格，或者删掉。"
        if blank
        else "别人看到的多半是空框或者别的字。输入法里打得出这个字的，换成打出来的；打不出的，写明它由哪几部分组成。",
        severity=Severity.WARNING,
    )


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as os.fsdecode keeps it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
