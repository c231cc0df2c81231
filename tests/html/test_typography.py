"""Headings break where they read well, measures begin with their number, and no character is added or lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.html.typography import heading_of, measure, prose, title_of
from generator.pages.blocks import escape
from tests.support.typography import ADDED_ELEMENTS

_LONG = re.compile('<span class="gk-(long(?:ish|est)?(?: gk-whole)?)">')
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


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("（一）一二三四五，一二三四五六七八。", []),
        ("（一）一二三四五六，一二三四五六七八。", ["longish"]),
        ("1.一二三四五六七八九十一二三四，一二三四五六七八", ["long gk-whole"]),
        ("1." + "学习不够" * 7 + "，一二三四五六七八", ["longest"]),
    ],
)
def test_a_clause_longer_than_a_line_is_marked(text: str, long: list[str]) -> None:
    assert _LONG.findall(heading_of(text)) == long


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("（一）履行全面从严治党主体责任不到位。", "（一）履行 全面 从严 治党 主体 责任 不到位。"),
        ("2.供水管网老化漏损率高，营收下滑的问题", "2.供水 管网 老化 漏损率高，营收下滑的问题"),
        ("1.关于“财务管理不规范不严格”的问题", "1.关于“财务 管理 不规范 不严格”的问题"),
        ("对A&B公司采购和使用的监管", "对A&B 公司 采购 和使用的监管"),
        ("查处不力", "查处不力"),
    ],
)
def test_a_long_clause_may_break_between_its_words(text: str, lines: str) -> None:
    """Never after its first or before its last two characters, nor where a mark or a number has to stay."""
    assert unescape(ADDED_ELEMENTS.sub("", heading_of(text).replace("<wbr>", " "))) == lines


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("电话：0000-2000101。", ["0000-2000101"]),
        ("时间：9:00--17:00、8：30至12：00、14:30—17:30。", ["9:00--17:00", "8：30至12：00", "14:30—17:30"]),
        ("2025-11-21，10-20，1:2，编号12345-20001012345", []),
    ],
)
def test_numbers_and_hours_stay_on_one_line(text: str, bound: list[str]) -> None:
    assert [unescape(each) for each in _BOUND.findall(prose(escape(text)))] == bound


def test_titles_break_between_common_words() -> None:
    title = title_of("中共示例县委员会党组关于巡察专项整改的通报")
    assert title == "中共示例县<wbr>委员会<wbr>党组<wbr>关于巡察<wbr>专项<wbr>整改的通报"
    assert title_of("中共大示例市住建局党组的通报") == "中共大示例市<wbr>住建局<wbr>党组的通报"
    long = '<span class="gk-longish">整改落实<wbr>进展<wbr>情况的通报</span>'
    assert title_of("关于整改落实进展情况的通报") == f"关于<wbr>{long}"


def test_the_number_of_a_measure_stands_out() -> None:
    assert measure("十二是公开。") == "<b>十二是</b>公开。"
    assert measure("整改情况：一是公开。") == "整改情况：<b>一是</b>公开。"
    assert measure("这是公开。") == "这是公开。"


@given(st.text(alphabet="一（）《》“”，。、：1.2<>&\"' 关于整改委员会学习不够和的a", max_size=40))
def test_no_character_is_added_or_lost(text: str) -> None:
    for broken in (heading_of(text), title_of(text)):
        assert unescape(ADDED_ELEMENTS.sub("", broken)) == text
