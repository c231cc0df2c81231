"""A site made again from the ledger: the notices and the facts that it speaks of, as far as they are at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from generator.addresses import REMOVED_ADDRESS, notice_address
from generator.archive.foreign import ForeignFolder, read_file
from generator.build.build import build
from generator.build.build_note import BuildNote
from generator.build.load import SiteSource
from generator.build.request import BuildRequest, OnStage
from generator.check import Content, PackedNotice, SiteMark, check_mark
from generator.check.markdown import StaffPage, check_markdown
from generator.files import DataFile, write_files
from generator.html.resources import default_configuration
from generator.read import scan
from generator.records import (
    Digest,
    Ledger,
    LedgerLine,
    Records,
    RecordsError,
    SiteFacts,
    attachment_path,
    both_digests,
    files_of,
    version_path,
)

# Returns the bytes that have a digest, None where they are not at hand.
FindBytes = Callable[[Digest], bytes | None]


@dataclass(frozen=True, slots=True)
class Materials:
    """Sources to make a site again: the records, the content, and the ids of the notices that are not at hand."""

    records: Records
    facts: SiteFacts
    content: Content
    absent: frozenset[str]


def held_in_folder(folder: ForeignFolder, digests: Mapping[str, str]) -> FindBytes:
    """Return what finds bytes among the files of a folder; `digests` are their SHA-256 by path."""
    places = {of: path for path, of in digests.items()}
    return lambda of: folder.read(places[of.sha256]) if of.sha256 in places else None


def held_as_removed(folder: ForeignFolder) -> FindBytes:
    """Return what finds the public forms of notices that were published in error, which a site serves in one file."""
    lines = (folder.read(REMOVED_ADDRESS) or b"").splitlines(keepends=True)
    found = {sha256(line).hexdigest(): line for line in lines}
    return lambda of: found.get(of.sha256)


def held_in_records(records: Records) -> FindBytes:
    """Return what finds bytes among the files of records that lie in a folder."""
    folder = records.folder
    places: dict[str, str] = {}
    for line in records.ledger.lines:
        places |= {of.sha256: path for path, of in files_of(line).items()}

    def held(of: Digest) -> bytes | None:
        path = places.get(of.sha256)
        return read_file(folder / path) if folder and path and (folder / path).is_file() else None

    return held


def facts_at_hand(ledger: Ledger, sources: Sequence[FindBytes]) -> SiteFacts | None:
    """Return the facts of the site as they stand last in a ledger; None where not all their versions are at hand."""
    records = Records(None, _fetch(ledger, sources), ledger, ledger)
    try:
        facts = [records.site_facts(line) for line in ledger.site]
    except RecordsError:
        return None
    return facts[-1] if facts else None


def gather_materials(ledger: Ledger, sources: Sequence[FindBytes], folder: Path) -> Materials | None:
    """Gather what the ledger speaks of, the attachments below `folder`; None where the site's facts are not at hand.

    Whoever holds it, only what has the digest that the ledger names is taken.
    """
    records = Records(None, _fetch(ledger, sources), ledger, ledger)
    facts = facts_at_hand(ledger, sources)
    if facts is None:
        return None
    try:
        mark = _mark(records, facts, folder)
    except RecordsError:
        return None
    present = {id_: entry for id_, own in ledger.by_id.items() if (entry := _entry(records, own, folder))}
    (folder / "content").mkdir(parents=True, exist_ok=True)
    content = Content(
        folder=scan(folder / "content"),
        site=facts.site,
        organs=facts.organs,
        entries=tuple(present[id_] for id_ in sorted(present, key=lambda id_: f"{id_}.yml")),
        prose=tuple(_staff_pages(facts.pages)),
        broken=(),
        mark=mark,
    )
    return Materials(records, facts, content, frozenset(ledger.by_id.keys() - present.keys()))


def reconstruct(materials: Materials, note: BuildNote, folder: Path, progress: OnStage) -> None:
    """Make the site of a moment again in an empty folder; BuildError or RecordsError where it cannot be made."""
    content = materials.content
    site = content.site.model_copy(update={"demo_day": note.demo_day})
    request = BuildRequest(
        root=content.folder.root.parent,
        now=note.at.now,
        configuration=default_configuration(),
        source=SiteSource(replace(content, site=site), note.at, materials.records),
    )
    build(request, folder, progress)


def _fetch(ledger: Ledger, sources: Sequence[FindBytes]) -> Callable[[str], bytes]:
    """Return what fetches the files of the records that a ledger speaks of, by path."""
    known: dict[str, Digest] = {}
    for line in ledger.lines:
        known[version_path(line.id, line.version)] = line.shown.fingerprint
        known |= {attachment_path(line.id, of): of for of in line.shown.files}

    def fetch(path: str) -> bytes:
        found = (held(known[path]) for held in sources) if path in known else ()
        data = next((one for one in found if one is not None), None)
        if data is None or both_digests(data) != known[path]:
            raise RecordsError(f"没有 {path}。")
        return data

    return fetch


def _entry(records: Records, own: tuple[LedgerLine, ...], folder: Path) -> PackedNotice | None:
    """Return a notice as it is shown and write its attachments; None where it, or a version, is not at hand."""
    try:
        for line in records.ledger.kept(own[-1].id):
            records.notice(line)
        notice = records.notice(own[-1])
        files = records.attached(own[-1], notice)
        address = f"content/{notice_address(notice.id)}"
        _write(folder, (DataFile(address + name, records.attachment(own[-1], of)) for name, of in files.items()))
    except (RecordsError, OSError):
        return None
    return PackedNotice.of(notice)


def _mark(records: Records, facts: SiteFacts, folder: Path) -> SiteMark | None:
    """Return the mark that the site bears last and write its picture; RecordsError where it is not at hand."""
    if not facts.site.mark:
        return None
    data = records.mark(records.ledger.site[-1])
    mark, faults = check_mark(facts.site.mark, data)
    if faults:
        raise RecordsError(f"{facts.site.mark}：{faults[0].found}。")
    _write(folder, [DataFile(f"content/{facts.site.mark}", data)])
    return mark


def _staff_pages(pages: Mapping[str, str]) -> Iterator[StaffPage]:
    for stem, text in sorted(pages.items(), key=lambda page: f"{page[0]}.md"):
        page, _ = check_markdown(text, f"{stem}.md", stem)
        if page is not None:
            yield page


def _write(folder: Path, files: Iterable[DataFile]) -> None:
    for _ in write_files(folder, files):
        pass
