"""A whole notice from its plain text to the screen of a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser.nginx import Serve
from tests.support.browser.watch import VERBATIM, Watch, watching
from tests.support.samples import CHARACTERS, Imported


@pytest.fixture(scope="module")
def watch(browser: Browser, serve: Serve, imported: Imported) -> Iterator[Watch]:
    """Open the sample's page on a small phone."""
    origin = serve({"/": imported.root / "site"})
    with watching(browser, origin, viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True) as opened:
        opened.visit(f"/notices/{imported.id}/")
        yield opened


def characters(text: str) -> list[str]:
    """Return all that is not blank, in order."""
    return [char for char in text if not char.isspace()]


def test_every_character_stands_on_the_page_in_order(imported: Imported, watch: Watch) -> None:
    """None missing, none added: source, `gongkai text`, notice.txt and what Chromium holds are the same."""
    source = characters(imported.sample.text())
    assert len(source) == CHARACTERS
    assert characters(imported.text) == source
    beside = imported.root / "site" / "notices" / imported.id / "notice.txt"
    assert beside.read_text(encoding="utf-8") == imported.text
    verbatim: list[str] = watch.page.evaluate(VERBATIM)
    assert characters("".join(verbatim)) == source
    assert watch.complaints == []


def test_its_parts_are_counted(imported: Imported) -> None:
    """Three parts, seven sections, 32 findings, 59 measures in 23 of them; the period counted both ways."""
    assert "3 个部分，7 个小节，32 个问题，59 条措施（在 23 个问题里）" in imported.imported
    assert "共 22 天，工作日含首日 16 个、不含首日 15 个" in imported.imported


def test_the_page_has_its_outline(watch: Watch) -> None:
    """Headings of the text: a part is level 3, a section 4, a finding 5; the sections with findings hold all 32."""
    text = watch.page.locator(".gk-text")
    assert text.locator("h3").count() == 3
    assert text.locator("h5").count() == 32
    assert text.locator("p.gk-measure").count() == 59
    findings = text.locator("h5").evaluate_all("all => all.map(heading => heading.id.replace(/-f[0-9]+$/, ''))")
    assert len(set(findings)) == 7
    figures = watch.page.locator(".gk-figures").inner_text()
    # Nine findings tell their measures in prose, so the page states no number of measures.
    assert re.findall(r"[0-9]+", figures) == ["7", "32"]


def test_the_lost_numbers_are_reported_and_left(imported: Imported) -> None:
    """Two first-level headings lost their number and the third kept it: a warning, no mending."""
    assert "[number-missing]" in imported.checked
    assert "没有错误" in imported.checked


def test_the_first_screen_of_a_phone_answers(imported: Imported, watch: Watch) -> None:
    """At 360 by 640 pixels without scrolling: is it open, until when, whom do I call and at what hours."""
    page, sample = watch.page, imported.sample
    assert page.evaluate("scrollY") == 0
    box = page.locator("#comment")
    call = box.locator(f"a[href='tel:{sample.phone.replace('-', '')}']")
    for answer in (
        box.get_by_text("公开中", exact=True),
        box.get_by_text(f"还剩 {sample.workdays_left} 个工作日"),
        box.get_by_text(f"含12月1日当天，连休息日 {sample.days_left} 天"),
        box.get_by_text(f"{sample.last_day} 23:59 截止"),
        call,
        call.get_by_text(sample.phone),
        box.get_by_text("工作日 9:00 至 17:00"),
    ):
        assert answer.count() == 1
        assert is_on_screen(page, answer.bounding_box()), answer
    height = call.bounding_box()
    assert height is not None
    assert height["height"] >= 60


def is_on_screen(page: Page, box: object) -> bool:
    """Say whether a box lies wholly within the window."""
    assert isinstance(box, dict)
    assert page.viewport_size is not None
    across = box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    return bool(across and box["y"] >= 0 and box["y"] + box["height"] <= page.viewport_size["height"])
