"""An entry comes into a notice's file, and every line that was there stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import check_content
from generator.intake import EntryError, removed, with_item, with_map, write
from generator.model import Notice
from generator.read import Plain, decode, forbidden, parse, plain
from tests.support.content import NOTICE, SmallContent

ITEM: dict[str, Plain] = {"日期": "2025-12-01", "说明": "改了。"}
CASES: dict[str, tuple[str, str]] = {
    "no list yet": ("标题: 甲\n", "标题: 甲\n更正:\n  - 日期: 2025-12-01\n    说明: 改了。\n"),
    "list set in by two": (
        "更正:\n  - 日期: 2025-11-30\n    说明: 甲\n",
        "更正:\n  - 日期: 2025-11-30\n    说明: 甲\n  - 日期: 2025-12-01\n    说明: 改了。\n",
    ),
    "list at column 0": (
        "更正:\n- 日期: 2025-11-30\n  说明: 甲\n标题: 乙\n",
        "更正:\n- 日期: 2025-11-30\n  说明: 甲\n- 日期: 2025-12-01\n  说明: 改了。\n标题: 乙\n",
    ),
    "list set in by four": (
        "更正:\n    -   日期: 2025-11-30\n        说明: 甲\n",
        "更正:\n    -   日期: 2025-11-30\n        说明: 甲\n    - 日期: 2025-12-01\n      说明: 改了。\n",
    ),
    "dash on a line of its own": (
        "更正:\n  -\n    说明: 甲\n",
        "更正:\n  -\n    说明: 甲\n  - 日期: 2025-12-01\n    说明: 改了。\n",
    ),
    "block as last item": (
        "更正:\n  - 说明: |-\n      甲\n\n      # 乙\n\n\n标题: 丙\n",
        "更正:\n  - 说明: |-\n      甲\n\n      # 乙\n  - 日期: 2025-12-01\n    说明: 改了。\n\n\n标题: 丙\n",
    ),
    "kept block as last item": (
        "更正:\n  - 说明: |+\n      甲\n\n",
        "更正:\n  - 说明: |+\n      甲\n  - 日期: 2025-12-01\n    说明: 改了。\n\n",
    ),
    "comment of the last item": (
        "更正:\n  - 说明: 甲\n    # 经办：乙\n# 撤回:\n",
        "更正:\n  - 说明: 甲\n    # 经办：乙\n  - 日期: 2025-12-01\n    说明: 改了。\n# 撤回:\n",
    ),
    "comment of the last item below a blank line": (
        "更正:\n- 说明: 甲\n\n      # 注\n\n# 撤回:\n",
        "更正:\n- 说明: 甲\n\n      # 注\n- 日期: 2025-12-01\n  说明: 改了。\n\n# 撤回:\n",
    ),
    "comment after a list at column 0": (
        "更正:\n- 说明: 甲\n  # 经办：乙\n# 下面是落款\n落款:\n- 丙\n",
        "更正:\n- 说明: 甲\n  # 经办：乙\n- 日期: 2025-12-01\n  说明: 改了。\n# 下面是落款\n落款:\n- 丙\n",
    ),
    "comment and blank lines at the end": (
        "标题: 甲\n# 完\n\n",
        "标题: 甲\n# 完\n\n更正:\n  - 日期: 2025-12-01\n    说明: 改了。\n",
    ),
    "block at the end of the file": (
        "正文: |\n  甲\n  乙\n",
        "正文: |\n  甲\n  乙\n更正:\n  - 日期: 2025-12-01\n    说明: 改了。\n",
    ),
    "no final newline": ("标题: 甲", "标题: 甲\n更正:\n  - 日期: 2025-12-01\n    说明: 改了。\n"),
    "no final newline in the list": (
        "更正:\n  - 说明: 甲",
        "更正:\n  - 说明: 甲\n  - 日期: 2025-12-01\n    说明: 改了。\n",
    ),
    "a file set in by blanks": (
        "  标题: 甲\n",
        "  标题: 甲\n  更正:\n    - 日期: 2025-12-01\n      说明: 改了。\n",
    ),
    "key in quotes": (
        '"更正":\n  - 说明: 甲\n',
        '"更正":\n  - 说明: 甲\n  - 日期: 2025-12-01\n    说明: 改了。\n',
    ),
}


def data(text: str) -> dict[str, Plain]:
    """Return what a file holds as the program reads it."""
    decoded, _ = decode(text.encode(), "f")
    assert decoded is not None
    tree, problems = parse(decoded, "f")
    assert tree is not None, problems
    read = plain(tree)
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_an_item_is_put_where_a_person_would_put_it(name: str, ending: str, mark: str) -> None:
    """With the file's own line breaks and byte order mark, and the list's own place."""
    before, after = (mark + text.replace("\n", ending) for text in CASES[name])
    if name == "no final newline" and ending not in before:
        after = after.replace(ending, "\n")  # a single line without a break says nothing of breaks
    assert with_item(before, "更正", ITEM) == after


def test_mixed_line_breaks_stay() -> None:
    """A line break that differs from its neighbours is no reason to touch it; a new line ends as the one above it."""
    before = "标题: 甲\r\n更正:\n  - 说明: 乙\r\n落款:\n  - 丙\n"
    item = "  - 日期: 2025-12-01\r\n    说明: 改了。\r\n"
    assert with_item(before, "更正", ITEM) == before.replace("乙\r\n", "乙\r\n" + item)


def test_a_map_comes_last_and_only_once() -> None:
    """撤回 stands at the end of the file; where one is there already, nothing is written."""
    once = with_map("标题: 甲\r\n", "撤回", ITEM)
    assert once == "标题: 甲\r\n撤回:\r\n  日期: 2025-12-01\r\n  说明: 改了。\r\n"
    with pytest.raises(EntryError, match="已经有了"):
        with_map(once, "撤回", ITEM)


@pytest.mark.parametrize(
    "text",
    ["更正: 甲\n", "更正:\n", "更正:\n  日期: 甲\n", "标题：甲\n", "- 甲\n", "", "标题: 甲\n...\n", "标题: \ud800\n"],
)
def test_what_cannot_be_proved_is_never_written(text: str) -> None:
    """No list below the key, a file that is not read, a document that is closed: EntryError, no text."""
    with pytest.raises(EntryError, match=r".+"):
        with_item(text, "更正", ITEM)


def test_a_note_that_the_dialect_cannot_hold_is_never_written() -> None:
    """A line that begins with blanks would end its block, or change it."""
    for note in ("零\u200b宽", " 甲\n乙"):
        with pytest.raises(EntryError, match=r".+"):
            with_item("标题: 甲\n", "更正", {"说明": note})


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp", "Zs"])
NASTY = st.sampled_from(
    ["-", "?", "#", "a:", "键:", "'引", '"', "[甲]", "{}", "---", "...", "|-", "&x", "!t", "~", "%"]
)
WORDS = NASTY | st.text(CHARACTERS, min_size=1, max_size=30)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join).filter(lambda text: not [*forbidden(text)])
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
ITEMS = st.fixed_dictionaries({"日期": st.just("2025-12-01"), "说明": TEXTS})
OLD = st.lists(ITEMS | TEXTS, min_size=1, max_size=3)
FILES = st.fixed_dictionaries({"标题": TEXTS}, optional={"更正": OLD, "正文": TEXTS, "落款": OLD})
EXTRA = st.sampled_from(["", "# 注", "  # 注", "    # 注", "      # 注", "  "])


def shifted(text: str, column: int) -> str:
    """Set the lists at the top in by `column` blanks."""
    listed, lines = False, []
    for line in text.split("\n"):
        listed = line.endswith(":") if line[:1].strip() else listed
        lines.append(" " * column + line.removeprefix("  ") if listed and line.startswith("  ") else line)
    return "\n".join(lines)


def sprinkled(text: str, extra: list[tuple[int, str]]) -> str:
    """Put in comments and blank lines, but for those that would break a block."""
    for at, line in extra:
        lines = text.split("\n")
        lines.insert(min(at, len(lines) - 1), line)
        more = "\n".join(lines)
        text = more if parse(more, "f")[0] is not None else text
    return text


@given(
    FILES,
    st.permutations(["标题", "更正", "正文", "落款"]),
    ITEMS,
    st.sampled_from([0, 1, 2, 4]),
    st.lists(st.tuples(st.integers(0, 30), EXTRA), max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_only_the_entry_comes_in(
    held: dict[str, Plain],
    order: list[str],
    item: dict[str, Plain],
    column: int,
    extra: list[tuple[int, str]],
    ending: str,
    cut: bool,
) -> None:
    """What the file held is there as it was, the entry comes last, and the old lines stand in order around it."""
    written = write({key: held[key] for key in order if key in held}, "f.yml", "notice")
    text = sprinkled(shifted(written, column), extra).removesuffix("\n" if cut else "").replace("\n", ending)
    before = data(text)
    after = with_item(text, "更正", item)
    old = before.get("更正", [])
    assert isinstance(old, list)
    assert data(after) == {**before, "更正": [*old, item]}
    was, now = text.removesuffix(ending).split(ending), after.removesuffix(ending).split(ending)
    new = len(now) - len(was)
    assert any(now[:at] + now[at + new :] == was for at in range(len(was) + 1))


@pytest.mark.parametrize("published", ["2025-11-21 09:00", "2025-11-21", "2025-11-21T01:00:30+00:00", None])
@pytest.mark.parametrize("head", ["", "\ufeff# yaml-language-server: $schema=../../schema/notice.json\r\n", "# 密\n"])
def test_of_a_text_published_in_error_only_the_facts_are_left(
    published: str | None, head: str, small_content: SmallContent
) -> None:
    """Whose it was, the instant of publication and the withdrawal; the public form is that of the whole file."""
    period = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n"
    own = period if published is None else f"发布: {published}\n"
    text = head + NOTICE.replace("发布: 2025-11-21 09:00\n", own)
    withdrawal: dict[str, Plain] = {"日期": "2025-12-01", "说明": "误发。", "类型": "误发"}
    left = removed(text, made(text, small_content), withdrawal)
    was, now = made(with_map(text, "撤回", withdrawal), small_content), made(left, small_content)
    assert now.publishes_at == was.publishes_at
    assert now.public_form() == was.public_form()
    assert left.startswith("\ufeff# yaml-language-server" if "schema" in head else "格式: 1")
    assert left.count("\r\n") == (left.count("\n") if "\r" in head else 0)
    assert not any(word in left for word in ("密", "办公室", "会议", "学习", "期限"))


def made(text: str, small_content: SmallContent) -> Notice:
    """Make the notice of a file's text."""
    checked = check_content(small_content({"notices/2025/yi.yml": text}) / "content")
    assert checked.content is not None
    (entry,) = checked.content.entries
    return entry.notice
