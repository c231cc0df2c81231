"""The shipped script on the shipped page, before an index of any content."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from generator.check import Content
from generator.files import write_files
from generator.pages import BuildTime
from generator.period import parse_now
from generator.search import index_files
from tests.support.browser.nginx import serving
from tests.support.browser.watch import Watch, watching
from tests.support.search.corpus import Scanned, scanned

AT = BuildTime(parse_now("2025-12-01"), pinned=True)
ORGANS = 12
# Years that are read whole, the smallest that is looked up, and larger ones.
YEARS = {2015: 3, 2016: 10, 2017: 11, 2018: 276, 2019: 700}
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


Open = Callable[[Content], Search]


@contextmanager
def opened(browser: Browser, frame: Path, folder: Path, content: Content) -> Iterator[Search]:
    """Put an index of the content into a copy of the site at `frame`, below `folder`, serve it and open its search."""
    shutil.copytree(frame, folder / "site", ignore=shutil.ignore_patterns("*.bin"))
    assert [*write_files(folder / "site", index_files(content, AT, cores=1))]
    with serving({"/": folder / "site"}, folder) as origin, watching(browser, origin) as watch:
        watch.visit("/search/")
        yield Search(watch, scanned(entry.notice for entry in content.entries))
        assert watch.complaints == []


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
