"""Problems of content as data, and the one function that shows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

_SHOWN_WIDTH = 96
_MOST = 1000
# A suggestion is not worth minutes of comparing.
_MOST_COMPARED = 100


class Severity(StrEnum):
    """How grave a problem is: an error stops publication, a warning does not."""

    ERROR = "错误"
    WARNING = "提醒"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text: line and column from 1, both in characters, and a length in characters."""

    line: int
    column: int
    length: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: its place, what was found, what was expected, how to mend it.

    `code` is stable and names the kind; `file` is the path as the user knows it, with `/`;
    `span` is None where a whole file is meant.
    """

    code: str
    file: str
    span: Span | None
    found: str
    expected: str
    mend: str
    severity: Severity = Severity.ERROR


def file_problem(
    code: str, file: str, found: str, expected: str, mend: str, severity: Severity = Severity.ERROR
) -> Problem:
    """Return a problem of a whole file."""
    return Problem(code=code, file=file, span=None, found=found, expected=expected, mend=mend, severity=severity)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, place and code, each of them once."""

    def key(problem: Problem) -> tuple[str, Span, str, str]:
        return problem.file, problem.span or Span(0, 0), problem.code, problem.found

    return tuple(sorted(dict.fromkeys(problems), key=key))


def show(problems: Iterable[Problem], sources: Mapping[str, str]) -> str:
    """Write problems out for a person, sorted; `sources` holds the text of the files, by `Problem.file`."""
    lines = {name: text.replace("\r\n", "\n").split("\n") for name, text in sources.items()}
    ordered = in_order(problems)
    shown = [_show_one(problem, lines.get(problem.file, [])) for problem in ordered[:_MOST]]
    if len(ordered) > _MOST:
        shown.append(f"还有 {len(ordered) - _MOST} 处没有列出。先改好上面的，再检查一遍。")
    return "\n\n".join(shown)


def count(problems: Iterable[Problem], severity: Severity) -> int:
    """Count the problems of one severity."""
    return sum(problem.severity is severity for problem in problems)


def closest(written: str, known: Iterable[str], likeness: float = 0.5) -> str | None:
    """Return which of the first hundred known words was meant by a written one, None where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  (only what is wrong needs it)

    return next(iter(get_close_matches(written, list(islice(known, _MOST_COMPARED)), n=1, cutoff=likeness)), None)


def _show_one(problem: Problem, lines: list[str]) -> str:
    place = problem.file
    if problem.span is not None:
        place += f" 第{problem.span.line}行第{problem.span.column}列"
    shown = [f"{problem.severity} {place} [{problem.code}]"]
    if problem.span is not None and problem.span.line <= len(lines):
        shown += _excerpt(lines[problem.span.line - 1], problem.span)
    shown += [f"  现在：{problem.found}", f"  应当：{problem.expected}", f"  改法：{problem.mend}"]
    return "\n".join(shown)


def _excerpt(line: str, span: Span) -> list[str]:
    """Return the source line, cut around the span where it is long, and a caret line below it."""
    start = max(0, span.column - 1)
    first = max(0, start - 20) if _width(line) > _SHOWN_WIDTH else 0
    before, rest = _printable(line[first:start]), _printable(line[start : start + 2 * _SHOWN_WIDTH])
    lead = "…" if first else ""
    marked = _clip(rest[: max(1, span.length)], _SHOWN_WIDTH - _width(lead + before))
    after = _clip(rest[len(marked) :], _SHOWN_WIDTH - _width(lead + before + marked))
    tail = "…" if len(before + marked + after) < len(before + rest) else ""
    gutter = " " * len(str(span.line))
    return [
        f"  {span.line} | {lead}{before}{marked}{after}{tail}",
        f"  {gutter} | {' ' * _width(lead + before)}{'^' * max(1, _width(marked))}",
    ]


def _printable(text: str) -> str:
    return "".join("·" if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char for char in text)


def _clip(text: str, width: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += _width(char)
        if used > width:
            return text[:index]
    return text


def _width(text: str) -> int:
    """Columns that a text takes in a terminal, wide East Asian characters counting two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
        for char in text
    )
