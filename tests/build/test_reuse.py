"""A build that takes over what would come out the same gives the same bytes as one that makes everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.content import NOTICE, SmallContent
from tests.support.incremental import Builds

NOON = datetime.fromisoformat("2025-12-01T12:00:00+08:00")
_DAY = timedelta(days=1)
_OPEN = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n"
_FILES: Mapping[str, str | bytes] = {
    **{f"notices/2025/n{number}.yml": NOTICE.replace("三次", f"{number}次") for number in range(1, 13)},
    "notices/2025/open.yml": NOTICE.replace("正文:", f"{_OPEN}正文:", 1),
    "notices/2024/old.yml": NOTICE.replace("2025", "2024") + "附件:\n  - 文件: a.pdf\n    标题: 台账\n",
    "notices/2024/old/a.pdf": "%PDF-1.4 台账",
}


@pytest.fixture
def builds(small_content: SmallContent) -> Builds:
    """Return a site with fourteen notices in two years that was built once."""
    made = Builds(small_content(_FILES))
    made.warm(NOON)
    return made


_CHANGES: dict[str, tuple[dict[str, str | None], set[str]]] = {
    # The files that change, and the notices whose pages are made anew because of it; * stands for all of them.
    "nothing": ({}, set()),
    "one text": ({"notices/2025/n3.yml": NOTICE.replace("三次", "八十次")}, {"2025/n3"}),
    "one goes, one comes": (
        {"notices/2025/n3.yml": None, "notices/2025/new.yml": NOTICE},
        {"2025/new"},
    ),
    "an attachment": ({"notices/2024/old/a.pdf": "%PDF-1.4 另份"}, {"2024/old"}),
    "a staff page": ({"help.md": "# 帮助\n\n在这里。\n"}, {"*"}),
    "the site's name": ({"site.yml": "网站名称: 另一个名称\n网址: https://www.example.com/gk/\n"}, {"*"}),
    "a colour of its own": (
        {"site.yml": "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/gk/\n主色: '#7A1E1E'\n"},
        {"*"},
    ),
    "its address": ({"site.yml": "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/\n"}, {"*"}),
    "an organ's name": ({"organs.yml": "bangongshi:\n  名称: 示例县新办公室\n  类型: 机关\n"}, {"*"}),
    "another organ": (
        {"organs.yml": "bangongshi:\n  名称: 示例县办公室\n  类型: 机关\ner:\n  名称: 示例县医院\n  类型: 医院\n"},
        set(),
    ),
}


def _of_notices(paths: set[str]) -> set[str]:
    return {"/".join(path.split("/")[1:3]) for path in paths if path.startswith("notices/")}


@pytest.mark.parametrize("change", _CHANGES)
def test_the_bytes_are_those_of_a_build_without(change: str, builds: Builds) -> None:
    files, anew = _CHANGES[change]
    for path, text in files.items():
        place = builds.root / "content" / path
        place.unlink() if text is None else place.write_text(text, encoding="utf-8")
    warm, cold = builds.warm(NOON), builds.cold(NOON)
    assert warm == cold
    assert _of_notices(builds.made) == (_of_notices(set(cold)) if anew == {"*"} else anew)


def test_on_another_day_only_what_counts_days_is_made(builds: Builds) -> None:
    assert builds.warm(NOON + _DAY) == builds.cold(NOON + _DAY)
    assert _of_notices(builds.made) == {"2025/open"}
    assert not any(path.startswith(("search/2024", "archive/2024")) for path in builds.made)


def test_a_year_that_is_over_is_searched_as_one(small_content: SmallContent) -> None:
    """Its index was cut by months while it was running; nothing of its notices changes at New Year."""
    text = NOTICE.replace("发布: 2025-11-21 09:00", "发布: 2025-{0}-11").replace(
        "正文:", "公开期限:\n  开始: 2025-{0}-11\n  结束: 2025-{0}-30\n正文:", 1
    )
    files = {f"notices/2025/n{at}.yml": text.format("03" if at % 2 else "11") for at in range(102)}
    builds = Builds(small_content(files))
    last = datetime.fromisoformat("2025-12-31T12:00:00+08:00")
    assert any(path.startswith("search/2025-11/") for path in builds.warm(last))
    after = builds.warm(last + _DAY)
    assert not any(path.startswith("search/2025-") for path in after)
    assert after == builds.cold(last + _DAY)


def test_a_clock_that_goes_back_finds_what_it_had(builds: Builds) -> None:
    builds.warm(NOON + _DAY)
    assert builds.warm(NOON) == builds.cold(NOON)


def test_texts_that_are_taken_down_after_closing_go(small_content: SmallContent) -> None:
    builds = Builds(small_content(_FILES))
    site = builds.root / "content" / "site.yml"
    site.write_text(site.read_text() + "期满: 撤下正文\n")
    before, after = (
        datetime.fromisoformat("2025-12-12T12:00:00+08:00"),
        datetime.fromisoformat("2025-12-13T12:00+08:00"),
    )
    assert "notices/2025/open/notice.txt" in builds.warm(before)
    made = builds.warm(after)
    assert made == builds.cold(after)
    assert "notices/2025/open/notice.txt" not in made


def test_what_was_made_before_is_neither_written_nor_closed_years_read(builds: Builds) -> None:
    """Of a year that did not change, nothing is there: who looks into it fails."""
    assert builds.last is not None
    site = builds.store.root / builds.last.tree.name
    before = {place: place.lstat().st_mtime_ns for place in builds.store.root.rglob("*")}
    year = (site / "notices/2024").resolve()
    for place in year.iterdir():
        place.rename(builds.root / place.name)
    (builds.root / "content/notices/2025/n3.yml").write_text(NOTICE, encoding="utf-8")
    builds.publish(NOON)
    assert _of_notices(builds.made) == {"2025/n3"}
    left = {place: of for place, of in before.items() if place.parent != year and place not in {year, site}}
    assert {place: place.lstat().st_mtime_ns for place in left} == left


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _scribble(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for at in range(5000, len(data), 997):
        data[at] ^= 0xFF
    file.write_bytes(data)


def _other_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")


def _lose_texts(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM entry WHERE name LIKE 'text/%' OR name LIKE 'summaries/%'")


def _alter_values(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE entry SET data = zeroblob(length(data)) WHERE name LIKE 'made/%'")


def _no_database(file: Path) -> None:
    file.write_bytes(b"no database at all" * 100)


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage", [_truncate, _scribble, _other_version, _lose_texts, _alter_values, _no_database, _folder, Path.unlink]
)
def test_a_damaged_index_is_as_good_as_none(damage: object, builds: Builds) -> None:
    assert callable(damage)
    damage(builds.index)
    (builds.root / "content/notices/2025/n3.yml").write_text(NOTICE.replace("三次", "八十次"), encoding="utf-8")
    assert builds.warm(NOON) == builds.cold(NOON)
    assert builds.warm(NOON + _DAY) == builds.cold(NOON + _DAY)


def test_an_index_that_another_build_holds_is_gone_without(builds: Builds) -> None:
    with sqlite3.connect(builds.index) as other:
        other.execute("BEGIN IMMEDIATE")
        (builds.root / "content/notices/2025/n3.yml").write_text(NOTICE.replace("三次", "八十次"), encoding="utf-8")
        assert builds.warm(NOON) == builds.cold(NOON)


def test_folders_that_are_gone_are_made_anew(builds: Builds) -> None:
    assert builds.last is not None
    for folder in list(builds.store.root.iterdir())[::2]:
        folder.rename(builds.root / folder.name)
    # As a host does where it misses any.
    builds.index.unlink()
    assert builds.warm(NOON) == builds.cold(NOON)
