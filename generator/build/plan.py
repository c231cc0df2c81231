"""One site in the making: which pages there are, what each becomes, and what the finished folder must hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from generator.addresses import id_of_address
from generator.build.build_note import BuildNote
from generator.build.cache import Earlier, Part, key_of, program
from generator.build.load import Reading
from generator.build.request import Made
from generator.check import Content, Entry
from generator.files import DataFile, write_file, write_files
from generator.html.fragment import Fragments
from generator.html.policy import header_files
from generator.html.renderer import Renderer
from generator.model import Notice
from generator.pages import (
    Page,
    broken_page,
    face_files,
    frame,
    light_pages,
    next_instant,
    notice_pages,
    pages_of,
    public,
    records_files,
    sitemap,
    standing_since,
)
from generator.pages.view import NoticeView
from generator.parallel import map_in_processes
from generator.read import read_bytes
from generator.records import LEDGER, SiteFacts, advance
from generator.search import search_page, segments


@dataclass(frozen=True, slots=True)
class Expected:
    """What the audit holds a page to: a digest of its verbatim text, and the foreign addresses that it may link to.

    `alone` says that it is to be pasted into another site: it has styles of its own, and neither fetches anything nor
    links to a place relative to its own.
    """

    verbatim: bytes
    outside: frozenset[str]
    alone: bool = False


_SHARE = 50
Keyed = Iterable[str | bytes]
Pages = tuple[tuple[Page, tuple[DataFile, ...]], ...]


@dataclass(slots=True)
class Promise:
    """What a finished site must hold, by path: its pages, and every other file; `root` is its own path on its host."""

    root: str
    pages: dict[str, Expected] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class Making:
    """Makes the pages of one site, one after the other, and remembers what it promised.

    `addresses` are those of the pages to make, relative to the root of the site; what is taken over from an earlier
    site is not among them.
    """

    def __init__(
        self,
        read: Reading,
        theme: Path,
        *,
        cores: int = 1,
        preview: bool,
        engine: Keyed = (),
    ) -> None:
        content, moment, records = read.content, read.at, read.records
        shown = public(content, moment)
        self._content = content
        self._warnings, self._late = read.warnings, read.late
        self.records = records and advance(
            records,
            shown,
            SiteFacts.of(content.site, content.organs, content.prose, shown),
            moment.now,
            partial(read_bytes, content.folder),
            believed=read.believed,
        )
        self._cores = cores
        self._moment = moment
        self._frame = frame(content, moment)
        # A preview is served at the root, wherever the site itself will stand.
        root = "/" if preview else urlsplit(self._frame.address).path or "/"
        self._renderer = Renderer(theme, self._frame, content.site, root)
        self._fragments = Fragments(theme, self._frame)
        self._outside = frozenset(href for _, _, href in self._frame.facts if href)
        self._sources: dict[str, Page | Entry] = {
            page.address: page
            for page in (*light_pages(content, moment, self.records), search_page(content, moment, self.records))
        }
        shown = public(content, moment, self.records)
        self._sources |= {address: entry for entry in shown for address in pages_of(entry.headline.id, self.records)}
        if preview:
            self._sources |= {page.address: page for page in map(broken_page, content.broken)}
        self.promise = Promise(root)
        self.addresses = tuple(self._sources)
        # All that a notice's files depend on beside its own values.
        self._program = key_of(program(), *engine)
        self._around = key_of(self._program, root, repr(self._frame), repr(content.site))
        self._parts: dict[str, Part] = {}
        self._made: tuple[Entry | None, Pages] = (None, ())

    def take_over(self, earlier: Earlier, folder: Path) -> None:
        """Let the notices that would come out the same appear in `folder` from an earlier site."""
        notices = public(self._content, self._moment)
        shares = [notices[start : start + _SHARE] for start in range(0, len(notices), _SHARE)]
        for address, key, pages in chain.from_iterable(map_in_processes(self._foresee, shares, self._cores)):
            part = earlier.find(address, key)
            if part is not None:
                earlier.link(part, folder)
                self._parts[address] = part
                self.promise.pages |= pages
                self.promise.files.update(path for path in part.files if path not in pages)
        taken = {path for part in self._parts.values() for path in part.files}
        self.addresses = tuple(address for address in self._sources if f"{address}index.html" not in taken)

    def _foresee(self, entries: Iterable[Entry]) -> list[tuple[str, str, dict[str, Expected]]]:
        """Work out, for notices, their addresses, what stands for their files, and what to hold their pages to."""
        made = (self._notice(entry) for entry in entries)
        return [(pages[0][0].address, self._key(pages), self._expected(pages)) for pages in made]

    def make(self, address: str, folder: Path) -> dict[str, str]:
        """Make the pieces of one page, and write the files beside it into `folder`."""
        source = self._sources[address]
        if isinstance(source, Page):
            path = address if address.endswith(".html") else f"{address}index.html"
            self.promise.pages[path] = Expected(digest(source.verbatim), source.outside | self._outside)
            return self._renderer.render(source)
        if self._made[0] is not source:
            self._made = source, self._notice(source)
            self._beside(self._made[1], folder)
        return self._renderer.render(next(page for page, _ in self._made[1] if page.address == address))

    def _beside(self, pages: Pages, folder: Path) -> None:
        """Write the files beside a notice's pages, and note what all of it is made of."""
        page, _ = pages[0]
        paths = self._write(folder, (file for _, beside in pages for file in beside))
        self.promise.pages |= self._expected(pages)
        if isinstance(page.view, NoticeView) and f"{page.address}fragment.html" in self.promise.pages:
            fragment = self._fragments.make(page, page.view)
            paths.append(write_file(folder, f"{page.address}fragment.html", fragment.encode()).path)
        own = (f"{one.address}index.html" for one, _ in pages)
        self._parts[page.address] = Part(self._key(pages), (*own, *paths))

    def finish(self, folder: Path, earlier: Earlier | None = None) -> None:
        """Write the files that belong to no page, or take them over where they would come out the same."""
        updated = [
            (address, source.updated if isinstance(source, Page) else source.headline.changed_on)
            for address, source in self._sources.items()
            if isinstance(source, Page) or address == source.headline.address
        ]
        own = (sitemap(updated, self._frame.address), *header_files(), self._note().file())
        own = (*own, *face_files(self._content, self._mark()))
        own = (*own, *records_files(self.records, self._removed())) if self.records else own
        self._write(folder, own)
        keys = {id_of_address(address): part.key for address, part in self._parts.items()}

        def find(name: str, key: str) -> str | None:
            part = earlier.find(f"search/{name}", key) if earlier else None
            return part.extra if part else None

        for segment in segments(self._content, self._moment, self._cores, keys, find, self.records):
            paths = self._write(folder, segment.files)
            if not segment.name:
                continue
            name = f"search/{segment.name}"
            part = earlier.find(name, segment.key) if earlier and not paths else None
            if earlier and part:
                earlier.link(part, folder)
                self.promise.files.update(part.files)
            self._parts[name] = part or Part(segment.key, tuple(paths), segment.summary)

    def _mark(self) -> bytes | None:
        mark = self._content.mark
        return read_bytes(self._content.folder, mark.file) if mark else None

    def _note(self) -> BuildNote:
        # Two sites that stand alike are alike, whenever on a day they were made.
        since = standing_since(self._content, self._moment, self.records)
        return BuildNote.of(self._program, replace(self._moment, now=since), self._content.site.demo_day)

    def _removed(self) -> Iterator[Notice]:
        """Yield the public form of each notice that was published in error."""
        shown = public(self._content, self._moment)
        return (entry.notice.public_form() for entry in shown if entry.headline.text_removed)

    def _notice(self, entry: Entry) -> Pages:
        """Make a notice's pages, its own first, and all files beside them but the fragment."""
        made = notice_pages(entry.notice, self._content, self._moment, self.records)
        return tuple((page, (*files, *attachment_files(self._content, page))) for page, files in made)

    def _key(self, made: Pages) -> str:
        """Return what stands for a notice's files; its text is in them, and how it is marked up follows from it."""
        values = (
            value
            for page, files in made
            for value in (
                repr(replace(page, blocks=(), outside=frozenset())),
                repr(sorted(page.outside)),
                *(part for file in files for part in (file.path, file.data)),
            )
        )
        return key_of(self._around, *values)

    def _expected(self, made: Pages) -> dict[str, Expected]:
        """Return what the audit is to hold a notice's pages and its fragment to."""
        pages = {
            f"{page.address}index.html": Expected(digest(page.verbatim), page.outside | self._outside)
            for page, _ in made
        }
        page, files = made[0]
        expected = digest(page.verbatim)
        if isinstance(page.view, NoticeView) and any(file.path == f"{page.address}notice.json" for file in files):
            links = page.outside.union(self._fragments.links(page, page.view).values())
            pages[f"{page.address}fragment.html"] = Expected(expected, links, alone=True)
        return pages

    def made(self, pages: int) -> Made:
        """Sum up the finished site."""
        at, content = self._moment, self._content
        shown = [entry.headline for entry in public(content, at)]
        return Made(
            pages=pages,
            warnings=self._warnings,
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
            parts=self._parts,
            recorded=(*self.records.new, LEDGER) if self.records and self.records.changed else (),
            forgotten=self.records.gone if self.records else (),
            late=self._late,
        )

    def _write(self, folder: Path, files: Iterable[DataFile]) -> list[str]:
        paths = [written.path for written in write_files(folder, files)]
        self.promise.files.update(paths)
        return paths


def attachment_files(content: Content, page: Page) -> Iterator[DataFile]:
    """Yield the attachments that a notice's page shows."""
    links = page.view.attachments if isinstance(page.view, NoticeView) else ()
    for link in links:
        yield DataFile(link.address, read_bytes(content.folder, link.address))


def digest(text: str) -> bytes:
    """Return what the audit compares texts by."""
    return hashlib.sha256(text.encode()).digest()
