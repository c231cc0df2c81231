"""Every hostile text in every place that staff can write in: it stands on the page, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.browser.hostile import ACTING, STRINGS, stand_in, with_hostile
from tests.support.browser.hostile_content import TODAY, write_hostile
from tests.support.browser.nginx import Serve
from tests.support.browser.watch import VERBATIM, Watch, watching
from tests.support.building import make_site

STAND_INS = tuple(stand_in(number, text) for number, text in enumerate(STRINGS))
# What parts lines and cells in the bare text.
_BETWEEN = str.maketrans("", "", "\n\t")
LISTS = ("", "archive/", "archive/2025/", "organs/", "notices/2025/withdrawn/", "404.html")
# All there is in a document, elements in order, attributes, own text, but for the fingerprint and what a number dials.
# Elements that only set a text, where it has certain marks or words, are taken out first, and the scripts' own classes;
# so are the ways back to the top, of which a longer text has more.
# As JSON, which crosses to Python many times faster than lists do.
_CONTENT = """\
document => (
document.querySelectorAll(".gk-bound, .gk-long, .gk-longish, .gk-longest, .gk-measure > b, wbr").forEach(
  set => set.replaceWith(...set.childNodes)
),
document.querySelectorAll(".gk-text > .gk-up").forEach(way => way.remove()),
document.body.normalize(),
document.documentElement.classList.remove("gk-js", "gk-prints"),
JSON.stringify([...document.querySelectorAll("*")].map(element => [
  element.localName,
  [...element.attributes].filter(({ value }) => !value.startsWith("tel:")).map(({ name, value }) => `${name}=${value}`),
  [...element.childNodes].filter(node => node.nodeType !== Node.ELEMENT_NODE && !element.matches(".gk-code"))
    .map(node => [node.nodeType, node.data]),
])))
"""
_FETCHED = f"""\
async address => ({_CONTENT})(new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html"))
"""


@dataclass(frozen=True, slots=True)
class Twins:
    """The hostile site under watch, and its twin: the same content with plain words for each hostile text."""

    watch: Watch
    plain: Watch

    def difference(self, address: str) -> str:
        """Show where the page that is open differs from its twin once plain words are replaced; "" where nowhere."""
        hostile = json.loads(self.watch.page.evaluate(f"({_CONTENT})(document)"))
        expected = _with_hostile(json.loads(self.plain.page.evaluate(_FETCHED, f"/{address}")))
        for found, wanted in zip(hostile, expected, strict=False):
            if found != wanted:
                return f"{found} is not {wanted}"[:2000]
        return "" if len(hostile) == len(expected) else f"{len(hostile)} elements, not {len(expected)}"


def _with_hostile(content: Any) -> Any:
    if isinstance(content, list):
        return [_with_hostile(item) for item in content]
    if isinstance(content, str):
        return with_hostile(content)
    return content


@pytest.fixture(scope="module")
def twins(browser: Browser, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    sites = {}
    for name, texts in (("hostile", STRINGS), ("plain", STAND_INS)):
        root = tmp_path_factory.mktemp(name)
        write_hostile(root, texts)
        make_site(root, root / "site", TODAY)
        sites[name] = root / "site"
    with (
        watching(browser, serve({"/": sites["hostile"]})) as watch,
        watching(browser, serve({"/": sites["plain"]})) as plain,
    ):
        plain.visit("/404.html")
        yield Twins(watch, plain)


@pytest.mark.parametrize("address", [*LISTS, *(f"organs/organ-{number}/" for number in range(len(ACTING)))])
def test_lists_and_organs_hold_the_texts_and_nothing_else(twins: Twins, address: str) -> None:
    """Element by element, attribute by attribute, letter by letter a page equals its twin; nothing ran."""
    twins.watch.visit(f"/{address}")
    assert twins.difference(address) == ""
    assert twins.watch.complaints == []


@pytest.mark.parametrize("number", range(len(STRINGS)), ids=lambda number: f"{number}-{STRINGS[number][:12]!a}")
def test_a_notice_holds_the_text_and_nothing_else(twins: Twins, number: int) -> None:
    """As for lists; and the notice's own text is its bare text, but for what parts lines and cells there."""
    twins.watch.visit(f"/notices/2025/n-{number}/")
    assert twins.difference(f"notices/2025/n-{number}/") == ""
    verbatim = "".join(twins.watch.page.evaluate(VERBATIM))
    assert verbatim.count(STRINGS[number]) > 25
    bare: str = twins.watch.page.evaluate("fetch('notice.txt').then(answer => answer.text())")
    assert verbatim.translate(_BETWEEN) == bare.translate(_BETWEEN)
    assert twins.watch.complaints == []


@pytest.mark.parametrize(
    "change",
    [
        "document.querySelector('h1').append(document.createElement('i'))",
        "document.querySelector('h1').title = ''",
        "document.querySelector('h1').append('.')",
        "document.querySelector('h1').append(document.createComment(''))",
        "document.querySelector('title').text += ' '",
    ],
)
def test_the_comparison_is_not_blind(twins: Twins, change: str) -> None:
    """One element, attribute, letter or comment more is a difference."""
    page = twins.watch.visit("/notices/2025/n-0/")
    assert twins.difference("notices/2025/n-0/") == ""
    page.evaluate(change)
    assert twins.difference("notices/2025/n-0/") != ""
