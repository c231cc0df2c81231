"""A build that takes over what would come out the same gives the same bytes as one that makes everything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import pytest

from generator.build.build import build as build_pages
from generator.build.cache import CacheEntry, PreviousSite
from generator.build.request import BuildError
from generator.build.request import BuildRequest, BuildResult
from tests.support.content import NOTICE, SmallContent

DAY = "2025-12-01"
_OPEN = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n"
_FILES: Mapping[str, str | bytes] = {
    **{f"notices/2025/n{number}.yml": NOTICE.replace("三次", f"{number}次") for number in range(1, 13)},
    "notices/2025/open.yml": NOTICE.replace("正文:", f"{_OPEN}正文:", 1),
    "notices/2024/old.yml": NOTICE.replace("2025", "2024") + "附件:\n  - 文件: a.pdf\n    标题: 台账\n",
    "notices/2024/old/a.pdf": "%PDF-1.4 台账",
}


def build(root: Path, out: str, earlier: PreviousSite | None = None, today: str = DAY) -> BuildResult:
    """Build the site of a folder beside its content, as on a day at noon."""
    folder = root / out
    folder.mkdir()
    noon = datetime.fromisoformat(f"{today}T12:00:00+08:00")
    return build_pages(BuildRequest(now=noon, root=root, previous=earlier), folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a site."""
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


def same_files(first: Path, second: Path) -> set[str]:
    """Return the paths at which two sites have one and the same file."""
    return {
        path
        for path in contents(second)
        if (first / path).exists() and os.path.samestat((first / path).stat(), (second / path).stat())
    }


@pytest.fixture
def root(small_content: SmallContent) -> Path:
    """Return a site's folder with fourteen notices in two years."""
    return small_content(_FILES)


@pytest.fixture
def earlier(root: Path) -> PreviousSite:
    """Build it, and bring its parts through JSON as a release does."""
    made = build(root, "first")
    written = json.loads(json.dumps({name: asdict(part) for name, part in made.entries.items()}))
    return PreviousSite(
        root / "first", {name: CacheEntry(p["key"], tuple(p["files"]), p["extra"]) for name, p in written.items()}
    )


_CHANGES: dict[str, tuple[dict[str, str | None], set[str]]] = {
    # The files that change, and the notices whose pages differ because of it; * stands for all of them.
    "nothing": ({}, set()),
    "one text": ({"notices/2025/n3.yml": NOTICE.replace("三次", "八十次")}, {"2025/n3"}),
    "one goes, one comes": (
        {"notices/2025/n3.yml": None, "notices/2025/new.yml": NOTICE},
        {"2025/new"},
    ),
    "an attachment": ({"notices/2024/old/a.pdf": "%PDF-1.4 另份"}, set()),
    "a staff page": ({"help.md": "# 帮助\n\n在这里。\n"}, {"*"}),
    "the site's name": ({"site.yml": "网站名称: 另一个名称\n网址: https://www.example.com/gk/\n"}, {"*"}),
    "a colour of its own": (
        {"site.yml": "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/gk/\n主色: '#7A1E1E'\n"},
        {"*"},
    ),
    "its address": ({"site.yml": "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/\n"}, {"*"}),
    "an organ's name": ({"organs.yml": "bangongshi:\n  名称: 示例县新办公室\n  类型: 机关\n"}, {"*"}),
}


@pytest.mark.parametrize("change", _CHANGES)
def test_the_bytes_are_those_of_a_build_without(change: str, root: Path, earlier: PreviousSite) -> None:
    files, anew = _CHANGES[change]
    for path, text in files.items():
        place = root / "content" / path
        place.unlink() if text is None else place.write_text(text, encoding="utf-8")
    build(root, "warm", earlier)
    build(root, "cold")
    assert contents(root / "warm") == contents(root / "cold")
    kept = same_files(earlier.folder, root / "warm")
    pages = {path.parent.relative_to(root / "warm") for path in (root / "warm").glob("notices/*/*/index.html")}
    made = {"/".join(page.parts[1:]) for page in pages if (page / "index.html").as_posix() not in kept}
    assert made == ({"/".join(page.parts[1:]) for page in pages} if anew == {"*"} else anew)


def test_a_closed_year_keeps_its_index_and_its_pages_on_another_day(root: Path, earlier: PreviousSite) -> None:
    build(root, "warm", earlier, today="2025-12-02")
    build(root, "cold", today="2025-12-02")
    assert contents(root / "warm") == contents(root / "cold")
    kept = same_files(earlier.folder, root / "warm")
    assert {"search/2024.bin", "notices/2024/old/a.pdf", "notices/2025/n1/index.html"} <= kept
    assert "notices/2025/open/index.html" not in kept, "it counts the days"


