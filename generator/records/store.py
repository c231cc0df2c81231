"""The folder of the records: the ledger, and each version of each notice with its attachments."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock

from generator.model import Notice, notice_of
from generator.records.digest import Digest, RecordsError, digest
from generator.records.ledger import LEDGER, Ledger, Line, read_ledger

_NOTICES = "notices"
Fetch = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Records:
    """What was published when; `folder` is None for records that are nowhere yet.

    `new` are files to be written, by path, and `gone` those to be removed; `base` is the ledger that stands in the
    folder, `ledger` what it becomes. `fetch` returns by path what the folder lacks, where it is a part of the records.
    """

    folder: Path | None = None
    fetch: Fetch | None = None
    base: Ledger = field(default_factory=Ledger)
    ledger: Ledger = field(default_factory=Ledger)
    new: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.gone) or self.ledger.head != self.base.head

    def canonical(self, line: Line) -> bytes:
        """Return the canonical notice that a line speaks of; RecordsError where it is not what was published."""
        return self._read(version_path(line.id, line.version), line.shown.fingerprint)

    def notice(self, line: Line) -> Notice:
        """Return the notice that a line speaks of; RecordsError as `canonical`."""
        try:
            return notice_of(self.canonical(line))
        except ValueError as error:
            raise RecordsError(
                f"{version_path(line.id, line.version)} 是别的版本的程序写的，这个版本读不了。请升级程序。"
            ) from error

    def attachment(self, line: Line, name: str) -> bytes:
        """Return an attachment as a line speaks of it; RecordsError as `canonical`."""
        return self._read(attachment_path(line.id, line.shown.files[name]), line.shown.files[name])

    def _read(self, path: str, expected: Digest) -> bytes:
        if path in self.new:
            return self.new[path]()
        if self.folder is None:
            raise RecordsError(f"发布记录里没有 {path}。")
        try:
            place = self.folder / path
            data = self.fetch(path) if self.fetch and not place.exists() else place.read_bytes()
        except OSError as error:
            raise RecordsError(f"发布记录里的 {path} 读不出来（{error.strerror}）。{_RESTORE}") from error
        if digest(data) != expected:
            raise RecordsError(f"发布记录里的 {path} 被改动过，和 {LEDGER} 里的指纹对不上。{_RESTORE}")
        return data


_RESTORE = "\n请取回原来的文件：git fetch origin records，再到记录的文件夹里 git reset --hard origin/records。"


def version_path(id_: str, version: int) -> str:
    """Return where a version's canonical notice lies in the folder."""
    return f"{_NOTICES}/{id_}.v{version}.json"


def attachment_path(id_: str, of: Digest) -> str:
    """Return where an attachment lies in the folder; one that did not change lies there once for all versions."""
    return f"{_NOTICES}/{id_}/files/{of.sha256}"


def files_of(line: Line) -> dict[str, Digest]:
    """Return the files of the folder that a line speaks of, by path."""
    attached = {attachment_path(line.id, of): of for of in line.shown.files.values()}
    return {version_path(line.id, line.version): line.shown.fingerprint, **attached}


def load(folder: Path, fetch: Fetch | None = None) -> Records:
    """Read the records of a folder, none where it holds no ledger; RecordsError where they are not whole.

    `fetch` as in `Records`.
    """
    try:
        data = (folder / LEDGER).read_bytes()
    except FileNotFoundError:
        if folder.is_dir() and any((folder / _NOTICES).glob("*/*.v*.json")):
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
    with FileLock(folder.with_name(f".{folder.name}.lock")):
        if load(folder).ledger.head != records.base.head:
            raise RecordsError(f"就在刚才，另一次发布写了 {folder / LEDGER}。这一次没有写，也没有发布；请再运行一次。")
        for path, read in records.new.items():
            _write(folder / path, read())
        if records.ledger.head != records.base.head:
            _write(folder / LEDGER, records.ledger.written())
        for path in records.gone:
            (folder / path).unlink(missing_ok=True)
            with suppress(OSError):
                (folder / path).parent.rmdir()
    return Records(folder, records.fetch, records.ledger, records.ledger)


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".writing-{place.name}")
    with temporary.open("wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())
    temporary.replace(place)
    if os.name == "posix":
        opened_folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(opened_folder)
        finally:
            os.close(opened_folder)
