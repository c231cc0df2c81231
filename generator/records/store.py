"""The folder of the records: the ledger, each version of each notice with its attachments, and of the site's facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.addresses import NOTICES
from generator.files import replace_file
from generator.locks import locked
from generator.model import Notice, notice_of
from generator.records.digest import Digest, RecordsError, both_digests
from generator.records.ledger import LEDGER, Ledger, read_ledger
from generator.records.line import SITE_ID, LedgerLine
from generator.records.site_facts import SiteChange, SiteFacts, facts_of

Fetch = Callable[[str], bytes]


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
                f"{LEDGER} 第 {line.number} 行的附件和 {line.id} 第 {line.version} 版的对不上。"
            ) from error

    def attachment(self, line: LedgerLine, of: Digest) -> bytes:
        """Return one of the attachments that a line speaks of; RecordsError as `canonical`."""
        return self._read(attachment_path(line.id, of), of)

    def mark(self, line: LedgerLine) -> bytes:
        """Return the picture of the mark that a line of the site speaks of; RecordsError as `canonical`."""
        if not line.shown.files:
            raise RecordsError(f"{LEDGER} 第 {line.number} 行没有标志的图片。")
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
            raise RecordsError(f"发布记录里的 {path} 被改动过，和 {LEDGER} 里的指纹对不上。{_RESTORE}")
        return data


def _foreign(line: LedgerLine) -> RecordsError:
    path = version_path(line.id, line.version)
    return RecordsError(f"{path} 是别的版本的程序写的，这个版本读不了。请升级程序。")


_RESTORE = "\n请取回原来的文件：git fetch origin records，再到记录的文件夹里 git reset --hard origin/records。"


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


def load(folder: Path, fetch: Fetch | None = None) -> Records:
    """Read the records of a folder, none where it holds no ledger; RecordsError where they are not whole.

    `fetch` as in `Records`.
    """
    try:
        data = (folder / LEDGER).read_bytes()
    except FileNotFoundError:
        if folder.is_dir() and any((folder / NOTICES).glob("*/*.v*.json")):
            raise RecordsError(f"{folder} 里有通报的旧版本，却没有 {LEDGER}。{_RESTORE}") from None
        return Records(folder)
    ledger = read_ledger(data, (folder / LEDGER).as_posix())
    return Records(folder, fetch, ledger, ledger)


def records_folder(root: Path) -> Path | None:
    """Return the folder of the records beside the content that `root` holds, where there is one."""
    folder = root / "records"
    return folder if (folder / LEDGER).is_file() else None


def save(records: Records) -> Records:
    """Write what is new, whole or not at all, and see it onto the disk; return the records as they stand then.

    First the versions, then the ledger in one step, last what is to go: a run that is ended anywhere leaves records
    that are true, and the next one completes them. RecordsError where another run wrote in the meantime.
    """
    folder = records.folder
    if folder is None or not records.changed:
        return records
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder.with_name(f".{folder.name}.lock")):
        if load(folder).ledger.head != records.base.head:
            raise RecordsError(f"就在刚才，另一次发布写了 {folder / LEDGER}。这一次没有写，也没有发布；请再运行一次。")
        for path, read in records.to_write.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            replace_file(folder / path, read())
        if records.ledger.head != records.base.head:
            replace_file(folder / LEDGER, records.ledger.written())
        for path in records.to_delete:
            (folder / path).unlink(missing_ok=True)
            with suppress(OSError):
                (folder / path).parent.rmdir()
    return replace(records, base=records.ledger, to_write={}, to_delete=())
