"""Bytes of a published notice to its text, whichever of the usual encodings they are in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from generator.characters import forbidden_problems
from generator.problems import Problem, Span
from generator.read.text import MAX_BYTES

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_NOT_TEXT = ((b"PK\x03\x04", "Word 文档或压缩包"), (b"\xd0\xcf\x11\xe0", "旧版 Word 文档"), (b"%PDF", "PDF 文件"))


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a notice with plain line breaks, and the name of the encoding it was in."""

    text: str
    encoding: str


def decode_any(data: bytes, file: str) -> tuple[DecodedText | None, tuple[Problem, ...]]:
    """Decode UTF-8 with or without its mark, UTF-16 with its mark, or GB18030, which covers GBK and GB 2312.

    No source where the bytes are none of these or over 5 MB. A source with forbidden characters comes beside
    their problems, so that they can be shown in place; it must not be used further.
    """
    if len(data) > MAX_BYTES:
        return None, (_refused(file, "source-too-large", f"文件有 {len(data) / 1024 / 1024:.1f} MB", "不超过 5 MB"),)
    for magic, kind in _NOT_TEXT:
        if data.startswith(magic):
            return None, (_refused(file, "source-not-text", f"这是{kind}，不是文字文件", "纯文字文件（.txt）"),)
    source = _in_some_encoding(data)
    if source is None:
        return None, (_undecodable(data, file),)
    if not source.text.strip():
        return None, (_refused(file, "source-empty", "文件里没有文字", "一份通报的全文"),)
    return source, forbidden_problems(source.text, file)


def _in_some_encoding(data: bytes) -> DecodedText | None:
    mark = data[:2]
    if mark in _UTF16:
        return _decoded(data[2:], _UTF16[mark], "UTF-16")
    if data.startswith(codecs.BOM_UTF8):
        return _decoded(data[3:], "utf-8", "UTF-8（带 BOM）")
    return _decoded(data, "utf-8", "UTF-8") or (None if _is_broken_utf8(data) else _decoded(data, "gb18030", "GB18030"))


def _is_broken_utf8(data: bytes) -> bool:
    """Say whether more of it is UTF-8 than is not: as GB18030 it might decode too, to nonsense."""
    good = sum(char >= "\x80" for char in data.decode("utf-8", "ignore"))
    return good > data.decode("utf-8", "replace").count("\ufffd")


def _decoded(data: bytes, codec: str, name: str) -> DecodedText | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return DecodedText(text.replace("\r\n", "\n").replace("\r", "\n"), name)


def _refused(file: str, code: str, found: str, expected: str) -> Problem:
    mend = "在 Word 或网页里选中通报的文字，复制，粘贴到记事本里，另存为 UTF-8 编码的 .txt 文件。"
    return Problem(code=code, file=file, span=None, found=found, expected=expected, mend=mend)


def _undecodable(data: bytes, file: str) -> Problem:
    """Point at the first byte that UTF-8 does not know, or at the file where it is marked as UTF-16."""
    span = None
    if data[:2] not in _UTF16:
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
