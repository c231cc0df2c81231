"""The outline of a notice: parts, sections, findings, measures, each with its own text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.intake.notice_lines import NoticeLines, SourceLine, divide_lines
from generator.intake.schemes import LevelScheme, OutlineLevel, mark
from generator.intake.sentences import cut_label, cut_measures, cut_title


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph with a label of its own: 整改情况：, and then prose or measures."""

    label: str
    paragraphs: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """One heading and all below it; the body itself has level 0 and no title.

    `bare` says that it was taken for a heading although it has no number. Children are all of one level.
    """

    level: int
    title: str = ""
    bare: bool = False
    paragraphs: tuple[str | Label, ...] = ()
    children: tuple[OutlineNode, ...] = ()
    measures: tuple[str, ...] = ()
    closing: tuple[str | Label, ...] = ()

    def walk(self) -> Iterator[OutlineNode]:
        """Yield the block and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """A notice's title, body and signature, and the lines that they were taken from."""

    title: str
    body: OutlineNode
    signature: tuple[str, ...]
    lines: NoticeLines


@dataclass(frozen=True, slots=True)
class _Marked:
    line: str
    row: LevelScheme | None

    @property
    def level(self) -> int:
        return self.row.level if self.row is not None and self.row.level <= OutlineLevel.FINDING else 0


def outline(text: str) -> Outline:
    """Make the outline of a notice; every character that is not blank and not boilerplate is in it, in order."""
    divided = divide_lines(text)
    lines = [line.text for line in divided.body]
    body = _block(0, [_Marked(line, row) for line, row in zip(lines, mark(lines), strict=True)])
    return Outline(
        title="".join(line.text for line in divided.title),
        body=replace(body, closing=(*body.closing, *_texts(divided.closing))),
        signature=_texts(divided.signature),
        lines=divided,
    )


def _texts(lines: Sequence[SourceLine]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)


def _block(level: int, lines: Sequence[_Marked]) -> OutlineNode:
    """Make a block of its lines, the first of them its heading unless it is the body.

    The highest level below it that occurs makes its children; the lines before the first of them are prose.
    """
    title, texts = "", []
    if level:
        title, rest = cut_title(lines[0].line)
        texts = [rest] if rest else []
    below = lines[1:] if level else lines
    starts = _child_starts(level, below)
    texts += [marked.line for marked in below[: starts[0] if starts else len(below)]]
    ends = [*starts[1:], len(below)]
    children = tuple(_block(below[start].level, below[start:end]) for start, end in zip(starts, ends, strict=False))
    bare = bool(level) and lines[0].row is not None and lines[0].row.number_lost
    if not level:
        return OutlineNode(0, paragraphs=tuple(texts), children=children)
    if children:
        return OutlineNode(level, title, bare, paragraphs=tuple(_labelled(texts)), children=children)
    paragraphs, measures, closing = _content(texts)
    return OutlineNode(level, title, bare, tuple(paragraphs), (), tuple(measures), tuple(closing))


def _child_starts(level: int, lines: Sequence[_Marked]) -> list[int]:
    """Return the indexes of the lines that open children.

    Findings below a heading are numbered in one way, that of the first: 1. holds (1) as its text.
    """
    if level == OutlineLevel.FINDING:
        return []
    levels = {marked.level for marked in lines if marked.level > level}
    if not levels:
        return []
    highest = min(levels)
    starts = [index for index, marked in enumerate(lines) if marked.level == highest]
    if highest == OutlineLevel.FINDING:
        first = lines[starts[0]].row
        starts = [index for index in starts if lines[index].row is first]
    return starts


def _content(lines: Sequence[str]) -> tuple[list[str | Label], list[str], list[str | Label]]:
    """Part the text below a heading into paragraphs, measures, and what comes after the measures.

    Measures may go on over several lines; a line between two measures belongs to the one before it.
    """
    before: list[str] = []
    measures: list[str] = []
    after: list[str] = []
    for index, line in enumerate(lines):
        if _opens_label(line):
            after += lines[index:] if measures else []
            before += [] if measures else lines[index:]
            break
        prose, found = cut_measures(line, len(measures) + 1)
        if found and measures:
            measures[-1] = "\n".join([measures[-1], *after, *([prose] if prose else [])])
            after = []
        elif prose:
            (after if measures else before).append(prose)
        measures += found
    return [*_labelled(before)], measures, [*_labelled(after)]


def _labelled(lines: Sequence[str]) -> Iterator[str | Label]:
    """Make each label one paragraph with what follows, up to the next label; one with nothing after it is text."""
    starts = [index for index, line in enumerate(lines) if _opens_label(line)]
    yield from lines[: starts[0] if starts else len(lines)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        label, rest = cut_label(lines[start])
        below = [*([rest] if rest else []), *lines[start + 1 : end]]
        paragraphs, measures, after = _content(below)
        if measures and not paragraphs:
            yield Label(label, measures=tuple(measures))
            yield from after
        elif below:
            yield Label(label, paragraphs=tuple(below))
        else:
            yield label


def _opens_label(line: str) -> bool:
    return bool(cut_label(line)[0])
