"""What changed, word by word: nothing is lost in it, and a person can read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.difference import changes, paired, pieces
from tests.support.effort import effort
from tests.support.pages import notice


def _shown(old: str, new: str) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in pieces(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("召开会议三次。", "召开会议四次。", "召开会议[-三-]{+四+}次。"),
        ("完成率98.5%。", "完成率98.7%。", "完成率[-98.5%-]{+98.7%+}。"),
        ("联系电话：0000-2195262", "联系电话：0000-2195263", "联系电话：[-0000-2195262-]{+0000-2195263+}"),
        ("一是制定计划。", "一是制定学习计划。", "一是制定{+学习+}计划。"),
        ("一是制定学习计划。", "一是制定计划。", "一是制定[-学习-]计划。"),
        ("", "新的一段。", "{+新的一段。+}"),
        ("去掉的一段。", "", "[-去掉的一段。-]"),
        # What two sentences share by chance is not worth a reader's time.
        ("甲方的意见是同意。", "乙方已答复是反对。", "[-甲方的意见是同意-]{+乙方已答复是反对+}。"),
    ],
)
def test_a_change_reads_as_a_person_would_mark_it(old: str, new: str, shown: str) -> None:
    assert _shown(old, new) == shown


def test_of_what_stayed_only_the_words_next_to_a_change_are_shown() -> None:
    before = "根据市委统一部署，市委第一巡察组对中心党委进行了巡察，"
    assert _shown(f"{before}共三次。{before}", f"{before}共四次。{before}").count("…") == 2


TEXT = st.text(st.sampled_from("甲乙丙丁，。12a "), max_size=30)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_their_difference(old: str, new: str) -> None:
    found = pieces(old, new, whole=True)
    assert "".join(piece.text for piece in found if piece.kind != "new") == old
    assert "".join(piece.text for piece in found if piece.kind != "gone") == new


@given(TEXT)
def test_equal_texts_have_no_change(text: str) -> None:
    assert all(piece.kind == "same" for piece in pieces(text, text))


def test_a_long_paragraph_does_not_take_minutes() -> None:
    """Beyond some thousand words the paragraph is shown whole, before and after."""
    found = pieces("甲乙丙丁" * 5000 + "戊", "丁丙乙甲" * 5000 + "己")
    assert [piece.kind for piece in found] == ["gone", "new"]


def test_fields_and_text_are_told_with_their_place() -> None:
    was = notice("2025/yi", 正文={"部分": [{"标题": "一、情况", "段落": ["会议三次。", "按月检查。"]}]})
    body = {"部分": [{"标题": "一、情况", "段落": ["会议四次。", "中间加的一段。", "按月检查。"]}]}
    now = notice("2025/yi", closes="2025-12-19", 标题="关于整改的通报", 正文=body, 联系方式=[{"电话": "0000-2195263"}])
    found = [(one.label, one.anchor, "".join(piece.kind[0] for piece in one.pieces)) for one in changes(was, now)]
    assert [label for label, _, _ in found] == ["标题", "公开期限", "联系方式", "联系方式", "一、情况", "一、情况"]
    assert found[-2:] == [("一、情况", "p1", "sgns"), ("一、情况", "p1", "n")]


def test_a_paragraph_put_in_before_others_changes_none_of_them() -> None:
    paragraphs = [f"第{number}段讲的是各不相同的事情。" for number in "一二三四五"]
    was = notice("2025/yi", 正文={"段落": paragraphs})
    now = notice("2025/yi", 正文={"段落": ["开头加的一段。", *paragraphs]})
    assert [[piece.kind for piece in one.pieces] for one in changes(was, now)] == [["new"]]


def test_many_long_paragraphs_do_not_take_minutes() -> None:
    """Each of them like each other: beyond some millions of characters they are paired in their order."""
    old, new = ["甲乙丙丁" * 1000 + str(number) for number in range(40)], ["丁丙乙甲" * 1000 for _ in range(40)]
    assert effort(lambda: list(paired(old, new))) < 20
    assert [*paired(old, new)][:2] == [(old[0], new[0], 0), (old[1], new[1], 1)]
