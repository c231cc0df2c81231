"""Bytes of a published notice become its text, or a problem that says why not."""

from __future__ import annotations

import codecs

import pytest

from generator.problems import Span
from generator.read import decode_any

TEXT = "中共示例县人民医院委员会\n关于整改情况的通报〔2025〕\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (TEXT.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "UTF-8（带 BOM）"),
        (TEXT.encode("gb18030"), "GB18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.replace("\n", "\r\n").encode(), "UTF-8"),
        (TEXT.replace("\n", "\r").encode("gb18030"), "GB18030"),
    ],
    ids=["utf8", "utf8-mark", "gb18030", "utf16-le", "utf16-be", "crlf", "cr"],
)
def test_each_usual_encoding_gives_the_same_text_and_is_named(data: bytes, name: str) -> None:
    source, problems = decode_any(data, "a.txt")
    assert problems == ()
    assert source is not None
    assert (source.text, source.encoding) == (TEXT, name)


@pytest.mark.parametrize(
    ("data", "code", "span"),
    [
        ("第一行\n好".encode() + b"\xff\xff", "source-encoding", Span(2, 2)),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "source-encoding", None),
        (b"PK\x03\x04rest", "source-not-text", None),
        (b"%PDF-1.7", "source-not-text", None),
        (b" \r\n\t", "source-empty", None),
        (b"a" * (5 * 1024 * 1024 + 1), "source-too-large", None),
    ],
    ids=["neither", "odd-utf16", "docx", "pdf", "blank", "large"],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, code: str, span: Span | None) -> None:
    source, problems = decode_any(data, "a.txt")
    assert source is None
    assert [(problem.code, problem.span) for problem in problems] == [(code, span)]


def test_broken_utf8_is_not_taken_for_gb18030() -> None:
    """One byte lost from UTF-8 leaves bytes that GB18030 decodes to nonsense."""
    data = "中共示例县人民医院整改情况的通报好".encode()
    broken = data[:-1]
    broken.decode("gb18030")
    source, problems = decode_any(broken, "a.txt")
    assert source is None
    assert [problem.span for problem in problems] == [Span(1, 17)]


@pytest.mark.parametrize("char", ["\u200b", "\u202e", "\x00", "\x0c", "\u2028", "\ufeff"])
def test_invisible_characters_are_refused_with_line_and_column(char: str) -> None:
    source, problems = decode_any(f"标题\n一{char}是".encode(), "a.txt")
    assert source is not None
    assert [(problem.code, problem.span) for problem in problems] == [("forbidden-character", Span(2, 2))]
