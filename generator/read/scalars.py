"""One scalar of YAML: its text, its place, and what is wrong with the way it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yaml.events import Event, ScalarEvent

from generator.characters import forbidden, name_of
from generator.problems import Problem, Span
from generator.read.diagnosis import like_key
from generator.read.refusals import refusal_problem
from generator.read.tree import TextNode

_MAX_KEY = 64
_SENTENCE = re.compile("[，。；、！？“”《》]")


class Scalar(NamedTuple):
    """A scalar as it is written: its value, its style, and where it starts and ends, from 0, in characters."""

    value: str
    style: str
    line: int
    column: int
    end_line: int
    end_column: int
    end_index: int


def place_of(event: Event) -> tuple[int, int]:
    """Return the line and column, from 0, where an event starts."""
    mark = event.start_mark
    assert mark is not None  # only events made by hand have none
    return mark.line, mark.column


def scalar_of(event: ScalarEvent) -> Scalar:
    """Take what we need out of the parser's event."""
    start, end = event.start_mark, event.end_mark
    assert start is not None
    assert end is not None
    return Scalar(event.value, event.style or "", start.line, start.column, end.line, end.column, end.index)


def inline_text(scalar: Scalar) -> TextNode:
    """Return a plain or quoted scalar on one line."""
    value = scalar.value
    if not scalar.style:
        return TextNode(value, Span(scalar.line + 1, scalar.column + 1, len(value) or 1), scalar.line + 1)
    length = max(1, scalar.end_column - scalar.column - 2)
    return TextNode(trimmed(value), Span(scalar.line + 1, scalar.column + 2, length), scalar.line + 1)


def block_text(scalar: Scalar, lines: Sequence[str]) -> TextNode:
    """Return a `|` scalar without empty lines around it; its place is that of its first character."""
    value = trimmed(scalar.value)
    header = scalar.line
    if not value:
        return TextNode("", Span(header + 1, scalar.column + 1), header + 1)
    first, _, rest = value.partition("\n")
    number = next(at for at in range(header + 1, len(lines)) if lines[at].strip(" \t"))
    column = max(0, lines[number].find(first))
    return TextNode(value, Span(number + 1, column + 1, len(first)), number + 1 + (rest.count("\n") + 1 if rest else 0))


def plain_problem(scalar: Scalar, lines: Sequence[str], file: str, *, own_line: bool) -> Problem | None:
    """Return the problem of a plain scalar over several lines, or below its key and like a key.

    A line whose colon or dash YAML does not see is swallowed as text; it is named before the text is.
    """
    several = scalar.end_line > scalar.line
    if own_line:
        found = like_key(lines[scalar.line], scalar.line, file)
        if found is not None or not several:
            return found
    for number in range(scalar.line + 1, scalar.end_line + 1):
        found = like_key(lines[number], number, file)
        if found is not None:
            return found
    last = lines[scalar.end_line]
    if re.match(r":(?:\s|$)", last[scalar.end_column :]):
        return refusal_problem("indent", file, Span(scalar.end_line + 1, len(last) - len(last.lstrip()) + 1))
    first = lines[scalar.line][scalar.column :].rstrip()
    return refusal_problem("plain-lines", file, Span(scalar.line + 1, scalar.column + 1, len(first)))


def quoted_problems(scalar: Scalar, lines: Sequence[str], file: str) -> Iterator[Problem]:
    """Find what is wrong with a quoted scalar: several lines, or an escape for a forbidden character."""
    if scalar.end_line > scalar.line:
        yield refusal_problem("quoted-lines", file, Span(scalar.line + 1, scalar.column + 1), end=scalar.end_line + 1)
    if scalar.style != '"':
        return
    line = lines[scalar.line]
    inside = line[: scalar.column] + line[scalar.column + 1 : scalar.end_column - 1]
    for char in dict.fromkeys(char for _, char in forbidden(scalar.value)):
        span = Span(scalar.line + 1, scalar.column + 1, max(1, scalar.end_column - scalar.column))
        yield refusal_problem("forbidden-character", file, span, inside, value_at=scalar.column, char=name_of(char))


def comment_problem(scalar: Scalar, lines: Sequence[str], file: str) -> Problem | None:
    """Return the problem of the rest of a line that is lost as a comment."""
    line = lines[scalar.end_line]
    rest = line[scalar.end_column :].lstrip(" \t")
    if not rest.startswith("#"):
        return None
    span = Span(scalar.end_line + 1, len(line) - len(rest) + 1, len(rest.rstrip()))
    if scalar.style:
        return refusal_problem("comment-after-quote", file, span)
    begin = scalar.column if scalar.value else span.column - 1
    return refusal_problem("comment", file, span, line, value_at=begin)


def is_odd_key(name: str) -> bool:
    """Whether a key needs a closer look at the way it is written."""
    return not name.strip() or name == "<<" or "：" in name or ":" in name or is_sentence(name)


def is_sentence(name: str) -> bool:
    """Whether what stands where a key should be is text."""
    return len(name) > _MAX_KEY or _SENTENCE.search(name) is not None


def trimmed(value: str) -> str:
    """Strip blanks at line ends and empty lines at both ends."""
    if "\n" not in value:
        return value.rstrip(" \t")
    return "\n".join([line.rstrip(" \t") for line in value.split("\n")]).strip("\n")
