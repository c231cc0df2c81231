"""Every refusal of the room `read`: what goes in, the very words that come out, and that the mend mends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.problems import Severity
from generator.read import Map, decode, parse
from tests.support.goldens import check_golden
from tests.support.program import ROOT
from tests.support.triples import Case, rewritten
from tests.support.yaml_refusals import CASES, TOPICS, refusal

_SPELLED = re.compile(r"写成：(.+?)(?:；如果|；否则|。$)")
_C_ONLY = "unknown-directive"  # the parser in Python passes over it
REFUSED = [case for case in CASES if case.title != "trailing-blanks"]


def test_titles_are_given_once() -> None:
    assert len({case.title for case in CASES}) == len(CASES)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.stem)
def test_problem_texts_are_those_on_record(topic: Path) -> None:
    check_golden(rewritten(topic, lambda case: refusal(case)[1]), topic)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.title)
def test_case_is_refused_and_its_mend_is_accepted(case: Case) -> None:
    node, _, places = refusal(case)
    assert node is None
    assert places
    text, problems = decode(case.parts["mended"].encode(), "a.yml")
    assert problems == ()
    assert text is not None
    tree, problems = parse(text, "a.yml")
    assert problems == ()
    assert isinstance(tree, Map)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_line_that_a_mend_spells_out_is_accepted(case: Case) -> None:
    """Where a mend says 写成：, the line it gives is no longer refused for the same reason, nor for a new one."""
    text, problems = decode(case.input, "a.yml")
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


def test_parser_in_python_finds_the_same() -> None:
    """Where PyYAML comes without its C parser, the same is refused in the same lines."""
    assert yaml.__with_libyaml__
    command = [sys.executable, "-X", "utf8", "-m", "tests.support.yaml_refusals"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    found = {title: [(code, line) for code, line in places] for title, places in json.loads(run.stdout).items()}
    assert len(found) == len(CASES)
    assert found.pop(_C_ONLY) != refusal(next(case for case in CASES if case.title == _C_ONLY))[2]
    assert found == {case.title: refusal(case)[2] for case in CASES if case.title != _C_ONLY}


def test_only_a_warning_leaves_the_tree() -> None:
    case = next(case for case in CASES if case.title == "trailing-blanks")
    text, problems = decode(case.input, "a.yml")
    assert [problem.severity for problem in problems] == [Severity.WARNING]
    assert parse(text or "", "a.yml")[1] == ()
