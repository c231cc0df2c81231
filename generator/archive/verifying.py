"""Holding what was published, or a copy of it, to the records: what is not as published, file by file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from generator.archive.bag import DECLARATION
from generator.archive.verifying_bag import bag_flaws
from generator.archive.verifying_notice import notice_flaws
from generator.archive.verifying_records import records_flaws
from generator.archive.verifying_site import site_flaws
from generator.records import LEDGER, Ledger, Records, RecordsError, load, read_ledger


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: what was looked at, in words, and what is not as published, one line each; none is well."""

    looked_at: tuple[str, ...]
    flaws: tuple[str, ...]


def verify(target: Path, records: Path | None, signers: Path | None) -> Verdict:
    """Hold a bag (a folder or a zip file), a built site, or a file of a notice to the records, or those to themselves.

    `records` is their folder or the ledger alone; None holds a bag or a site to the ledger that it brings itself.
    RecordsError where the records themselves are not whole, or are needed and not given.
    """
    if target.is_dir() and (target / LEDGER).is_file():
        return Verdict(*records_flaws(target))
    if target.name == LEDGER:
        ledger = read_ledger(target.read_bytes(), target.as_posix())
        return Verdict((f"发布记录：{len(ledger.lines)} 行，校验值 {ledger.head.sha256}",), ())
    held = _records(records)
    if target.suffix.lower() == ".zip":
        with unpacked(target) as folder:
            return Verdict(*bag_flaws(folder, held.ledger if held else None, signers))
    if (target / DECLARATION).is_file():
        return Verdict(*bag_flaws(target, held.ledger if held else None, signers))
    if target.is_dir():
        return Verdict(*site_flaws(target, held.ledger if held else None))
    if held is None:
        raise RecordsError(f"要核对一个文件，得有发布记录。用 --records 指明记录的文件夹，或者网站上下载的 {LEDGER}。")
    return Verdict(*notice_flaws(target, held))


@contextmanager
def unpacked(target: Path) -> Iterator[Path]:
    """Unpack the one folder of a zip file for as long as it is looked at; RecordsError where it is no such file."""
    with TemporaryDirectory(prefix="gongkai-zip-") as working:
        try:
            with zipfile.ZipFile(target) as packed:
                names = [PurePosixPath(name) for name in packed.namelist()]
                if any(name.is_absolute() or ".." in name.parts or "\\" in str(name) for name in names):
                    raise RecordsError(f"{target} 里有通向外面的文件名，没有解开。")
                packed.extractall(working)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise RecordsError(f"{target} 解不开，多半是坏了：{error}") from error
        tops = list(Path(working).iterdir())
        if len(tops) != 1 or not (tops[0] / DECLARATION).is_file():
            raise RecordsError(f"{target} 里不是一个归档包。")
        yield tops[0]


def _records(given: Path | None) -> Records | None:
    if given is None:
        return None
    if given.is_file():
        ledger = read_ledger(given.read_bytes(), given.as_posix())
        return Records(None, None, ledger, ledger)
    if not (given / LEDGER).is_file():
        raise RecordsError(f"{given} 里没有 {LEDGER}，不是发布记录的文件夹。")
    return load(given)


def follows(one: Ledger, other: Ledger) -> bool:
    """Whether one ledger is the beginning of the other."""
    return all(a.seal == b.seal for a, b in zip(one.lines, other.lines, strict=False))
