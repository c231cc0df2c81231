"""Whatever a text is, no spreadsheet runs it, and what is written reads back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.csv_table import csv_table


def _read(data: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1+1",
        "－甲",
        "-甲",
        "--5",
        "+",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert _read(csv_table(["列"], [{"列": text}])) == [["列"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["", "甲=乙", "-5", "+0.5", "2025-11-21", "'=1", '甲,"乙"\n丙', "0000-2195262"])
def test_everything_else_is_as_it_was(text: str) -> None:
    assert _read(csv_table(["列"], [{"列": text}])) == [["列"], [text]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_no_cell_begins_with_a_sign_that_begins_a_formula(texts: list[str]) -> None:
    cells = _read(csv_table(["列"], [{"列": text} for text in texts if text]))[1:]
    assert [
        cell for (cell,) in cells if cell[0] in "=@＝＋－＠\t\r" or (cell[0] in "+-" and not cell[1:2].isdigit())
    ] == []


def test_spreadsheets_take_it_for_utf_8() -> None:
    assert csv_table(["甲", "乙"], []) == b"\xef\xbb\xbf" + "甲,乙\r\n".encode()
