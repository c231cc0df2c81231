"""The plan of a site: every output with its key, how it is made, and what the audit expects of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

from generator.build.build_note import BuildNote
from generator.build.cache import key_of
from generator.build.load import SiteSource
from generator.check import PackedNotice
from generator.files import DataFile
from generator.html.fragment import fragment_links
from generator.html.policy import header_files
from generator.html.resources import theme_folder
from generator.pages import (
    Frame,
    Page,
    broken_page,
    face_files,
    frame,
    list_pages,
    notice_pages,
    public_notices,
    records_files,
    sitemap,
    unchanged_since,
)
from generator.pages.view import NoticeView
from generator.parallel import Workers
from generator.read import read_bytes
from generator.search import search_page

_SHARE = 50
# A page, if there is one, with the files beside it.
PageFiles = tuple[Page | None, tuple[DataFile, ...]]


@dataclass(frozen=True, slots=True)
class PageExpectation:
    """A page as the audit expects it: a digest of its verbatim text, and the foreign addresses that it may link to.

    `alone` says that it is to be pasted into another site: it has styles of its own, and neither fetches anything nor
    links to a place relative to its own.
    """

    verbatim: bytes
    outside: frozenset[str]
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Files of the site that are made together: their name and key in the cache ("" for no key: made each time).

    `pages` gives by path what the audit expects of each page; `make` yields the pages with the files beside them.
    """

    name: str
    make: Callable[[], Iterable[PageFiles]]
    key: str = ""
    pages: Mapping[str, PageExpectation]

    @property
    def page_count(self) -> int:
        """How many pages of the site are among them."""
        return sum(not page.alone for page in self.pages.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """All outputs of a site; `frame` stands around each page, `root` is the site's path on its host.

    The search index comes last and is not among `outputs`: its files follow from the keys of the notices.
    """

    source: SiteSource
    frame: Frame
    root: str
    outputs: tuple[Output, ...]

    @property
    def pages(self) -> dict[str, PageExpectation]:
        """The pages as the audit expects them, by path."""
        return {path: page for output in self.outputs for path, page in output.pages.items()}


def plan_site(source: SiteSource, shell_key: str, workers: Workers, *, preview: bool = False) -> SitePlan:
    """List what a site consists of; `shell_key` stands for the frame of its pages."""
    content, at = source.content, source.at
    around = frame(content, at)
    # A preview is served at the root, wherever the site itself will be.
    root = "/" if preview else urlsplit(around.address).path or "/"
    outside = frozenset(href for _, _, href in around.facts if href)
    pages = [*list_pages(content, at, source.records), search_page(content, at, source.records)]
    pages += map(broken_page, content.broken if preview else ())
    context = _NoticeContext(source, around, outside, key_of(shell_key, root, repr(around), repr(content.site)))
    notices = tuple(context.outputs(workers))
    lists = (_page_output(page, outside) for page in pages)
    files = (
        Output(name="assets", make=_assets, pages={}),
        Output(name="data", make=partial(_data, source, shell_key, around, pages), pages={}),
    )
    return SitePlan(source=source, frame=around, root=root, outputs=(*lists, *notices, *files))


def _alone(page: Page) -> list[PageFiles]:
    return [(page, ())]


def _page_output(page: Page, outside: frozenset[str]) -> Output:
    expected = {page.path: PageExpectation(text_digest(page.verbatim), page.outside | outside)}
    return Output(name=page.address or "/", make=partial(_alone, page), pages=expected)


@dataclass(frozen=True, slots=True)
class _NoticeContext:
    """All that a notice's files depend on beside its own values; `key` is their hash."""

    source: SiteSource
    frame: Frame
    outside: frozenset[str]
    key: str

    def outputs(self, workers: Workers) -> Iterator[Output]:
        """Yield an output for each notice that is public."""
        notices = public_notices(self.source.content, self.source.at)
        shares = [notices[start : start + _SHARE] for start in range(0, len(notices), _SHARE)]
        planned = chain.from_iterable(workers.map(self._plan, shares))
        for entry, (key, pages) in zip(notices, planned, strict=True):
            make = partial(notice_contents, self.source, entry)
            yield Output(name=entry.summary.address, key=key, pages=pages, make=make)

    def _plan(self, entries: Iterable[PackedNotice]) -> list[tuple[str, dict[str, PageExpectation]]]:
        made = (notice_contents(self.source, entry) for entry in entries)
        return [(self._key(contents), self._expected(contents)) for contents in made]

    def _key(self, made: tuple[PageFiles, ...]) -> str:
        """Hash a notice's values; its text is in its files, and how it is marked up follows from it."""
        values = (
            value
            for page, files in made
            if page is not None
            for value in (
                repr(replace(page, blocks=(), outside=frozenset())),
                repr(sorted(page.outside)),
                *(part for file in files for part in (file.path, file.data)),
            )
        )
        return key_of(self.key, *values)

    def _expected(self, made: tuple[PageFiles, ...]) -> dict[str, PageExpectation]:
        expected = {}
        for page, files in made:
            assert page is not None
            text = text_digest(page.verbatim)
            expected[page.path] = PageExpectation(text, page.outside | self.outside)
            if has_fragment(page, files):
                assert isinstance(page.view, NoticeView)
                links = page.outside.union(fragment_links(page, page.view, self.frame.address).values())
                expected[f"{page.address}fragment.html"] = PageExpectation(text, links, alone=True)
        return expected


def notice_contents(source: SiteSource, entry: PackedNotice) -> tuple[PageFiles, ...]:
    """Make a notice's pages, its own first, with all files beside them but the fragment."""
    content = source.content
    made = notice_pages(entry, content, source.at, source.records)
    return tuple((page, (*files, *_attachments(source, page))) for page, files in made)


def has_fragment(page: Page, files: Iterable[DataFile]) -> bool:
    """Whether a fragment is made beside a page: where its text is public."""
    return isinstance(page.view, NoticeView) and any(file.path == f"{page.address}notice.json" for file in files)


def text_digest(text: str) -> bytes:
    """Return what the audit compares texts by."""
    return hashlib.sha256(text.encode()).digest()


def _attachments(source: SiteSource, page: Page) -> Iterator[DataFile]:
    links = page.view.attachments if isinstance(page.view, NoticeView) else ()
    for link in links:
        yield DataFile(link.address, read_bytes(source.content.folder, link.address))


def _assets() -> Iterator[PageFiles]:
    theme = theme_folder()
    places = (place for place in sorted((theme / "assets").rglob("*")) if place.is_file())
    yield None, tuple(DataFile(place.relative_to(theme).as_posix(), place.read_bytes()) for place in places)


def _data(source: SiteSource, program: str, around: Frame, pages: Iterable[Page]) -> Iterator[PageFiles]:
    """Yield the files that belong to no page."""
    content, at, records = source.content, source.at, source.records
    shown = public_notices(content, at)
    updated = [(page.address, page.updated) for page in pages]
    updated += [(entry.summary.address, entry.summary.changed_on) for entry in public_notices(content, at, records)]
    # Two sites with the same state are the same, whenever on a day they were made.
    note = BuildNote.of(program, replace(at, now=unchanged_since(content, at, records)), content.site.demo_day)
    mark = read_bytes(content.folder, content.mark.file) if content.mark else None
    removed = (entry.notice.public_form() for entry in shown if entry.summary.text_removed)
    yield (
        None,
        (
            sitemap(updated, around.address),
            *header_files(),
            note.file(),
            *face_files(content, mark),
            *(records_files(records, removed) if records else ()),
        ),
    )
