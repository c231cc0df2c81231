"""Many notices at once: each by itself, so that the cores of a machine can share them."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from generator.check.files import LARGEST
from generator.check.headline import headline
from generator.check.notice import check_notice
from generator.check.violation import Surroundings
from generator.model import Headline, Notice, canonical_json, fingerprint
from generator.parallel import map_in_processes
from generator.problems import Problem, Severity
from generator.read import MAX_BYTES, Folder, Node, decode, parse, read_bytes

_HEAD = 4096
_SHARE = 25


@dataclass(frozen=True, slots=True)
class Entry:
    """A notice at rest: its headline at hand, the whole packed small, so that thousands fit in memory.

    `fingerprint` is that of its public form, `attachments` are the names of the files that it lists.
    """

    headline: Headline
    fingerprint: str
    attachments: tuple[str, ...]
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, notice: Notice) -> Entry:
        """Put a notice to rest."""
        return cls(
            headline(notice),
            fingerprint(canonical_json(notice.public_form())),
            tuple(attachment.file for attachment in notice.attachments),
            zlib.compress(pickle.dumps(notice, protocol=5), 1),
        )

    def as_of(self, day: date) -> Entry:
        """Return the notice as it stands on a day, without what is published about it later."""
        return self if self.headline.changed_on <= day else Entry.of(self.notice.as_of(day))

    @property
    def notice(self) -> Notice:
        """The whole notice."""
        notice: Notice = pickle.loads(zlib.decompress(self.packed))  # noqa: S301  (packed by this very program)
        return notice


@dataclass(frozen=True, slots=True)
class Source:
    """A YAML file: its text, its tree (None where it could not be read), and the problems of reading it."""

    text: str
    tree: Node | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A notice to check: its file, its id, and the files in its own folder."""

    path: str
    id: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a notice: an entry, or none; its problems, and its text where it has some."""

    wanted: Wanted
    entry: Entry | None
    problems: tuple[Problem, ...]
    text: str


def read_source(folder: Folder, path: str) -> Source:
    """Read a YAML file of the folder."""
    text, problems = decode(read_bytes(folder, path, MAX_BYTES + 1), path)
    if text is None:
        return Source("", None, problems)
    tree, found = parse(text, path)
    failed = any(problem.severity is Severity.ERROR for problem in (*problems, *found))
    return Source(text, None if failed else tree, (*problems, *found))


def check_notices(folder: Folder, wanted: list[Wanted], around: Surroundings, cores: int) -> Iterator[Outcome]:
    """Check notices in the order given, on at most so many cores where the system can share a process."""
    shares = [wanted[start : start + _SHARE] for start in range(0, len(wanted), _SHARE)]
    files = {file.path: file for file in folder.files}
    work = [(replace(folder, files=tuple(files[path] for path in _paths(share))), share) for share in shares]
    for outcomes in map_in_processes(partial(_check_share, around), work, cores):
        yield from outcomes


def _paths(share: Iterable[Wanted]) -> list[str]:
    return sorted(path for wanted in share for path in (wanted.path, *wanted.beside))


def _check_share(around: Surroundings, work: tuple[Folder, list[Wanted]]) -> list[Outcome]:
    folder, share = work
    return [_check(folder, around, wanted) for wanted in share]


def _check(folder: Folder, around: Surroundings, wanted: Wanted) -> Outcome:
    source = read_source(folder, wanted.path)
    notice, problems = None, source.problems
    if source.tree is not None:
        beside = {name.rpartition("/")[2]: read_bytes(folder, name, _HEAD) for name in wanted.beside}
        surroundings = replace(around, attachments=beside, whole=partial(_whole, folder, wanted))
        notice, found = check_notice(source.tree, wanted.id, wanted.path, source.text, surroundings)
        problems = (*problems, *found)
    return Outcome(wanted, None if notice is None else Entry.of(notice), problems, source.text if problems else "")


def _whole(folder: Folder, wanted: Wanted, name: str) -> bytes | None:
    path = next(path for path in wanted.beside if path.rpartition("/")[2] == name)
    size = next(file.size for file in folder.files if file.path == path)
    return read_bytes(folder, path) if size <= LARGEST else None
