"""Where a line of a notice may be cut: after its title, its label, and before each of its measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.intake.schemes import label_length
from generator.prose import chinese

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
_STOPS = frozenset("。！？")
_MOST = 999
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
        number = first + len(starts)
        if number <= _MOST and line.startswith(f"{chinese(number)}是", at):
            starts.append(at)
    if not starts:
        return line, []
    ends = [*starts[1:], len(line)]
    return line[: starts[0]].strip(), [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _outside(line: str) -> Iterator[int]:
    """Yield the indexes that lie in no pair of quotation marks or brackets; a mark without a mate makes no pair."""
    open_at: list[tuple[int, str]] = []
    awaited: Counter[str] = Counter()
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(line):
        if awaited[char]:
            # What was opened later and not closed has no mate.
            start, closer = open_at.pop()
            awaited[closer] -= 1
            while closer != char:
                start, closer = open_at.pop()
                awaited[closer] -= 1
            pairs.append((start, index))
        elif char in _PAIRS:
            open_at.append((index, _PAIRS[char]))
            awaited[_PAIRS[char]] += 1
    index = 0
    for start, end in sorted(pairs):
        yield from range(index, start)
        index = max(index, end + 1)
    yield from range(index, len(line))
