"""Bytes to text: content in UTF-8 and nothing else, sources in any usual encoding; with plain line breaks."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass

from generator.characters import doubtful_problems, forbidden_problems
from generator.problems import Problem, Severity, Span, file_problem

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MAX_BYTES = 5 * 1024 * 1024
_AS_UTF8 = "用记事本打开，点“文件—另存为”，编码选“UTF-8”，保存，覆盖原文件。"
_NOT_TEXT = ((b"PK\x03\x04", " Word 文档或压缩包"), (b"\xd0\xcf\x11\xe0", "旧版 Word 文档"), (b"%PDF", " PDF 文件"))
_TRAILING = re.compile(r"[ \t](?=\n|\Z)")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a notice with plain line breaks, and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Decode a file: its text, without a byte order mark and with line feeds as line breaks, and its problems.

    The text is None where there is none: over 5 MB, or not UTF-8. Text with forbidden characters is returned
    beside their problems, so that they can be shown in place. Blanks at line ends are a warning.
    """
    if len(data) > MAX_BYTES:
        return None, (_too_large(len(data), file),)
    wrong = _encoding_problem(data, file)
    if wrong is not None:
        return None, (wrong,)
    text = _plain_breaks(data.removeprefix(codecs.BOM_UTF8).decode("utf-8"))
    return text, (*forbidden_problems(text, file), *doubtful_problems(text, file), *_trailing_blanks(text, file))


def decode_any(data: bytes, file: str) -> tuple[DecodedText | None, tuple[Problem, ...]]:
    """Decode UTF-8 with or without its mark, UTF-16 with its mark, or GB18030, which covers GBK and GB 2312.

    No source where the bytes are none of these or over 5 MB. A source with forbidden characters comes beside
    their problems, so that they can be shown in place; it must not be used further.
    """
    if len(data) > MAX_BYTES:
        return None, (
            _refused_source(file, "source-too-large", f"文件有 {len(data) / 1024 / 1024:.1f} MB", "不超过 5 MB"),
        )
    for magic, kind in _NOT_TEXT:
        if data.startswith(magic):
            found = f"这是{kind.strip()}，不是文字文件"
            return None, (_refused_source(file, "source-not-text", found, "纯文字文件（.txt）"),)
    source = _in_some_encoding(data)
    if source is None:
        return None, (_no_encoding(data, file),)
    if not source.text.strip():
        return None, (_refused_source(file, "source-empty", "文件里没有文字", "一份通报的全文"),)
    return source, forbidden_problems(source.text, file)


def decode_leniently(data: bytes, errors: str) -> tuple[str, bool]:
    """Decode what others wrote: UTF-16 with its mark, UTF-8 or GB18030; return whether it is one of them, too.

    `errors` as in `bytes.decode`, for broken UTF-16 and for what is none of them, as whatever holds a NUL.
    """
    if data.startswith(_UTF16):
        return data.decode("utf-16", errors), True
    for encoding in ("utf-8-sig", "gb18030") if b"\0" not in data else ():
        with suppress(UnicodeDecodeError):
            return data.decode(encoding), True
    return data.decode("utf-8-sig", errors), False


def _too_large(size: int, file: str) -> Problem:
    return file_problem(
        "file-too-large",
        file,
        f"文件有 {size / 1024 / 1024:.1f} MB",
        "不超过 5 MB",
        "一份通报的文字到不了这么大：图片、表格原件放进附件文件夹，不要粘进这里。",
    )


