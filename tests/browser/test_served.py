"""The demo behind nginx, at the root of a host and below a path, with the policy in force."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.support.browser.measurements import UNFOLD
from tests.support.browser.nginx import Serve, fetch_status
from tests.support.browser.page_kinds import KINDS, PAGES, status
from tests.support.browser.watch import VERBATIM, watching
from tests.support.readiness import PATIENCE

ROOTS = ("/", "/xcgk/")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
_LINKS = """\
[...document.querySelectorAll("a[href]:not([href^='#'])")]
  .map(link => link.href).filter(href => href.startsWith("http"))
"""
# Characters that stand first on their line in a heading or a link, other than those that begin it.
_LINE_STARTS = """\
[...document.querySelectorAll("h1, h2, h3, h4, h5, main a, summary")].flatMap(element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (last !== null && box.width && box.left < last) { found.push(node.data[at]); }
      if (box.width) { last = box.left; }
    }
  }
  return found;
})
"""
_NEVER_FIRST = frozenset("，。、；：？！”’）》】〕…")
# Copying takes a script, so its buttons are there only with one.
_VISIBLE = """\
(document.querySelectorAll(".gk-copy").forEach(button => button.remove()), document.querySelector("#main").innerText)
"""


@pytest.fixture(scope="module")
def origins(serve: Serve, demo: Path, demo_at_root: Path) -> dict[str, str]:
    """Serve the demo once at the root of a host and once below a path, each built for its place."""
    return {"/": serve({"/": demo_at_root}), "/xcgk/": serve({"/xcgk/": demo})}


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_refused_missing_or_foreign(
    browser: Browser, origins: dict[str, str], root: str, size: dict[str, int]
) -> None:
    """On every kind of page: no request elsewhere, nothing against the policy, no error, each link answers.

    Each page names its own permanent address, and the page for missing ones none.
    """
    origin = origins[root]
    links: set[str] = set()
    with watching(browser, origin, viewport=size) as watch:
        for kind, address in PAGES.items():
            page = watch.visit(root + address, status(kind))
            assert page.locator("h1").count() == 1, kind
            links.update(page.evaluate(_LINKS))
    assert watch.complaints == []
    assert watch.requests > len(PAGES)
    own = {link for link in links if link.startswith(f"{origin}/")}
    assert links - own == {"https://beian.miit.gov.cn/"}
    assert len(own) > len(PAGES)
    assert {link: answer for link in own if (answer := fetch_status(link)) != 200} == {}


def test_the_policy_is_in_force(browser: Browser, origins: dict[str, str]) -> None:
    """What the other tests do not find would be found: an inline script, an inline style, a picture from elsewhere."""
    with watching(browser, origins["/"]) as watch:
        page = watch.visit("/")
        page.evaluate("""
          document.body.insertAdjacentHTML("beforeend", '<p style="color:red"></p><img src="http://127.0.0.2/x.png">');
          document.body.append(Object.assign(document.createElement("script"), {textContent: "window.ran = true"}));
        """)
        page.wait_for_function("window.policyViolations.length >= 3")
        assert page.evaluate("window.ran") is None
        found = {violation.split()[0] for violation in page.evaluate("window.policyViolations")}
    assert found == {"script-src-elem", "style-src-attr", "img-src"}
    assert len(watch.complaints) >= 3


def test_pages_are_complete_without_script(browser: Browser, origins: dict[str, str]) -> None:
    """A reader without JavaScript reads the same words, and the whole of each notice's text."""
    origin = origins["/xcgk/"]
    read = {}
    for javascript in (True, False):
        with watching(browser, origin, java_script_enabled=javascript, viewport=PHONE) as watch:
            for kind, address in KINDS.items():
                page = watch.page
                page.goto(f"{origin}/xcgk/{address}")
                read[kind, javascript] = (page.evaluate(_VISIBLE), page.evaluate(VERBATIM))
        assert watch.complaints == []
    for kind, address in KINDS.items():
        assert read[kind, True] == read[kind, False], kind
        assert len(read[kind, False][0]) > 30, kind
        if address.startswith("notices/") and kind not in {"missing", "removed"}:
            assert len("".join(read[kind, False][1])) > 400, kind


def test_no_line_of_a_heading_starts_with_a_closing_mark(browser: Browser, origins: dict[str, str]) -> None:
    """Headings and links break where Chinese may break, on the narrowest phones too."""
    broken = 0
    with watching(browser, origins["/"]) as watch:
        for kind, address in PAGES.items():
            page = watch.visit(f"/{address}", status(kind))
            page.evaluate(UNFOLD)
            for width in (320, 360):
                page.set_viewport_size({"width": width, "height": 640})
                starts: list[str] = page.evaluate(_LINE_STARTS)
                assert not _NEVER_FIRST.intersection(starts), (kind, width)
                broken += len(starts)
    assert broken > 50


@pytest.mark.parametrize("kind", ["open", "open-with-progress", "extended", "withdrawn"])
def test_paper_holds_the_text_and_no_countdown(browser: Browser, origins: dict[str, str], kind: str) -> None:
    """In print stand the title, the text and what keeps; what serves a screen and what is true today only do not."""
    with watching(browser, origins["/"], viewport={"width": 590, "height": 850}) as watch:
        page = watch.visit(f"/{KINDS[kind]}")
        text = [words.strip() for words in page.evaluate(VERBATIM)]
        page.emulate_media(media="print")
        printed = page.evaluate("document.body.innerText")
        assert [words for words in text if words and words not in printed.replace("\n", "")] == []
        assert "SHA-256" in printed
        assert ("撤回" in printed) == (kind == "withdrawn")
        for furniture in ("还剩", "打电话", "查了什么，改了什么", "主办单位", "演示网站", "首页"):
            assert furniture not in printed


def test_the_files_beside_a_notice_are_served_as_what_they_are(origins: dict[str, str]) -> None:
    beside = f"{origins['/xcgk/']}/xcgk/{KINDS['open']}"
    with urlopen(f"{beside}notice.json", timeout=PATIENCE) as answer:  # noqa: S310  (our own nginx)
        assert answer.headers.get_content_type() == "application/json"
        assert json.load(answer)["schema"] == "gongkai-notice-1"
    with urlopen(f"{beside}notice.txt", timeout=PATIENCE) as answer:  # noqa: S310
        assert answer.headers.get_content_charset() == "utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
