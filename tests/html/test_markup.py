"""What reads plain pages quickly reads in them what a parser of HTML does, and leaves every other page to that."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.html.markup import parsed_markup, read_markup
from generator.html.plain_markup import read_plain
from tests.support.browser.hostile import STRINGS
from tests.support.browser.hostile_content import TODAY, write_hostile
from tests.support.building import make_site

HEAD = '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>甲</title></head>\n<body>'
TAIL = "</body></html>\n"
TAGS = [
    "a",
    "b",
    "body",
    "br",
    "button",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "form",
    "h1",
    "h2",
    "head",
    "header",
    "html",
    "img",
    "input",
    "label",
    "li",
    "link",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "path",
    "pattern",
    "pre",
    "rect",
    "script",
    "section",
    "select",
    "span",
    "strong",
    "style",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "textarea",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "ul",
    "wbr",
]
ATTRIBUTES = [
    "",
    'class="a"',
    "/",
    "data-verbatim",
    'id="a"',
    'href="#a"',
    'href="a&amp;b"',
    'src="x"',
    'style="color:red"',
    'onclick="a"',
    "hidden",
    'ID="b"',
    "id=a",
    "id='a'",
    'type="text"',
    'rel="canonical"',
    'd="M0"',
]
PIECES = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.builds(
        lambda tag, attributes: f"<{' '.join((tag, *attributes)).strip()}>",
        st.sampled_from(TAGS),
        st.lists(st.sampled_from(ATTRIBUTES), max_size=3),
    ),
    st.sampled_from(STRINGS),
    st.sampled_from(
        [
            *(
                "甲",
                " ",
                "\n",
                "<",
                ">",
                '"',
                "&",
                "&amp;",
                "&#34;",
                "&#60;",
                "&#0;",
                "&#38;",
                "#38;",
                "&nbsp;",
                "\0",
                "\r",
                "\f",
            ),
            *("\u3000", "/", "<!-- 甲 -->", "<!-->", "<!-- <wbr> -->", "<!-- > -->", "<!doctype html>", "<wbr>"),
            "<p data-verbatim>甲</p>",
        ]
    ),
)
THOROUGH = settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))


def same(html: str) -> bool:
    """Say whether a page is plain; it must then be read as a parser reads it."""
    if read_plain(html) is None:
        return False
    assert read_markup(html) == parsed_markup(html)
    assert read_markup(html, styled=True) == parsed_markup(html, styled=True)
    return True


def pages(site: Path) -> dict[str, str]:
    return {place.relative_to(site).as_posix(): place.read_text("utf-8") for place in sorted(site.rglob("*.html"))}


def test_the_pages_of_a_site_are_plain(recorded_demo: Path) -> None:
    """All but that of the search, which has lists to choose from."""
    assert [path for path, html in pages(recorded_demo).items() if not same(html)] == ["search/index.html"]


def test_most_pages_of_hostile_texts_are_plain(tmp_path: Path) -> None:
    write_hostile(tmp_path, STRINGS)
    make_site(tmp_path, tmp_path / "site", TODAY)
    read = [same(html) for html in pages(tmp_path / "site").values()]
    assert read.count(True) > 0.9 * len(read)


@cache
def notice_pages(demo: Path) -> tuple[str, ...]:
    return tuple(
        (demo / "notices/2025/shili-media" / name).read_text("utf-8") for name in ("index.html", "fragment.html")
    )


@THOROUGH
@given(st.data())
def test_altered_pages(demo: Path, data: st.DataObject) -> None:
    """A piece put in anywhere, in place of something or twice, is not plain, or it is read as a parser reads it."""
    html = data.draw(st.sampled_from(notice_pages(demo)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(html)))
        if data.draw(st.booleans()):
            at = max(0, html.find("<", at))
        end = at + data.draw(st.integers(0, 12))
        html = html[:at] + data.draw(PIECES) + html[end:]
    same(html)


@THOROUGH
@given(st.lists(PIECES, max_size=12))
@example(["<p data-verbatim>", "甲<wbr>乙", "</p>"])
@example(['<a href="#a<wbr>b">', "</a>"])
@example(["<dl>", "<div>", "<dt>", "</dt>", "</div>", "</dl>"])
@example(["<a href>", "<b>", "<a href>", "</a>", "</b>", "</a>"])
@example(["<table data-verbatim>", "<tbody>", "甲", "</tbody>", "</table>"])
@example(["<p data-verbatim>", "&amp;", "#38;", "&#38;", "lt;", "&amp;", "&#35;", "38;", "</p>"])
@example(["<p data-verbatim>", "&amp;", "#38;", "&amp;", "lt;", "&amp;", "&#35;", "38;", "</p>"])
@example(["<svg>", "<wbr>", "</svg>"])
def test_pages_of_a_few_tags(pieces: list[str]) -> None:
    same(f"{HEAD}{''.join(pieces)}{TAIL}")


NEST = st.recursive(
    st.sampled_from(["", "甲", "<wbr>", "<br>", "&amp;", '<input id="a">', "<!-- 甲 -->", " \n"]),
    lambda inner: st.builds(
        lambda tag, attribute, parts: f"<{tag}{attribute}>{''.join(parts)}</{tag}>",
        st.sampled_from([tag for tag in TAGS if tag not in {"br", "img", "input", "link", "meta", "wbr"}]),
        st.sampled_from(["", " data-verbatim", ' id="a"', ' href="../"', ' src="a"']),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@THOROUGH
@given(NEST)
def test_elements_in_each_other(html: str) -> None:
    same(f"{HEAD}{html}{TAIL}")


@pytest.mark.parametrize("outer", TAGS)
def test_every_element_in_every_other(outer: str) -> None:
    """What a parser would close, move or leave out is never taken for plain."""
    for inner in TAGS:
        for third in TAGS:
            html = f'<{outer} id="a"><{inner} data-verbatim>甲<{third} href="b">乙</{third}>丙</{inner}>丁</{outer}>'
            for whole in (html, f"<table><tbody><tr>{html}</tr></tbody></table>", f"<dl><div>{html}</div></dl>"):
                same(f"{HEAD}{whole}{TAIL}")
