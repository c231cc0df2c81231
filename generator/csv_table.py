"""Tables as CSV (RFC 4180) that spreadsheets open as UTF-8, and in which no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

# What a spreadsheet takes for the beginning of a formula, also in full width, and whatever it passes over before it.
_FORMULA = re.compile(r"\s{0,100}[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Write rows below the names of their columns.

    A text that a spreadsheet would run as a formula gets an apostrophe before it, which makes it text there; numbers
    are left as they are.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def read_table(data: bytes) -> list[list[str]]:
    """Return the rows of a table, the names of its columns first; ValueError where it is none."""
    try:
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except csv.Error as error:
        raise ValueError("no CSV") from error


def _cell(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
