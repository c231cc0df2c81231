"""The records themselves: the ledger line by line, and every file that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.addresses import ledger_paths
from generator.archive.foreign import ForeignFolder, list_folder
from generator.archive.verify.comparison import Verdict
from generator.archive.verify.published_pages import ledger_below
from generator.characters import printable
from generator.records import Digest, Ledger, RecordsError, files_of


def verify_records(folder: Path, noted: str) -> Verdict:
    """Return what was looked at in a folder of records, and what is not as it was written.

    `noted` says what nothing in the folder itself can prove.
    """
    given = list_folder(folder)
    try:
        ledger = ledger_below(given) or Ledger()
    except RecordsError as error:
        return Verdict((), (str(error),))
    if not ledger.lines:
        return Verdict((), ("发布记录是空的，一行也没有",))
    looked = f"发布记录 {printable(folder.name)}：{len(ledger.lines)} 行，校验值 {ledger.head.sha256}"
    return Verdict((looked,), tuple(_flaws(given, ledger)), (noted,))


def _flaws(given: ForeignFolder, ledger: Ledger) -> Iterator[str]:
    promised, parts = _promised(ledger), ledger_paths(given.files)
    for path, of in promised.items():
        if path not in given.files:
            yield f"{path}：不见了"
        elif given.digest(path) != of:
            yield f"{path}：内容变了"
    yield from (f"{printable(path)}：是{kind}，不是文件" for path, kind in sorted(given.odd.items()))
    for path in sorted(given.files):
        if path not in promised and path not in parts and not path.startswith("."):
            yield f"{printable(path)}：多出来的"


def _promised(ledger: Ledger) -> dict[str, Digest]:
    """Return the files that must be there: of a text that was published in error, none from before it was removed."""
    found: dict[str, Digest] = {}
    for line in ledger.lines:
        if line.number >= (ledger.removed_at(line.id) or 0):
            found |= files_of(line)
    return found
