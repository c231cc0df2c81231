"""One site in the making: which pages there are, what each becomes, and what the finished folder must hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from generator.check import Content, Entry
from generator.pages import (
    DataFile,
    Moment,
    Page,
    broken_page,
    frame,
    light_pages,
    next_instant,
    notice_page,
    public,
    sitemap,
)
from generator.pages.view import NoticeView
from generator.read import read_bytes
from generator.search import index_files, search_page
from generator.site.fragment import Fragments
from generator.site.html import Renderer
from generator.site.order import Made
from generator.site.output import write_file, write_files
from generator.site.policy import header_files


@dataclass(frozen=True, slots=True)
class Expected:
    """What the audit holds a page to: a digest of its verbatim text, and the foreign addresses that it may link to.

    `alone` says that it is to be pasted into another site: it has styles of its own, and neither fetches anything nor
    links to a place relative to its own.
    """

    verbatim: bytes
    outside: frozenset[str]
    alone: bool = False


@dataclass(slots=True)
class Promise:
    """What a finished site must hold, by path: its pages, and every other file; `root` is its own path on its host."""

    root: str
    pages: dict[str, Expected] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class Making:
    """Makes the pages of one site, one after the other, and remembers what it promised.

    `addresses` are those of all pages, relative to the root of the site.
    """

    def __init__(self, content: Content, moment: Moment, theme: Path, *, cores: int = 1, preview: bool) -> None:
        self._content = content
        self._cores = cores
        self._moment = moment
        self._frame = frame(content, moment)
        # A preview is served at the root, wherever the site itself will stand.
        root = "/" if preview else urlsplit(self._frame.address).path or "/"
        self._renderer = Renderer(theme, self._frame, content.site, root)
        self._fragments = Fragments(theme, self._frame)
        self._outside = frozenset(href for _, _, href in self._frame.facts if href)
        self._sources: dict[str, Page | Entry] = {
            page.address: page for page in (*light_pages(content, moment), search_page(content, moment))
        }
        self._sources |= {entry.headline.address: entry for entry in public(content, moment)}
        if preview:
            self._sources |= {page.address: page for page in map(broken_page, content.broken)}
        self.promise = Promise(root)
        self.addresses = tuple(self._sources)

    def make(self, address: str, folder: Path) -> dict[str, str]:
        """Make the pieces of one page, and write the files beside it into `folder`."""
        source = self._sources[address]
        if isinstance(source, Page):
            page = source
        else:
            notice, content, now = source.notice, self._content, self._moment.now
            page, files = notice_page(notice, content.organs, content.site, now)
            self._write(folder, chain(files, attachment_files(content, page)))
            if files:
                self._write_fragment(folder, page)
        path = address if address.endswith(".html") else f"{address}index.html"
        self.promise.pages[path] = Expected(digest(page.verbatim), page.outside | self._outside)
        return self._renderer.render(page)

    def finish(self, folder: Path) -> None:
        """Write the files that belong to no page."""
        updated = [
            (address, source.updated if isinstance(source, Page) else source.headline.changed_on)
            for address, source in self._sources.items()
        ]
        own = (sitemap(updated, self._frame.address), *header_files())
        self._write(folder, chain(own, index_files(self._content, self._moment, self._cores)))

    def made(self, pages: int, warnings: int) -> Made:
        """Sum up the finished site."""
        at, content = self._moment, self._content
        shown = [entry.headline for entry in public(content, at)]
        return Made(
            pages=pages,
            warnings=warnings,
            now=at.now,
            next_instant=next_instant(content, at.now),
            public=tuple(headline.id for headline in shown),
            removed=tuple(headline.id for headline in shown if headline.text_removed),
            waiting={
                entry.headline.id: entry.headline.publishes_at
                for entry in content.entries
                if entry.headline.publishes_at > at.now
            },
            address=self._frame.address,
            parts={},
        )

    def _write(self, folder: Path, files: Iterable[DataFile]) -> None:
        self.promise.files.update(written.path for written in write_files(folder, files))

    def _write_fragment(self, folder: Path, page: Page) -> None:
        assert isinstance(page.view, NoticeView)
        fragment = self._fragments.make(page, page.view)
        path = write_file(folder, f"{page.address}fragment.html", fragment.html.encode()).path
        self.promise.pages[path] = Expected(digest(page.verbatim), fragment.links, alone=True)


def attachment_files(content: Content, page: Page) -> Iterator[DataFile]:
    """Yield the attachments that a notice's page shows."""
    links = page.view.attachments if isinstance(page.view, NoticeView) else ()
    for link in links:
        yield DataFile(link.address, read_bytes(content.folder, link.address))


def digest(text: str) -> bytes:
    """Return what the audit compares texts by."""
    return hashlib.sha256(text.encode()).digest()
