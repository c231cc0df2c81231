"""axe-core finds nothing on any state of any page.

One state of each template in every look, the others in few; `make torture` takes every state in every look.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.shots.camera import Camera, camera
from tests.shots.states import STATES
from tests.support.browser.axe import FEW_LOOKS, LOOKS, Axe
from tests.support.browser.nginx import Serve
from tests.support.browser.watch import watching


@pytest.fixture(scope="module")
def taking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Camera]:
    with camera(browser, tmp_path_factory.mktemp("unused"), STATES) as opened:
        yield opened


IN_EVERY_LOOK = frozenset({"home", "progress", "year", "organs", "search-hits", "about"})


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(taking: Camera, axe: Axe, state: str) -> None:
    with taking.before(state, 1280) as page:
        assert axe.violations(page, LOOKS if state in IN_EVERY_LOOK else FEW_LOOKS) == []


def test_axe_finds_nothing_on_the_demo(browser: Browser, serve: Serve, demo: Path, axe: Axe) -> None:
    """The demo says on each page that it is one."""
    with watching(browser, serve({"/xcgk/": demo})) as watch:
        page = watch.visit("/xcgk/")
        assert page.locator(".gk-notebar").is_visible()
        assert axe.violations(page, FEW_LOOKS) == []


# Far from enough; enough for AA, too little for AAA, which asks less of large type; another ground beneath a text.
BLIND = {
    ".faint { color: #777 !important; background: #888 !important; }": LOOKS,
    ".faint { color: #707070 !important; background: #fff !important; }": [
        one for one in FEW_LOOKS if one[2] != "large"
    ],
    "#main :has(> p) { background: #777 !important; }": FEW_LOOKS,
}


def test_axe_is_not_blind(taking: Camera, axe: Axe) -> None:
    """A picture without words, and words that hardly show, are found in every look, on a page that was found good."""
    with taking.before("removed", 1280) as page:
        assert axe.violations(page) == []
        page.evaluate(
            """() => {
              const article = document.querySelector("article");
              article.insertAdjacentHTML("beforeend", "<img src='data:,'><p class='faint'>看不清</p>");
              document.adoptedStyleSheets = [new CSSStyleSheet()];
            }"""
        )
        for style, looks in BLIND.items():
            page.evaluate("style => document.adoptedStyleSheets[0].replaceSync(style)", style)
            found = axe.violations(page, looks)
            for width, scheme, choice in looks:
                begin = f"{width} {scheme} {choice} "
                assert [one for one in found if one.startswith(f"{begin}color-contrast-enhanced ")], begin
            assert [one for one in found if "image-alt" in one], style
