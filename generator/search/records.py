"""The text of a notice as the search script reads it, to confirm a hit and to show it: its facts and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model import NoticeSummary, Unit
from generator.model.text_units import HEADINGS, lines_of
from generator.pages.states import fixed_state

PARTS = 8
QUARTERS = 4


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
            line[0].id,
            line[0].text if line[0].kind in HEADINGS else "",
            line[0].text if len(line) == 1 else "".join(unit.text for unit in line),
        )
        for line in lines_of(reading)
    )


def parts(texts: Sequence[str]) -> tuple[int, ...]:
    """Return in which of the PARTS about equal parts of the text each line lies."""
    lengths = [len(text) + 1 for text in texts]
    total, start, places = sum(lengths), 0, []
    for length in lengths:
        places.append(PARTS * start // total)
        start += length
    return tuple(places)


# Browsers don't agree with Python on these characters of GB 18030: its edition of 2022 moved some of them.
_MOVED = re.compile("[\u1e3f\u9fb4-\u9fbb\ue000-\uf8ff\ufe10-\ufe19]")


def quarters(summary: NoticeSummary, found: Sequence[SearchLine], places: Sequence[int]) -> list[str]:
    """Write a record in quarters, by the part in which each line lies.

    Lines are parted by line breaks, fields by U+001F. Each quarter begins with what a result says of the notice: its
    id, title, organ, day, the first and the last day of its period, the day of its withdrawal, its state where that
    never changes, "1" where its day is on record. Then the place before the first line: anchor of the heading above,
    how many lines follow it already, its words. Then the lines, but for the title, which the first row has; one with a
    heading begins with U+0001 and holds its anchor, the heading, and what follows the heading on the same line.
    """
    said = "\x1f".join(_said(summary))
    anchor, count, heading = "", 0, ""
    # One that holds no line is there all the same: who looks for two words may ask for it.
    rows = [[said, f"{anchor}\x1f{count}\x1f{heading}"]]
    for line, place in zip(found[1:], places[1:], strict=True):
        while place * QUARTERS // PARTS >= len(rows):
            rows.append([said, f"{anchor}\x1f{count}\x1f{heading}"])
        if line.heading:
            anchor, heading = line.anchor, line.heading
            rest = line.text[len(heading) :]
            count = 1 if rest else 0
            rows[-1].append(f"\x01{anchor}\x1f{heading}\x1f{rest}")
        else:
            count += 1
            rows[-1].append(line.text)
    rows += [[said, f"{anchor}\x1f{count}\x1f{heading}"]] * (QUARTERS - len(rows))
    return ["\n".join(row) for row in rows]


def whole(written: Sequence[str]) -> str:
    """Join the quarters of a record."""
    first, *others = written
    return "\n".join([first, *(row for other in others for row in other.split("\n")[2:])])


def encoded(text: str) -> bytes:
    """Encode text, which begins with ASCII, in GB 18030; in UTF-8 with its mark where a character needs it.

    The first is a sixth shorter for Chinese, and never begins as the second does.
    """
    return text.encode("utf-8-sig" if _MOVED.search(text) else "gb18030")


def read_encoded(data: bytes) -> str:
    """Decode what `encoded` returned."""
    return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")


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
