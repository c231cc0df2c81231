"""The files of docs/decisions: one decision each, numbered without gaps, dated, and in the list."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.support.program import ROOT

FOLDER = ROOT / "docs/decisions"
DECISIONS = sorted(FOLDER.glob("[0-9]*.md"))
_HEAD = re.compile(r"# (\d+)\. ([^\n]+[^\n.])\n\nDate: (\d{4}-\d\d-\d\d)\n")


def test_numbers_have_no_gaps() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04}-" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_number_a_title_and_a_date(path: Path) -> None:
    head = _HEAD.match(path.read_text(encoding="utf-8"))
    assert head
    assert int(head[1]) == int(path.name[:4])
    date.fromisoformat(head[3])


def test_the_list_holds_all_of_them() -> None:
    heads = [(path.name, _HEAD.match(path.read_text(encoding="utf-8"))) for path in DECISIONS]
    entries = [f"- [{head[1]}. {head[2]}]({name})" for name, head in heads if head]
    listed = [line for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    assert listed == entries
