"""Lines of headings end between words, on phones and desks, in plain and large type."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.html.typography import heading
from generator.pages.blocks import escape
from tests.support.browser.headings import headings, line_ends, split_words
from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS
from tests.support.browser.watch import watching

HEADINGS = headings(300)


@pytest.fixture(scope="module")
def page(browser: Browser, serve: Serve, demo: Path) -> Iterator[Page]:
    with watching(browser, serve({"/xcgk/": demo})) as watch:
        yield watch.visit(f"/xcgk/{KINDS['open']}")


def ends_of(page: Page, width: int, *, large: bool, joints: bool = True) -> list[tuple[str, list[int]]]:
    """Return each heading with the places at which its lines end."""
    page.set_viewport_size({"width": width, "height": 740})
    page.locator("#gk-large").set_checked(large, force=True)
    htmls = [str(heading(escape(text))) for _, text in HEADINGS]
    if not joints:
        htmls = [html.replace("<wbr>", "").replace("gk-long", "gk-whole gk-long") for html in htmls]
    found = line_ends(page, [kind for kind, _ in HEADINGS], htmls)
    return [(text, ends) for (_, text), ends in zip(HEADINGS, found, strict=True)]


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_word_is_parted_by_the_end_of_a_line(page: Page, width: int, large: bool) -> None:
    """Of 300 long headings none has a word of two characters on two lines, or one or two characters on its last."""
    found = ends_of(page, width, large=large)
    assert sum(bool(ends) for _, ends in found) > 60
    parted = {text: words for text, ends in found if (words := split_words(text, ends))}
    short = {text: ends for text, ends in found if ends and len(text.rstrip("。")) - ends[-1] < 3}
    assert (parted, short) == ({}, {})


def test_without_joints_words_would_be_parted(page: Page) -> None:
    found = ends_of(page, 360, large=False, joints=False)
    assert sum(bool(split_words(text, ends)) for text, ends in found) > 60
