"""The years of a site as an earlier build left them: which hold still, and what is known of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial

from generator.addresses import id_of_address, year_of_path
from generator.build.index import Index
from generator.build.keys import key_of, program_key
from generator.build.request import Has
from generator.check import Content, NoticeFiles, NoticeResult, PackedNotice
from generator.errors import GongkaiError
from generator.model import NoticeSummary, Organs
from generator.pages import BuildTime, YearFigures, notice_changes
from generator.problems import Problem
from generator.read import Folder
from generator.records import Ledger, LedgerLine, Records, changes_of_site
from generator.search import SegmentFacts, is_running


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNotice:
    """A notice that an earlier build checked: its summary as it was written, and all that came of the check.

    `stamp` is by what its files are known again, `digest` stands for what they hold.
    """

    stamp: str
    digest: str
    summary: NoticeSummary
    fingerprint: str
    attachments: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFiles:
    """Files that were made from what a key stands for: SHA-256 and size by path; where else they link to; its pages.

    `dated` has the address and the day of the last change of each page that search engines are to find.
    Of a notice, `basis` stands for all of that but the records, and `seal` is that of its last line there. `folder` is
    the name, as of `folder_tree`, of the folder that holds these files and no others, "" where others lie beside them.
    """

    key: str
    files: Mapping[str, tuple[str, int]]
    links: frozenset[str] = frozenset()
    pages: int = 0
    dated: tuple[tuple[str, date], ...] = ()
    basis: str = ""
    seal: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearState:
    """A year's part of a site, from `since` until before `until` (None for ever): then it is to be looked at again.

    `named` are the organs that its notices name, `facts` stands for what is known of those. `figures` is what the rest
    of the site says of the year, None where none of its notices is public, `organs` a digest of each organ's notices in
    it, `search` what the index needs of it. `folders` are the names of the year's folders by path, `loose` the digests
    and sizes of its files that lie among others; `links` are the files elsewhere to which they lead, `ids` the public
    notices. `files` and `size` count all of its files. `removed` are, by id, the canonical forms of the notices that
    were published in error; `waiting` those that are not due yet.
    """

    named: frozenset[str]
    facts: str
    since: datetime | None
    until: datetime | None
    figures: YearFigures | None
    organs: Mapping[str, str]
    search: Sequence[SegmentFacts]
    folders: Mapping[str, str]
    loose: Mapping[str, tuple[str, int]]
    links: frozenset[str]
    ids: frozenset[str]
    files: int
    size: int
    warnings: int
    removed: Mapping[str, bytes]
    waiting: Mapping[str, datetime]

    def lasts(self, now: datetime) -> bool:
        """Whether it is at an instant what it was made for."""
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)

    def is_at_hand(self, has: Callable[[str, str], bool]) -> bool:
        """Whether all that was made of it is there."""
        names = (*self.folders.items(), *((path, digest) for path, (digest, _) in self.loose.items()))
        return all(has(path, name) for path, name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownYear:
    """A year that is to be looked at: what is known, by id, of its notices and of the files made of them."""

    notices: Mapping[str, KnownNotice] = field(default_factory=dict)
    made: Mapping[str, MadeFiles] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The index of an earlier build, of the site with the name `earlier`, against the content as it is now.

    `has` says of a path whether what lies there bears a name.
    `site_key` stands for all that every page follows from, `check_key` for what each check does beside its notice.
    `stamps` are those of all years, `renamed` the seals of the lines at which an organ got another name. The years in
    `kept` hold as they are; of the others all that is `known` is here, by id the results of checking each notice now
    and a digest of its files, and which notices are `unchanged`.
    """

    index: Index
    has: Callable[[str, str], bool]
    earlier: str
    site_key: str
    check_key: str
    stamps: Mapping[str, str]
    renamed: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, YearState]
    known: Mapping[str, KnownYear]
    results: Mapping[str, NoticeResult] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    unchanged: frozenset[str] = frozenset()

    def made(self, name: str, key: str) -> MadeFiles | None:
        """Return the files that were made of an output with this key, None where they are not known."""
        year = year_of_path(name)
        if not year:
            held: MadeFiles | None = self.index.get(f"output/{name}", key)
            return held
        made = self.known[year].made.get(id_of_address(name))
        return made if made and made.key == key else None

    def is_open(self, id_: str) -> bool:
        """Whether anything of a notice may have changed."""
        return id_.partition("/")[0] not in self.kept and id_ not in self.unchanged

    def facts_of(self, keys: Iterable[str], organs: Organs) -> str:
        """Hash the facts of organs, those included that are not there, and when each got another name."""
        return key_of(*(repr((key, organs.get(key), self.renamed.get(key))) for key in sorted(keys)))

    def basis_of(self, summary: NoticeSummary, organs: Organs, now: datetime) -> str:
        """Hash all that a notice's files follow from but the records; `summary` is not as of a day."""
        since, _ = notice_changes(summary, now)
        facts = self.facts_of([summary.organ], organs)
        return key_of(self.site_key, summary.id, self.digests[summary.id], facts, str(since))


