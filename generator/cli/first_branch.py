"""The branch of a repository that has no commit yet: what `git clone` makes of an empty one."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

BRANCH = "main"


def start_on_main(folder: Path) -> None:
    """Let the first commit of a repository without any go to main, where git's own default is another branch.

    A branch that the remote side has chosen stays. A push then needs no name of a branch, as after any clone.
    """
    if not (folder / ".git").exists() or _git(folder, "rev-parse", "--verify", "--quiet", "HEAD"):
        return
    here = _git(folder, "symbolic-ref", "--short", "HEAD")
    if here == BRANCH or here not in {"master", _git(folder, "config", "init.defaultBranch")}:
        return
    _git(folder, "symbolic-ref", "HEAD", f"refs/heads/{BRANCH}")
    if _git(folder, "config", "remote.origin.url"):
        _git(folder, "config", f"branch.{BRANCH}.remote", "origin")
        _git(folder, "config", f"branch.{BRANCH}.merge", f"refs/heads/{BRANCH}")


def _git(folder: Path, *arguments: str) -> str:
    """Return what git prints; nothing where it refuses or is not there."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_DIR")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=plain)  # noqa: S603
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
