"""Escaped text passes through Markdown as itself: no character is lost and none becomes markup."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.check import Content, PackedNotice
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.model import Organ, Site, units
from generator.pages import PublicNotice, choose_build_time, escape, frame, notice_page
from generator.pages import markdown as markdown_of
from generator.pages.blocks import blocks_of
from generator.period import SHANGHAI, parse_now
from generator.read import forbidden
from tests.support.hostile import ALL
from tests.support.pages import content, notice
from tests.support.typography import ADDED

# What Material recommends, but for smartsymbols, which takes the bare letters of "1st" for an ordinal.
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details",
    "pymdownx.emoji", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink",
    "pymdownx.mark", "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist",
    "pymdownx.tilde", "sane_lists",
]  # fmt: skip
PLACES = {
    "paragraph": "{}",
    "heading": "### {} {{: #x }}",
    "list item": "- {}",
    "cell": "| {} | b |\n| --- | --- |\n| c | d |",
    "cell below": "| a | b |\n| --- | --- |\n| c | {} |",
    "link": "- [{}](../x/)，甲",
    "after a paragraph": "甲\n\n{}\n\n乙",
}
_PLACE = re.compile(r' id="(?:[psf0-9-]{1,40}-)?n[0-9]{1,4}"')
_TYPOGRAPHY = re.compile(ADDED + "|<b>(?=[一二三四五六七八九十]{1,3}是</b>)|(?<=是)</b>")
CONVERTER = markdown.Markdown(extensions=EXTENSIONS)
FORMS = {name: CONVERTER.reset().convert(form.format("甲")) for name, form in PLACES.items()}
PIECES = st.sampled_from(
    ["<b>", "](", "{:", "}", "--8<--", "](javascript:", "1.", "# ", "  ", "\t", "&#", ";", "|", "`", "甲"]
)
LINES = (
    st.lists(st.one_of(PIECES, st.text(st.characters(codec="utf-8"), max_size=6)), min_size=1, max_size=8)
    .map("".join)
    .filter(lambda text: "\n" not in text and not any(forbidden(text)))
    .map(str.strip)
    .filter(bool)
)


def converted(place: str, text: str) -> LexborNode:
    body = LexborHTMLParser(CONVERTER.reset().convert(PLACES[place].format(escape(text)))).body
    assert body is not None
    return body


def shape(body: LexborNode) -> list[tuple[str | None, list[str]]]:
    """Return the elements of a piece of HTML with the names of their attributes."""
    return [(node.tag, sorted(node.attributes)) for node in body.traverse()]


def assert_is_itself(place: str, text: str) -> None:
    """Compare with the same form around a harmless word: same elements, and the text in the word's place."""
    plain, body = LexborHTMLParser(FORMS[place]).body, converted(place, text)
    assert plain is not None
    assert shape(body) == shape(plain)
    before, after = plain.text().split("甲", 1) if place != "after a paragraph" else ("甲\n", "\n乙")
    assert body.text().strip("\n") == f"{before}{text}{after}".strip("\n")


@given(place=st.sampled_from(sorted(PLACES)), text=LINES)
@settings(max_examples=250)
def test_any_line_comes_back_as_itself(place: str, text: str) -> None:
    assert_is_itself(place, text)


@pytest.mark.parametrize("place", sorted(PLACES))
def test_hostile_lines_come_back_as_themselves(place: str) -> None:
    for text in ALL:
        assert_is_itself(place, text)


@given(text=LINES)
def test_escaped_text_is_html_as_well(text: str) -> None:
    """It stands for itself in an element and in an attribute."""
    escaped = escape(text)
    node = LexborHTMLParser(f'<p title="{escaped}">{escaped}</p>').css_first("p")
    assert node is not None
    assert node.text() == text
    assert node.attributes == {"title": text}
    assert [child.tag for child in node.traverse()] == ["p"]


def plain(html: str) -> str:
    """Take out the elements that only set a text, and places of what is no heading: Markdown has neither."""
    return _PLACE.sub("", _TYPOGRAPHY.sub("", html))


def flat(html: str) -> list[tuple[str | None, str | None, str]]:
    """Return elements with id and own text, classes and marks aside."""
    body = LexborHTMLParser(html).body
    assert body is not None
    nodes = (node for node in body.traverse() if node.tag != "div")
    return [(node.tag, node.attributes.get("id"), node.text(deep=False).strip("\n")) for node in nodes]


def test_skeletons_filled_in_are_the_whole_page_converted(demo_content: Content) -> None:
    """What our pages show is what Markdown makes of the page as a whole."""
    at = choose_build_time("2026-06-01", demo_content.site, parse_now("2026-06-01").astimezone(SHANGHAI))
    renderer = Renderer(theme_folder(), frame(demo_content, at), demo_content.site, "/")
    compared = 0
    for entry in demo_content.entries:
        page, _ = notice_page(PublicNotice.of(entry, demo_content.organs, demo_content.site, at.now))
        whole = markdown.markdown(markdown_of(page.blocks), extensions=["attr_list", "tables"])
        quick = plain(renderer.text(page.blocks))
        assert flat(quick) == flat(whole)
        ours = re.sub(r'<div class="gk-scroll"[^>]*>|</div>| class="gk-[a-z -]+"| data-verbatim', "", quick)
        assert ours.replace("\n", "") == whole.replace("\n", "")
        compared += len(page.blocks)
    assert compared > 150


def test_skeletons_of_hostile_texts_are_the_whole_page_converted() -> None:
    """The same for texts that act, among them the very words that mark a slot."""
    made = notice(
        "2025/a",
        正文={
            "段落": [*ALL, {"表格": [["甲", ""], *([text, text] for text in ALL)]}, {"表格": [[""], [""]]}],
            "问题": [{"标题": text, "措施": [text]} for text in ALL],
        },
    )
    blocks = blocks_of(units(made))
    page, _ = notice_page(
        PublicNotice.of(
            PackedNotice.of(made),
            {"tsg": Organ.model_validate({"名称": "馆"})},
            Site.model_validate({"网站名称": "站"}),
            parse_now("2025-12-01"),
        )
    )
    whole = markdown.markdown(markdown_of(blocks), extensions=["attr_list", "tables"])
    assert flat(plain(_renderer().text(page.blocks))) == flat(whole)


def _renderer() -> Renderer:
    made = content()
    return Renderer(
        theme_folder(), frame(made, choose_build_time("2025-12-01", made.site, parse_now("2025-12-01"))), made.site, "/"
    )


def test_long_texts_are_escaped_at_once() -> None:
    """Escaping is linear: a megabyte of marks takes no time to speak of."""
    assert escape("<" * 1_000_000) == "&#60;" * 1_000_000
