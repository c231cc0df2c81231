"""A notice's text as Markdown: skeletons of our own with slots, and staff text to fill them.

Each distinct skeleton can be converted once and filled many times, so that staff text need never meet a Markdown
parser; the whole page in Markdown is the same skeletons filled in.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from generator.model import Kind, Unit
from generator.model.text_units import HEADINGS
from generator.pages.wording import MARKS
from generator.period import full_date

# A slot must pass through Markdown as a word does. Skeletons are split before they are filled, so text may hold it.
TEXT_SLOT = "GKTEXT"
ID_SLOT = "GKID"
_SLOTS = re.compile(f"{TEXT_SLOT}|{ID_SLOT}")
# Every ASCII mark becomes a numeric reference, so that no engine finds syntax in text; a letter or digit alone is none.
_REFERENCES = {mark: f"&#{ord(mark)};" for mark in f"{string.punctuation}\t\xa0"}
_MARKS = re.compile(f"[{re.escape(''.join(_REFERENCES))}]")
# The page's title is level 1 and the heading over the text level 2.
_ABOVE_TEXT = 2


@dataclass(frozen=True, slots=True)
class Block:
    """A skeleton of Markdown and the text for its slots, escaped.

    `ids` are the places on the page of what it holds: one, or one for each row of a table. `verbatim` says whether it
    is the notice's own; a word of progress comes with its `mark`.
    """

    skeleton: str
    escaped: tuple[str, ...]
    kind: str
    ids: tuple[str, ...] = ()
    verbatim: bool = True
    runs_in: bool = False
    mark: str = ""


def escape(text: str) -> str:
    """Return text that every Markdown engine shows character for character, and that is safe in HTML as well.

    `text` is one line without blanks at its edges. Runs of blanks are kept by references.
    """
    escaped = _MARKS.sub(lambda mark: _REFERENCES[mark[0]], text)
    return escaped.replace("  ", " &#32;") if "  " in escaped else escaped


def blocks_of(reading: Iterable[Unit]) -> tuple[Block, ...]:
    """Turn the text below the title into blocks; `reading` is the notice's units in reading order."""
    return tuple(_blocks(unit for unit in reading if unit.kind is not Kind.TITLE))


def verbatim(reading: Iterable[Unit]) -> str:
    """Return the text that a page's verbatim elements must have, one a line: title, headings, paragraphs, cells."""
    return "\n".join(cell for unit in reading for cell in unit.cells)


def markdown(blocks: Iterable[Block]) -> str:
    """Return the blocks as one Markdown text: every character of the notice, nothing for an engine to act on."""
    return "\n\n".join(fill(block.skeleton, block) for block in blocks)


def fill(skeleton: str, block: Block, escaped: Iterable[str] | None = None) -> str:
    """Put a block's texts, or `escaped` for them, and its ids into a skeleton or into what an engine made of it."""
    form, slots = _form(skeleton)
    texts, ids = iter(block.escaped if escaped is None else escaped), iter(block.ids)
    return form % tuple([next(ids) if slot == ID_SLOT else next(texts) for slot in slots])


@lru_cache(maxsize=1024)
def _form(skeleton: str) -> tuple[str, tuple[str, ...]]:
    """Return a skeleton as a form for `%`, and its slots in order."""
    return _SLOTS.sub("%s", skeleton.replace("%", "%%")), tuple(_SLOTS.findall(skeleton))


def _escaped(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(escape, texts))


def _blocks(text: Iterable[Unit]) -> Iterator[Block]:
    for is_table, run in groupby(text, key=lambda unit: unit.kind is Kind.ROW):
        if is_table:
            yield from _tables(list(run))
        else:
            for unit in run:
                yield from _block(unit)


def _block(unit: Unit) -> Iterator[Block]:
    if unit.kind not in HEADINGS:
        yield Block(TEXT_SLOT, _escaped(unit.cells), unit.kind, (unit.id,))
        return
    if unit.progress is not None:
        on = f"（{full_date(unit.progress_on)}）" if unit.progress_on else ""
        words = _escaped((f"进展：{unit.progress}{on}",))
        yield Block(TEXT_SLOT, words, "progress", verbatim=False, mark=MARKS[unit.progress])
    skeleton = f"{'#' * (unit.depth + _ABOVE_TEXT)} {TEXT_SLOT} {{: #{ID_SLOT} }}"
    yield Block(skeleton, _escaped(unit.cells), unit.kind, (unit.id,), runs_in=unit.runs_in)


def _tables(rows: list[Unit]) -> Iterator[Block]:
    starts = [index for index, row in enumerate(rows) if row.first]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        table = rows[start:end]
        width = len(table[0].cells)
        row = f"| {' | '.join([TEXT_SLOT] * width)} |"
        lines = [row, f"| {' | '.join(['---'] * width)} |", *[row] * (len(table) - 1)]
        ids = tuple(unit.id for unit in table)
        yield Block("\n".join(lines), _escaped(cell for unit in table for cell in unit.cells), Kind.ROW, ids)
