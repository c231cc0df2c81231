"""The reason why the YAML parser stopped, by the source line; its own words are English and name the symptom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yaml import MarkedYAMLError

from generator.problems import Problem, Span
from generator.read.refusals import refusal_problem, value_start

# A short run of text and a colon that YAML does not see: full-width, or with no blank after it.
_LIKE_KEY = re.compile(r"(?:- {1,20})?([^\s:：，。；、]{1,16})(：|:(?=[^\s/\d]))")


def diagnose(error: MarkedYAMLError, lines: Sequence[str], file: str) -> Problem:
    """Return the problem that made the parser stop."""
    context, what = str(error.context or ""), str(error.problem or "")
    number, column = _place(error.problem_mark, lines)
    if "quoted" in context:
        return _quote(error, lines, file)
    for known, code in (("alias", "alias"), ("anchor", "anchor"), ("tag", "tag"), ("directive", "directive")):
        if known in context:
            number, column = _place(error.context_mark, lines)
            return refusal_problem(code, file, Span(number + 1, column + 1), lines[number], value_at=column)
    if _leads_with_tab(lines[number]):
        return refusal_problem("tab", file, Span(number + 1, lines[number].index("\t") + 1))
    if "simple key" in context:
        number, column = _place(error.context_mark, lines)
        return like_key(lines[number], number, file) or _stray(lines[number], number, file)
    if "block scalar" in context:
        return refusal_problem("block-header", file, Span(number + 1, column + 1))
    dots = next((at for at in range(number + 1) if lines[at].startswith("...")), None)
    if dots is not None and ("document start" in what or dots == number):
        return refusal_problem("dots", file, Span(dots + 1, 1, 3))
    if "expected key" in what or "block end" in what or "indicator" in what:
        return _unexpected(lines[number], number, column, file, in_list="collection" in context)
    return _symptom(what, lines[number], number, column, file)


def like_key(line: str, number: int, file: str) -> Problem | None:
    """Find a line whose colon or dash lacks what makes it one for YAML; `number` counts from 0."""
    text = line.strip()
    indent = line.index(text) if text else 0
    match = _LIKE_KEY.match(text)
    if match is not None:
        code = "full-width-colon" if match[2] == "：" else "colon-blank"
        return refusal_problem(code, file, Span(number + 1, indent + match.start(2) + 1), key=match[1])
    if text.startswith("-") and text[1:2].strip(" -"):
        return refusal_problem("dash-blank", file, Span(number + 1, indent + 1))
    return None


def _symptom(what: str, line: str, number: int, column: int, file: str) -> Problem:
    place = Span(number + 1, column + 1)
    char = line[column : column + 1]
    if "mapping values" in what:
        if re.search(r":\s", line[:column]) is not None:
            return refusal_problem("colon-in-value", file, Span(number + 1, column + 1, 2), line)
        return refusal_problem("indent", file, place)
    if "sequence entries" in what:
        return refusal_problem("dash-inline", file, place, line, value_at=column)
    if "mapping keys" in what:
        return refusal_problem("explicit-key", file, place, line, value_at=column)
    if char == "\t":
        return refusal_problem("tab-inside", file, place)
    if "any token" in what or ("node content" in what and char):
        return refusal_problem("first-char", file, place, line, value_at=column, char=char)
    if "document start" in what:
        return refusal_problem("indent", file, place)
    return refusal_problem("yaml", file, place)


def _unexpected(line: str, number: int, column: int, file: str, *, in_list: bool) -> Problem:
    """Diagnose a line without a key or a dash."""
    place = Span(number + 1, column + 1)
    before, text = line[:column].rstrip(), line[column:]
    if before.endswith(("'", '"')):
        return refusal_problem("after-quote", file, place, line)
    if before:
        return refusal_problem("yaml", file, place)
    if text.startswith(":"):
        return refusal_problem("key-empty", file, place)
    if re.match(r"-(?: |$)", text):
        return refusal_problem("mixed", file, place)
    if re.search(r":(?: |$)", text):
        return refusal_problem("mixed" if in_list else "indent", file, place)
    return like_key(line, number, file) or _stray(line, number, file)


def _stray(line: str, number: int, file: str) -> Problem:
    text = line.strip()
    return refusal_problem("stray-line", file, Span(number + 1, line.index(text) + 1, max(1, len(text))))


def _quote(error: MarkedYAMLError, lines: Sequence[str], file: str) -> Problem:
    """Distinguish an unclosed quote, where it opened, from a backslash that means nothing."""
    number, column = _place(error.context_mark, lines)
    line = lines[number]
    if "unexpected" in str(error.problem):
        return refusal_problem(
            "quote-unclosed", file, Span(number + 1, column + 1), line, value_at=column, char=line[column : column + 1]
        )
    escape_line, escape_column = _place(error.problem_mark, lines)
    start = max(0, lines[escape_line].rfind("\\", 0, escape_column + 1))
    char = lines[escape_line][start : start + 2]
    unquoted = line[:column] + line[column + 1 :].rstrip().removesuffix('"')
    if "Unicode" in str(error.problem):
        span = Span(escape_line + 1, start + 1, 2)
        return refusal_problem("forbidden-character", file, span, unquoted, value_at=column, char="不是字符的编码")
    return refusal_problem(
        "bad-escape", file, Span(escape_line + 1, start + 1, 2), unquoted, value_at=column, char=char
    )


def _place(mark: object, lines: Sequence[str]) -> tuple[int, int]:
    """Return a mark's line and column from 0; the end of the file counts as the last line that has text."""
    number, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    if number < len(lines) and (lines[number].strip() or column):
        return number, column
    number = next((at for at in range(min(number, len(lines)) - 1, 0, -1) if lines[at].strip()), 0)
    return number, value_start(lines[number])


def _leads_with_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip(" \t"))]
