"""A line is cut after its title, after its label and before its measures, and nowhere inside quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.sentences import cut_label, cut_measures, cut_title
from generator.prose import chinese


@pytest.mark.parametrize(
    ("line", "title", "rest"),
    [
        ("（一）抓学习，强作风。每月一次。全员参加。", "（一）抓学习，强作风。", "每月一次。全员参加。"),
        ("（一）抓学习，强作风。", "（一）抓学习，强作风。", ""),
        ("（一）抓学习不够，作风不实", "（一）抓学习不够，作风不实", ""),
        ("1.关于“甲。乙。”的问题。已改。", "1.关于“甲。乙。”的问题。", "已改。"),
        ("1.关于（甲。乙）的问题。已改。", "1.关于（甲。乙）的问题。", "已改。"),
        ('1.关于"甲。乙"的问题。已改。', '1.关于"甲。乙"的问题。', "已改。"),
        ("1.关于“甲的问题。已改。", "1.关于“甲的问题。", "已改。"),
        ("1.关于甲）的问题。已改。", "1.关于甲）的问题。", "已改。"),
        ("1.关于甲的问题：一是改了。", "1.关于甲的问题：", "一是改了。"),
        ("1.关于甲的问题：已改。", "1.关于甲的问题：已改。", ""),
    ],
)
def test_a_title_ends_with_the_first_full_stop_outside_quotations(line: str, title: str, rest: str) -> None:
    assert cut_title(line) == (title, rest)


@pytest.mark.parametrize(
    ("line", "first", "before", "measures"),
    [
        ("一是甲。二是乙；三是丙。", 1, "", ["一是甲。", "二是乙；", "三是丙。"]),
        ("先说明。一是甲。二是乙。", 1, "先说明。", ["一是甲。", "二是乙。"]),
        ("一是甲。三是丙。", 1, "", ["一是甲。三是丙。"]),
        ("统一是对的。二是乙。", 1, "统一是对的。二是乙。", []),
        ("办法有：一是甲。二是乙。", 1, "办法有：一是甲。二是乙。", []),
        ("一是甲（甲一。二是假的）。二是真的。", 1, "", ["一是甲（甲一。二是假的）。", "二是真的。"]),
        ("三是丙。四是丁。", 3, "", ["三是丙。", "四是丁。"]),
        ("十一是甲。十二是乙。", 11, "", ["十一是甲。", "十二是乙。"]),
    ],
)
def test_measures_are_cut_at_sentence_starts_while_they_count_on(
    line: str, first: int, before: str, measures: list[str]
) -> None:
    assert cut_measures(line, first) == (before, measures)


def test_a_label_is_cut_after_its_colon() -> None:
    assert cut_label("整改情况： 已改。") == ("整改情况：", "已改。")
    assert cut_label("责任人:张某") == ("责任人:", "张某")
    assert cut_label("院党委要求：马上改。") == ("", "院党委要求：马上改。")


@given(st.text("一二三是。；：“”（）甲乙 ", max_size=60))
def test_no_cut_loses_a_character(line: str) -> None:
    before, measures = cut_measures(line)
    for parts in (cut_title(line), cut_label(line), (before, *measures)):
        assert "".join("".join(parts).split()) == "".join(line.split())


def test_hostile_lines_take_no_longer_than_their_length() -> None:
    """Marks that never meet their mates, and numbers without end."""
    line = "（" * 200_000 + "”。" * 200_000
    assert cut_title(line)[0].endswith("”。")
    many = "".join(f"{chinese(number)}是甲。" for number in range(1, 1500))
    assert len(cut_measures(many)[1]) == 999
