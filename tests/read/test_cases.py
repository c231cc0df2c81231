"""Every refusal of the room `read`: what goes in, the very words that come out, and that the mend mends."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import generator.read.yaml_tree
from generator.problems import Severity, show
from generator.read import Map, decode, parse
from tests.goldens import check_golden

CASES = sorted((Path(__file__).parent / "cases").iterdir())


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
