"""A notice as one file that a clerk pastes into another site: no script, nothing fetched, every style inline."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from generator.html.renderer import convert
from generator.html.templates import environment
from generator.pages import Block, Frame, Page, fill
from generator.pages.view import NoticeView

_TAG = re.compile(r"<([a-z0-9]{1,10})(?: [^>]{0,80})?>")
_LINES = frozenset({"h3", "h4", "h5", "p"})
_TEXTS = _LINES | {"th", "td"}


class Fragments:
    """Makes the fragments of one site's notices; `compiled` as in `environment`."""

    def __init__(self, theme: Path, frame: Frame, compiled: Path | None = None) -> None:
        self._made_of = theme, frame, compiled
        templates = environment(theme, compiled)
        self._template = templates.get_template("fragment.html")
        lead = frame.face.lead
        self._styles: dict[str, str] = vars(templates.get_template("inline.html").make_module({"lead": lead}))["styles"]
        self._frame = frame
        self._skeletons: dict[tuple[str, str, bool], str] = {}

    def __reduce__(self) -> tuple[type[Fragments], tuple[Path, Frame, Path | None]]:
        """Send it to another process as what it is made of: templates cannot be sent."""
        return Fragments, self._made_of

    def make(self, page: Page, view: NoticeView) -> str:
        """Make a notice's fragment, which nobody brings up to date: it counts no days.

        It invites to comment "within the period" while the period lasts, and no longer when it is made afterwards. It
        links to the notice's page and its attachments, where the site's own address is known.
        """
        return self._template.render(
            styles=self._styles,
            view=view,
            text=Markup("\n".join(fill(self._skeleton(block), block) for block in page.blocks)),  # noqa: S704
            banner=self._frame.banner,
            here=page.address,
            links=fragment_links(page, view, self._frame.address),
        )

    def _skeleton(self, block: Block) -> str:
        """Convert a block's Markdown without its text, once for all blocks of one form, with the styles in place."""
        key = (block.skeleton, block.kind, block.verbatim)
        if key not in self._skeletons:
            html = _TAG.sub(lambda tag: self._styled(tag[1], block), convert(block.skeleton))
            if "<table" in html:
                html = f'<div style="{self._styles["scroll"]}">{html}</div>'
            self._skeletons[key] = html
        return self._skeletons[key]

    def _styled(self, tag: str, block: Block) -> str:
        verbatim = " data-verbatim" if block.verbatim and tag in _TEXTS else ""
        return f'<{tag}{verbatim} style="{self._styles[block.kind if tag in _LINES else tag]}">'


def fragment_links(page: Page, view: NoticeView, site: str) -> dict[str, str]:
    """Return the absolute addresses of what a fragment links to, by address on the site, whose own is `site`."""
    beside = (page.address, *(link.address for link in view.attachments))
    return {address: site + quote(address) for address in beside} if site else {}
