"""axe-core finds nothing on any kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BuildDemo, Serve
from tests.browser.kinds import KINDS, status
from tests.browser.watching import Watch, watching

SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
_RUN = """\
() => axe.run({ rules: Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, { enabled: true }])) })
"""


@pytest.fixture(scope="module")
def site(build_demo: BuildDemo) -> Path:
    return build_demo("https://www.example.com/")


@pytest.fixture(scope="module")
def watch(browser: Browser, serve: Serve, site: Path) -> Iterator[Watch]:
    with watching(browser, serve({"/": site})) as opened:
        yield opened


def violations(page: Page, axe: str) -> list[str]:
    """Run every rule of axe at both widths in both schemes, with all lists unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    page.evaluate(axe)
    found = []
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            result: dict[str, Any] = page.evaluate(_RUN)
            assert len(result["passes"]) > 10
            found += [
                f"{size['width']} {scheme} {violation['id']} {node['target']}: {node['failureSummary']}"
                for violation in result["violations"]
                for node in violation["nodes"]
            ]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(watch: Watch, axe: str, kind: str) -> None:
    """Every rule of axe-core, best practices, experimental and AAA ones among them, on a page as nginx serves it."""
    page = watch.visit(f"/{KINDS[kind]}", status(kind))
    assert violations(page, axe) == []