def remember(
    index: Index,
    content: Content,
    at: BuildTime,
    records: Records | None,
    stamps: Mapping[str, str],
    keys: tuple[str, str],
    has: Has | None,
) -> Memory:
    """Return what an index knows of content with these stamps of its years; `keys` are those of site and checks.

    `has` as in `BuildRequest`.
    """
    earlier: str = index.get("site", "") or ""
    site_key, own_check_key = keys
    ledger = records.ledger if records else Ledger()
    empty = Memory(
        index=index,
        has=lambda path, name: has is not None and has(path, name, earlier),
        earlier=earlier,
        site_key=site_key,
        check_key=own_check_key,
        stamps=stamps,
        renamed=_renamed(index, records) if records else {},
        kept={},
        known={},
    )
    kept: dict[str, YearState] = {}
    for year in stamps:
        state: YearState | None = index.get(f"year/{year}", year_key(empty, year, ledger, at.now))
        if state is None or not state.lasts(at.now) or not state.is_at_hand(empty.has):
            continue
        if state.facts == empty.facts_of(state.named, content.organs):
            kept[year] = state
    return replace(
        empty, kept=kept, known={year: _known(index, own_check_key, year) for year in stamps if year not in kept}
    )


def with_renames(memory: Memory, records: Records) -> Memory:
    """Return what is known with the new names of organs that a publication brings."""
    return replace(memory, renamed=_renamed(memory.index, records))


def with_results(memory: Memory, results: Iterable[NoticeResult], folder: Folder) -> Memory:
    """Return what is known with the digests of the notices' files."""
    stamps = file_stamps(folder)
    held = {one.wanted.id: one for one in results}
    digests = {id_: source_digest(one.wanted, one.digest, stamps) for id_, one in held.items()}
    return replace(memory, results=held, digests=digests)


def with_unchanged(memory: Memory, content: Content, now: datetime, records: Records | None) -> Memory:
    """Return what is known with the notices of which the public sees just what it saw, as the records have it."""
    by_id = records.ledger.by_id if records else {}
    unchanged = set()
    for entry in content.entries:
        made = memory.known[entry.summary.year].made.get(entry.summary.id)
        seal = last_seal(by_id.get(entry.summary.id, ()))
        if made and made.seal == seal and made.basis == memory.basis_of(entry.summary, content.organs, now):
            unchanged.add(entry.summary.id)
    return replace(memory, unchanged=frozenset(unchanged))


def last_seal(lines: Sequence[LedgerLine]) -> str:
    """Return the seal of the last of some lines, "" for none."""
    return lines[-1].seal.sha256 if lines else ""


def year_key(memory: Memory, year: str, ledger: Ledger, now: datetime) -> str:
    """Hash what a year's part of a site follows from but the facts of its organs and the changes of its notices."""
    last = ledger.last_of_year(year)
    seal, running = last.seal.sha256 if last else "", str(is_running(year, now))
    return key_of(memory.site_key, memory.check_key, memory.stamps[year], seal, running)


def _known(index: Index, key: str, year: str) -> KnownYear:
    return KnownYear(notices=index.get(f"notices/{year}", key) or {}, made=index.get(f"made/{year}", "") or {})


def _renamed(index: Index, records: Records) -> dict[str, tuple[str, ...]]:
    """Return by organ the seals of the lines at which it got another name."""
    if not records.ledger.site:
        return {}
    key = records.ledger.site[-1].seal.sha256
    found: dict[str, tuple[str, ...]] | None = index.get("renamed", key)
    if found is None:
        found = {}
        for change in changes_of_site(records):
            for organ in change.renamed():
                found[organ] = (*found.get(organ, ()), change.line.seal.sha256)
        index.put("renamed", key, found)
    return found


def check_key(content: Content, *, live: bool) -> str:
    """Hash all that the check of a notice follows from beside its own files and its organ's being there."""
    return key_of(program_key(), repr(content.site), str(live))


def known_results(
    memory: Memory, files: Iterable[NoticeFiles], folder: Folder, organs: Organs
) -> Iterator[NoticeResult]:
    """Yield the results of earlier checks that hold for the files of notices as they are now."""
    stamps = file_stamps(folder)
    for wanted in files:
        one = memory.known[wanted.id.partition("/")[0]].notices.get(wanted.id)
        if one is None or one.summary.organ not in organs or one.stamp != stamp_of(wanted, stamps):
            continue
        packed = partial(_text, memory.index, wanted.id, key_of(memory.check_key, one.digest))
        entry = PackedNotice(one.summary, one.fingerprint, one.attachments, packed)
        yield NoticeResult(wanted, entry, one.problems, "", one.digest)


def file_stamps(folder: Folder) -> dict[str, str]:
    """Return by path what tells a file from one that was changed since."""
    return {file.path: f"{file.size} {file.stamp}" for file in folder.files}


def stamp_of(files: NoticeFiles, stamps: Mapping[str, str]) -> str:
    """Return by what a notice's files are known again."""
    return key_of(*(f"{path} {stamps[path]}" for path in (files.path, *files.beside)))


def source_digest(files: NoticeFiles, digest: str, stamps: Mapping[str, str]) -> str:
    """Hash what a notice's files hold: its own file by the SHA-256 `digest`, attachments by their stamps."""
    return key_of(digest, *(f"{path} {stamps[path]}" for path in files.beside))


def _text(index: Index, id_: str, key: str) -> bytes:
    packed: bytes | None = index.get(f"text/{id_}", key)
    if packed is None:
        raise LostEntryError(f"text/{id_}")
    return packed


class LostEntryError(GongkaiError):
    """The index has lost what it knows to be there."""
