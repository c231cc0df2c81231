"""What others wrote or named, as a terminal may show it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.characters import printable
from generator.read import forbidden


def test_what_a_terminal_would_obey_is_escaped() -> None:
    assert printable("通报\x1b[2J\n错误\t\u202e\udcff\U000e0041") == r"通报\x1b[2J\x0a错误\x09\u202e\xff\U000e0041"


@given(st.text(st.characters(), max_size=40))
def test_any_text_becomes_one_line_of_plain_characters(text: str) -> None:
    shown = printable(text)
    assert not list(forbidden(shown))
    assert not set(shown) & {"\n", "\t"}


def test_a_long_text_is_cut() -> None:
    """However long it is, no more of it is looked at."""
    assert printable("字" * 1_000_000, 5) == "字字字字字…"
