"""The targets of a verification: a bag, a site, records, or one file of a notice."""

from __future__ import annotations

import zlib
from pathlib import Path

from generator.addresses import LEDGER, LEDGER_FOLDER, ledger_paths
from generator.archive.bag import DECLARATION
from generator.archive.foreign import read_file
from generator.archive.verify.bag import verify_bag
from generator.archive.verify.comparison import Verdict
from generator.archive.verify.notice_file import verify_notice
from generator.archive.verify.published_pages import LARGEST_LEDGER
from generator.archive.verify.records_folder import verify_records
from generator.archive.verify.site import verify_site
from generator.archive.zip_file import unpacked_zip
from generator.build.request import OnStage, ignore_stage
from generator.characters import printable
from generator.errors import reason
from generator.records import Ledger, Records, RecordsError, ledger_paths_in, load, read_ledger

_NOTED = "校验值是不是真的，请和以前抄下来的核对：谁都可以重新做一份发布记录"


def verify(target: Path, records: Path | None, signers: Path | None, progress: OnStage = ignore_stage) -> Verdict:
    """Check a bag (a folder or a zip file), a built site, a file of a notice, or the records themselves.

    `records` is their folder or the ledger alone; None checks a bag or a site against its own ledger.
    RecordsError where the records themselves are not whole, or are needed and not given, and where the target is no
    such thing or too large to be one.
    """
    try:
        return _verify(target, records, signers, progress)
    except OSError as error:
        raise RecordsError(f"{printable(str(target))} 读不出来：{reason(error)}。") from error
    except (zlib.error, UnicodeError) as error:
        raise RecordsError(f"{printable(str(target))} 读不出来：文件坏了，或者不是写的那种文件。") from error


def _verify(target: Path, records: Path | None, signers: Path | None, progress: OnStage) -> Verdict:
    if target.is_dir() and ledger_paths_in(target):
        return verify_records(target, _NOTED)
    if target.name == LEDGER or ledger_paths([f"{LEDGER_FOLDER}/{target.name}"]):
        alone = _ledger(target)
        return Verdict((f"发布记录：{len(alone.lines)} 行，校验值 {alone.head.sha256}",), (), (_NOTED,))
    held = _records(records)
    if target.suffix.lower() == ".zip":
        with unpacked_zip(target) as folder:
            return verify_bag(folder, held, signers, progress)
    if target.is_dir():
        if (target / DECLARATION).is_file():
            return verify_bag(target, held, signers, progress)
        return verify_site(target, held, progress)
    if held is None:
        raise RecordsError("要核对一个文件，得有发布记录。用 --records 指明记录的文件夹，或者网站上下载的发布记录。")
    return verify_notice(target, held)


def _records(given: Path | None) -> Records | None:
    if given is None:
        return None
    if given.is_file():
        ledger = _ledger(given)
        return Records(None, None, ledger, ledger)
    if not ledger_paths_in(given):
        raise RecordsError(f"{printable(str(given))} 里没有 {LEDGER_FOLDER} 或 {LEDGER}，不是发布记录的文件夹。")
    held = load(given)
    _refuse_empty(held.ledger, given)
    return held


def _ledger(file: Path) -> Ledger:
    """Read a ledger that is one file, or all parts of that to which a part belongs."""
    if file.parent.name == LEDGER_FOLDER:
        return load(file.parent.parent).ledger
    ledger = read_ledger(read_file(file, LARGEST_LEDGER), printable(file.as_posix()))
    _refuse_empty(ledger, file)
    return ledger


def _refuse_empty(ledger: Ledger, file: Path) -> None:
    if not ledger.lines:
        raise RecordsError(f"{printable(str(file))} 是空的，一行也没有，不能用来核对。请重新取一份。")
