"""Put a finished folder in the place of an old one, so that there is always one whole folder at the name."""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.locks import locked

_HERE = -100  # AT_FDCWD of Linux
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux


@contextmanager
def replacement(target: Path) -> Iterator[Path]:
    """Give a new empty folder to fill; on leaving well it becomes `target`, on an exception `target` stays as it was.

    A run that was killed leaves at most a hidden folder beside `target`, which the next run removes. Runs for the
    same target wait for each other.
    """
    target = Path(os.path.realpath(target))  # a link stays, and leads to the new folder
    target.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{target.name}-build-"
    with locked(target.parent / f".{target.name}.lock"):
        _recover(target, prefix)
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
        made.chmod(0o755)
        try:
            yield made
            _put(made, target)
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _recover(target: Path, prefix: str) -> None:
    """Bring back the old folder if a run was ended between two renames, then remove what is stale."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    for stale in [aside, *target.parent.glob(f"{glob.escape(prefix)}*")]:
        shutil.rmtree(stale, ignore_errors=True)


def _put(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
    elif not _exchange(made, target):
        _rename_both(made, target)


def _rename_both(made: Path, target: Path) -> None:
    """Swap in two steps, for systems that have no single one; `_recover` mends what a kill between them leaves."""
    aside = _aside(target)
    target.rename(aside)
    try:
        made.rename(target)
    finally:
        if not target.exists():
            aside.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}-old")


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one step; False where the system has no such step."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    return renameat2 is not None and renameat2(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE) == 0
