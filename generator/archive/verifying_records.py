"""The records themselves: the ledger line by line, and every file that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.archive.bag import file_digest
from generator.archive.verdict import Verdict
from generator.records import (
    LEDGER,
    Digest,
    Ledger,
    RecordsError,
    files_of,
    read_ledger,
)
from generator.site.output import entries


def verify_records(folder: Path) -> Verdict:
    """Return what was looked at in a folder of records, and what is not as it was written."""
    try:
        ledger = read_ledger((folder / LEDGER).read_bytes(), LEDGER)
    except RecordsError as error:
        return Verdict((), (str(error),))
    looked = f"发布记录 {folder.name}：{len(ledger.lines)} 行，校验值 {ledger.head.sha256}"
    return Verdict((looked,), tuple(_flaws(folder, ledger)))


def _flaws(folder: Path, ledger: Ledger) -> Iterator[str]:
    promised = _promised(ledger)
    for path, of in promised.items():
        place = folder / path
        if not place.is_file():
            yield f"{path}：不见了"
        elif file_digest(place) != of:
            yield f"{path}：内容变了"
    for path, entry in entries(folder):
        known = path in promised or path == LEDGER or path.startswith(".")
        if entry.is_file(follow_symlinks=False) and not known:
            yield f"{path}：多出来的"


def _promised(ledger: Ledger) -> dict[str, Digest]:
    """Return the files that must be there: of a text that was published in error, none from before it was removed."""
    found: dict[str, Digest] = {}
    for line in ledger.lines:
        if line.number >= (ledger.removed_at(line.id) or 0):
            found |= files_of(line)
    return found