def _encoding_problem(data: bytes, file: str) -> Problem | None:
    for magic, kind in _NOT_TEXT:
        if data.startswith(magic):
            return _not_utf8(
                file, None, f"这是{kind}，不是文字文件", "在 Word 里复制文字，粘贴到 UTF-8 编码的文字文件里。"
            )
    # Half of UTF-16's bytes are NUL in Latin text, few in Chinese: keys, digits and line breaks still show it.
    if data.startswith(_UTF16) or data.count(0) > max(3, len(data) // 20):
        return _not_utf8(file, None, "文件是 UTF-16 编码（记事本里叫“Unicode”）", _AS_UTF8)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _undecodable(data, error.start, file)
    return None


def _undecodable(data: bytes, start: int, file: str) -> Problem:
    """Distinguish a file in another encoding from one with a few broken bytes, where more decodes than does not."""
    if not _is_broken_utf8(data):
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            return _not_utf8(file, None, "文件是 GBK 编码（记事本里叫“ANSI”）", _AS_UTF8)
    line = data.count(b"\n", 0, start) + 1
    before = data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")
    found = f"这里有损坏的字节 0x{data[start]:02X}，不是 UTF-8 文字"
    return _not_utf8(
        file,
        Span(line, len(before.removeprefix("\ufeff")) + 1),
        found,
        "对照原稿，重新打上这里的文字，存为 UTF-8 编码。",
    )


def _not_utf8(file: str, span: Span | None, found: str, mend: str) -> Problem:
    return Problem(code="not-utf8", file=file, span=span, found=found, expected="UTF-8 编码的文字", mend=mend)


def _trailing_blanks(text: str, file: str) -> tuple[Problem, ...]:
    # Three times as fast as the expression alone.
    if " \n" not in text and "\t\n" not in text and not text.endswith((" ", "\t")):
        return ()
    match = _TRAILING.search(text)
    assert match is not None
    start = text.rfind("\n", 0, match.start()) + 1
    line = text[start : match.end()]
    column = len(line.rstrip(" \t")) + 1
    return (
        Problem(
            code="trailing-blanks",
            file=file,
            span=Span(text.count("\n", 0, start) + 1, column, len(line) - column + 1),
            found="行末有多余的空格（全文只提示第一处）",
            expected="行末没有空格",
            mend="不改也能发布：行末的空格不会上网页。要改，把光标放到行末，删掉空格。",
            severity=Severity.WARNING,
        ),
    )


def _in_some_encoding(data: bytes) -> DecodedText | None:
    if data.startswith(_UTF16):
        return _decoded(data, "utf-16", "UTF-16")
    if data.startswith(codecs.BOM_UTF8):
        return _decoded(data, "utf-8-sig", "UTF-8（带 BOM）")
    return _decoded(data, "utf-8", "UTF-8") or (None if _is_broken_utf8(data) else _decoded(data, "gb18030", "GB18030"))


def _is_broken_utf8(data: bytes) -> bool:
    """Whether more of the data is UTF-8 than is not: as GB18030 it might decode too, to nonsense."""
    good = sum(char >= "\x80" for char in data.decode("utf-8", "ignore"))
    return good > data.decode("utf-8", "replace").count("\ufffd")


def _plain_breaks(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decoded(data: bytes, codec: str, name: str) -> DecodedText | None:
    with suppress(UnicodeDecodeError):
        return DecodedText(_plain_breaks(data.decode(codec)), name)
    return None


def _refused_source(file: str, code: str, found: str, expected: str) -> Problem:
    mend = "在 Word 或网页里选中通报的文字，复制，粘贴到记事本里，另存为 UTF-8 编码的 .txt 文件。"
    return file_problem(code, file, found, expected, mend)


def _no_encoding(data: bytes, file: str) -> Problem:
    """Point at the first byte that UTF-8 does not know, or at the file where it is marked as UTF-16."""
    span = None
    if not data.startswith(_UTF16):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start]
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace").removeprefix("\ufeff")) + 1
            span = Span(before.count(b"\n") + 1, column)
    return Problem(
        code="source-encoding",
        file=file,
        span=span,
        found="这些字节不是任何一种认得的文字编码",
        expected="UTF-8、GB18030（GBK）编码，或者带 BOM 的 UTF-16 编码的文字",
        mend="用记事本打开原文件，另存为，编码选“UTF-8”；打开就是乱码的，从原稿重新复制。",
    )
