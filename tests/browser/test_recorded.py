"""A notice with versions, an earlier version, a proof and the archive page, as every reader meets them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_reflow import WINDOWS, Measured, measure
from tests.support.archive.story import publish
from tests.support.browser.axe import Axe
from tests.support.browser.nginx import Serve
from tests.support.browser.watch import watching
from tests.support.program import ROOT
from tests.support.records.publications import record_past

NOTICE = "notices/2025/shili-library/"
KINDS = {
    "notice": NOTICE,
    "earlier version": f"{NOTICE}v1/",
    "proof": f"{NOTICE}proof/",
    "archive": "archive/",
    "removed version": "notices/2025/shili-school-draft/proof/",
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish the demo, which had been published day by day, as it was before the library's corrections."""
    root = tmp_path_factory.mktemp("recorded")
    shutil.copytree(ROOT / "content", root / "content")
    site = root / "content/site.yml"
    site.write_text(re.sub("(?m)^示例日期.*\n", "", site.read_text("utf-8")), encoding="utf-8")
    library = root / "content/notices/2025/shili-library.yml"
    now = library.read_text("utf-8")
    library.write_text(now.partition("更正:")[0].replace("12天", "10天"), encoding="utf-8")
    record_past(root, "2025-11-30 09:00")
    library.write_text(now, encoding="utf-8")
    publish(root, root / "site", "2025-12-01 09:00")
    return root / "site"


@pytest.mark.parametrize("kind", ["notice", "earlier version", "proof"])
def test_what_may_have_to_be_shown_on_paper_has_a_button_for_it(
    browser: Browser, serve: Serve, recorded: Path, kind: str
) -> None:
    """Without script there is none."""
    origin = serve({"/xcgk/": recorded})
    for script in (True, False):
        with watching(browser, origin, java_script_enabled=script) as watch:
            page = watch.visit(f"/xcgk/{KINDS[kind]}")
            assert page.get_by_role("button", name="打印").count() == script
            assert watch.complaints == []


@pytest.fixture(scope="module")
def measured(browser: Browser, serve: Serve, recorded: Path) -> dict[str, Measured]:
    """Measure each of the pages."""
    with watching(browser, serve({"/xcgk/": recorded})) as watch:
        found = {kind: measure(watch, f"/xcgk/{address}") for kind, address in KINDS.items()}
    assert watch.complaints == []
    return found


@pytest.mark.parametrize("type_", ["plain", "large", "spaced"])
def test_all_words_are_whole_in_every_window(measured: dict[str, Measured], type_: str) -> None:
    for width, _ in WINDOWS:
        faults = {kind: page.words[type_, width].faults for kind, page in measured.items()}
        assert {kind: found for kind, found in faults.items() if found} == {}, width
        lost = {kind: page.lost(type_, width) for kind, page in measured.items() if width < 1000}
        assert {kind: words for kind, words in lost.items() if words} == {}, width


@pytest.mark.parametrize("width", [360, 1280])
def test_every_target_is_large_enough(measured: dict[str, Measured], width: int) -> None:
    assert {kind: page.targets[width][1] for kind, page in measured.items() if page.targets[width][1]} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(kind: str, browser: Browser, serve: Serve, recorded: Path, axe: Axe) -> None:
    with watching(browser, serve({"/xcgk/": recorded})) as watch:
        assert axe.violations(watch.visit(f"/xcgk/{KINDS[kind]}")) == []


def test_what_changed_is_heard_and_seen(browser: Browser, serve: Serve, recorded: Path) -> None:
    """Neither colour nor a line alone says what went and what came."""
    with watching(browser, serve({"/xcgk/": recorded})) as watch:
        page = watch.visit(f"/xcgk/{NOTICE}")
        assert page.locator("#events").inner_text() == "版本和改动"
        gone, new = page.locator(".gk-changes del").first, page.locator(".gk-changes ins").first
        assert gone.text_content() == "删去“10”"
        assert new.text_content() == "写上“12”"
        for element, line in ((gone, "line-through"), (new, "underline")):
            assert line in element.evaluate("node => getComputedStyle(node).textDecorationLine")
        page.get_by_role("link", name="看第 1 版的全文").click()
        assert page.get_by_text("这是旧版本（第 1 版）").is_visible()
        assert page.locator('meta[name="robots"]').get_attribute("content") == "noindex"


def test_search_finds_the_newest_version_alone(browser: Browser, serve: Serve, recorded: Path) -> None:
    with watching(browser, serve({"/xcgk/": recorded})) as watch:
        page = watch.visit("/xcgk/search/?q=缩短到")
        page.wait_for_selector("mark")
        assert "缩短到12天" in page.locator("#main").inner_text()
        assert "缩短到10天" not in page.locator("#main").inner_text()
