"""Places in a tree: of values, of keys, of what is missing."""

from __future__ import annotations

import pytest

from generator.problems import Span
from generator.read import Map, at, key_span, parse

SOURCE = "标题: 甲\n附件:\n  - 文件: a.pdf\n    标题:\n"


@pytest.fixture
def tree() -> Map:
    tree, _ = parse(SOURCE, "a.yml")
    assert isinstance(tree, Map)
    return tree


@pytest.mark.parametrize(
    ("path", "span"),
    [
        ((), Span(1, 1)),
        (("标题",), Span(1, 5)),
        (("没有",), Span(1, 1)),
        (("附件", 0), Span(3, 5)),
        (("附件", 0, "文件"), Span(3, 9, 5)),
        (("附件", 0, "标题"), Span(4, 5, 2)),
        (("附件", 0, "没有"), Span(3, 5)),
        (("附件", 0, "Attachment", "文件"), Span(3, 9, 5)),
        (("附件", 7), Span(3, 3)),
        (("附件", -1), Span(3, 3)),
        (("标题", "str"), Span(1, 5)),
    ],
)
def test_path_is_followed_as_far_as_it_leads(tree: Map, path: tuple[str | int, ...], span: Span) -> None:
    assert at(tree, path) == span


def test_key_has_a_place_of_its_own(tree: Map) -> None:
    assert key_span(tree, "附件") == Span(2, 1, 2)
    assert key_span(tree, "没有") == Span(1, 1)
