"""A notice as it is searched: the lines of its text, each with its place on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model import Unit
from generator.model.text_units import HEADINGS, lines_of

PARTS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a notice's text; `anchor` is its place on the page, `heading` the part of it that is a heading."""

    anchor: str
    heading: str
    text: str


def lines(reading: Iterable[Unit]) -> tuple[Line, ...]:
    """Return the lines of a notice's units in reading order, those of its notice.txt: no hit reaches beyond one."""
    return tuple(
        Line(first.id, first.text if first.kind in HEADINGS else "", first.text + "".join(unit.text for unit in rest))
        for first, *rest in lines_of(reading)
    )


def parts(found: Sequence[Line]) -> tuple[int, ...]:
    """Return in which of the PARTS about equal parts of the text each line lies."""
    lengths = [len(line.text) + 1 for line in found]
    total, start, places = sum(lengths), 0, []
    for length in lengths:
        places.append(PARTS * start // total)
        start += length
    return tuple(places)
