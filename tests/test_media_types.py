"""Kinds of file have one table: whoever serves, audits, archives or checks files takes them from it."""

from __future__ import annotations

from pathlib import Path

import pytest

import generator
from generator.media_types import ATTACHMENT_KINDS, COMPRESSED, MEDIA_TYPES, SITE_KINDS, content_type, kind_of

PROGRAM = Path(generator.__file__).parent
MODULES = sorted(PROGRAM.rglob("*.py"))
ASSETS = PROGRAM.parent / "theme/assets"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("data/ledger.jsonl", "application/jsonl; charset=utf-8"),
        ("notices/2025/yi/notice.json", "application/json; charset=utf-8"),
        ("notices/2025/yi/台账.PDF", "application/pdf"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("a.b/c", "application/octet-stream"),
        ("a.exe", "application/octet-stream"),
    ],
)
def test_a_file_is_served_as_what_its_name_says(path: str, said: str) -> None:
    assert content_type(path) == said


def test_every_kind_of_attachment_and_every_asset_is_in_the_table() -> None:
    assert ATTACHMENT_KINDS | COMPRESSED <= SITE_KINDS < MEDIA_TYPES.keys()
    assert {kind_of(place.name) for place in ASSETS.rglob("*") if place.is_file()} <= SITE_KINDS


def test_no_other_module_names_the_type_of_a_file() -> None:
    named = {f'"{type_}' for type_ in MEDIA_TYPES.values()} - {'"text/html', '"text/plain'}
    assert [place.name for place in MODULES if any(name in place.read_text("utf-8") for name in named)] == [
        "media_types.py"
    ]


def test_tables_are_written_in_one_place() -> None:
    """There no cell is a formula."""
    assert [place.name for place in MODULES if "import csv\n" in place.read_text("utf-8")] == ["csv_table.py"]
