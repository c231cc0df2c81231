"""The text of a notice as the search script reads it, to confirm a hit and to show it: its facts and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model import NoticeSummary, Unit
from generator.model.text_units import HEADINGS, lines_of
from generator.pages.states import fixed_state

PARTS = 8


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A line of a notice's text; `anchor` is its place on the page, `heading` the part of it that is a heading."""

    anchor: str
    heading: str
    text: str


def lines(reading: Iterable[Unit]) -> tuple[SearchLine, ...]:
    """Return the lines of a notice's units in reading order, those of its notice.txt: no hit reaches beyond one."""
    return tuple(
        SearchLine(
            first.id, first.text if first.kind in HEADINGS else "", first.text + "".join(unit.text for unit in rest)
        )
        for first, *rest in lines_of(reading)
    )


def parts(found: Sequence[SearchLine]) -> tuple[int, ...]:
    """Return in which of the PARTS about equal parts of the text each line lies."""
    lengths = [len(line.text) + 1 for line in found]
    total, start, places = sum(lengths), 0, []
    for length in lengths:
        places.append(PARTS * start // total)
        start += length
    return tuple(places)


# Browsers don't agree with Python on these characters of GB 18030: its edition of 2022 moved some of them.
_MOVED = re.compile("[\u1e3f\u9fb4-\u9fbb\ue000-\uf8ff\ufe10-\ufe19]")


@dataclass(frozen=True, slots=True)
class SearchableNotice:
    """A notice that can be found: its summary, and its lines with the title first."""

    summary: NoticeSummary
    lines: tuple[SearchLine, ...]


def written(record: SearchableNotice, start: int, stop: int) -> str:
    """Write a record from line `start` to before `stop`; lines are parted by line breaks, fields by U+001F.

    First comes what a result says of the notice: its id, title, organ, day, the first and the last day of its period,
    the day of its withdrawal, its state where that never changes, "1" where its day is on record. Then the place before
    the first line: anchor of the heading above, how many lines follow it already, its words. Then the lines, but for
    the title, which the first row has; one with a heading begins with U+0001 and holds its anchor, the heading, and
    what follows the heading on the same line.
    """
    anchor, count, heading = "", 0, ""
    for line in record.lines[1:start]:
        if line.heading:
            anchor, count, heading = line.anchor, int(line.text != line.heading), line.heading
        else:
            count += 1
    rows = ["\x1f".join(_said(record.summary)), f"{anchor}\x1f{count}\x1f{heading}"]
    for line in record.lines[max(start, 1) : stop]:
        rest = line.text[len(line.heading) :]
        rows.append(f"\x01{line.anchor}\x1f{line.heading}\x1f{rest}" if line.heading else line.text)
    return "\n".join(rows)


def encoded(text: str) -> bytes:
    """Encode text, which begins with ASCII, in GB 18030; in UTF-8 with its mark where a character needs it.

    The first is a sixth shorter for Chinese, and never begins as the second does.
    """
    return text.encode("utf-8-sig" if _MOVED.search(text) else "gb18030")


def _said(summary: NoticeSummary) -> Sequence[str]:
    period, withdrawal = summary.period, summary.withdrawal
    return (
        summary.id,
        summary.title,
        summary.organ,
        summary.day.isoformat(),
        period.opens.isoformat() if period else "",
        period.closes.isoformat() if period else "",
        withdrawal.on.isoformat() if withdrawal else "",
        fixed_state(summary) or "",
        "1" if summary.public_since else "",
    )
