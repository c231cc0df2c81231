"""Staff Markdown: what is refused, where, and that nothing refused by nobody acts on a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.check import Content, check_content, check_markdown
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.pages import choose_build_time, frame, list_pages
from generator.period import parse_now
from tests.support.content import SmallContent

REFUSED = {
    "raw HTML": ("甲<b>乙</b>", {"markdown-html"}, (3, 2)),
    "script": ("<script>alert(1)</script>", {"markdown-html"}, (3, 1)),
    "comment": ("<!-- 甲 -->", {"markdown-html"}, (3, 1)),
    "processing instruction": ("<?php ?>", {"markdown-html"}, (3, 1)),
    "address in angle brackets": ("<https://example.com>", {"markdown-html"}, (3, 1)),
    "HTML in code": ("`<b>`", {"markdown-html"}, (3, 2)),
    "entity": ("&lt;b&gt;", {"markdown-entity"}, (3, 1)),
    "numeric entity": ("&#x3c;b", {"markdown-entity"}, (3, 1)),
    "attribute list": ("*甲*{: onclick=alert(1) }", {"markdown-attributes"}, (3, 4)),
    "attribute list with a word first": ("*甲*{ x onclick=alert(1) }", {"markdown-attributes"}, (3, 4)),
    "id": ("## 甲 {#main}", {"markdown-attributes"}, (3, 6)),
    "class": ("## 甲 { .x }", {"markdown-attributes"}, (3, 6)),
    "critic markup": ("{++甲++}", {"markdown-attributes"}, (3, 1)),
    "macro": ("{{ config }}", {"markdown-macro"}, (3, 1)),
    "macro block": ("{% include 'x' %}", {"markdown-macro"}, (3, 1)),
    "snippet": ('--8<-- "/etc/passwd"', {"markdown-snippet"}, (3, 1)),
    "entity with many noughts": (f"[点](&#{40 * '0'}106;avascript:a)", {"markdown-entity", "markdown-link"}, (3, 5)),
    "brackets without end": ("[" * 600, {"markdown-overgrown"}, (1, 1)),
    "fifty levels": (" " * 100 + "- x", {"markdown-overgrown"}, (3, 1)),
    "a list in a list": ("- " * 12 + "x", {"markdown-overgrown"}, (3, 1)),
    "mail in angle brackets": ("<1@b.cn>", {"markdown-html"}, (3, 1)),
    "snippet block": ("-8<-\n/etc/passwd\n-8<-", {"markdown-snippet"}, (3, 1)),
    "image": ("![图](a.png)", {"markdown-image"}, (3, 1)),
    "image by reference": ("![图][a]", {"markdown-image"}, (3, 1)),
    "javascript": ("[甲](javascript:alert(1))", {"markdown-link"}, (3, 5)),
    "javascript in capitals": ("[甲](JaVaScript:alert)", {"markdown-link"}, (3, 5)),
    "javascript after blanks": ("[甲](      javascript:alert)", {"markdown-link"}, (3, 9)),
    "javascript after a line break": ("[甲](\njavascript:alert)", {"markdown-link"}, (3, 5)),
    "javascript over two lines": ("[甲](java\nscript:alert)", {"markdown-link"}, (3, 5)),
    "javascript in brackets": ("[甲](<javascript:alert>)", {"markdown-html", "markdown-link"}, (3, 5)),
    "definition": ("[甲]\n\n[甲]: javascript:alert", {"markdown-link"}, (5, 6)),
    "definition in a quotation": ("[甲]\n\n> [甲]: javascript:alert", {"markdown-link"}, (5, 8)),
    "definition in a list": ("[甲]\n\n- [甲]: javascript:alert", {"markdown-link"}, (5, 8)),
    "definition with a long name": (f"[{'甲' * 300}]: javascript:alert", {"markdown-link"}, (3, 305)),
    "definition without a name": ("[]: javascript:alert", {"markdown-link"}, (3, 5)),
    "definition on the next line": ("[甲]:\njavascript:alert", {"markdown-link"}, (4, 1)),
    "data": ("[甲](data:text/html,x)", {"markdown-link"}, (3, 5)),
    "vbscript": ("[甲](vbscript:x)", {"markdown-link"}, (3, 5)),
    "file": ("[甲](file:///etc/passwd)", {"markdown-link"}, (3, 5)),
    "half an address": ("[甲](http:evil)", {"markdown-link"}, (3, 5)),
    "another host": ("[甲](//evil.example)", {"markdown-link"}, (3, 5)),
    "another host by backslashes": ("[甲](\\\\evil.example)", {"markdown-link"}, (3, 5)),
    "absolute": ("[甲](/etc/passwd)", {"markdown-link"}, (3, 5)),
    "out of the site": ("[甲](../../secret)", {"markdown-link"}, (3, 5)),
    "out of the site by a detour": ("[甲](a/b/../../../../secret)", {"markdown-link"}, (3, 5)),
    "empty link": ("[甲]()", {"markdown-link"}, (3, 5)),
    "broken address": ("[甲](http://[x)", {"markdown-link"}, (3, 5)),
    "blank in the address": ("[甲](a b)", {"markdown-link"}, (3, 5)),
}
ALLOWED = (
    "[甲](https://www.gov.cn/a?b=1&c=2#d)",
    '[甲](https://www.gov.cn/ "说明")',
    "[甲](mailto:a@example.com)、[乙](tel:110)",
    "[甲](../notices/2025/yi/)",
    "[甲][乙]\n\n[乙]: https://www.gov.cn/",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
    "1 < 2，a&b，R&D 3 > 2",
    "**重点** `代码` ~~删除~~ -- [ ] ！[甲]",
)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """Each is an error with its place, and there is no page."""
    text, codes, place = REFUSED[name]
    page, problems = check_markdown(f"# 标题\n\n{text}\n", "about.md", "about")
    assert page is None
    assert {problem.code for problem in problems} == codes
    spans = [problem.span for problem in problems if problem.span]
    assert (spans[0].line, spans[0].column) == place


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(text: str) -> None:
    page, problems = check_markdown(f"# 标题\n\n{text}\n", "about.md", "about")
    assert problems == ()
    assert page is not None
    assert (page.address, page.title, page.text) == ("about/", "标题", text)


def test_foreign_addresses_are_handed_on() -> None:
    """The audit needs to know which foreign addresses the staff themselves wrote."""
    text = "# 甲\n\n[一](https://a.example/)、[二][x]、[三](../)\n\n[x]: HTTP://b.example/c\n"
    page, _ = check_markdown(text, "about.md", "about")
    assert page is not None
    assert page.outside == {"https://a.example/", "HTTP://b.example/c"}


@pytest.mark.parametrize("first", ["", "关于本站", "## 关于本站", "#关于本站", "# ", "\n# 关于本站"])
def test_the_first_line_is_the_title(first: str) -> None:
    page, problems = check_markdown(f"{first}\n\n甲\n", "about.md", "about")
    assert page is None
    assert [(problem.code, problem.span and problem.span.line) for problem in problems] == [("markdown-title", 1)]


def test_all_problems_at_once() -> None:
    text = "没有标题\n<b>{{ x }}&lt;\n[甲](javascript:x) ![图](a)\n"
    _, problems = check_markdown(text, "about.md", "about")
    assert {problem.code for problem in problems} == {
        "markdown-title",
        "markdown-html",
        "markdown-macro",
        "markdown-entity",
        "markdown-link",
        "markdown-image",
    }


PIECES = st.sampled_from(
    [
        "[", "]", "](", "]:", "(", ")", "<", ">", "javascript:", "java", "script:", "> ", "- ", "3. ", "!", "{", "}",
        "甲", "a", '"', "'", "\\", "&", ";", "#", "//", "..", "/", "http:", "https://a.example", ":", "|", "`", "*",
        " |:-- \n|--|:-:|\n", "\n", "\n\n", " ", "    ",
    ]
)  # fmt: skip
TEXT = {"body", "p", "a", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


# What the program itself puts around a table and into a heading.
OWN = {"div": {"class": "gk-scroll", "role": "region", "tabindex": "0"}}
OWN_ATTRIBUTES = {"div": {*OWN["div"], "aria-label"}, "h2": {"id"}}


@pytest.fixture(scope="module")
def rendered(demo_content: Content) -> Callable[[str], LexborNode]:
    """Return what makes of a staff page's checked Markdown the part of the finished page that shows it."""
    at = choose_build_time("2025-12-01", demo_content.site, parse_now("2025-12-01"))
    renderer = Renderer(theme_folder(), frame(demo_content, at), demo_content.site, "/")
    (about,) = (page for page in list_pages(demo_content, at) if page.address == "about/")

    def render(text: str) -> LexborNode:
        shown = LexborHTMLParser(renderer.render(replace(about, prose=text))["body"]).css_first(".gk-prose")
        assert shown is not None
        return shown

    return render