def test_texts_that_are_taken_down_after_closing_go(root: Path) -> None:
    site = root / "content" / "site.yml"
    site.write_text(site.read_text() + "期满: 撤下正文\n")
    made = build(root, "first", today="2025-12-12")
    build(root, "warm", PreviousSite(root / "first", made.entries), today="2025-12-13")
    build(root, "cold", today="2025-12-13")
    assert contents(root / "warm") == contents(root / "cold")
    assert not (root / "warm/notices/2025/open/notice.txt").exists()


def test_nothing_is_written_into_the_earlier_site(root: Path, earlier: PreviousSite) -> None:
    before = {
        path: (data, (earlier.folder / path).stat().st_mtime_ns) for path, data in contents(earlier.folder).items()
    }
    (root / "content/notices/2025/n3.yml").write_text(NOTICE, encoding="utf-8")
    build(root, "warm", earlier)
    after = {
        path: (data, (earlier.folder / path).stat().st_mtime_ns) for path, data in contents(earlier.folder).items()
    }
    assert after == before


def test_an_altered_text_is_not_carried_on(root: Path, earlier: PreviousSite) -> None:
    page = earlier.folder / "notices/2025/n1/index.html"
    page.write_text(page.read_text().replace("已经召开会议", "没有召开会议"))
    with pytest.raises(BuildError, match="没有通过核对"):
        build(root, "warm", earlier)


def test_a_part_that_is_not_whole_is_made_anew(root: Path, earlier: PreviousSite) -> None:
    (earlier.folder / "notices/2025/n1/notice.txt").unlink()
    linked = earlier.folder / "notices/2025/n2/notice.txt"
    linked.rename(root / "elsewhere")
    linked.symlink_to(root / "elsewhere")
    build(root, "warm", earlier)
    kept = same_files(earlier.folder, root / "warm")
    assert "notices/2025/n3/notice.txt" in kept
    assert not {path for path in kept if path.startswith(("notices/2025/n2/", "notices/2025/n1/"))} - {
        # Equal files take the earlier one's place at the end, page by page or not.
        f"notices/2025/{id_}/{name}"
        for id_ in ("n1", "n2")
        for name in ("index.html", "fragment.html", "notice.json", "notice.md", "notice.txt")
    }
    assert not (root / "warm/notices/2025/n2/notice.txt").is_symlink()


def test_another_program_takes_over_no_page_as_it_is(root: Path, earlier: PreviousSite) -> None:
    """An altered page of the earlier site would be found out if it were taken over."""
    page = earlier.folder / "notices/2025/n1/index.html"
    page.write_text(page.read_text().replace("已经召开会议", "没有召开会议"))
    parts = {name: CacheEntry("0" * 64, part.files, part.extra) for name, part in earlier.entries.items()}
    build(root, "warm", PreviousSite(earlier.folder, parts))
    assert "已经召开会议" in (root / "warm/notices/2025/n1/index.html").read_text()


def test_keys_are_the_same_in_every_process(root: Path) -> None:
    script = (
        "import sys, json; from pathlib import Path; from tests.build.test_reuse import build;"
        "made = build(Path(sys.argv[1]), sys.argv[2]);"
        "print(json.dumps({name: part.key for name, part in made.entries.items()}, sort_keys=True))"
    )
    keys = [
        subprocess.run(
            [sys.executable, "-c", script, str(root), f"seed{seed}"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1")
    ]
    assert keys[0] == keys[1]
    assert b"notices/2025/open/" in keys[0]


def test_mkdocs_is_left_alone_where_its_frame_is_at_hand(root: Path) -> None:
    """The frame comes with the previous site: what takes half a second to import is not imported."""
    script = (
        "import sys; from pathlib import Path; from tests.build.test_reuse import build;"
        "from generator.build.cache import PreviousSite;"
        "root = Path(sys.argv[1]); made = build(root, 'cold'); assert 'mkdocs' in sys.modules;"
        "[sys.modules.pop(name) for name in list(sys.modules) if name.partition('.')[0] == 'mkdocs'];"
        "build(root, 'warm', PreviousSite(root / 'cold', made.entries), today='2025-12-13');"
        "assert 'mkdocs' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(root)], check=True)
    assert (root / "warm" / "notices/2025/n1/index.html").is_file()
