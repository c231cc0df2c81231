"""What the room `read` says of a case, and the same with the YAML parser that is written in Python.

python -m tests.support.yaml_refusals: print the places of all cases by title, as JSON, where PyYAML has no C parser.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.modules["yaml._yaml"] = None  # type: ignore[assignment]  # before PyYAML is imported

from generator.problems import show
from generator.read import Map, decode, parse
from tests.support.program import ROOT
from tests.support.triples import Case, read_cases

_NAME = "content/notices/2025/a.yml"
TOPICS: tuple[Path, ...] = tuple(sorted((ROOT / "tests/read/cases").glob("*.txt")))
CASES: tuple[Case, ...] = tuple(case for topic in TOPICS for case in read_cases(topic))

Places = list[tuple[str, int]]


def refusal(case: Case) -> tuple[Map | None, str, Places]:
    """Return the tree of a case, its problems as they are shown, and their codes with their lines."""
    text, problems = decode(case.input, _NAME)
    node = None
    if text is not None:
        node, found = parse(text, _NAME)
        problems += found
    assert node is None or isinstance(node, Map)
    places = sorted({(problem.code, problem.span.line if problem.span else 0) for problem in problems})
    return node, show(problems, {_NAME: text or ""}) + "\n", places


if __name__ == "__main__":
    print(json.dumps({case.title: refusal(case)[2] for case in CASES}))
