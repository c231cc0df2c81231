"""What a plain file reads as, that nothing crashes the reader, and that hostile input costs nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.problems import Span
from generator.read import Map, Node, TextNode, at, forbidden, parse, plain, source_of
from generator.read.plain_yaml import plain_map
from tests.support.effort import effort


def _value(text: str) -> str:
    tree, problems = parse(text, "a.yml")
    assert problems == ()
    assert isinstance(tree, Map)
    value = tree.get("标题")
    assert isinstance(value, TextNode)
    return value.value


@pytest.mark.parametrize(
    "value",
    [
        *(
            "no",
            "Yes",
            "true",
            "off",
            "0415",
            "9:00",
            "12:30:45",
            "2025-11-21",
            "2025-13-45",
            "~",
            "null",
            "1e3",
            "0x1F",
        ),
        *(
            ".inf",
            "=",
            "9" * 5000,
            "𠮷",
            "👩\u200d💻☎\ufe0f",
            "e\u0301",
            "é",
            "“三重一大”",
            "〔2025〕",
            "１．",
            "〇",
            "甲\u00a0乙",
        ),
        *(
            "甲\u3000\u3000乙",
            "\u3000\u3000甲",
            "三、#甲",
            "甲：乙",
            "甲，乙",
            "《甲》",
            "-5度",
            "?x",
            "https://example.cn/a#b",
        ),
        *("<script>", "甲[1]{2}", "甲 & 乙 * 丙 ! 丁 % 戊 @ 己 ` 庚 | 辛 > 壬", 'a"b', "甲'乙", "---", "a\tb", "<<"),
    ],
)
def test_scalar_is_text_character_for_character(value: str) -> None:
    assert _value(f"标题: {value}\n") == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("标题:\n", ""),
        ("标题: ''\n", ""),
        ("标题: |-\n", ""),
        ('标题: ""\n', ""),
        ("标题: '甲''乙'\n", "甲'乙"),
        ('标题: "甲\\n乙\\t丙\\\\"\n', "甲\n乙\t丙\\"),
        ("标题: |-\n  甲\n  乙\n", "甲\n乙"),
        ("标题: |\n  甲\n\n  乙\n\n\n", "甲\n\n乙"),
        ("标题: |+\n  甲\n\n\n", "甲"),
        ("标题: |-\n\n  甲\n", "甲"),
        ("标题: |-\n  甲 \t\n  乙  \n", "甲\n乙"),
        ("标题: |-\n  甲\n    乙\n", "甲\n  乙"),
        ("标题: |2-\n    甲\n", "  甲"),
        ("标题: |- # 注\n  甲 # 乙: 丙\n", "甲 # 乙: 丙"),
        ("# 注\n标题: # 注\n  # 注\n  甲\n", "甲"),
        ("---\n标题: 甲\n...\n", "甲"),
        ("标题 : 甲\n", "甲"),
        ('"标题": 甲', "甲"),
    ],
)
def test_ways_to_write_a_text(written: str, value: str) -> None:
    assert _value(written) == value


def test_tree_and_places_count_characters_from_one() -> None:
    tree, problems = parse("𠮷😀: 甲乙\n列:\n  - '丙'\n  - |-\n\n    丁\n    戊\n图:\n  甲:\n", "a.yml")
    assert problems == ()
    assert tree is not None
    assert plain(tree) == {"𠮷😀": "甲乙", "列": ["丙", "丁\n戊"], "图": {"甲": ""}}
    assert at(tree, ("𠮷😀",)) == Span(1, 5, 2)
    assert at(tree, ("列",)) == Span(3, 3, 1)
    assert at(tree, ("列", 0)) == Span(3, 6, 1)
    assert at(tree, ("列", 1)) == Span(6, 5, 1)
    assert at(tree, ("图", "甲")) == Span(9, 3, 1)


def test_block_text_knows_its_last_line() -> None:
    tree, _ = parse("甲: |-\n\n  一\n\n  二\n\n\n乙: 三\n", "a.yml")
    assert isinstance(tree, Map)
    text = tree.get("甲")
    assert isinstance(text, TextNode)
    assert (text.span.line, text.end_line) == (3, 5)


ALLOWED = st.text(
    st.characters(exclude_categories=["Cs", "Cn"]) | st.sampled_from("甲，。：:#-'\"\\|>[]{}&*!% \u3000𠮷")
).filter(lambda text: "\r" not in text and next(forbidden(text), None) is None)


@given(ALLOWED)
@example("\ta")
@example(" a\n  b")
def test_any_allowed_text_comes_back_from_a_block(text: str) -> None:
    """Blanks at line ends and empty lines around the text are free, nothing else."""
    lines = [line.rstrip(" \t") for line in text.split("\n")]
    expected = "\n".join(lines).strip("\n")
    written = "标题: |2-\n" + "\n".join("  " + line for line in text.split("\n")) + "\n单位: 甲\n"
    tree, problems = parse(written, "a.yml")
    assert problems == ()
    assert tree is not None
    assert plain(tree) == {"标题": expected, "单位": "甲"}


PIECES = [*":：-#'\"\\|>[]{},!%@`?𠮷\ufffd\t", "标题", "甲", "\\u202e", "|-", "&a", "*a", "!!", "<<"]
BREAKS = ["\n", "\n  ", "\n    ", ": ", "- ", "? ", " ", " #", "\n---\n", "\n...\n", "\t"]
YAML_ISH = st.lists(st.sampled_from(PIECES) | st.sampled_from(BREAKS) | st.characters(), max_size=60).map("".join)


@settings(max_examples=600)
@given(YAML_ISH | st.text())
@example('"\\UFFFFFFFF"')
@example("? ")
@example(":")
@example("标题: \ud800")
@example("\r")
def test_reader_answers_every_text_with_a_tree_or_with_problems(text: str) -> None:
    tree, problems = parse(text, "a.yml")
    assert (tree is None) == bool(problems)
    assert tree is None or isinstance(tree, Map)
    lines = text.split("\n")
    for problem in problems:
        assert problem.span is None or 1 <= problem.span.line <= len(lines)
        assert problem.found
        assert problem.expected
        assert problem.mend
        assert "while" not in problem.found + problem.mend


@settings(max_examples=300)
@given(YAML_ISH)
def test_no_tree_holds_a_forbidden_character(text: str) -> None:
    tree, _ = parse(text, "a.yml")
    if tree is not None:
        assert [char for value in _texts(tree) for char in forbidden(value)] == []


def _texts(node: Node) -> list[str]:
    if isinstance(node, TextNode):
        return [node.value]
    if isinstance(node, Map):
        return [text for key, value in node.entries for text in (key.value, *_texts(value))]
    return [text for item in node.items for text in _texts(item)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("标题: " + "[" * 100_000, "depth"),
        ("标题: " + "{" * 100_000, "depth"),
        ("标题: " + "[" * 1_000_000 + "]" * 1_000_000, "depth"),
        ("- " * 100_000, "depth"),
        ("? " * 100_000, "depth"),
        ("".join("  " * depth + "甲:\n" for depth in range(600)), "depth"),
        ("- []\n" * 50_000, "too-many"),
        ("\u200b" * 200_000, "forbidden-characters"),
        ("甲: &a [b]\n" + "".join(f"键{n}: &a{n} [{'*a,' * 9}]\n" for n in range(40)), "anchor"),
    ],
    ids=["brackets", "braces", "pairs", "dashes", "questions", "blocks", "flood", "invisible", "bomb"],
)
def test_hostile_input_costs_nothing(text: str, code: str) -> None:
    tree, problems = parse(text, "a.yml")
    assert effort(lambda: parse(text, "a.yml")) < 100
    assert tree is None
    assert code in {problem.code for problem in problems}
    assert len(problems) <= 130


LINES = st.tuples(
    st.sampled_from(["", "  ", "    ", "      "]),
    st.sampled_from(["", "", "- ", "- - ", "-", "? ", "# ", "&a ", "!!str ", "... ", "--- "]),
    st.sampled_from(
        ["标题: ", "标题 : ", "'标题': ", "段落:", "甲：", "甲:乙: ", "<<: ", "一句话。: ", "", "单位: ", '"": ']
    ),
    st.sampled_from(
        [
            "",
            "甲",
            "'甲'",
            "'甲",
            '"甲"',
            '"\\u202e"',
            "|-",
            "|",
            ">-",
            "{甲: 乙}",
            "[甲]",
            "*a",
            "甲 # 乙",
            "甲 ",
            "甲: 乙",
        ]
    ),
).map("".join)
FILES = st.lists(LINES, max_size=9).map("\n".join)


@settings(max_examples=1500)
@given(FILES | YAML_ISH | st.text())
@example("标题:\n  甲")
@example("标题: 甲\n标题: 乙")
@example("a: 1\n---\nb: 2")
@example("%YAML 1.1\n---\na: 1")
@example("甲: '乙'  # 丙")
@example("- 甲")
@example("甲\n乙: 丙")
@example("甲:\n" + "".join(" " * depth + "- \n" for depth in range(40)) + "- " * 40 + "甲")
def test_data_read_without_places_is_that_of_the_tree(text: str) -> None:
    """What is read the quick way is read just so the careful way, and nothing that the careful way refuses passes."""
    source = source_of(text.encode("utf-8", "surrogatepass"), "a.yml")
    if source.text:
        tree, problems = parse(source.text, "a.yml")
        assert source.data == (None if tree is None else plain(tree))
        assert {*problems} <= {*source.problems}


def test_usual_file_is_read_without_places() -> None:
    written = "# 注\n标题: 甲\n单位: 'a'\n正文:\n  段落:\n    - |-\n      一\n\n      二\n    - 三\n"
    assert plain_map(written) == {"标题": "甲", "单位": "a", "正文": {"段落": ["一\n\n二", "三"]}}
