"""A part of the ledger: a file of its own, whose lines are read as they are needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from generator.addresses import LEDGER
from generator.records.digest import RecordsError
from generator.records.line import LedgerLine, line_of

# A line has some 700 bytes: what a publication writes anew stays below a megabyte.
MOST_LINES = 1000


@dataclass(slots=True)
class PartBytes:
    """The bytes of a part, read when they are first asked for; RecordsError where they have another SHA-256 then."""

    sha256: str
    read: Callable[[], bytes]
    held: bytes | None = None

    def get(self) -> bytes:
        """Return the bytes."""
        if self.held is None:
            data = self.read()
            if hashlib.sha256(data).hexdigest() != self.sha256:
                raise RecordsError("发布记录刚刚被改动过，没有接着读。请再运行一次。")
            self.held = data
        return self.held

    @classmethod
    def of(cls, data: bytes) -> PartBytes:
        """Return bytes that are at hand."""
        return cls("", bytes, data)


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """A part of the ledger: its path, the number of its first line, and of each line the notice's id and the end.

    The path is among the records, or in a site's data; the ends are counted in bytes from the beginning of the part.
    `newest` are its last lines of each year, by what precedes the stroke in their ids.
    """

    path: str
    first: int
    ids: tuple[str, ...]
    ends: Sequence[int]
    newest: Mapping[str, LedgerLine]
    data: PartBytes = field(repr=False)

    @classmethod
    def of(cls, path: str, first: int, lines: Sequence[LedgerLine]) -> LedgerPart:
        """Make a part of lines that are in order and sealed."""
        written = [line.written() for line in lines]
        data, ids = PartBytes.of(b"".join(written)), tuple(line.id for line in lines)
        return cls(path, first, ids, tuple(accumulate(map(len, written))), newest_of_years(lines), data)

    @property
    def last(self) -> LedgerLine:
        """The last line."""
        return max(self.newest.values(), key=lambda line: line.number)

    @property
    def is_full(self) -> bool:
        """Whether it stays as it is; the single file of earlier programs does, however long it is."""
        return self.path == LEDGER or len(self.ids) >= MOST_LINES

    def written(self) -> bytes:
        """Return the part as it stands in its file."""
        return self.data.get()

    def line(self, number: int) -> LedgerLine:
        """Return a line by its number in the ledger."""
        at = number - self.first
        start = self.ends[at - 1] if at else 0
        line = line_of(json.loads(self.written()[start : self.ends[at]]))
        if line.id != self.ids[at]:
            raise RecordsError(f"发布记录第 {number} 行不是说 {self.ids[at]} 的。")
        return line

    def extended(self, lines: Sequence[LedgerLine]) -> LedgerPart:
        """Return the part with more lines that follow from it."""
        more = LedgerPart.of(self.path, self.first, lines)
        data = PartBytes.of(self.written() + more.written())
        ends = (*self.ends, *(self.ends[-1] + end for end in more.ends))
        return LedgerPart(self.path, self.first, self.ids + more.ids, ends, {**self.newest, **more.newest}, data)


def newest_of_years(lines: Iterable[LedgerLine]) -> dict[str, LedgerLine]:
    """Return the last of some lines, which are in order, for each year of their ids."""
    return {line.id.partition("/")[0]: line for line in lines}
