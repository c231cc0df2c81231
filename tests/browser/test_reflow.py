"""Nothing is cut off, hidden, covered or too small on any page, in narrow windows and with wide or large type."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import tinycss2
from playwright.sync_api import Browser
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from tests.support.browser.measurements import SPACE, UNFOLD, Place, Words, motion, places, targets, words
from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS, PAGES, status
from tests.support.browser.watch import Watch, watching
from tests.support.theme.features import CHROME, FEATURES

DESK = (1280, 1024)
# A window of 1280 by 1024 at 400 %, as https://www.w3.org/TR/WCAG22/#reflow has it; phones; a tablet.
WINDOWS = ((320, 256), (360, 740), (768, 1024), DESK)


@dataclass(slots=True)
class Measured:
    """What was measured on a page; `words` by kind of type and window."""

    places: list[Place]
    words: dict[tuple[str, int], Words] = field(default_factory=dict)
    targets: dict[int, tuple[int, list[str]]] = field(default_factory=dict)
    motion: list[str] = field(default_factory=list)

    def lost(self, type_: str, width: int) -> list[str]:
        """Return words that are seen in a wide window and not in this one, nor in a link to the same elsewhere.

        The rail is left out: it only leads to headings of its own page.
        """
        seen = self.words[type_, width].seen
        still = {(self.places[index].words, self.places[index].href) for index in seen}
        gone = [self.places[index] for index in sorted(self.words["plain", DESK[0]].seen - seen)]
        return [place.words for place in gone if not place.in_rail and (place.words, place.href) not in still]


def measure(watch: Watch, address: str, answer: int = 200) -> Measured:
    """Visit a page once, its lists unfolded, and measure it in all windows and kinds of type."""
    page = watch.visit(address, answer)
    page.evaluate(UNFOLD)
    found = Measured(places(page), motion=motion(page))
    for type_ in ("plain", "large", "spaced"):
        if type_ == "spaced":
            page.evaluate(SPACE)
        page.locator("#gk-large").set_checked(type_ == "large", force=True)
        for width, height in WINDOWS:
            found.words[type_, width] = words(page, width, height)
            if type_ == "plain" and width in {360, 1280}:
                found.targets[width] = targets(page, width)
    return found


@pytest.fixture(scope="module")
def measured(browser: Browser, serve: Serve, demo: Path) -> dict[str, Measured]:
    """Measure every kind of page."""
    with watching(browser, serve({"/xcgk/": demo})) as watch:
        found = {kind: measure(watch, f"/xcgk/{address}", status(kind)) for kind, address in PAGES.items()}
    assert watch.complaints == []
    return found


@pytest.mark.parametrize("width", [width for width, _ in WINDOWS])
@pytest.mark.parametrize("type_", ["plain", "large", "spaced"])
def test_all_words_are_whole_and_within_the_window(measured: dict[str, Measured], type_: str, width: int) -> None:
    """Plain, large and with the spacing of WCAG 1.4.12: no sideways scroll, nothing cut off, no words on others."""
    found = {kind: page.words[type_, width].faults for kind, page in measured.items()}
    assert {kind: faults for kind, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 360, 768])
@pytest.mark.parametrize("type_", ["plain", "large", "spaced"])
def test_narrow_windows_lose_no_words(measured: dict[str, Measured], type_: str, width: int) -> None:
    """What is seen at 1280 px is seen here, but for the rail and for links that stand elsewhere on the page too."""
    assert {kind: lost for kind, page in measured.items() if (lost := page.lost(type_, width))} == {}
    assert min(len(page.words[type_, width].seen) for page in measured.values()) > 20


@pytest.mark.parametrize("width", [360, 1280])
def test_every_target_is_large_enough(measured: dict[str, Measured], width: int) -> None:
    """A finger finds 44 by 44 px of its own on each link, button, fold and switch, and 60 px on the telephone."""
    found = {kind: page.targets[width] for kind, page in measured.items()}
    assert {kind: faults for kind, (_, faults) in found.items() if faults} == {}
    assert min(number for number, _ in found.values()) > 10


def test_nothing_moves_by_itself(measured: dict[str, Measured]) -> None:
    """No transition, no animation, no smooth scrolling; nothing stays while the page scrolls but the rail."""
    assert {kind: page.motion for kind, page in measured.items() if page.motion} == {}


def test_what_these_measures_look_for_would_be_found(browser: Browser, serve: Serve, demo: Path) -> None:
    """A page with one of each fault."""
    rules = (
        "h1 { display: flex; overflow: hidden; height: .5em; }",
        ".gk-text > p:first-child { position: absolute; top: 2em; }",
        ".gk-footer dd { white-space: nowrap; width: 20px; }",
        ".gk-tool { min-height: 0; transition: color 1s; }",
        ".gk-header { position: sticky; top: 0; }",
        ".gk-crumbs { min-width: 2000px; }",
    )
    with watching(browser, serve({"/": demo}), viewport={"width": 360, "height": 740}) as watch:
        page = watch.visit(f"/{KINDS['open']}")
        page.evaluate(SPACE)
        page.evaluate("css => document.adoptedStyleSheets[0].replaceSync(css)", "".join(rules))
        faults = " ".join(words(page, 360, 740).faults)
        for fault in ("cut off: ", "cuts off: h1", " lies on ", "out of its box", "in pieces", "wider than the window"):
            assert fault in faults
        assert "大字" in " ".join(targets(page, 360)[1])
        assert {fault.split(":")[0] for fault in motion(page)} == {"transition", "sticky"}


def test_old_browsers_show_all_words(
    browser: Browser, serve: Serve, demo: Path, measured: dict[str, Measured], tmp_path: Path
) -> None:
    """Without the rules and declarations that Chrome 80 drops the same words are seen, whole."""
    site = shutil.copytree(demo, tmp_path / "site")
    sheet = site / "assets" / "gongkai.css"
    new = sheet.read_text(encoding="utf-8")
    old = aged(tinycss2.parse_stylesheet(new))
    assert ":has(" in new
    assert not any(name in old for name in (":has(", "text-wrap", "text-autospace", "focus-visible", "forced-colors"))
    assert len(old) > 0.8 * len(new)
    sheet.write_text(old, encoding="utf-8")
    with watching(browser, serve({"/xcgk/": site})) as watch:
        for kind in ("home", "open-with-progress", "closed-with-corrections", "withdrawn", "year", "search-hits"):
            page = watch.visit(f"/xcgk/{PAGES[kind]}")
            page.evaluate(UNFOLD)
            for width, height in (WINDOWS[1], DESK):
                assert words(page, width, height) == measured[kind].words["plain", width], (kind, width)
    assert watch.complaints == []


def aged(nodes: Iterable[Node]) -> str:
    """Return a sheet's rules as a browser of 2020 takes them."""
    kept = []
    for node in nodes:
        if isinstance(node, AtRule) and node.lower_at_keyword == "media":
            if not has_newer("media", tinycss2.serialize(node.prelude)):
                inner = aged(tinycss2.parse_rule_list(node.content or []))
                kept.append(f"@media {tinycss2.serialize(node.prelude)} {{ {inner} }}")
        elif isinstance(node, QualifiedRule) and not has_newer("selector", tinycss2.serialize(node.prelude)):
            declarations = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            known = (each.serialize() for each in declarations if isinstance(each, Declaration) and not is_newer(each))
            kept.append(f"{tinycss2.serialize(node.prelude)} {{ {'; '.join(known)} }}")
    return "\n".join(kept)


def has_newer(kind: str, words_: str) -> bool:
    """Say whether a prelude holds a name that Chrome 80 lacks."""
    return any(name.rstrip("()") in words_ for name, feature in FEATURES[kind].items() if feature.chrome > CHROME)


def is_newer(declaration: Declaration) -> bool:
    """Say whether Chrome 80 drops a declaration."""
    name, value = declaration.lower_name, tinycss2.serialize(declaration.value).strip()
    found = (FEATURES["property"].get(name), FEATURES["value"].get(f"{name}: {value}"))
    return any(feature is not None and feature.chrome > CHROME for feature in found)
