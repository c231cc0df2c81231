"""The site as Markdown that any engine can build: the exit door."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from html import escape as escape_html
from urllib.parse import quote

import jinja2

from generator.files import DataFile
from generator.pages.blocks import escape, markdown
from generator.pages.frame import Frame
from generator.pages.page import Page

_BLANK_LINES = re.compile(r"\n{3,20}")
_CONFIGURATION = """\
site_name: {name}
docs_dir: docs
theme:
  name: material
  language: zh
  font: false
markdown_extensions:
  - attr_list
  - tables
  - sane_lists
plugins: []
nav:
{navigation}
"""


class _Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def exported(page: Page, frame: Frame) -> DataFile:
    """Return a page as a Markdown file below docs/, whole: its text and what stands around it."""
    here = source(page.address)

    def link(address: str) -> _Markdown:
        return _Markdown(quote(posixpath.relpath(source(address), posixpath.dirname(here) or ".")))

    text = _Markdown(page.prose or markdown(page.blocks))
    made = (
        _templates()
        .get_template(f"{page.template}.md")
        .render(page=page, view=page.view, frame=frame, link=link, text=text)
    )
    return DataFile(f"docs/{here}", (_front(page.title) + _BLANK_LINES.sub("\n\n", made).strip() + "\n").encode())


def configuration(frame: Frame) -> DataFile:
    """Return an mkdocs.yml with which stock Material builds the exported pages."""
    entries = [f"  - {_quoted(link.text)}: {source(link.address)}" for link in frame.navigation]
    text = _CONFIGURATION.format(name=_quoted(frame.name), navigation="\n".join(entries))
    return DataFile("mkdocs.yml", text.encode())


def source(address: str) -> str:
    """Return the Markdown file behind an address of a page; the address of any other file is itself."""
    if address.endswith("/") or not address:
        return f"{address.removesuffix('/') or 'index'}.md"
    return "404.md" if address == "404.html" else address


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(  # noqa: S701  (Markdown, where `escape` does the work of autoescape)
        loader=jinja2.PackageLoader("generator.pages"),
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: value if isinstance(value, _Markdown) else escape(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _front(title: str) -> str:
    """Name a page whose heading an engine would turn back into markup when it takes the page's name from there."""
    return f"---\ntitle: {_quoted(title)}\n---\n\n" if escape_html(title) != title else ""


def _quoted(text: str) -> str:
    """Write a name as YAML; stock themes print names without escaping them."""
    return "'" + escape_html(text) + "'"
