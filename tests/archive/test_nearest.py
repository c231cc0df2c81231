"""An altered text of a notice: which version it was made of, and what was changed in it."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import verify
from generator.archive.verify.comparison import Verdict
from generator.model import notice_text, units
from generator.pages.blocks import blocks_of
from generator.pages.notice import notice_markdown
from generator.read import forbidden
from generator.records import RecordsError, load
from tests.demo.play import RECORDS
from tests.support.archive.story import Story
from tests.support.effort import effort
from tests.support.program import ROOT, gongkai

_FOUR = "已经召开会议四次。"
_ID = "2025/shili-media"


def _demo_text(version: int = 1) -> str:
    """Return the text of a notice of a real one's size, whose findings have their progress beside them."""
    records = load(RECORDS)
    return notice_text(records.notice(records.ledger.versions(_ID)[version]))


def _verified(folder: Path, name: str, data: str | bytes, records: Path = RECORDS) -> Verdict:
    file = folder / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return verify(file, records, None)


def test_an_altered_text_is_told_from_which_version_and_how_it_differs(story: Story, tmp_path: Path) -> None:
    published = (story.site / "notices/2025/yi/notice.txt").read_text("utf-8")
    file = tmp_path / "通报.txt"
    file.write_text(published.replace("按月检查", "按年检查"), encoding="utf-8")
    done = gongkai("verify", file, "--records", story.records)
    assert done.returncode == 1
    first, difference, last = done.stdout.splitlines()
    assert first.startswith(
        "通报.txt：和公开过的任何一版都不一样。最像的是 2025/yi 的第 2 版（现在的）：每连着四个字比"
    )
    assert re.search(r"它的文字有 \d\d% 在那一版里，那一版的文字有 \d\d% 在它里面。和那一版相比：$", first)
    assert difference == "  1.学习不够方面：二是按［公开的：月］［现在：年］检查。"
    assert last == "不一样：1 处。"


def test_the_guide_shows_what_it_says(tmp_path: Path) -> None:
    guide = (ROOT / "docs/archive.md").read_text("utf-8")
    shown = [line.removeprefix("    ") for line in guide.splitlines()]
    start = next(index for index, line in enumerate(shown) if line.startswith("转贴.txt："))
    (tmp_path / "转贴.txt").write_text(_demo_text().replace("1200", "2100"), encoding="utf-8")
    assert (
        gongkai("verify", tmp_path / "转贴.txt", "--records", RECORDS).stdout.splitlines() == shown[start : start + 3]
    )


