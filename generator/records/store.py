"""The folder of the records: the ledger, each version of each notice with its attachments, and of the site's facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from generator.addresses import LEDGER, LEDGER_FOLDER, NOTICES, ledger_paths
from generator.files import replace_file
from generator.locks import locked
from generator.model import Notice, notice_of
from generator.records.digest import Digest, RecordsError, both_digests
from generator.records.ledger import Ledger
from generator.records.ledger_reader import LedgerCache, PartSource, read_parts
from generator.records.line import SITE_ID, LedgerLine
from generator.records.site_facts import SiteChange, SiteFacts, facts_of

Fetch = Callable[[str], bytes]


class RecordsSource(Protocol):
    """Records that lie elsewhere than in a folder."""

    def __call__(self, path: str) -> bytes:
        """Return a file by its path; RecordsError where there is none."""

    def ledger_parts(self) -> Sequence[PartSource]:
        """Return the parts of the ledger, in order."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of publications; `folder` is None for records that are nowhere yet.

    `to_write` are the files to write, by path, and `to_delete` those to remove; `base` is the ledger in the folder,
    `ledger` its successor. `fetch` returns by path a file of the records that the folder lacks. `site_changes` is
    filled by `append_changes`, once for all pages that show them.
    """

    folder: Path | None = None
    fetch: Fetch | None = None
    base: Ledger = field(default_factory=Ledger)
    ledger: Ledger = field(default_factory=Ledger)
    to_write: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    to_delete: tuple[str, ...] = ()
    site_changes: tuple[SiteChange, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.to_delete) or self.ledger.head != self.base.head

    @property
    def written(self) -> tuple[str, ...]:
        """The paths of the files that `save` writes, none where nothing changed."""
        parts = self.ledger.changed_parts(self.base)
        return (*self.to_write, *(part.path for part in parts)) if self.changed else ()

    def canonical(self, line: LedgerLine) -> bytes:
        """Return the canonical notice that a line speaks of; RecordsError where it is not what was published."""
        return self._read(version_path(line.id, line.version), line.shown.fingerprint)

    def notice(self, line: LedgerLine) -> Notice:
        """Return the notice that a line speaks of; RecordsError as `canonical`."""
        try:
            return notice_of(self.canonical(line))
        except ValueError as error:
            raise _foreign(line) from error

    def site_facts(self, line: LedgerLine) -> SiteFacts:
        """Return the facts that a line of the site speaks of; RecordsError as `canonical`."""
        try:
            return facts_of(self.canonical(line))
        except ValueError as error:
            raise _foreign(line) from error

    def attached(self, line: LedgerLine, notice: Notice | None = None) -> dict[str, Digest]:
        """Return the attachments that a line speaks of by their names; RecordsError as `canonical`.

        `notice` is the notice of the line where it is at hand. The names of a text that was removed are nowhere.
        """
        if not line.shown.files or line.is_first_schema:
            return line.attached(())
        try:
            return line.attached(names_of(notice or self.notice(line)))
        except ValueError as error:
            raise RecordsError(
                f"发布记录第 {line.number} 行的附件和 {line.id} 第 {line.version} 版的对不上。"
            ) from error

    def attachment(self, line: LedgerLine, of: Digest) -> bytes:
        """Return one of the attachments that a line speaks of; RecordsError as `canonical`."""
        return self._read(attachment_path(line.id, of), of)

    def mark(self, line: LedgerLine) -> bytes:
        """Return the picture of the mark that a line of the site speaks of; RecordsError as `canonical`."""
        if not line.shown.files:
            raise RecordsError(f"发布记录第 {line.number} 行没有标志的图片。")
        return self.attachment(line, line.shown.files[0])

    def _read(self, path: str, expected: Digest) -> bytes:
        if path in self.to_write:
            return self.to_write[path]()
        place = self.folder / path if self.folder else None
        try:
            if place is not None and (self.fetch is None or place.exists()):
                data = place.read_bytes()
            elif self.fetch is not None:
                data = self.fetch(path)
            else:
                raise RecordsError(f"发布记录里没有 {path}。")
        except OSError as error:
            raise RecordsError(f"发布记录里的 {path} 读不出来（{error.strerror}）。{_RESTORE}") from error
        if both_digests(data) != expected:
            raise RecordsError(f"发布记录里的 {path} 被改动过，和记下的指纹对不上。{_RESTORE}")
        return data


def _foreign(line: LedgerLine) -> RecordsError:
    path = version_path(line.id, line.version)
    return RecordsError(f"{path} 是别的版本的程序写的，这个版本读不了。请升级程序。")


_RESTORE = "\n请取回原来的文件：git fetch origin records，再到记录的文件夹里 git reset --hard origin/records。"


def _holds(folder: Path, ledger: Ledger) -> bool:
    """Whether a folder has the files of a ledger, and no other part."""
    there = {path for path in ledger_paths_in(folder) if (folder / path).stat().st_size}
    parts = {part.path: part for part in ledger.parts}
    return there == parts.keys() and all((folder / path).read_bytes() == parts[path].written() for path in there)


def version_path(id_: str, version: int) -> str:
    """Return where the canonical notice of a version lies in the folder, or for the id `site` the site's facts."""
    return f"{SITE_ID}/v{version}.json" if id_ == SITE_ID else f"{NOTICES}{id_}.v{version}.json"


