"""The ledger: one line for each change of what the public could see, each sealed and tied to the line before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from generator.addresses import ledger_path
from generator.records.digest import NONE, Digest
from generator.records.ledger_part import MOST_LINES, LedgerPart
from generator.records.line import SITE_ID, LedgerEvent, LedgerLine


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """All lines, in the parts that they are kept in; `numbers` are those of each notice's lines, by its id.

    A line is read when it is first asked for. Ledgers are equal where their heads are: a seal stands for all before it.
    """

    parts: tuple[LedgerPart, ...] = ()
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    known: dict[int, LedgerLine] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, lines: Iterable[LedgerLine]) -> Ledger:
        """Put lines that are in order and sealed into a ledger."""
        return cls().extended(tuple(lines))

    def with_part(self, part: LedgerPart, new: Sequence[LedgerLine] = ()) -> Ledger:
        """Return the ledger with one more part, or with its last part grown; `new` are its last lines, at hand."""
        grown = bool(self.parts) and self.parts[-1].path == part.path
        numbers, start = dict(self.numbers), len(self.lines) + 1
        for number, id_ in enumerate(part.ids[start - part.first :], start):
            numbers[id_] = (*numbers.get(id_, ()), number)
        known = self.known | dict(enumerate(new, part.first + len(part.ids) - len(new)))
        return Ledger((*self.parts[: -1 if grown else None], part), numbers, known)

    def extended(self, lines: Sequence[LedgerLine]) -> Ledger:
        """Return the ledger with more lines, which are sealed and follow from it."""
        ledger = self
        while lines:
            last = ledger.parts[-1] if ledger.parts else None
            room = MOST_LINES if last is None or last.is_full else MOST_LINES - len(last.ids)
            now, lines = lines[:room], lines[room:]
            if last is None or last.is_full:
                first = len(ledger.lines) + 1
                part = LedgerPart.of(ledger_path(first), first, now)
            else:
                part = last.extended(now)
            ledger = ledger.with_part(part, now)
        return ledger

    def changed_parts(self, before: Ledger) -> tuple[LedgerPart, ...]:
        """Return the parts that are new or longer than in a ledger that this one goes on from."""
        were = {(part.path, part.last.seal) for part in before.parts}
        return tuple(part for part in self.parts if (part.path, part.last.seal) not in were)

    @property
    def lines(self) -> Sequence[LedgerLine]:
        """All lines, in order."""
        return _Lines(self)

    @property
    def by_id(self) -> Mapping[str, tuple[LedgerLine, ...]]:
        """The lines of each notice by its id, in order of the first."""
        return _LinesById(self)

    @property
    def site(self) -> tuple[LedgerLine, ...]:
        """The lines of the facts of the site."""
        return self.own(SITE_ID)

    @property
    def last(self) -> LedgerLine | None:
        """The last line."""
        return self.parts[-1].last if self.parts else None

    @property
    def head(self) -> Digest:
        """The seal of the last line, which stands for all of them."""
        return self.last.seal if self.last else NONE

    def __eq__(self, other: object) -> bool:
        """Whether the lines are the same, in whatever parts."""
        return self.head == other.head if isinstance(other, Ledger) else NotImplemented

    def __hash__(self) -> int:
        """Hash the head."""
        return hash(self.head)

    def line(self, number: int) -> LedgerLine:
        """Return a line by its number."""
        line = self.known.get(number)
        if line is None:
            part = self.parts[bisect_right(self.parts, number, key=_first) - 1]
            line = self.known[number] = part.line(number)
        return line

    def last_of_year(self, year: str) -> LedgerLine | None:
        """Return the last line that speaks of a notice of a year; None where none does."""
        return next((part.newest[year] for part in reversed(self.parts) if year in part.newest), None)

    def latest(self, id_: str) -> LedgerLine | None:
        """Return the line of a notice's newest version, whether it is shown or not; None for an unknown notice."""
        return max(self.by_id.get(id_, ()), key=lambda line: (line.version, line.number), default=None)

    def versions(self, id_: str) -> dict[int, LedgerLine]:
        """Return the first line of each version of a notice, by its number, in order."""
        first: dict[int, LedgerLine] = {}
        for line in self.by_id.get(id_, ()):
            first.setdefault(line.version, line)
        return dict(sorted(first.items()))

    def kept(self, id_: str) -> tuple[LedgerLine, ...]:
        """Return the first line of each version that may be kept: of a text that was removed, the newest alone."""
        lines = tuple(self.versions(id_).values())
        return lines[-1:] if self.is_removed(id_) else lines

    def is_removed(self, id_: str) -> bool:
        """Whether a notice's text was withdrawn as published in error: no version of it may be kept or shown."""
        return self.removed_at(id_) is not None

    def removed_at(self, id_: str) -> int | None:
        """Return the number of the line that removed a notice's text, None where it was not published in error."""
        return next((line.number for line in self.by_id.get(id_, ()) if line.event is LedgerEvent.REMOVED), None)

    def site_at(self, number: int) -> LedgerLine | None:
        """Return the line of the site's facts that held when a line was written; None where none was on record."""
        return next((line for line in reversed(self.site) if line.number <= number), None)

    def naming(self, id_: str) -> tuple[LedgerLine, ...]:
        """Return the lines of a notice that name attachments; only a program of the first schema wrote such lines."""
        return tuple(line for line in self.by_id.get(id_, ()) if line.names)

    def first_divergence(self, other: Ledger) -> int | None:
        """Return the number of the first line in which two ledgers differ, None where one is the other's beginning."""
        common = min(len(self.lines), len(other.lines))
        same = self._common(other, common)
        return None if same == common else same + 1

    def ids_since(self, other: Ledger) -> list[str]:
        """Return of which notices the lines speak that come after what both ledgers begin with, in order of `by_id`."""
        same = self._common(other, min(len(self.lines), len(other.lines)))
        ids = {id_ for one in (self, other) for id_ in _ids_after(one, same) if id_ in self.by_id}
        return sorted(ids, key=lambda id_: self.numbers[id_][0])

    def written(self) -> bytes:
        """Return the whole: all parts one after the other."""
        return b"".join(part.written() for part in self.parts)

    def own(self, id_: str) -> tuple[LedgerLine, ...]:
        """Return the lines of a notice, or of the facts of the site, none for an unknown id."""
        return tuple(map(self.line, self.numbers.get(id_, ())))

    def _common(self, other: Ledger, most: int) -> int:
        """Return how many lines, of the first `most`, are the same: a seal stands for all lines before it."""

        def differs(number: int) -> bool:
            return self.line(number).seal != other.line(number).seal

        # Mostly one is the other's beginning: then a single line of each is read.
        return most if not most or not differs(most) else bisect_left(range(1, most), True, key=differs)


