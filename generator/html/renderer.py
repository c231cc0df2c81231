"""Pages become HTML: text through Markdown, values through strict templates."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from html import unescape
from itertools import count
from pathlib import Path
from urllib.parse import quote

import markdown
from markdown.extensions.tables import TableExtension
from markupsafe import Markup

from generator.addresses import NOTICES
from generator.html.templates import environment
from generator.html.typography import heading, measure, prose
from generator.model import Kind, Site
from generator.model.text_units import HEADINGS
from generator.pages import ID_SLOT, Block, Frame, Page, fill, site_meta

_OPENING = re.compile(r"<(h[1-6]|p|table)\b")
_HEADING_OR_TABLE = re.compile(r"<h[1-6][^>]{0,200}>(.{0,2000}?)</h[1-6]>|<table\b")
_TAGS = re.compile(r"<[^>]{0,200}>")
_HEADING = re.compile("<h2>(.*?)</h2>")
# Characters of a text, about three screens of a phone, after which a link leads back to the top.
_FAR = 800
_CELL = re.compile(r"<(th|td)\b")


def convert(skeleton: str) -> str:
    """Convert the Markdown of a block without its text."""
    return markdown.markdown(skeleton, extensions=["attr_list", "tables"])


class Renderer:
    """Turns pages into the strings that the site's shell takes: head, header, body and footer.

    `compiled` as in `environment`.
    """

    def __init__(self, theme: Path, frame: Frame, site: Site, root: str, compiled: Path | None = None) -> None:
        self._made_of = theme, frame, site, root, compiled
        self._frame = frame
        self._meta = site_meta(site)
        self._root = root
        self._skeletons: dict[tuple[str, str, bool, bool, str], str] = {}
        self._shared: dict[tuple[int, bool, bool, bool], dict[str, str]] = {}
        self._templates = environment(theme, compiled)

    def __reduce__(self) -> tuple[type[Renderer], tuple[Path, Frame, Site, str, Path | None]]:
        """Send it to another process as what it is made of: templates cannot be sent."""
        return Renderer, self._made_of

    def render(self, page: Page) -> dict[str, str]:
        """Return the pieces of a page by name, as safe HTML."""
        text, places = self._prose_of(page.prose) if page.prose else (self.text(page.blocks, self._up), ())
        values = {
            "page": page,
            "frame": self._frame,
            "view": page.view,
            "site_meta": self._meta,
            "text": Markup(text),  # noqa: S704  (our own conversion of escaped text)
            "places": places,
            "url": _Addresses(page.address, self._root),
            "canonical": self._frame.address + page.address if self._frame.address else "",
        }
        around = self._around(page, values)
        head, body = self._made("head", values) + around["assets"], self._made(page.template, values)
        return {"head": head, "header": around["header"], "body": body, "footer": around["footer"]}

    def _around(self, page: Page, values: Mapping[str, object]) -> dict[str, str]:
        """Render what stands around a page, once for all pages of notices that are equally deep.

        Of these none leads to itself there, and the way to all else is the same from each.
        """
        key = (page.address.count("/"), page.has_states, page.searches, page.search_in_header)
        shared = page.address.startswith(NOTICES)
        if shared and key in self._shared:
            return self._shared[key]
        made = {name: self._made(name, values) for name in ("assets", "header", "footer")}
        if shared:
            self._shared[key] = made
        return made

    def _made(self, template: str, values: Mapping[str, object]) -> str:
        return self._templates.get_template(f"{template}.html").render(values)

    def text(self, blocks: Iterable[Block], up: str = "") -> str:
        """Return a notice's text as safe HTML, with the link `up` to the top of the page after every few screens."""
        pieces, far = [], 0
        for block in blocks:
            if far >= _FAR and block.kind in {Kind.PART, Kind.SECTION}:
                pieces.append(up)
                far = 0
            far += sum(map(len, block.escaped))
            # Between a heading and the text that runs on from it, a line break would print as a blank.
            pieces.append(fill(self._skeleton(block), block, _set(block)) + "\n" * (not block.runs_in))
        pieces.append(up if far >= _FAR else "")
        return _scrolling("".join(pieces))

    def _skeleton(self, block: Block) -> str:
        """Convert a block's Markdown without its text, once for all blocks of one form."""
        key = (block.skeleton, block.kind, block.verbatim, block.runs_in, block.mark)
        if key not in self._skeletons:
            html = convert(block.skeleton)
            verbatim = " data-verbatim" if block.verbatim else ""
            more = " gk-runs-in" * block.runs_in + f" gk-{block.kind}--{block.mark}" * bool(block.mark)
            # A heading has its place already, and each row of a table has one.
            row = "<tr>" in html
            place = f' id="{ID_SLOT}"' * bool(block.ids and not row and ID_SLOT not in html)
            html = _OPENING.sub(rf'<\1{place} class="gk-{block.kind}{more}"{"" if row else verbatim}', html, count=1)
            self._skeletons[key] = _CELL.sub(rf"<\1{verbatim}", html.replace("<tr>", f'<tr id="{ID_SLOT}">'))
        return self._skeletons[key]

    def _prose_of(self, prose: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Return a staff page as safe HTML, and the places of its headings with their words."""
        return _with_places(_scrolling(self._prose.reset().convert(prose)))

    @cached_property
    def _up(self) -> str:
        return self._templates.get_template("up.html").render()

    @cached_property
    def _prose(self) -> markdown.Markdown:
        """Return a converter for staff pages that knows no raw HTML: what check missed would show as text."""
        # Aligned by an attribute: the policy of the site stops styles in elements.
        tables = TableExtension(use_align_attribute=True)
        converter = markdown.Markdown(extensions=[tables, "sane_lists"])
        converter.preprocessors.deregister("html_block")
        converter.inlinePatterns.deregister("html")
        return converter


def _set(block: Block) -> Iterable[str]:
    """Bind the marks of a heading and the numbers of prose, and let the number of a measure stand out."""
    return map(heading if block.kind in HEADINGS else measure if block.kind == Kind.MEASURE else prose, block.escaped)


def _with_places(html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give each heading of level 2 of a staff page an id, and return the ids with their words too."""
    numbers, places = count(1), []

    def placed(found: re.Match[str]) -> str:
        anchor = f"h{next(numbers)}"
        places.append((anchor, unescape(_TAGS.sub("", found[1]))))
        return f'<h2 id="{anchor}">{found[1]}</h2>'

    return _HEADING.sub(placed, html), tuple(places)


def _scrolling(html: str) -> str:
    """Put each table into a box that scrolls by itself, and by the arrow keys for those without a mouse.

    A box is called by its number and by the heading above it.
    """
    if "<table" not in html:
        return html
    numbers = count(1)
    above = ""

    def boxed(found: re.Match[str]) -> str:
        nonlocal above
        if found[1] is not None:
            above = "：" + _TAGS.sub("", found[1]).replace('"', "&quot;")
            return found[0]
        return f'<div class="gk-scroll" role="region" tabindex="0" aria-label="表格{next(numbers)}{above}">{found[0]}'

    return _HEADING_OR_TABLE.sub(boxed, html).replace("</table>", "</table></div>")


class _Addresses:
    """Writes addresses of the site relative to one page, so that a site works below any path."""

    def __init__(self, page: str, root: str) -> None:
        self._from = page
        # A server shows the page for missing addresses anywhere, so that its links must be absolute.
        anywhere = page == "404.html"
        self._up = root if anywhere else "../" * page.count("/")
        self._folder = None if anywhere else page.partition("/")[0]

    def __call__(self, address: str) -> str:
        quoted = quote(address)
        if quoted.partition("/")[0] != self._folder:
            return self._up + quoted
        if quoted.startswith(self._from):
            return quoted.removeprefix(self._from) or "./"
        relative = posixpath.relpath(quoted, self._from)
        return relative + "/" if address.endswith("/") else relative
