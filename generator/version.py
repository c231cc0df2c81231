"""The version of the program: the number of the release, then the instant and the commit it was built from."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version as installed_version
from pathlib import Path

RELEASE = "0.2.0"
_ROOT = Path(__file__).resolve().parents[1]
_PROGRAM = ("generator", "theme", "mkdocs.yml", "pyproject.toml")


def version() -> str:
    """Return the version of this program, in a checkout as it is now, elsewhere as it was when it was installed."""
    return checkout_version(_ROOT) if (_ROOT / ".git").exists() else installed_version("gongkai")


def checkout_version(root: Path = _ROOT) -> str:
    """Return a PEP 440 version that grows with each commit of the checkout `root`, and with each change of a file.

    The local part holds the instant in UTC to the second, so that installers take a later build for an upgrade,
    and `g` with the commit. Without git, as in an unpacked archive of sources, the newest file gives the instant.
    """
    head = _git(root, "log", "-1", "--format=%ct %H")
    if not head:
        return f"{RELEASE}+{_instant(_newest(root, _PROGRAM))}"
    seconds, commit = head.split()
    changed = _git(root, "status", "--porcelain", "-z", "--no-renames", "--", *_PROGRAM)
    names = [entry[3:] for entry in changed.split("\0") if entry]
    if not names:
        return f"{RELEASE}+{_instant(int(seconds))}.g{commit[:9]}"
    instant = max(int(seconds), _newest(root, names))
    return f"{RELEASE}+{_instant(instant)}.g{commit[:9]}.changed"


def _git(root: Path, *arguments: str) -> str:
    """Return what git says of a checkout; nothing where there is none, or git will not look at it."""
    if not (root / ".git").exists():
        return ""
    # A hook of another repository names that one in variables of git.
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=plain)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout


def _newest(root: Path, names: tuple[str, ...] | list[str]) -> int:
    """Return when the newest of these files, or of the files in these folders, was changed; 0 where there is none."""
    given = [root / name for name in names]
    inside = (place for folder in given if folder.is_dir() for place in folder.rglob("*"))
    files = [place for place in (*given, *inside) if place.is_file() and "__pycache__" not in place.parts]
    return max((int(place.stat().st_mtime) for place in files), default=0)


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y%m%d%H%M%S")
