"""docs/formats.md names the keys that the program writes, no more and no fewer."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from generator.model import Contact, Notice, Site
from generator.publish.host import Host
from tests.demo.play import RECORDS
from tests.support.program import ROOT

TEXT = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
_NAME = re.compile(r"`([^`]+)`")


def _section(title: str) -> str:
    return TEXT.split(f"\n## {title}\n")[1].partition("\n## ")[0]


def _rows(title: str, table: int = 0) -> dict[str, str]:
    """Return the rows of a section's table by the names in their first cell."""
    tables = [
        block.split("\n")[2:] for block in re.split(r"\n\n", _section(title)) if block.lstrip("\n").startswith("|")
    ]
    rows: dict[str, str] = {}
    for line in tables[table]:
        first, _, rest = line.removeprefix("| ").partition(" | ")
        rows |= dict.fromkeys(_NAME.findall(first), rest)
    return rows


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_notice() -> None:
    rows = _rows("Notice")
    assert rows.keys() == {"schema", *Notice.model_fields}
    assert set(_NAME.findall(rows["contacts"])) == Contact.model_fields.keys()


def test_the_facts_of_the_site() -> None:
    named = {*_NAME.findall(_rows("Facts of the site")["site"])}
    assert Site.model_fields.keys() - {"minimum_workdays", "demo_day"} <= named


@pytest.mark.parametrize("path", [RECORDS / "ledger.jsonl", ROOT / "tests/records/cases/schema-1/ledger.jsonl"])
def test_a_line_of_the_ledger(path: Path) -> None:
    lines = _lines(path)
    assert all(line.keys() == _rows("Ledger").keys() for line in lines)
    assert {line["event"] for line in lines} <= _rows("Ledger", 1).keys()


def test_the_notes_of_a_site(recorded_demo: Path) -> None:
    assert json.loads((recorded_demo / "data/build.json").read_bytes()).keys() == _rows("Build note").keys()
    index = json.loads((recorded_demo / "search/index.json").read_bytes())
    rows = _rows("Search index")
    assert index.keys() == rows.keys()
    for key in ("segments", "titles"):
        assert index[key]
        assert all(one.keys() == {*_NAME.findall(rows[key])} for one in index[key])


def test_the_notes_of_a_host(host: Host) -> None:
    release = host.current.resolve()
    assert json.loads((release / "release.json").read_bytes()).keys() == _rows("Release").keys()
    with sqlite3.connect(host.index) as index:
        names = {name.partition("/")[0] for (name,) in index.execute("SELECT name FROM entry")}
    assert names <= {name.partition("/")[0] for row in _rows("Index") for name in row.split(", ")}
    assert {place.name for place in host.state.glob("*.json")} <= _rows("Notes of a host").keys()