@given(text=st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=500)
def test_whatever_passes_makes_only_harmless_elements(text: str, rendered: Callable[[str], LexborNode]) -> None:
    """A page that the check lets through holds no script, no handler, and no link but to where links may lead."""
    page, _ = check_markdown(f"# 甲\n\n{text}\n", "about.md", "about")
    if page is None or not page.text:
        return
    for node in rendered(page.text).traverse():
        if node.tag == "div" and node.attributes.get("class") != "gk-prose":
            assert node.attributes.items() >= OWN["div"].items()
        assert node.tag in TEXT | HEADINGS | TABLE | {"div"}
        own = {"class"} if node.attributes.get("class") == "gk-prose" else OWN_ATTRIBUTES.get(node.tag or "", set())
        assert node.attributes.keys() <= {"href", "title", "align", "start"} | own
        address = (node.attributes.get("href") or "").replace("\n", "").strip().lower()
        assert not address.startswith(("/", "\\")), address
        scheme = re.match(r"([a-z][a-z0-9+.-]{0,30}):", address)
        assert scheme is None or scheme[1] in {"http", "https", "mailto", "tel"}, address


def test_a_staff_page_is_a_page_of_the_site(small_content: SmallContent) -> None:
    """What is allowed comes out as text, links and tables."""
    about = "# 关于*本站*\n\n[甲](https://www.gov.cn/)\n\n1 < 2\n\n| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n"
    content = check_content(small_content({"about.md": about}) / "content").content
    assert content is not None
    at = choose_build_time("2025-12-01", content.site, parse_now("2025-12-01"))
    renderer = Renderer(theme_folder(), frame(content, at), content.site, "/")
    (page,) = (page for page in list_pages(content, at) if page.address == "about/")
    tree = LexborHTMLParser(renderer.render(page)["body"])
    heading, link = tree.css_first("h1"), tree.css_first('a[href="https://www.gov.cn/"]')
    assert heading is not None
    assert heading.text() == "关于*本站*"
    assert link is not None
    assert "1 < 2" in tree.text()
    assert [cell.attributes for cell in tree.css("td")] == [{"align": "left"}, {"align": "right"}]
