"""Holding what was published, or a copy of it, to the records: what is not as published, file by file."""

from __future__ import annotations

from pathlib import Path

from generator.archive.bag import DECLARATION
from generator.archive.packed import unpacked
from generator.archive.verdict import Verdict
from generator.archive.verifying_bag import verify_bag
from generator.archive.verifying_notice import verify_notice
from generator.archive.verifying_records import verify_records
from generator.archive.verifying_site import verify_site
from generator.records import LEDGER, Records, RecordsError, load, read_ledger


def verify(target: Path, records: Path | None, signers: Path | None) -> Verdict:
    """Hold a bag (a folder or a zip file), a built site, or a file of a notice to the records, or those to themselves.

    `records` is their folder or the ledger alone; None holds a bag or a site to the ledger that it brings itself.
    RecordsError where the records themselves are not whole, or are needed and not given.
    """
    if target.is_dir() and (target / LEDGER).is_file():
        return verify_records(target)
    if target.name == LEDGER:
        alone = read_ledger(target.read_bytes(), target.as_posix())
        return Verdict((f"发布记录：{len(alone.lines)} 行，校验值 {alone.head.sha256}",))
    held = _records(records)
    ledger = held.ledger if held else None
    if target.suffix.lower() == ".zip":
        with unpacked(target) as folder:
            return verify_bag(folder, ledger, signers)
    if (target / DECLARATION).is_file():
        return verify_bag(target, ledger, signers)
    if target.is_dir():
        return verify_site(target, ledger)
    if held is None:
        raise RecordsError(f"要核对一个文件，得有发布记录。用 --records 指明记录的文件夹，或者网站上下载的 {LEDGER}。")
    return verify_notice(target, held)


def _records(given: Path | None) -> Records | None:
    if given is None:
        return None
    if given.is_file():
        ledger = read_ledger(given.read_bytes(), given.as_posix())
        return Records(None, None, ledger, ledger)
    if not (given / LEDGER).is_file():
        raise RecordsError(f"{given} 里没有 {LEDGER}，不是发布记录的文件夹。")
    return load(given)
