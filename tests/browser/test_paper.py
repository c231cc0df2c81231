"""On paper no heading stands alone at the foot of a sheet, wherever the sheets end."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.support.browser.nginx import Serve
from tests.support.browser.watch import Watch, watching

PAGES = ["notices/2025/shili-library/proof/", "organs/"]
# A sheet has room for 22 lines of 28 points; a heading and a line of what it heads take more than such a step.
STEPS = range(0, 22 * 28, 28)
_SPACE = """\
points => {
  const space = document.createElement("div"), sheet = new CSSStyleSheet();
  sheet.replaceSync(`#space { height: ${points}pt; }`);
  document.adoptedStyleSheets = [sheet];
  space.id = "space";
  document.querySelector("#space")?.remove();
  document.querySelector("#main").prepend(space);
}
"""
_HEADINGS = "[...document.querySelectorAll('h1, h2, h3')].map(heading => heading.textContent)"
_APART = "document.adoptedStyleSheets[0].insertRule('@media print { h2 { break-after: auto !important; } }')"


@pytest.fixture(scope="module")
def watch(browser: Browser, serve: Serve, recorded_demo: Path) -> Iterator[Watch]:
    with watching(browser, serve({"/xcgk/": recorded_demo})) as opened:
        yield opened


def plain(text: str) -> str:
    """Return a text without blanks; a PDF tells some characters by others that look the same."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def last_lines(page: Page) -> list[str]:
    """Print a page and return the last line of each sheet but the last one's, above the number of the sheet."""
    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    lines = [[line for line in map(plain, sheet.extract_text().splitlines()) if line] for sheet in sheets]
    return [next((line for line in reversed(sheet) if not line.startswith("—")), "") for sheet in lines[:-1]]


def left_alone(page: Page, *, apart: bool = False) -> set[str]:
    """Return the headings that stand last on a sheet at one of the steps by which the page is moved down."""
    headings = {plain(heading) for heading in page.evaluate(_HEADINGS)}
    found = set()
    for points in STEPS:
        page.evaluate(_SPACE, points)
        if apart:
            page.evaluate(_APART)
        found.update(headings & set(last_lines(page)))
    return found


@pytest.mark.parametrize("address", PAGES)
def test_no_heading_stands_alone_at_the_foot_of_a_sheet(watch: Watch, address: str) -> None:
    assert left_alone(watch.visit(f"/xcgk/{address}")) == set()


def test_a_heading_alone_would_be_found(watch: Watch) -> None:
    assert left_alone(watch.visit("/xcgk/organs/"), apart=True)
