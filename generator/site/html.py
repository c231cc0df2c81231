"""Pages become HTML: text through Markdown, values through strict templates."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import cached_property
from itertools import count
from pathlib import Path
from urllib.parse import quote

import jinja2
import markdown
from markdown.extensions.tables import TableExtension
from markupsafe import Markup

from generator.model import Kind, Site
from generator.model.reading import HEADINGS
from generator.pages import ID_SLOT, Block, Frame, Page, fill, site_meta
from generator.site.typography import heading, heading_of, measure, prose, title_of

_OPENING = re.compile(r"<(h[1-6]|p|table)\b")
_HEADING_OR_TABLE = re.compile(r"<h[1-6][^>]{0,200}>(.{0,2000}?)</h[1-6]>|<table\b")
_TAGS = re.compile(r"<[^>]{0,200}>")
_CELL = re.compile(r"<(th|td)\b")


def environment(theme: Path) -> jinja2.Environment:
    """Return the environment of the theme's templates: what they print is escaped, what they lack is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"heading": heading_of, "title_breaks": title_of}
    return made


def convert(skeleton: str) -> str:
    """Convert the Markdown of a block without its text."""
    return markdown.markdown(skeleton, extensions=["attr_list", "tables"])


class Renderer:
    """Turns pages into the strings that the site's shell takes: head, header, body and footer."""

    def __init__(self, theme: Path, frame: Frame, site: Site, root: str) -> None:
        self._frame = frame
        self._meta = site_meta(site)
        self._root = root
        self._skeletons: dict[tuple[str, str, bool, bool, str], str] = {}
        self._templates = environment(theme)

    def render(self, page: Page) -> dict[str, str]:
        """Return the pieces of a page by name, as safe HTML."""
        values = {
            "page": page,
            "frame": self._frame,
            "view": page.view,
            "site_meta": self._meta,
            "text": Markup(self.text(page.blocks, page.prose)),  # noqa: S704  (our own conversion of escaped text)
            "url": _Addresses(page.address, self._root),
            "canonical": self._frame.address + page.address if self._frame.address else "",
        }
        pieces = {"head": "head", "header": "header", "body": page.template, "footer": "footer"}
        return {name: self._templates.get_template(f"{file}.html").render(values) for name, file in pieces.items()}

    def text(self, blocks: Iterable[Block], prose: str = "") -> str:
        """Return a notice's text, or the prose of a staff page, as safe HTML."""
        if prose:
            return _scrolling(self._prose.reset().convert(prose))
        # Between a heading and the text that runs on from it, a line break would print as a blank.
        filled = (fill(self._skeleton(block), block, _set(block)) + "\n" * (not block.runs_in) for block in blocks)
        return _scrolling("".join(filled))

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
        self._root = root if page == "404.html" else None

    def __call__(self, address: str) -> str:
        quoted = quote(address)
        if self._root is not None:
            return self._root + quoted
        relative = posixpath.relpath(quoted or ".", self._from or ".")
        return relative + ("/" if address.endswith("/") or not address else "")
