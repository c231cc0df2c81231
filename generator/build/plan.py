"""The plan of a site: every output with its key and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from generator.addresses import DATA_ADDRESS, archive_address, organ_address
from generator.build.build_note import BuildNote
from generator.build.keys import key_of
from generator.build.load import SiteSource
from generator.build.year_lists import YearLists, year_lists
from generator.build.years import last_seal
from generator.check import Broken, PackedNotice
from generator.files import DataFile
from generator.html.policy import header_files
from generator.html.resources import theme_folder
from generator.model import NoticeSummary, Organ, Organs, Site
from generator.pages import (
    Frame,
    Page,
    broken_page,
    face_files,
    frame,
    head_pages,
    ledger_file,
    notice_pages,
    organ_pages,
    public_notices,
    public_units,
    records_files,
    unchanged_since,
    year_page,
)
from generator.pages.view import NoticeView
from generator.read import read_bytes
from generator.records import LedgerPart
from generator.search import IndexedNotice, index_notice, search_page

# A page, if there is one, with the files beside it.
PageFiles = tuple[Page | None, tuple[DataFile, ...]]
# Stands for nothing: what has no key is made each time.
NO_KEY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Files of the site that are made together, under a name; `index` makes a notice ready for the search index.

    `key` stands for all that they follow from. `folder` is the path of the folder that holds them and nothing else, ""
    where others lie beside them. `load` brings what has to be at hand, and `make`, perhaps in another process, yields
    of that the pages with the files beside them. `basis` and `seal` as in `MadeFiles`.
    """

    name: str
    load: Callable[[], Any]
    make: Callable[[Any], Iterable[PageFiles]]
    key: str = NO_KEY
    folder: str = ""
    basis: str = ""
    seal: str = ""
    index: Callable[[Any], IndexedNotice] | None = None

    def contents(self) -> Iterable[PageFiles]:
        """Yield the pages with the files beside them, made here and now."""
        return self.make(self.load())


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """All outputs of a site; `frame` stands around each page, `root` is the site's path on its host.

    `public` are its notices in the years that are looked at, as of its day, and `years` what is known of all years.
    The search index and the lists of files come last and are not among `outputs`: they follow from those.
    """

    source: SiteSource
    public: tuple[PackedNotice, ...]
    years: YearLists
    frame: Frame
    root: str
    outputs: tuple[Output, ...]


def plan_site(source: SiteSource, shell_key: str, *, preview: bool = False) -> SitePlan:
    """List what a site consists of; `shell_key` stands for the frame of its pages."""
    content, at = source.content, source.at
    around = frame(content, at)
    # A preview is served at the root, wherever the site itself will be.
    root = "/" if preview else urlsplit(around.address).path or "/"
    public = public_notices(content, at, source.records)
    years = year_lists(source, public)
    plan = SitePlan(source=source, public=public, years=years, frame=around, root=root, outputs=())
    outputs = (
        *_notice_outputs(plan),
        *_list_outputs(plan),
        *_head_outputs(plan, content.broken if preview else ()),
        *_file_outputs(plan, shell_key),
    )
    return replace(plan, outputs=outputs)


def _notice_outputs(plan: SitePlan) -> Iterator[Output]:
    """Yield an output for each public notice of the years that are looked at."""
    source, memory = plan.source, plan.source.memory
    organs, by_id = source.content.organs, source.records.ledger.by_id if source.records else {}
    whole = {entry.summary.id: entry.summary for entry in source.content.entries}
    make, index = partial(notice_contents, source), partial(_indexed, source.content.site, source.at.now)
    for entry in plan.public:
        id_, folder = entry.summary.id, entry.summary.address.rstrip("/")
        basis = memory.basis_of(whole[id_], organs, source.at.now) if memory else ""
        seal = last_seal(by_id.get(id_, ()))
        key = key_of(basis, seal) if memory else NO_KEY
        yield Output(
            name=folder,
            folder=folder,
            load=entry.at_hand,
            make=make,
            key=key,
            basis=basis,
            seal=seal,
            index=None if entry.summary.text_removed else index,
        )


def _indexed(site: Site, now: datetime, entry: PackedNotice) -> IndexedNotice:
    return index_notice(entry.summary, public_units(entry.notice, site, now))


