"""The header leads to the search and to all notices, whatever the window and whatever the reader chose in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import PAGES, status
from tests.support.browser.watch import Watch, watching

# From a window of 1280 px at 400 % over phones and tablets, and beside each width at which the layout changes.
WIDTHS = (320, 360, 375, 393, 414, 479, 480, 600, 639, 640, 768, 831, 832, 900, 1023, 1024, 1120, 1280)
CHOICES: tuple[tuple[str, ...], ...] = ((), ("gk-large",), ("gk-contrast",), ("gk-large", "gk-contrast"))
KINDS = ("home", "open", "archive", "search", "about", "missing")
# What of the two is not to be seen, whole and above all else, or is smaller than a finger needs.
MISSED = """\
() => ["搜索", "全部通报"].filter(words => {
  const ways = [...document.querySelectorAll(".gk-header a, .gk-header button")];
  return ways.filter(way => way.textContent === words).filter(way => {
    const { left, right, top, bottom } = way.getBoundingClientRect();
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return there === way && left >= 0 && right <= innerWidth && right - left >= 44 && bottom - top >= 43.9;
  }).length !== 1;
})
"""


@pytest.fixture(scope="module")
def watches(browser: Browser, serve: Serve, demo: Path) -> Iterator[dict[str, Watch]]:
    origin = serve({"/xcgk/": demo})
    with ExitStack() as stack:
        opened = {
            "script": stack.enter_context(watching(browser, origin)),
            "no script": stack.enter_context(watching(browser, origin, java_script_enabled=False)),
        }
        yield opened
    assert all(watch.complaints == [] for watch in opened.values())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("script", ["script", "no script"])
def test_search_and_all_notices_are_in_the_header(watches: dict[str, Watch], script: str, kind: str) -> None:
    """Once each, with room for a finger: large type and high contrast take neither away, nor does a small window."""
    page = watches[script].visit(f"/xcgk/{PAGES[kind]}", status(kind))
    missed = []
    for choice in CHOICES:
        for box in ("gk-large", "gk-contrast"):
            page.locator(f"#{box}").set_checked(box in choice, force=True)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            missed += [f"{width} {'+'.join(choice)}: {words}" for words in page.evaluate(MISSED)]
    assert missed == []


def test_a_header_without_them_would_be_found(watches: dict[str, Watch]) -> None:
    page = watches["script"].visit(f"/xcgk/{PAGES['open']}")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(MISSED) == []
    page.evaluate("document.querySelector('.gk-nav').hidden = true")
    assert page.evaluate(MISSED) == ["搜索", "全部通报"]
