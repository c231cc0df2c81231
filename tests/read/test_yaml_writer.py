"""What is written reads back the same, in the dialect that staff see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake import write
from generator.read import Plain, forbidden, parse, plain

PLACE = "notices/2025/a.yml"


def test_the_dialect() -> None:
    """Plain words where they are short and safe, `|-` where not, two blanks for each level, the schema first."""
    data: Plain = {
        "标题": "短的",
        "时间": "工作日9:00--17:00",
        "冒号": "a: b",
        "井号": "a #b",
        "星号": "*重点",
        "空": "",
        "长": "字" * 61,
        "列": ["一条", "两行\n文字", {"键": "值", "下层": ["甲"]}],
        "表格": [["甲", ""], ["- 乙", "丙"]],
    }
    assert write(data, PLACE, "notice").split("\n") == [
        "# yaml-language-server: $schema=../../schema/notice.json",
        "标题: 短的",
        "时间: 工作日9:00--17:00",
        "冒号: |-",
        "  a: b",
        "井号: |-",
        "  a #b",
        "星号: |-",
        "  *重点",
        "空: ''",
        "长: |-",
        "  " + "字" * 61,
        "列:",
        "  - 一条",
        "  - |-",
        "    两行",
        "    文字",
        "  - 键: 值",
        "    下层:",
        "      - 甲",
        "表格:",
        "  - - 甲",
        "    - ''",
        "  - - |-",
        "      - 乙",
        "    - 丙",
        "",
    ]


@pytest.mark.parametrize("place", ["organs.yml", "notices/2025/a.yml"])
def test_the_schema_is_found_from_the_files_place(place: str) -> None:
    first = write({"键": "值"}, place, "organs").partition("\n")[0]
    assert first == f"# yaml-language-server: $schema={'../' * place.count('/')}schema/organs.json"


@pytest.mark.parametrize("data", [{"键": []}, {"键": {}}, {"键": " 前有空格"}, {"键": "零\u200b宽"}, {"键": "尾\n"}])
def test_what_the_dialect_cannot_hold_is_never_written(data: dict[str, Plain]) -> None:
    with pytest.raises(ValueError, match=r"block style|read back"):
        write(data, PLACE, "notice")


LINES = st.text(max_size=90).map(lambda text: " ".join(text.split())).filter(lambda text: not [*forbidden(text)])
TEXTS = st.lists(LINES.filter(bool), max_size=3).map("\n".join)
NASTY = st.sampled_from(
    ["- 一", "? 问", "'引", '"引', "#井", "a: ", "键:", "[甲]", "{}", "---", "...", "|-", "&x", "!t", "~"]
)
VALUES: st.SearchStrategy[Plain] = st.recursive(
    TEXTS | NASTY.map(str.strip),
    lambda below: (
        st.lists(below, min_size=1, max_size=4)
        | st.dictionaries(st.sampled_from(["标题", "段落", "问题", "尾段"]), below, min_size=1)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["标题", "正文", "落款"]), VALUES, min_size=1))
def test_any_text_list_or_map_reads_back_the_same(data: dict[str, Plain]) -> None:
    tree, problems = parse(write(data, PLACE, "notice"), PLACE)
    assert problems == ()
    assert tree is not None
    assert plain(tree) == data
