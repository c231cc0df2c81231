"""The program as a person runs it, and folders as they can be compared."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.fork import runs
from tests.support.readiness import PATIENCE

ROOT = Path(__file__).parents[2]


def environment(**changes: str) -> dict[str, str]:
    """Return the environment without what would steer the program, and with `changes`."""
    steering = {"PYTHONHASHSEED", "PYTHONIOENCODING", "PYTHONUTF8", "TZ", "LANG", "LC_ALL"}
    kept = {name: value for name, value in os.environ.items() if name not in steering}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", **changes}


def command(*arguments: str | Path) -> list[str]:
    """Return the command line of a verb."""
    return [sys.executable, "-m", "generator", *map(str, arguments)]


def gongkai(
    *arguments: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
    answers: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run a verb in a process of its own to its end, whatever its exit code.

    The process is forked from one that has the program loaded, except where the interpreter is to have settings of
    its own.
    """
    changes = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, **(env or {})}
    settings, given = environment(**changes), [*map(str, arguments)]
    if encoding == "utf-8" and not any(name.startswith("PYTHON") for name in env or {}):
        return runs.reading(answers, "verb", *given, around=settings, folder=str(cwd))
    return subprocess.run(
        command(*given),
        cwd=cwd,
        env=settings,
        input=answers,
        capture_output=True,
        encoding=encoding,
        timeout=PATIENCE,
        check=False,
    )


def files_below(folder: Path) -> list[Path]:
    """Return every file below a folder, sorted; links to folders are followed, of which a host's sites are made."""
    return sorted(Path(place, name) for place, _, names in os.walk(folder, followlinks=True) for name in names)


def tree(folder: Path) -> dict[str, str]:
    """Return what a folder holds: a digest of each file, by path."""
    files = files_below(folder)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