def test_an_old_version_is_told_from_the_newest(story: Story, tmp_path: Path) -> None:
    """Other notices had the very words of this first version, so they are named too; the second version is not."""
    old = (story.site / "notices/2025/yi/v1/notice.txt").read_text("utf-8").replace("按月检查", "按年检查")
    told = _verified(tmp_path, "x.txt", old, story.records)
    assert told.flaws == ("  1.学习不够方面：二是按［公开的：月］［现在：年］检查。",)
    assert "2025/yi 的第 1 版" in told.looked_at[0]
    assert "一样像的还有 2025/" in told.looked_at[0]
    assert "2025/yi 的第 2 版" not in told.looked_at[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_of_a_text_makes_no_difference(encoding: str, tmp_path: Path) -> None:
    """Notepad writes GBK where nobody says otherwise."""
    assert _verified(tmp_path, "x.txt", _demo_text().replace("\n", "\r\n").encode(encoding)).proven


def test_lines_may_break_anywhere(tmp_path: Path) -> None:
    """A text that was copied from a printed page has other line breaks, and blanks before its paragraphs."""
    wrapped = "\n\n".join(textwrap.fill(line, 28, initial_indent="　　") for line in _demo_text().splitlines())
    told = _verified(tmp_path, "x.txt", wrapped)
    assert told.proven
    assert told.looked_at[0].endswith("一字不差（换行和段落首尾的空格不算）")
    altered = _verified(tmp_path, "x.txt", wrapped.replace("2000101", "2000109"))
    assert len(altered.flaws) == 1
    assert "［公开的：0000-2000101］［现在：0000-2000109］" in altered.flaws[0]


def test_markdown_is_held_to_markdown(tmp_path: Path) -> None:
    """It says more than the text: the progress of each finding, which may be altered too."""
    records = load(RECORDS)
    notice = records.notice(records.ledger.versions("2025/shili-housing")[2])
    written = notice_markdown(notice, blocks_of(units(notice)))
    assert "进展：" in written
    assert _verified(tmp_path, "notice.md", written).proven
    told = _verified(tmp_path, "notice.md", written.replace("进展：正在整改", "进展：已完成", 1))
    assert len(told.flaws) == 1
    assert "［公开的：正在整改］［现在：已完成］" in told.flaws[0]


def test_of_many_differences_ten_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(_demo_text().replace("。", "！"), encoding="utf-8")
    said = gongkai("verify", tmp_path / "x.txt", "--records", RECORDS).stdout.splitlines()
    assert len([line for line in said if "［公开的：" in line]) == 10
    left, total = (int(re.findall(r"[0-9]+", line)[0]) for line in said[-2:])
    assert said[-2] == f"还有 {left} 处没有列出。"
    assert total == left + 10


def test_what_nobody_sees_is_shown_and_hides_nothing(tmp_path: Path) -> None:
    """Characters that turn words round, rewrite a terminal or have no width reach nobody's terminal."""
    told = _verified(tmp_path, "x.txt", _demo_text().replace("整改", "整\u202e\x1b[2J\u200b改"))
    assert f"最像的是 {_ID} 的第" in told.looked_at[0]
    assert r"整［现在：\u202e\x1b[2J\u200b］改" in "".join(told.flaws)
    assert not [*forbidden("".join([*told.looked_at, *told.flaws]))]
    assert "\\u200b" in _verified(tmp_path, "x.txt", "\u200b".join(_demo_text())).flaws[0]


def test_data_names_the_notice_that_it_was_made_of(story: Story, tmp_path: Path) -> None:
    """Whoever gives a notice another id is told whose text it is."""
    data = (story.site / "notices/2025/yi/notice.json").read_bytes().replace(b'"2025/yi"', b'"2025/qi"')
    told = _verified(tmp_path, "notice.json", data, story.records)
    assert "最像的是 2025/yi 的第 2 版（现在的）" in told.looked_at[0]
    assert told.flaws == ("  编号：2025/［公开的：yi］［现在：qi］",)
    broken = _verified(tmp_path, "notice.json", data[:-3], story.records)
    assert re.search(r"notice\.json：不是通报的数据.*最像的是 2025/yi 的第 2 版", broken.flaws[0])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "x.txt",
            "这份文字从来没有公开过，也没有哪一份通报和它相近，只是试一试程序怎么说。",
            "没有相近的",
        ),
        ("x.txt", "", "里面没有文字"),
        ("x.txt", b"\0\1\2", "不是公开过的附件，也不是通报的文字"),
        ("x.docx", b"PK\3\4\0\0", "把全文复制到一个 .txt 文件里"),
        ("x.html", "<p>通报</p>", "查网站的整个文件夹"),
        ("x.json", "[]", "不是通报的数据，发布记录里没有它（应当是一个 JSON 对象"),
    ],
)
def test_what_is_like_nothing_is_told_so(name: str, data: str | bytes, words: str, tmp_path: Path) -> None:
    (flaw,) = _verified(tmp_path, name, data).flaws
    assert flaw.startswith(f"{name}：")
    assert words in flaw


def test_the_ledger_alone_has_no_texts(story: Story, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(_FOUR, encoding="utf-8")
    with pytest.raises(RecordsError, match=r"里面没有通报的文字.*--records"):
        verify(tmp_path / "x.txt", story.site / "data/ledger/000001.jsonl", None)


def _like_its_own(published: str) -> str:
    """Return lines that begin as published ones and go on, each for thousands of characters, with the same ones."""
    dice = random.Random(1)  # noqa: S311  (reproducible, not secret)
    lines = published.splitlines()
    return "\n".join(line[:20] + "".join(dice.choices(line, k=3900)) for line in lines)


def _far_apart(published: str) -> str:
    lines = published.splitlines()
    return "\n".join([*reversed(lines), *(line + "\n的" * 25_000 for line in lines)])


# Texts that were made to keep the program busy, of up to ten megabytes.
_HOSTILE: dict[str, Callable[[str], str]] = {
    "much before": lambda published: "别的话。" * 800_000 + published,
    "much after": lambda published: published + "别的话。" * 800_000,
    "many times": lambda published: published * 300,
    "one character": lambda _: "的" * 3_000_000,
    "many lines": lambda _: "的\n" * 2_000_000,
    "its lines far apart": _far_apart,
    "long lines like its own": _like_its_own,
}


@pytest.mark.parametrize("make", _HOSTILE.values(), ids=_HOSTILE)
def test_no_text_keeps_it_busy(make: Callable[[str], str], tmp_path: Path) -> None:
    """However long it is and whatever it repeats."""
    file = tmp_path / "x.txt"
    file.write_text(make(_demo_text()), encoding="utf-8")
    assert effort(lambda: verify(file, RECORDS, None)) < 400


def test_of_an_endless_text_the_beginning_is_compared_and_that_is_said(tmp_path: Path) -> None:
    """What is compared does not grow with what is handed over."""
    told = _verified(tmp_path, "x.txt", _demo_text() + "别的话。\n" * 100_000)
    assert told.looked_at[1:] == ("  文件太长，只比了前面的一部分",)
    assert told.more < 2000
