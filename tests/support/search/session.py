"""The shipped script on the shipped page, before an index of any content."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, Page

from generator.check import Content
from generator.files import write_files
from generator.pages import BuildTime
from generator.period import parse_now
from generator.search.grams import fold
from tests.support.browser.nginx import serving
from tests.support.browser.watch import Watch, watching
from tests.support.building import make_site
from tests.support.search.corpus import Scanned, notice, scan_all, scanned, write_notices
from tests.support.search.index import index_files

AT = BuildTime(parse_now("2025-12-01"), pinned=True)
ORGANS = 12
MOST = 100
# Answers come as JSON, which crosses to Python many times faster than lists do.
_FIND = """\
async ([queries, most, filters]) => {
  const { find, fold } = window.gongkai, index = await (await fetch("index.json")).json(), answers = [];
  for (const query of queries) {
    const terms = fold(query).split(/\\s+/).filter(Boolean), found = [];
    for await (const one of find(index, terms, filters)) {
      if (one) { found.push([one.notice.id, one.places.map(place => [place.anchor, place.text])]); }
      if (found.length === most) { break; }
    }
    answers.push(found);
  }
  return JSON.stringify(answers);
}
"""

SHOWN = """\
() => [...document.querySelectorAll("#gk-hits > li")].map(item => ({
  address: item.querySelector(".gk-item__title").getAttribute("href"),
  marks: [...item.querySelectorAll("mark")].map(mark => mark.textContent),
  places: [...item.querySelectorAll(".gk-places a")].map(link => [link.getAttribute("href"), link.textContent]),
}))
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A notice that the script found: its id, and places with their anchors and texts."""

    id: str
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Search:
    """The search page of a site, and what a plain scan of its notices goes by, oldest first."""

    watch: Watch
    notices: tuple[Scanned, ...]

    def ask(self, queries: Sequence[str], most: int, **filters: str) -> list[list[Found]]:
        """Ask the shipped script, and return for each query at most so many answers in its order."""
        found = json.loads(self.watch.page.evaluate(_FIND, [list(queries), most, filters]))
        return [[Found(id_, tuple(map(tuple, places))) for id_, places in answers] for answers in found]


class Open(Protocol):
    """Opens the search page before an index of some content, made at a time."""

    def __call__(self, content: Content, at: BuildTime = AT) -> Search:
        """Open it."""


@contextmanager
def opened(browser: Browser, frame: Path, folder: Path, content: Content, at: BuildTime = AT) -> Iterator[Search]:
    """Put an index of the content at a time into a copy of the site at `frame`, serve it and open its search."""
    shutil.copytree(frame, folder / "site", ignore=shutil.ignore_patterns("*.bin"))
    assert [*write_files(folder / "site", index_files(content, at, cores=1))]
    with serving({"/": folder / "site"}, folder) as origin, watching(browser, origin) as watch:
        watch.visit("/search/")
        yield Search(watch, scanned(entry.notice for entry in content.entries))
        assert watch.complaints == []


def build_frame(root: Path) -> Path:
    """Build a site with a notice of each organ, and return its folder: its search page knows all organs."""
    write_notices(root / "content", ((f"2019/notice-{key}", notice(key, 2019, ORGANS)) for key in range(ORGANS)))
    make_site(root, root / "site", "2025-12-01")
    return root / "site"


def said(page: Page) -> str:
    """Return what the page says of a search."""
    return page.get_by_role("status").inner_text()


def compare(search: Search, asked: list[str], most: int = MOST) -> Counter[str]:
    """Hold what the script finds against a plain scan, notice by notice and place by place; count what was compared."""
    told: Counter[str] = Counter()
    by_id = {one.id: one for one in search.notices}
    for query, found in zip(asked, search.ask(asked, most), strict=True):
        assert [one.id for one in found] == scan_all(search.notices, query)[:most], query
        terms = fold(query).split()
        told["queries"] += 1
        told["hits"] += len(found)
        for one in found:
            _, *below = by_id[one.id].lines
            held = [line for line in below if any(term in line for term in terms)]
            places = [fold(text) for _, text in one.places]
            assert len(places) == min(3, len(held)), query
            assert places == held[:3] or (len(terms) > 1 and set(places) <= set(held)), query
            told["places"] += len(places)
    return told


def data_of(**more: Any) -> dict[str, Any]:
    """Return a small notice with other keys replaced."""
    return {
        "格式": "1",
        "标题": "中共示例市示例局委员会关于巡察整改情况的通报",
        "单位": "organ-1",
        "公开期限": {"开始": "2025-11-20", "结束": "2025-12-19"},
        "正文": {"段落": ["现将整改情况予以公布。"]},
        "落款": ["中共示例市示例局委员会", "2025年11月20日"],
        **more,
    }
