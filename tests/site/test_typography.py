"""Headings break where they read well, measures begin with their number, and no character is added or lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.typography import heading_of, measure, title_of

_ADDED = re.compile('<wbr>|<span class="gk-bound">|</span>')
_BOUND = re.compile('<span class="gk-bound">(.*?)</span>')


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("（一）学习不深入，落实不到位。", ["（一）学", "入，", "位。"]),
        ("1.关于“排队久”的问题", ["1.关", "“排", "久”"]),
        ("12、《办法》《细则》不全", ["12、《办", "法》", "《细", "则》"]),
        ("没有标点", []),
        ("A&B：说明", ["B："]),
        ("说“<”号。", ["“&lt;”", "号。"]),
    ],
)
def test_marks_stay_with_what_they_belong_to(text: str, bound: list[str]) -> None:
    assert _BOUND.findall(heading_of(text)) == bound


def test_titles_break_before_common_words() -> None:
    title = title_of("中共示例县委员会党组关于巡察整改的通报")
    assert title == "中共示例县<wbr>委员会<wbr>党组<wbr>关于巡察<wbr>整改的通报"


def test_the_number_of_a_measure_stands_out() -> None:
    assert measure("十二是公开。") == "<b>十二是</b>公开。"
    assert measure("整改情况：一是公开。") == "整改情况：<b>一是</b>公开。"
    assert measure("这是公开。") == "这是公开。"


@given(st.text(alphabet="一（）《》“”，。、：1.2<>&\"' 关于整改委员会a", max_size=40))
def test_no_character_is_added_or_lost(text: str) -> None:
    for broken in (heading_of(text), title_of(text)):
        assert unescape(_ADDED.sub("", broken)) == text
