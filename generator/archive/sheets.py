"""The pages of a bag that open by a double click: each whole in itself, without script, server or network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import jinja2
from markupsafe import Markup

from generator.check import Content
from generator.model import Notice, units
from generator.pages import Moment, frame
from generator.pages.blocks import blocks_of
from generator.pages.wording import HAPPENINGS, period_in_words
from generator.period import full_date, local
from generator.records import Line, Version, spoken
from generator.site.html import Renderer
from generator.site.places import theme_folder


@dataclass(frozen=True, slots=True)
class Kept:
    """A version in a bag: its notice, where its folder lies in the bag, and whether it is the newest one."""

    version: Version
    notice: Notice
    folder: str
    newest: bool

    @property
    def line(self) -> Line:
        """The line of the ledger that first showed it."""
        return self.version.line


class Sheets:
    """Makes the pages of one bag."""

    def __init__(self, content: Content, now: datetime) -> None:
        self._content = content
        at = Moment(now, pinned=True)
        self._renderer = Renderer(theme_folder(), frame(content, at), content.site, "/")

    def notice(self, kept: Kept, lines: Sequence[Line]) -> bytes:
        """Make the page of one version; `lines` are those of its notice, oldest first."""
        notice = kept.notice
        text = "" if notice.text_removed else self._renderer.text(blocks_of(units(notice)))
        return _render(
            "notice.html",
            kept=kept,
            notice=notice,
            organ=self._content.organs[notice.organ].name,
            published=full_date(local(notice.publishes_at)),
            period=period_in_words(notice.period) if notice.period else "",
            since=spoken(kept.line.instant),
            until=spoken(kept.version.until) if kept.version.until else "",
            history=[(spoken(line.instant), HAPPENINGS[line.happening], line.version) for line in lines],
            text=Markup(text),  # noqa: S704  (our own conversion of escaped text)
            up="../" * (kept.folder.count("/") + 1),
        )

    def index(self, year: str, kept: Sequence[Kept], ledger_lines: int, instant: datetime) -> bytes:
        """Make the page that a bag opens with: all its notices, newest version first, and how to check the bag."""
        rows = [
            (one, self._content.organs[one.notice.organ].shown, full_date(local(one.notice.publishes_at)))
            for one in kept
            if one.newest
        ]
        return _render(
            "index.html",
            site=self._content.site,
            year=year,
            rows=rows,
            others={one.line.id: [other for other in kept if other.line.id == one.line.id] for one, _, _ in rows},
            ledger_lines=ledger_lines,
            instant=spoken(instant),
        )


def readme(**values: object) -> bytes:
    """Write what an archivist has to know of a bag."""
    return _render("readme.txt", **values)


def _render(template: str, **values: object) -> bytes:
    return _templates().get_template(template).render(values).encode()


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("generator.archive"),
        autoescape=jinja2.select_autoescape(["html"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
