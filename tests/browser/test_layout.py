"""Where things stand on a page: the text near, what is beside it, one width, the way back to the top."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS, PAGES, status
from tests.support.browser.watch import Watch, watching
from tests.support.readiness import wait_until

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
# Notices with a text, by whether they tell the progress of each finding.
PROGRESS = ["open-with-progress", "closed-with-outcome"]
PLAIN = ["open", "before", "closed-with-corrections", "extended", "withdrawn"]
# Above this a reader on a phone has begun to read within two screens.
NEAR = 1400
_TOP = "element => element.getBoundingClientRect().top + scrollY"
_EDGES = """\
() => [".gk-header__bar", ".gk-above", "#main .gk-main", ".gk-aside, .gk-rail", ".gk-footer__inner"].map(name => {
  const element = document.querySelector(name);
  if (!element) { return null; }
  const { left, right } = element.getBoundingClientRect();
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return [left + parseFloat(paddingLeft), right - parseFloat(paddingRight)].map(Math.round);
})
"""
# What reaches over the column of the text, but for what scrolls in a box of its own.
_OUTSIDE = """\
() => [...document.querySelectorAll("#main .gk-main *")].filter(element => {
  const { right, width } = element.getBoundingClientRect(), column = element.closest(".gk-main");
  return width && !element.closest(".gk-scroll, .gk-hidden") && right > column.getBoundingClientRect().right + 1;
}).map(element => `${element.localName}.${element.className}`)
"""
_MARKED = """\
() => [...document.querySelectorAll(".gk-rail [aria-current=location]")].map(link => {
  const rail = link.closest(".gk-rail").getBoundingClientRect(), own = link.getBoundingClientRect();
  return [link.hash, own.top >= rail.top - 1 && own.bottom <= rail.bottom + 1 && rail.top >= 0];
})
"""


@pytest.fixture(scope="module")
def watch(browser: Browser, serve: Serve, demo: Path) -> Iterator[Watch]:
    with watching(browser, serve({"/xcgk/": demo})) as opened:
        yield opened
    assert opened.complaints == []


def visit(watch: Watch, kind: str, window: ViewportSize) -> Page:
    watch.page.set_viewport_size(window)
    return watch.visit(f"/xcgk/{PAGES[kind]}", status(kind))


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", [*PROGRESS, *PLAIN])
def test_the_first_screen_leads_to_the_text(watch: Watch, kind: str, window: ViewportSize) -> None:
    """In every state of a notice one link is in sight at once, and it ends where the text begins."""
    page = visit(watch, kind, window)
    link = page.get_by_role("link", name="看全文", exact=True)
    box = link.bounding_box()
    assert box is not None
    assert 0 < box["y"] < box["y"] + box["height"] < window["height"]
    link.click()
    title = page.get_by_role("heading", name="通报全文")
    assert 0 <= title.evaluate("heading => heading.getBoundingClientRect().top") < 50


def test_without_a_text_nothing_leads_there(watch: Watch) -> None:
    page = visit(watch, "removed", PHONE)
    assert page.get_by_role("link", name="看全文").count() == 0


@pytest.mark.parametrize("kind", PLAIN)
def test_without_progress_the_list_of_sections_is_folded(watch: Watch, kind: str) -> None:
    """On a phone the text begins within two screens; beside the rail, which has the sections, no list stands again."""
    page = visit(watch, kind, PHONE)
    assert page.locator(".gk-toc").is_hidden()
    assert page.locator("#text").evaluate(_TOP) < NEAR
    page.locator(".gk-fold > summary").click()
    assert page.locator(".gk-toc").is_visible()
    page = visit(watch, kind, DESK)
    assert page.locator(".gk-rail").is_visible()
    assert page.locator(".gk-toc").is_hidden()
    # Findings the rail does not list.
    assert page.locator(".gk-fold").is_visible() == (page.locator(".gk-toc__finding").count() > 0)


@pytest.mark.parametrize("kind", PROGRESS)
def test_progress_is_told_at_once(watch: Watch, kind: str) -> None:
    assert visit(watch, kind, PHONE).locator(".gk-toc").is_visible()


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_the_fills_of_the_bar_keep_their_shape(watch: Watch, window: ViewportSize) -> None:
    """However long the bar is, nothing in it is stretched; its shares fill it from end to end."""
    page = visit(watch, "open-with-progress", window)
    scales = page.locator(".gk-shares svg").evaluate_all(
        "all => all.map(svg => svg.getScreenCTM()).map(({ a, b, c, d }) => [a, b, c, d])"
    )
    assert len(scales) > 1
    assert all(scale == [1, 0, 0, 1] for scale in scales)
    bar, *shares = page.locator(".gk-shares, .gk-shares svg").evaluate_all(
        "all => all.map(svg => svg.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert shares[0][0] == pytest.approx(bar[0], abs=1)
    assert shares[-1][1] == pytest.approx(bar[1], abs=1)


def marked(page: Page) -> list[list[Any]]:
    """Return what the rail marks: where it leads, and whether that is in sight."""
    found: list[list[Any]] = page.evaluate(_MARKED)
    return found


def comes_to_mark(page: Page, anchor: str) -> bool:
    """Wait until the rail marks this place alone, in sight; browsers tell of what passes a line when they paint."""
    return wait_until(lambda: marked(page) == [[anchor, True]])


def test_the_rail_marks_the_place(watch: Watch) -> None:
    """Wherever the reader jumps or scrolls, the last heading passed is marked, and in sight within the rail."""
    page = visit(watch, "open-with-progress", {"width": 1280, "height": 500})
    hashes = page.locator(".gk-rail li > a").evaluate_all("all => all.map(link => link.hash)")
    assert len(hashes) > 10
    for anchor in (hashes[-2], hashes[3], hashes[-1], hashes[1], hashes[9]):
        page.locator(f".gk-rail li > a[href='{anchor}']").click()
        assert comes_to_mark(page, anchor), (anchor, marked(page))
    page.evaluate("scrollTo(0, document.querySelector('#p2-s3').getBoundingClientRect().top + scrollY - 400)")
    assert comes_to_mark(page, "#p2-s2"), marked(page)


def test_the_rail_follows_without_script(browser: Browser, serve: Serve, demo: Path) -> None:
    with watching(browser, serve({"/xcgk/": demo}), viewport=DESK, java_script_enabled=False) as watch:
        page = watch.page
        page.goto(f"{watch.origin}/xcgk/{KINDS['open-with-progress']}#p2-s5")
        box = page.locator(".gk-rail").bounding_box()
        assert box is not None
        assert 0 <= box["y"] < box["y"] + box["height"] <= DESK["height"]


@pytest.mark.parametrize("kind", [*PROGRESS, *PLAIN])
def test_ways_lead_back_to_the_top(watch: Watch, kind: str) -> None:
    """On a phone one at the end and some in a long text; on a desk the rail has it, and on paper there is none."""
    page = visit(watch, kind, PHONE)
    ways = page.get_by_role("link", name="回到页首")
    tops = [0, *ways.evaluate_all(f"all => all.map({_TOP})")]
    assert len(tops) > (3 if kind == "open-with-progress" else 1)
    ways.last.click()
    assert page.evaluate("scrollY") < 200
    page.set_viewport_size(DESK)
    assert ways.count() == 1
    page.emulate_media(media="print")
    assert ways.count() == 0
    page.emulate_media(media="screen")


@pytest.mark.parametrize("kind", [kind for kind in PAGES if kind not in {"home", "missing"}])
def test_every_page_has_the_same_columns(watch: Watch, kind: str) -> None:
    """On a desk: a column of 45 rem on the left edge of header and footer, and one that ends on their right edge."""
    page = visit(watch, kind, DESK)
    header, above, main, beside, footer = page.evaluate(_EDGES)
    assert main == [above[0], above[0] + 720]
    assert header == footer == [main[0], main[0] + 1072]
    assert page.evaluate(_OUTSIDE) == []
    # A text that is gone leaves nothing to list but what is beside it in any case.
    assert beside is None or beside[1] == header[1]
    assert beside is not None or kind == "removed"
