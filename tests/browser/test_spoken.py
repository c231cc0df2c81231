"""What a screen reader is given: the summary box word by word, landmarks, the outline of headings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser.measurements import UNFOLD
from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS, PAGES, status
from tests.support.browser.watch import Watch, watching
from tests.support.goldens import check_golden

SPOKEN = Path(__file__).with_name("spoken")
NOTICES = [kind for kind, address in KINDS.items() if address.startswith("notices/") and kind != "missing"]


@pytest.fixture(scope="module")
def watch(browser: Browser, serve: Serve, demo: Path) -> Iterator[Watch]:
    with watching(browser, serve({"/xcgk/": demo}), viewport={"width": 360, "height": 740}) as opened:
        yield opened
    assert opened.complaints == []


@pytest.mark.parametrize("kind", ["open", "before", "closed-with-outcome", "extended"])
def test_the_summary_box_is_spoken_as_written_down(watch: Watch, kind: str) -> None:
    """Roles, names and words in the order in which they are heard."""
    page = watch.visit(f"/xcgk/{KINDS[kind]}")
    check_golden(page.locator("#comment").aria_snapshot() + "\n", SPOKEN / f"{kind}.yml")


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_its_landmarks(watch: Watch, kind: str) -> None:
    """One header, one main part, one footer; what there may be several of has names, each its own."""
    page = watch.visit(f"/xcgk/{PAGES[kind]}", status(kind))
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1, landmark
    assert page.get_by_role("main").locator("#main").count() == 1
    regions = "nav, aside, section, [role=region], [role=group]"
    name = "one.ariaLabel ?? one.ariaLabelledByElements[0].textContent"
    names = page.locator(regions).evaluate_all(f"all => all.filter(one => one.checkVisibility()).map(one => {name})")
    assert len(set(names)) == len(names) >= 2
    assert all(names)
    if kind in NOTICES:
        navigation = page.get_by_role("navigation")
        # The rail stands on wide screens only, and the list of headings is folded but where it tells the progress.
        page.evaluate(UNFOLD)
        expected = ["栏目", "所在位置", *["通报目录"] * (kind != "removed")]
        assert [each.get_attribute("aria-label") for each in navigation.all()] == expected
        page.set_viewport_size({"width": 1280, "height": 740})
        # A page without its text needs no list of what is on it.
        last = "所在位置" if kind == "removed" else "本页内容"
        assert navigation.last.get_attribute("aria-label") == last
        page.set_viewport_size({"width": 360, "height": 740})


@pytest.mark.parametrize("kind", PAGES)
def test_headings_make_an_outline(watch: Watch, kind: str) -> None:
    """One heading of the first level, before all others; none is more than one level below the one before."""
    page = watch.visit(f"/xcgk/{PAGES[kind]}", status(kind))
    levels: list[int] = page.get_by_role("heading").evaluate_all("all => all.map(one => Number(one.localName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
