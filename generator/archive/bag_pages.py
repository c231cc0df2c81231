"""The pages of a bag that open by a double click: each whole in itself, without script, server or network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator.archive.bag import DATA
from generator.check import Content
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.model import Notice, Organ, Site, units
from generator.pages import BuildTime, frame
from generator.pages.blocks import blocks_of
from generator.pages.wording import happened, period_in_words
from generator.period import format_instant, full_date, local
from generator.read import Folder
from generator.records import Ledger, LedgerLine, Version


@dataclass(frozen=True, slots=True)
class ArchivedVersion:
    """A version in a bag: its notice, its organ as called then, its folder there, and whether it is the newest."""

    version: Version
    notice: Notice
    organ: Organ
    folder: str
    newest: bool

    @property
    def line(self) -> LedgerLine:
        """The line of the ledger that first showed it."""
        return self.version.line


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A version in the index of a bag."""

    id: str
    version: int
    newest: bool
    folder: str
    title: str
    organ: str
    day: str
    withdrawn: bool


class BagPages:
    """Makes the pages of one bag."""

    def __init__(self, site: Site, now: datetime) -> None:
        self._site = site
        alone = Content(folder=Folder(Path(), (), ()), site=site, organs={}, entries=(), prose=(), broken=())
        self._renderer = Renderer(theme_folder(), frame(alone, BuildTime(now, pinned=True)), site, "/")

    def notice(self, kept: ArchivedVersion, lines: Sequence[LedgerLine]) -> bytes:
        """Make the page of one version; `lines` are those of its notice, oldest first."""
        notice = kept.notice
        what = partial(happened, collected=notice.provenance is not None)
        text = "" if notice.text_removed else self._renderer.text(blocks_of(units(notice)))
        return _render(
            "notice.html",
            kept=kept,
            notice=notice,
            organ=kept.organ.name,
            published=full_date(local(notice.publishes_at)),
            period=period_in_words(notice.period) if notice.period else "",
            since=format_instant(kept.line.instant),
            until=format_instant(kept.version.until) if kept.version.until else "",
            history=[(format_instant(line.instant), what(line.event), line.version) for line in lines],
            text=Markup(text),  # noqa: S704  (our own conversion of escaped text)
            up="../" * (kept.folder.count("/") + 1),
        )

    def entry(self, kept: ArchivedVersion) -> IndexEntry:
        """Return what the index says of a version."""
        notice = kept.notice
        return IndexEntry(
            id=notice.id,
            version=kept.line.version,
            newest=kept.newest,
            folder=kept.folder,
            title=notice.title,
            organ=kept.organ.shown,
            day=full_date(local(notice.publishes_at)),
            withdrawn=notice.withdrawal is not None,
        )

    def index(self, year: str, entries: Sequence[IndexEntry], ledger: Ledger, instant: datetime) -> bytes:
        """Make the page that a bag opens with: all its notices, each with its earlier versions."""
        earlier: dict[str, list[IndexEntry]] = {}
        for one in entries:
            earlier.setdefault(one.id, []).extend([] if one.newest else [one])
        return _render(
            "index.html",
            site=self._site,
            year=year,
            entries=[one for one in entries if one.newest],
            earlier=earlier,
            ledger_lines=len(ledger.lines),
            ledger=[f"{DATA}/{part.path}" for part in ledger.parts],
            instant=format_instant(instant),
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
