"""How the text or the data of a notice differs from what was published, in words, in bounded time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.archive.verify.nearest import MOST_COMPARED, run_together
from generator.characters import printable
from generator.model import Notice, notice_text, units
from generator.model.text_units import HEADINGS
from generator.pages.difference import changes, paired, pieces
from generator.pages.record_view import Piece
from generator.read import decode_leniently

_MOST_LINES = 2000
# The differences that are shown, and how much of each.
_SHOWN, _LONGEST, _LABEL = 10, 80, 40
# What `changes` compares, and what the text says itself.
_COMPARED_IN_WORDS = frozenset({"标题", "正文", "落款", "公开期限", "联系方式", "附件"})
_MARKS = {"same": "{}", "gone": "［公开的：{}］", "new": "［现在：{}］"}
# How a paragraph is known by its beginning, and how far behind the one before it is looked for.
_BEGINNING, _BEHIND = 8, 400


@dataclass(frozen=True, slots=True)
class Difference:
    """The first differences, one line each, how many more there are, and whether all of the text was compared."""

    shown: tuple[str, ...]
    more: int
    whole: bool


def text_difference(lines: Sequence[str], published: Notice, old: Sequence[str] = ()) -> Difference:
    """Compare the lines of a text, without blanks at their edges, with what was published.

    `old` are the published lines where they are not those of the bare text.
    """
    old = [run_together([line]) for line in old or notice_text(published).splitlines()]
    kept = [run_together([line]) for line in _kept(lines)]
    given = max(kept, _rewrapped("".join(kept), old), key=lambda one: len(set(one) & set(old)))
    labels = _labels(old, published)
    found = [(labels[min(index, len(labels) - 1)], was, now) for now, was, index in paired(given, old)]
    shown = tuple(in_words(label, pieces(was, now)) for label, was, now in found[:_SHOWN])
    whole = sum(map(len, _kept(lines))) == sum(map(len, lines))
    return Difference(shown, len(found) - len(shown), whole)


def data_difference(now: Notice, published: Notice) -> Difference:
    """Compare the data of a notice with what was published: its fields, and its text unit by unit."""
    lines = [unit.text for unit in units(now)]
    if len(now.model_dump_json()) > MOST_COMPARED or len(lines) > _MOST_LINES:
        return text_difference(lines, published)
    found = [(change.label, change.pieces) for change in changes(published, now)]
    found += [(key, pieces(old, new)) for key, old, new in _other_fields(published, now)]
    shown = tuple(in_words(label, one) for label, one in found[:_SHOWN])
    return Difference(shown, len(found) - len(shown), whole=True)


def _other_fields(was: Notice, now: Notice) -> Iterator[tuple[str, str, str]]:
    """Yield the fields beside text, period, contacts and attachments that differ, by their keys in YAML."""
    before, after = (dict(_flat("", one.model_dump(mode="json", by_alias=True))) for one in (was, now))
    for key in [*before, *(after.keys() - before.keys())]:
        if before.get(key) != after.get(key) and key.partition(".")[0] not in _COMPARED_IN_WORDS:
            yield key, before.get(key, ""), after.get(key, "")


def _flat(key: str, value: Any) -> Iterator[tuple[str, str]]:
    children = value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else None
    if children is None:
        yield key, "" if value is None else str(value)
    for name, child in children or ():
        yield from _flat(f"{key}.{name}" if key else str(name), child)


def in_words(label: str, found: Sequence[Piece]) -> str:
    """Write a change on one line: where it is, then what was published and what stands there now."""
    told = "".join(_MARKS[piece.kind].format(printable(piece.text, _LONGEST)) for piece in found)
    return f"{printable(label.rstrip('。：:'), _LABEL)}：{told}"


def _labels(lines: Sequence[str], notice: Notice) -> list[str]:
    """Return the heading that each line of a notice stands under, itself where it is one."""
    headings = [unit.text for unit in units(notice) if unit.kind in HEADINGS]
    labels, label = ["标题"], "正文"
    for line in lines[1:]:
        label = next((heading for heading in headings if line.startswith(heading)), label)
        labels.append(label)
    return labels


def _kept(lines: Sequence[str]) -> list[str]:
    """Return the beginning of a text, as much of it as can be compared with a notice."""
    kept, left = [], MOST_COMPARED
    for line in lines[:_MOST_LINES]:
        kept.append(line[:left])
        left -= len(kept[-1])
        if left <= 0:
            break
    return kept


def _rewrapped(flat: str, old: Sequence[str]) -> list[str]:
    """Break a text where what was published has its paragraphs: who copies a page breaks its lines anywhere."""
    breaks, at, reach = [0], 0, _BEHIND
    for line in old:
        found = flat.find(line[:_BEGINNING], at, at + reach)
        if found >= 0:
            breaks.append(found)
            at, reach = found + 1, 2 * len(line) + _BEHIND
    ends = [*breaks[1:], len(flat)]
    return [flat[start:end] for start, end in zip(breaks, ends, strict=True) if start < end]


_HEADING = re.compile(r"#{1,6} ")
_PLACE = re.compile(r" \{: #[a-z0-9-]{1,80} \}$")
_RULE = re.compile(r"\|(?: --- \|){1,500}")


def decoded(data: bytes) -> str | None:
    """Return the text of a file in UTF-8, UTF-16 or GBK; None where it is no text."""
    text, exact = decode_leniently(data, "replace")
    return text if exact or b"\0" not in data else None


def text_lines(text: str) -> list[str]:
    """Return the lines of a bare text, none of them empty."""
    return [line for one in text.split("\n") if (line := one.strip())]


def markdown_lines(text: str) -> list[str]:
    """Return the lines of a notice's Markdown as this program writes it, without its marks."""
    found = []
    for line in text_lines(text):
        if _RULE.fullmatch(line):
            continue
        cells = line.removeprefix("| ").removesuffix(" |").split(" | ") if line.startswith("| ") else [line]
        plain = [_PLACE.sub("", _HEADING.sub("", cell, count=1)) for cell in cells]
        found.append(html.unescape("\t".join(plain)))
    return found
