"""The files of the index: how many, which change, and what is in none of them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.check import Content, check_content
from generator.files import DataFile, entries
from generator.model import AfterClosing
from generator.pages import BuildTime
from generator.period import parse_now
from generator.search.records import parts
from tests.support.building import make_site
from tests.support.search.corpus import content_of, notice, write_notices
from tests.support.search.index import index_files
from tests.support.search.session import AT, data_of

HIDDEN = "仅此一处的暗语"


def files_of(content: Content, at: BuildTime = AT, cores: int = 1) -> dict[str, bytes]:
    return {file.path: file.data for file in index_files(content, at, cores)}


def inflated(files: dict[str, bytes]) -> str:
    """Return all that an index holds in readable form."""
    texts = []
    for path, data in files.items():
        raw = data if path.endswith(".json") else zlib.decompress(data, -15)
        encoding = "utf-8-sig" if path.endswith(".json") or raw.startswith(b"\xef\xbb\xbf") else "gb18030"
        texts.append(raw.decode(encoding, errors="replace"))
    return "\n".join(texts)


def generated(root: Path, years: dict[int, int]) -> Content:
    return content_of(root, _numbered(years))


def _numbered(years: dict[int, int]) -> Iterable[tuple[str, dict[str, Any]]]:
    for year, count in years.items():
        yield from ((f"{year}/notice-{number}", notice(number, year)) for number in range(count))


@pytest.mark.parametrize("years", [{2025: 10}, {2024: 5, 2025: 5}, dict.fromkeys(range(2016, 2026), 1)], ids=str)
def test_ten_notices_make_few_files(tmp_path: Path, years: dict[int, int]) -> None:
    """At most twelve with the search page itself, however they lie in years."""
    assert len(files_of(generated(tmp_path, years))) + 1 <= 12


@pytest.mark.parametrize("years", [{2025: 11}, {2025: 40}, {2023: 11, 2024: 10, 2025: 30}, {2025: 250}], ids=str)
def test_files_stay_below_nine_a_notice(tmp_path: Path, years: dict[int, int]) -> None:
    made = files_of(generated(tmp_path, years))
    print(years, len(made) / sum(years.values()))
    assert len(made) + 1 <= 9 * sum(years.values())


def test_short_notices_make_fewer(tmp_path: Path) -> None:
    """A notice of a few lines is worth few shards."""
    content = content_of(tmp_path, ((f"2025/notice-{number}", data_of()) for number in range(60)))
    made = files_of(content)
    print(len(made) / 60)
    assert len(made) <= 6 * 60


def test_a_closed_year_stays_as_it_is(tmp_path: Path) -> None:
    """New notices, corrected texts and a later day change no file of another year, nor its address."""
    before = files_of(generated(tmp_path, {2023: 8, 2024: 20, 2025: 11}))
    later = BuildTime(parse_now("2026-03-01"), pinned=True)
    after = files_of(generated(tmp_path, {2023: 8, 2024: 20, 2025: 14, 2026: 2}), later)
    for year in ("2023", "2024"):
        kept = {path: data for path, data in before.items() if path.startswith(f"search/{year}")}
        assert kept == {path: data for path, data in after.items() if path.startswith(f"search/{year}")}
        assert len(kept) >= 1
    stamps = [_stamps(before), _stamps(after)]
    assert all(stamps[0][year] == stamps[1][year] for year in ("2023", "2024"))
    assert [*stamps[0]] == ["2025", "2024", "2023"]
    assert [*stamps[1]] == ["2026", "2025", "2024", "2023"]


def _stamps(made: dict[str, bytes]) -> dict[str, str]:
    return {one["name"]: one["stamp"] for one in json.loads(made["search/index.json"])["segments"]}


def test_a_new_notice_changes_the_latest_segment(tmp_path: Path) -> None:
    """Of a running year nothing but that, and of all else nothing but the titles of the year and the list."""
    notices = sorted(_numbered({2024: 12, 2025: 250}), key=lambda one: one[1]["公开期限"]["开始"])
    before, after = (files_of(content_of(tmp_path, notices[:count])) for count in (261, 262))
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    latest: dict[str, Any] = json.loads(after["search/index.json"])["segments"][0]
    assert {path.split("/")[1] for path in changed} == {latest["name"], "titles-running", "index.json"}
    texts = {path for path in changed if path.count("/") == 3 and "grams" not in path}
    assert texts == {f"search/{latest['name']}/{latest['count'] - 1}/{quarter}.bin" for quarter in range(4)}


def test_a_new_notice_leaves_most_texts_alone(tmp_path: Path) -> None:
    """Notices are numbered by publication, so that the latest comes last and moves none."""
    notices = sorted(_numbered({2025: 30}), key=lambda one: one[1]["公开期限"]["开始"])
    before, after = (files_of(content_of(tmp_path, notices[:count])) for count in (29, 30))
    texts = [path for path in before if path.count("/") == 3 and "grams" not in path]
    assert [path for path in texts if before[path] != after[path]] == []
    assert len(texts) == 4 * 29


def test_the_same_content_makes_the_same_bytes(tmp_path: Path) -> None:
    """On one core and on several, in whatever order the notices come."""
    content = generated(tmp_path, {2024: 11, 2025: 120})
    turned = replace(content, entries=content.entries[::-1])
    assert files_of(content) == files_of(turned, cores=4)


@pytest.mark.parametrize("count", [1, 12])
def test_what_is_not_public_is_in_no_file(tmp_path: Path, count: int) -> None:
    """A text published in error, one still to come, and what was taken down leave no trace but their public title."""
    others = [(f"2025/notice-{number}", notice(number, 2025)) for number in range(count)]
    hidden = {"段落": [f"这里有{HIDDEN}。"]}
    error = {"日期": "2025-11-25", "说明": "误发。", "类型": "误发"}
    wrong = data_of(标题=f"含有{HIDDEN}的通报", 正文=hidden, 撤回=error)
    coming = data_of(
        标题=f"含有{HIDDEN}的通报",
        正文=hidden,
        发布="2025-12-02 09:00",
        公开期限={"开始": "2025-12-02", "结束": "2025-12-22"},
    )
    over = data_of(正文=hidden, 公开期限={"开始": "2025-10-01", "结束": "2025-10-20"})
    for data in (wrong, coming):
        made = inflated(files_of(content_of(tmp_path, [*others, ("2025/hidden", data)])))
        assert HIDDEN not in made
        assert "2025/hidden" not in made
        assert "2025/notice-0" in made
    content = content_of(tmp_path, [*others, ("2025/over", over)])
    assert HIDDEN in inflated(files_of(content))
    taken = replace(content, site=content.site.model_copy(update={"after_closing": AfterClosing.TAKE_DOWN}))
    made = inflated(files_of(taken))
    assert HIDDEN not in made
    assert over["标题"] in made
    assert '"taken_down":true' in made


def test_a_site_has_the_index_of_its_parts(tmp_path: Path) -> None:
    """A built site has just these files: a year that is read whole, one that is looked up, months of a third."""
    write_notices(tmp_path / "content", _numbered({2023: 3, 2024: 11, 2025: 101}))
    make_site(tmp_path, tmp_path / "site", "2025-12-01")
    content = check_content(tmp_path / "content").content
    assert content is not None
    below = tmp_path / "site/search"
    built = {f"search/{path}" for path, entry in entries(below) if entry.is_file()}
    made = files_of(content)
    assert built - made.keys() == {"search/index.html"}
    assert {path for path, data in made.items() if (tmp_path / "site" / path).read_bytes() != data} == set()


def test_an_empty_site_has_an_index(tmp_path: Path) -> None:
    assert list(files_of(content_of(tmp_path, []))) == ["search/index.json"]


def test_parts_are_about_equal_and_whole_lines() -> None:
    for count in (1, 2, 7, 8, 9, 200):
        found = parts(["字" * (1 + number % 40) for number in range(count)])
        assert len(found) == count
        assert all(one <= other for one, other in pairwise(found))
        assert 0 <= found[0] <= found[-1] <= 7


def test_every_file_is_raw_deflate(tmp_path: Path) -> None:
    """Neither header nor trailer: inflated whole, nothing is left over."""
    for file in index_files(generated(tmp_path, {2025: 12}), AT, 1):
        if not file.path.endswith(".json"):
            _check(file)


def _check(file: DataFile) -> None:
    inflater = zlib.decompressobj(-15)
    inflater.decompress(file.data)
    assert inflater.eof
    assert inflater.unused_data == b""