def _list_outputs(plan: SitePlan) -> Iterator[Output]:
    """Yield an output for the page of each year, and one for the pages of each organ."""
    content, now, years = plan.source.content, plan.source.at.now, plan.years
    for year in years.names:
        folder = archive_address(year).rstrip("/")
        key = years.key((year, *years.names), {year: years.digests.get(year, {})}, content.organs)
        make = partial(_year_pages, year, years.names, content.organs, now)
        yield Output(name=folder, folder=folder, load=partial(years.of_year, year), make=make, key=key)
    for organ in years.organs:
        folder, facts = organ_address(organ).rstrip("/"), {organ: content.organs[organ]}
        digests = {year: {organ: held[organ]} for year, held in years.digests.items() if organ in held}
        make = partial(_organ_pages, organ, facts[organ], now)
        key = years.key((organ,), digests, facts)
        yield Output(name=folder, folder=folder, load=partial(years.of_organ, organ), make=make, key=key)


def _year_pages(
    year: str, years: Sequence[str], organs: Organs, now: datetime, notices: Sequence[NoticeSummary]
) -> list[PageFiles]:
    return [(year_page(year, notices, years, organs, now), ())]


def _organ_pages(
    key: str, organ: Organ, now: datetime, notices: Mapping[str, Sequence[NoticeSummary]]
) -> list[PageFiles]:
    return [(page, ()) for page in organ_pages(key, organ, notices, now)]


def _head_outputs(plan: SitePlan, broken: Iterable[Broken]) -> Iterator[Output]:
    """Yield an output for each page that goes by the figures of all years, or lists nothing."""
    content, at, figures = plan.source.content, plan.source.at, plan.years.figures
    pages = [*head_pages(content, figures, at.now, plan.source.records), search_page(content.organs, figures)]
    pages += map(broken_page, broken)
    for page in pages:
        key = plan.years.key((repr(page),), {}, {})
        yield Output(name=page.path, load=partial(_alone, page), make=list, key=key)


def _alone(page: Page) -> list[PageFiles]:
    return [(page, ())]


def _file_outputs(plan: SitePlan, program: str) -> Iterator[Output]:
    """Yield outputs of the files that belong to no page."""
    assets = partial(_assets, plan.source)
    yield Output(name="assets", folder="assets", load=assets, make=list, key=plan.years.key(("assets",), {}, {}))
    for part in plan.source.records.ledger.parts if plan.source.records else ():
        key = plan.years.key((part.path, part.last.seal.sha256), {}, {})
        yield Output(name=f"{DATA_ADDRESS}{part.path}", load=partial(_ledger_part, part), make=list, key=key)
    yield Output(name="data", load=partial(_data, plan, program), make=list)


def notice_contents(source: SiteSource, entry: PackedNotice) -> tuple[PageFiles, ...]:
    """Make a notice's pages, its own first, with all files beside them but the fragment."""
    content = source.content
    made = notice_pages(entry, content, source.at, source.records)
    return tuple((page, (*files, *_attachments(source, page))) for page, files in made)


def _attachments(source: SiteSource, page: Page) -> Iterator[DataFile]:
    links = page.view.attachments if isinstance(page.view, NoticeView) else ()
    for link in links:
        yield DataFile(link.address, read_bytes(source.content.folder, link.address))


def _assets(source: SiteSource) -> list[PageFiles]:
    """Return the theme's own files, and those of the site's face."""
    theme, content = theme_folder(), source.content
    places = (place for place in sorted((theme / "assets").rglob("*")) if place.is_file())
    own = (DataFile(place.relative_to(theme).as_posix(), place.read_bytes()) for place in places)
    mark = read_bytes(content.folder, content.mark.file) if content.mark else None
    return [(None, (*own, *face_files(content, mark)))]


def _ledger_part(part: LedgerPart) -> list[PageFiles]:
    return [(None, (ledger_file(part),))]


def _data(plan: SitePlan, program: str) -> list[PageFiles]:
    """Return the files of the whole site that are as small as it may grow."""
    content, at, records, years = plan.source.content, plan.source.at, plan.source.records, plan.years
    # Two sites with the same state are the same, whenever on a day they were made.
    note = BuildNote.of(program, replace(at, now=unchanged_since(years.figures, at, records)), content.site.demo_day)
    removed = years.removed(plan.public)
    return [(None, (*header_files(), note.file(), *(records_files(records, removed) if records else ())))]
