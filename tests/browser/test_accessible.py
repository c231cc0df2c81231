"""axe-core finds nothing on any kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from generator.check import Broken, Content
from generator.pages import broken_page, frame, moment
from generator.period import SHANGHAI
from generator.site.html import Renderer
from generator.site.places import theme_folder
from tests.browser.conftest import Serve
from tests.browser.kinds import KINDS, status
from tests.browser.watching import Watch, watching

SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_RUN = """\
() => axe.run({
  rules: Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, { enabled: true }])),
  resultTypes: ["violations"],
}).then(({ violations, passes }) => ({ violations, passed: passes.length }))
"""


@pytest.fixture(scope="module")
def watch(browser: Browser, serve: Serve, demo: Path) -> Iterator[Watch]:
    with watching(browser, serve({"/xcgk/": demo})) as opened:
        yield opened


def violations(page: Page, axe: str) -> list[str]:
    """Run every rule of axe at both widths in both schemes, with all lists unfolded; none is left out."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    page.evaluate(axe)
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            result: dict[str, Any] = page.evaluate(_RUN)
            assert result["passed"] > 20
            found += [
                f"{size['width']} {scheme} {violation['id']} {node['target']}: {node['failureSummary']}"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(watch: Watch, axe: str, kind: str) -> None:
    """Every rule of axe-core, best practices, experimental and AAA ones among them, on a page as nginx serves it."""
    page = watch.visit(f"/xcgk/{KINDS[kind]}", status(kind))
    assert violations(page, axe) == []


def test_axe_finds_nothing_on_a_page_of_problems(watch: Watch, axe: str, demo_content: Content) -> None:
    """The page that stands in a preview for a broken notice, put into the frame of a served page."""
    content = demo_content
    at = moment(None, content.site, datetime.now(SHANGHAI))
    renderer = Renderer(theme_folder(), frame(content, at), content.site, "/")
    report = "错误 content/notices/2025/a.yml 第3行第1列 [unknown-key]\n  3 | 標題: 甲\n" + "长" * 300
    pieces = renderer.render(broken_page(Broken("2025/a", "content/notices/2025/a.yml", report)))
    page = watch.visit(f"/xcgk/{KINDS['about']}")
    page.evaluate("html => { document.querySelector('.gk-page').parentElement.innerHTML = html; }", pieces["body"])
    assert page.locator("pre").text_content() == report
    assert violations(page, axe) == []
    assert watch.complaints == []
