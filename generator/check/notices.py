"""Many notices at once: each by itself, so that the cores of a machine can share them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from generator.check.notice import check_notice
from generator.check.summary import summarize
from generator.check.violation import CheckContext
from generator.media_types import LARGEST_FILE
from generator.model import Notice, NoticeSummary, canonical_json, fingerprint
from generator.parallel import map_in_processes
from generator.plain_pickle import dump_pickle, load_pickle
from generator.problems import Problem
from generator.read import MAX_BYTES, Folder, SourceFile, read_bytes, source_of

_HEAD = 4096
_SHARE = 25


@dataclass(frozen=True, slots=True)
class PackedNotice:
    """A notice with its summary at hand and the whole compressed, so that thousands fit in memory.

    `fingerprint` is that of its public form, `attachments` are the names of the files that it lists. `packed` is a
    function where the compressed notice lies elsewhere.
    """

    summary: NoticeSummary
    fingerprint: str
    attachments: tuple[str, ...]
    packed: bytes | Callable[[], bytes] = field(repr=False)

    @classmethod
    def of(cls, notice: Notice) -> PackedNotice:
        """Compress a notice for keeping in memory."""
        return cls(
            summarize(notice),
            fingerprint(canonical_json(notice.public_form())),
            tuple(attachment.file for attachment in notice.attachments),
            zlib.compress(dump_pickle(notice), 1),
        )

    def as_of(self, day: date) -> PackedNotice:
        """Return the notice as of a day, without what is published about it later."""
        return self if self.summary.changed_on <= day else PackedNotice.of(self.notice.as_of(day))

    @property
    def notice(self) -> Notice:
        """The whole notice."""
        packed = self.packed if isinstance(self.packed, bytes) else self.packed()
        notice: Notice = load_pickle(zlib.decompress(packed))
        return notice

    def at_hand(self) -> PackedNotice:
        """Return the same with the compressed notice itself, which another process may unpack."""
        return self if isinstance(self.packed, bytes) else replace(self, packed=self.packed())


@dataclass(frozen=True, slots=True)
class NoticeFiles:
    """A notice to check: its file, its id, and the files in its own folder."""

    path: str
    id: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeResult:
    """The result of checking a notice: the notice or None, its problems, and its text where it has some.

    `digest` is the SHA-256 of the file.
    """

    wanted: NoticeFiles
    entry: PackedNotice | None
    problems: tuple[Problem, ...]
    text: str
    digest: str = ""


def read_source(folder: Folder, path: str) -> SourceFile:
    """Read a YAML file of the folder."""
    return source_of(read_bytes(folder, path, MAX_BYTES + 1), path)


def check_notices(
    folder: Folder, notices: list[NoticeFiles], context: CheckContext, cores: int
) -> Iterator[NoticeResult]:
    """Check notices in the order given, on at most so many cores where the system can share a process."""
    shares = [notices[start : start + _SHARE] for start in range(0, len(notices), _SHARE)]
    files = {file.path: file for file in folder.files}
    work = [(replace(folder, files=tuple(files[path] for path in _paths(share))), share) for share in shares]
    for outcomes in map_in_processes(partial(_check_share, context), work, cores):
        yield from outcomes


def _paths(share: Iterable[NoticeFiles]) -> list[str]:
    return sorted(path for wanted in share for path in (wanted.path, *wanted.beside))


def _check_share(context: CheckContext, work: tuple[Folder, list[NoticeFiles]]) -> list[NoticeResult]:
    folder, share = work
    return [_check(folder, context, wanted) for wanted in share]


def _check(folder: Folder, context: CheckContext, wanted: NoticeFiles) -> NoticeResult:
    data = read_bytes(folder, wanted.path, MAX_BYTES + 1)
    source, digest = source_of(data, wanted.path), hashlib.sha256(data).hexdigest()
    notice, problems = None, source.problems
    if source.data is not None:
        beside = {name.rpartition("/")[2]: read_bytes(folder, name, _HEAD) for name in wanted.beside}
        own = replace(context, attachments=beside, whole=partial(_whole, folder, wanted))
        notice, found = check_notice(source, wanted.id, own)
        problems = (*problems, *found)
    entry = None if notice is None else PackedNotice.of(notice)
    return NoticeResult(wanted, entry, problems, source.text if problems else "", digest)


def _whole(folder: Folder, wanted: NoticeFiles, name: str) -> bytes | None:
    path = next(path for path in wanted.beside if path.rpartition("/")[2] == name)
    size = next(file.size for file in folder.files if file.path == path)
    return read_bytes(folder, path) if size <= LARGEST_FILE else None
