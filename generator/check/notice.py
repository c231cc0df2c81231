"""From a tree to a notice, or to everything that is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.check.rules import apply_rules
from generator.check.rules.organ import organ_mend
from generator.check.violation import CheckContext, Path, Violation, violations
from generator.model import Notice
from generator.problems import Problem, Severity, Span
from generator.read import List, Map, Node, Plain, SourceFile, at, key_span

_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)


def check_notice(source: SourceFile, id_: str, context: CheckContext) -> tuple[Notice | None, tuple[Problem, ...]]:
    """Make the notice `<year>/<slug>` of a file that could be read, or list all that is wrong.

    Warnings may come with a notice.
    """
    assert source.data is not None
    notice: Notice | None
    notice, found = validate(source.data, _NOTICE, {"编号": id_}, Notice)
    odd = [_with_organ(one, context) for one in found] if notice is None else apply_rules(notice, context)
    problems = place(odd, source)
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if failed else notice), problems


def _with_organ(violation: Violation, context: CheckContext) -> Violation:
    """Name the organ that was meant where a name is written instead of its key."""
    if violation.path != ("单位",) or violation.code != "organ-key-form":
        return violation
    return replace(violation, mend=organ_mend(violation.found, context.organs))


def validate(
    data: Plain, adapter: TypeAdapter[Any], given: dict[str, str], model: type[BaseModel]
) -> tuple[Any, list[Violation]]:
    """Make what `adapter` makes of data with the keys `given` added, or None and all that is wrong.

    The data must not hold the keys `given` itself. `model` has the keys that exist, to suggest the one that was meant.
    """
    if not isinstance(data, dict):
        wrong = "这里要一组“名称: 内容”"
        return None, [Violation(path=(), code="not-a-map", found="别的内容", expected=wrong, mend="对照样例改正。")]
    claimed = [
        Violation(
            path=(key,), code="unknown-key", found=f"“{key}”", expected="没有这一项", mend="删掉这一行。", at_key=True
        )
        for key in given
        if key in data
    ]
    try:
        return adapter.validate_python({**data, **given}, by_alias=True, by_name=False), claimed
    except ValidationError as error:
        return None, [*claimed, *violations(error, data, model)]


def place(found: list[Violation], source: SourceFile) -> tuple[Problem, ...]:
    """Find the line and column of each violation of a file that could be read."""
    if not found:
        return ()
    tree, lines = source.tree(), source.text.split("\n")
    return tuple(
        Problem(
            code=violation.code,
            file=source.file,
            span=_span(violation, tree, lines),
            found=violation.found,
            expected=violation.expected,
            mend=violation.mend,
            severity=violation.severity,
        )
        for violation in found
    )


def _span(violation: Violation, tree: Node, lines: list[str]) -> Span:
    """Return the span of the needle within the value at the path, or of the value's beginning."""
    span = _key_span(violation.path, tree) if violation.at_key else at(tree, violation.path)
    if not violation.needle:
        return span
    column = span.column - 1
    for number in range(span.line, min(span.line + 400, len(lines)) + 1):
        found = lines[number - 1].find(violation.needle, column)
        if found >= 0:
            return Span(number, found + 1, len(violation.needle))
        column = 0
    return span


def _key_span(path: Path, tree: Node) -> Span:
    """Return the span of the key itself that a path ends in."""
    node: Node | None = tree
    for step in path[:-1]:
        if isinstance(node, Map):
            node = node.get(str(step))
        elif isinstance(node, List) and isinstance(step, int):
            node = node.items[step]
    return key_span(node, str(path[-1])) if isinstance(node, Map) else at(tree, path)
