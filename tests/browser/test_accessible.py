"""axe-core finds nothing on any state of any page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.measuring import UNFOLD
from tests.browser.watching import watching
from tests.conftest import Serve
from tests.shots.camera import SIZES, Camera, camera, choose
from tests.shots.states import STATES

# Width, scheme, and what the reader chose in the header.
LOOKS: tuple[tuple[int, Literal["light", "dark"], str], ...] = (
    *((width, "light", "") for width in SIZES),
    *((width, "dark", "") for width in SIZES),
    (320, "light", "large"),
    (360, "dark", "large"),
    (1280, "light", "large"),
    (320, "light", "contrast"),
    (1280, "dark", "contrast"),
)
_RUN = """\
() => axe.run({
  rules: Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, { enabled: true }])),
  resultTypes: ["violations"],
}).then(({ violations, passes }) => ({ violations, passed: passes.length }))
"""


@pytest.fixture(scope="module")
def taking(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Camera]:
    with camera(browser, tmp_path_factory.mktemp("unused"), STATES) as opened:
        yield opened


def violations(page: Page, axe: str) -> list[str]:
    """Run every rule of axe, best practices, experimental and AAA ones among them, in every look; none is left out."""
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    found = []
    for width, scheme, choice in LOOKS:
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        page.emulate_media(color_scheme=scheme)
        if choice:
            assert choose(page, choice)
        result: dict[str, Any] = page.evaluate(_RUN)
        if choice:
            choose(page, choice)
        assert result["passed"] > 20
        found += [
            f"{width} {scheme} {choice} {violation['id']} {node['target']}: {node['failureSummary']}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
    return found


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(taking: Camera, axe: str, state: str) -> None:
    with taking.before(state, 1280) as page:
        assert violations(page, axe) == []


def test_axe_finds_nothing_on_the_demo(browser: Browser, serve: Serve, demo: Path, axe: str) -> None:
    """The demo says on each page that it is one."""
    with watching(browser, serve({"/xcgk/": demo})) as watch:
        page = watch.visit("/xcgk/")
        assert page.locator(".gk-notebar").is_visible()
        assert violations(page, axe) == []


def test_axe_is_not_blind(taking: Camera, axe: str) -> None:
    """A picture without words, and words that hardly show, are found in every look."""
    with taking.before("open", 1280) as page:
        page.evaluate("""
          const article = document.querySelector("article");
          article.insertAdjacentHTML("beforeend", "<img src='data:,'><p class='faint'>看不清</p>");
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(".faint { color: #777; background: #888; }");
          document.adoptedStyleSheets = [sheet];
        """)
        found = violations(page, axe)
    assert sum("image-alt" in one for one in found) == len(LOOKS)
    assert sum("color-contrast " in one for one in found) == len(LOOKS)
