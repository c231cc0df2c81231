"""Where a line of a notice may be cut: after its title, its label, and before each of its measures."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.prose import chinese
from generator.intake.schemes import label_length

_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    '"': '"',
}
_CLOSERS = frozenset(_PAIRS.values())
_STOPS = frozenset("。！？")
_BREAKS = frozenset("。；！？;")


def cut_title(line: str) -> tuple[str, str]:
    """Cut a line into its title and the text that runs in after it.

    The title goes up to and including the first full stop that is inside no quotation marks or brackets, or up to
    a colon with 一是 right after it, whichever comes first. A line with nothing after that is all title.
    """
    for index in _outside(line):
        if line[index] in _STOPS:
            rest = line[index + 1 :].strip()
            return (line[: index + 1], rest) if rest else (line, "")
        if line[index] in "：:" and line[index + 1 : index + 6].strip().startswith("一是"):
            return line[: index + 1], line[index + 1 :].strip()
    return line, ""


def cut_label(line: str) -> tuple[str, str]:
    """Cut a line into the label that it opens with, colon included, and the rest; no label gives an empty one."""
    length = label_length(line)
    return line[:length], line[length:].strip()


def cut_measures(line: str, first: int = 1) -> tuple[str, list[str]]:
    """Cut a line into the prose before its measures and the measures 一是, 二是, …, counted from `first`.

    A measure begins only where a sentence does: at the start, or after 。！？； that is inside no quotation marks
    or brackets. The count must not skip: 一是 and then 三是 leaves 三是 inside the first measure.
    """
    starts: list[int] = []
    for start in (0, *(index + 1 for index in _outside(line) if line[index] in _BREAKS)):
        at = next((index for index in range(start, len(line)) if not line[index].isspace()), start)
        if line.startswith(f"{chinese(first + len(starts))}是", at):
            starts.append(at)
    if not starts:
        return line, []
    ends = [*starts[1:], len(line)]
    return line[: starts[0]].strip(), [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _outside(line: str) -> Iterator[int]:
    """Yield the indexes that lie in no pair of quotation marks or brackets; a mark without a mate makes no pair."""
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(line):
        if char in _CLOSERS and any(_PAIRS[line[start]] == char for start in open_at):
            while _PAIRS[line[open_at[-1]]] != char:
                open_at.pop()
            pairs.append((open_at.pop(), index))
        elif char in _PAIRS:
            open_at.append(index)
    index = 0
    for start, end in sorted(pairs):
        yield from range(index, start)
        index = max(index, end + 1)
    yield from range(index, len(line))