class _Lines(Sequence[LedgerLine]):
    """The lines of a ledger; each is read when it is asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __len__(self) -> int:
        last = self._ledger.parts[-1] if self._ledger.parts else None
        return last.first + len(last.ids) - 1 if last else 0

    @overload
    def __getitem__(self, at: int) -> LedgerLine: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[LedgerLine, ...]: ...
    def __getitem__(self, at: int | slice) -> LedgerLine | tuple[LedgerLine, ...]:
        numbers = range(1, len(self) + 1)[at]
        return self._ledger.line(numbers) if isinstance(numbers, int) else tuple(map(self._ledger.line, numbers))


class _LinesById(Mapping[str, tuple[LedgerLine, ...]]):
    """The lines of each notice of a ledger; they are read when they are asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __getitem__(self, id_: str) -> tuple[LedgerLine, ...]:
        if id_ not in self:
            raise KeyError(id_)
        return self._ledger.own(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ledger.numbers and id_ != SITE_ID

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_ in self._ledger.numbers if id_ != SITE_ID)

    def __len__(self) -> int:
        return len(self._ledger.numbers) - (SITE_ID in self._ledger.numbers)


def _first(part: LedgerPart) -> int:
    return part.first


def _ids_after(ledger: Ledger, number: int) -> Iterator[str]:
    for part in reversed(ledger.parts):
        if part.first + len(part.ids) - 1 <= number:
            return
        yield from part.ids[max(0, number + 1 - part.first) :]
