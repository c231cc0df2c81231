"""A notice as it is searched: the lines of its text, each with its place on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model import Unit
from generator.model.reading import HEADINGS

PARTS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a notice's text; `anchor` is its place on the page, `heading` the part of it that is a heading."""

    anchor: str
    heading: str
    text: str


def lines(reading: Iterable[Unit]) -> tuple[Line, ...]:
    """Return the lines of a notice's units in reading order, those of its notice.txt: no hit reaches beyond one."""
    return tuple(_lines(reading))


def parts(found: Sequence[Line]) -> tuple[int, ...]:
    """Return in which of the PARTS about equal parts of the text each line lies."""
    lengths = [len(line.text) + 1 for line in found]
    total, start, places = sum(lengths), 0, []
    for length in lengths:
        places.append(PARTS * start // total)
        start += length
    return tuple(places)


def _lines(reading: Iterable[Unit]) -> Iterator[Line]:
    heading: Unit | None = None
    for unit in reading:
        if unit.runs_in:
            heading = unit
        elif heading is not None:
            yield Line(heading.id, heading.text, heading.text + unit.text)
            heading = None
        else:
            yield Line(unit.id, unit.text if unit.kind in HEADINGS else "", unit.text)
