"""Every refusal of the room `read`: what goes in, the very words that come out, and that the mend mends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import generator.read.yaml_tree
from generator.problems import Severity, show
from generator.read import Map, decode, parse
from tests.support.goldens import check_golden

CASES = sorted((Path(__file__).parent / "cases").iterdir())

_SPELLED = re.compile(r"写成：(.+?)(?:；如果|；否则|。$)")
_C_ONLY = {"unknown-directive"}  # the parser in Python passes over it


def _read(case: Path) -> tuple[Map | None, str, list[tuple[str, int]]]:
    source = next(case.glob("input.*"))
    text, problems = decode(source.read_bytes(), "content/notices/2025/a.yml")
    node = None
    if text is not None:
        node, found = parse(text, "content/notices/2025/a.yml")
        problems += found
    assert node is None or isinstance(node, Map)
    places = sorted({(problem.code, problem.span.line if problem.span else 0) for problem in problems})
    return node, show(problems, {"content/notices/2025/a.yml": text or ""}) + "\n", places


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_problem_text_is_the_one_on_record(case: Path) -> None:
    _, shown, _ = _read(case)
    check_golden(shown, case / "expected.txt")


@pytest.mark.parametrize("case", [case for case in CASES if case.name != "trailing-blanks"], ids=lambda case: case.name)
def test_case_is_refused_and_its_mend_is_accepted(case: Path) -> None:
    node, _, places = _read(case)
    assert node is None
    assert places
    text, problems = decode((case / "mended.yml").read_bytes(), "a.yml")
    assert problems == ()
    assert text is not None
    tree, problems = parse(text, "a.yml")
    assert problems == ()
    assert isinstance(tree, Map)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_line_that_a_mend_spells_out_is_accepted(case: Path) -> None:
    """Where a mend says 写成：, the line it gives is no longer refused for the same reason, nor for a new one."""
    text, problems = decode(next(case.glob("input.*")).read_bytes(), "a.yml")
    lines = (text or "").split("\n")
    problems += parse(text or "", "a.yml")[1] if text else ()
    mended = []
    for problem in problems:
        spelled = _SPELLED.search(problem.mend)
        if spelled is not None and problem.span is not None:
            old = lines[problem.span.line - 1]
            lines[problem.span.line - 1] = old[: len(old) - len(old.lstrip(" "))] + spelled[1]
            mended.append(problem.span.line)
    _, left = parse("\n".join(lines), "a.yml")
    codes = {(problem.code, problem.span.line) for problem in left if problem.span and problem.span.line in mended}
    assert codes <= {("duplicate-key", line) for line in mended}


@pytest.mark.parametrize("case", [case for case in CASES if case.name not in _C_ONLY], ids=lambda case: case.name)
def test_parser_in_python_finds_the_same(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without its C parser, the same is refused in the same lines."""
    places = _read(case)[2]
    monkeypatch.setattr(generator.read.yaml_tree, "_LOADER", yaml.SafeLoader)
    assert _read(case)[2] == places


def test_only_a_warning_leaves_the_tree() -> None:
    case = Path(__file__).parent / "cases" / "trailing-blanks"
    text, problems = decode(next(case.glob("input.*")).read_bytes(), "a.yml")
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert parse(text or "", "a.yml")[1] == ()
