"""Many notices at once: each by itself, so that the cores of a machine can share them."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from generator.check.notice import check_notice
from generator.check.summary import summarize
from generator.check.violation import CheckContext
from generator.media_types import LARGEST_FILE
from generator.model import Notice, NoticeSummary, canonical_json, fingerprint
from generator.parallel import map_in_processes
from generator.problems import Problem, Severity
from generator.read import MAX_BYTES, Folder, Node, decode, parse, read_bytes

_HEAD = 4096
_SHARE = 25


@dataclass(frozen=True, slots=True)
class PackedNotice:
    """A notice with its summary at hand and the whole compressed, so that thousands fit in memory.

    `fingerprint` is that of its public form, `attachments` are the names of the files that it lists.
    """

    summary: NoticeSummary
    fingerprint: str
    attachments: tuple[str, ...]
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, notice: Notice) -> PackedNotice:
        """Compress a notice for keeping in memory."""
        return cls(
            summarize(notice),
            fingerprint(canonical_json(notice.public_form())),
            tuple(attachment.file for attachment in notice.attachments),
            zlib.compress(pickle.dumps(notice, protocol=5), 1),
        )

    def as_of(self, day: date) -> PackedNotice:
        """Return the notice as of a day, without what is published about it later."""
        return self if self.summary.changed_on <= day else PackedNotice.of(self.notice.as_of(day))

    @property
    def notice(self) -> Notice:
        """The whole notice."""
        notice: Notice = pickle.loads(zlib.decompress(self.packed))  # noqa: S301  (packed by this very program)
        return notice


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A YAML file: its text, its tree (None where it could not be read), and the problems of reading it."""

    text: str
    tree: Node | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class NoticeFiles:
    """A notice to check: its file, its id, and the files in its own folder."""

    path: str
    id: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeResult:
    """The result of checking a notice: the notice or None, its problems, and its text where it has some."""

    wanted: NoticeFiles
    entry: PackedNotice | None
    problems: tuple[Problem, ...]
    text: str


def read_source(folder: Folder, path: str) -> SourceFile:
    """Read a YAML file of the folder."""
    text, problems = decode(read_bytes(folder, path, MAX_BYTES + 1), path)
    if text is None:
        return SourceFile("", None, problems)
    tree, found = parse(text, path)
    failed = any(problem.severity is Severity.ERROR for problem in (*problems, *found))
    return SourceFile(text, None if failed else tree, (*problems, *found))


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
    source = read_source(folder, wanted.path)
    notice, problems = None, source.problems
    if source.tree is not None:
        beside = {name.rpartition("/")[2]: read_bytes(folder, name, _HEAD) for name in wanted.beside}
        own = replace(context, attachments=beside, whole=partial(_whole, folder, wanted))
        notice, found = check_notice(source.tree, wanted.id, wanted.path, source.text, own)
        problems = (*problems, *found)
    return NoticeResult(
        wanted, None if notice is None else PackedNotice.of(notice), problems, source.text if problems else ""
    )


def _whole(folder: Folder, wanted: NoticeFiles, name: str) -> bytes | None:
    path = next(path for path in wanted.beside if path.rpartition("/")[2] == name)
    size = next(file.size for file in folder.files if file.path == path)
    return read_bytes(folder, path) if size <= LARGEST_FILE else None