def attachment_path(id_: str, of: Digest) -> str:
    """Return where an attachment lies in the folder, or for the id `site` the site's mark.

    One that did not change lies there once for all versions.
    """
    return f"{SITE_ID}/files/{of.sha256}" if id_ == SITE_ID else f"{NOTICES}{id_}/files/{of.sha256}"


def names_of(notice: Notice) -> tuple[str, ...]:
    """Return the names of a notice's attachments, in its order."""
    return tuple(attachment.file for attachment in notice.attachments)


def files_of(line: LedgerLine) -> dict[str, Digest]:
    """Return the files of the folder that a line speaks of, by path."""
    attached = {attachment_path(line.id, of): of for of in line.shown.files}
    return {version_path(line.id, line.version): line.shown.fingerprint, **attached}


def load(folder: Path, fetch: RecordsSource | None = None, cache: LedgerCache | None = None) -> Records:
    """Read the records of a folder, or of `fetch`, to which a publication is then to be written in that folder.

    There are none where the folder holds no ledger; RecordsError where they are not whole. `cache` remembers what was
    verified of the ledger.
    """
    sources = fetch.ledger_parts() if fetch else _parts_of(folder)
    if not sources and folder.is_dir() and any((folder / NOTICES).glob("*/*.v*.json")):
        raise RecordsError(f"{folder} 里有通报的旧版本，却没有 {LEDGER_FOLDER} 或 {LEDGER}。{_RESTORE}")
    ledger = read_parts(sources, cache)
    return Records(folder, fetch, ledger, ledger)


def ledger_paths_in(folder: Path) -> list[str]:
    """Return the paths in a folder that hold a ledger, in the order of its lines."""
    below = folder / LEDGER_FOLDER
    parts = [f"{LEDGER_FOLDER}/{place.name}" for place in (below.iterdir() if below.is_dir() else ())]
    return ledger_paths([*parts, *([LEDGER] if (folder / LEDGER).is_file() else [])])


def _parts_of(folder: Path) -> list[PartSource]:
    places = {path: folder / path for path in ledger_paths_in(folder)}
    return [PartSource(path, place.read_bytes, file=place.as_posix()) for path, place in places.items()]


def records_folder(root: Path) -> Path | None:
    """Return the folder of the records beside the content that `root` holds, where there is one."""
    folder = root / "records"
    return folder if ledger_paths_in(folder) else None


def save(records: Records) -> Records:
    """Write what is new, whole or not at all, and see it onto the disk; return the records as they stand then.

    First the versions, then the ledger, each part of it in one step, last what is to go: a run that is ended anywhere
    leaves records that are true, and the next one completes them. RecordsError where another run wrote in the meantime.
    """
    folder = records.folder
    if folder is None or not records.changed:
        return records
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_name(f".{folder.name}.lock")):
        if records.fetch is None and not _holds(folder, records.base):
            raise RecordsError(f"就在刚才，另一次发布写了 {folder}。这一次没有写，也没有发布；请再运行一次。")
        for path, read in records.to_write.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            replace_file(folder / path, read())
        for part in records.ledger.changed_parts(records.base):
            (folder / part.path).parent.mkdir(exist_ok=True)
            replace_file(folder / part.path, part.written())
        for path in records.to_delete:
            (folder / path).unlink(missing_ok=True)
            with suppress(OSError):
                (folder / path).parent.rmdir()
    return replace(records, base=records.ledger, to_write={}, to_delete=())
