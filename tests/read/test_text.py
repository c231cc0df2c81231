"""Bytes become text without losing a character, or are refused by name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Severity, Span
from generator.read import MAX_BYTES, decode, forbidden, forbidden_problems, name_of
from tests.support.effort import effort


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("\ufeff标题: 甲\n".encode(), "标题: 甲\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"a\r\r\nb", "a\n\nb"),
        (b"", ""),
        (
            "e\u0301é𠮷〇\u3000👩\u200d💻1\ufe0f\u20e3".encode(),
            "e\u0301é𠮷〇\u3000👩\u200d💻1\ufe0f\u20e3",
        ),
    ],
)
def test_text_is_normalised_in_line_breaks_and_mark_only(data: bytes, text: str) -> None:
    assert decode(data, "a.yml") == (text, ())


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("关于整改进展情况".encode("gb18030"), "GBK"),
        ("联通".encode("gbk"), "GBK"),
        ("标题: 甲".encode("utf-16"), "UTF-16"),
        ("title: abc\n".encode("utf-16-be"), "UTF-16"),
        ("标题：中文很长很长".encode() + b"\xe4\xb8", "0xE4"),
        (b"\xed\xa0\x80", "0xED"),
        (b"PK\x03\x04abc", "Word"),
        (b"\xd0\xcf\x11\xe0abc", "Word"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xff\xff\xff", "0xFF"),
    ],
)
def test_other_encodings_are_named(data: bytes, word: str) -> None:
    text, (problem,) = decode(data, "a.yml")
    assert text is None
    assert problem.code == "not-utf8"
    assert word in problem.found


@pytest.mark.parametrize("char", [*"\u00a0\u1680\u2000\u2007\u200a\u202f\u205f", "\ue000", "\uf8ff", "\U000f0000"])
def test_other_blanks_and_private_characters_stand_and_are_pointed_out(char: str) -> None:
    text = f"甲\n乙{char}丙{char}丁"
    read, (warning,) = decode(text.encode(), "a.yml")
    assert read == text
    assert (warning.severity, warning.span) == (Severity.WARNING, Span(2, 2))
    assert warning.code == ("private-character" if unicodedata.category(char) == "Co" else "odd-blank")
    assert f"U+{ord(char):04X}），全文有 2 处，这里是第一处" in warning.found


@pytest.mark.parametrize(
    ("char", "word"),
    [
        ("\ufffd", "对照原稿，重新打上这里的字"),
        ("\ufffc", "删掉它"),
        ("\uf0b7", "全部换成“·”"),
        ("\uf0fe", "全部换成“☑”"),
        ("\uf020", "原稿上看到的那个符号"),
    ],
)
def test_what_stands_for_a_lost_character_is_refused_with_its_own_mend(char: str, word: str) -> None:
    text, (problem,) = decode(f"甲{char}乙".encode(), "a.yml")
    assert text is not None
    assert (problem.code, problem.span) == ("forbidden-character", Span(1, 2))
    assert f"U+{ord(char):04X}" in problem.found
    assert word in problem.mend


def test_too_large_a_file_is_refused_before_it_is_decoded() -> None:
    text, (problem,) = decode(b"\xff" * (MAX_BYTES + 1), "a.yml")
    assert (text, problem.code) == (None, "file-too-large")
    assert decode(b"a" * MAX_BYTES, "a.yml")[1] == ()


ALWAYS = [*range(9), 0xB, 0xC, 0xD, *range(0xE, 0x20), *range(0x7F, 0xA0), 0xAD, 0x61C, 0x200B, 0x200C, 0x200E, 0x200F]
ALWAYS += [
    *range(0x2028, 0x202F),
    *range(0x2060, 0x2070),
    0xD800,
    0xDFFF,
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    0xFFFE,
    0xFFFF,
]
ALWAYS += [0x1FFFE, 0x10FFFF, 0xE0000, 0xE0041, 0xE007F]


@pytest.mark.parametrize("code", ALWAYS, ids=hex)
def test_invisible_character_is_found_and_named_in_chinese(code: int) -> None:
    assert list(forbidden(f"甲{chr(code)}乙")) == [(1, chr(code))]
    name, _, point = name_of(chr(code)).partition("（")
    assert point == f"U+{code:04X}）"
    assert any("CJK" in unicodedata.name(char, "") for char in name)


@pytest.mark.parametrize(
    "text", ["👩\u200d💻", "❤\ufe0f\u200d🔥", "☎\ufe0f", "3\ufe0f\u20e3", "👍🏽", "\t\n", "\u3000", "\u00a0", "\ue000"]
)
def test_emoji_sequences_and_visible_blanks_are_let_be(text: str) -> None:
    assert list(forbidden(text)) == []


@pytest.mark.parametrize("text", ["甲\u200d乙", "👩\u200d", "\u200d💻", "甲\ufe0f", "\ufe0f"])
def test_joiner_and_selector_belong_to_emoji_only(text: str) -> None:
    assert len(list(forbidden(text))) == 1


def test_places_of_forbidden_characters() -> None:
    found = forbidden_problems("甲\n𠮷\u200b\n\n\u202e", "a.yml")
    assert [problem.span for problem in found] == [Span(2, 2), Span(4, 1)]


def test_at_most_twenty_are_told_and_the_rest_counted() -> None:
    found = forbidden_problems("\u200b\n" * 50, "a.yml")
    assert len(found) == 21
    assert "30 处" in found[-1].found


def test_blanks_at_line_ends_are_told_once() -> None:
    _, problems = decode("甲\n乙 \t\n丙 ".encode(), "a.yml")
    assert [(problem.code, problem.span) for problem in problems] == [("trailing-blanks", Span(2, 2, 2))]


def test_a_file_of_blanks_costs_nothing() -> None:
    assert effort(lambda: decode(b" " * (MAX_BYTES - 1) + b"a", "a.yml")) < 100


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    text, problems = decode(data, "a.yml")
    assert text is not None or problems
