"""An office's repository on a forge, and the upload as its pipeline runs it: real git, real rsync."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.cli.starter import forge_files
from tests.support.fork import runs
from tests.support.program import environment, tree
from tests.support.readiness import PATIENCE

_OURS = ("GONGKAI_", "GITHUB_", "GITEA_", "CI_", "GIT_")
_WHO = {f"GIT_{role}_{what}": "office@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@dataclass(frozen=True, slots=True)
class Repository:
    """A clone in which a pipeline runs; its commits are a minute apart."""

    folder: Path

    @property
    def built(self) -> dict[str, str]:
        """What the last run built."""
        return tree(self.folder / "public")

    def commit(self, files: Mapping[str, str], minute: int = 0) -> None:
        """Write files and commit everything."""
        for path, text in files.items():
            (self.folder / path).write_text(text, "utf-8")
        when = {f"GIT_{role}_DATE": f"2025-12-01T09:{minute:02}:00+08:00" for role in ("AUTHOR", "COMMITTER")}
        for arguments in (["add", "--all"], ["commit", "--quiet", "--message", "改动"]):
            subprocess.run(["git", *arguments], cwd=self.folder, env=_plain({**_WHO, **when}), check=True)

    def clone(self, folder: Path, commit: str = "main") -> Repository:
        """Clone the repository as it was at a commit."""
        subprocess.run(["git", "clone", "--quiet", str(self.folder), str(folder)], env=_plain(), check=True)
        subprocess.run(["git", "checkout", "--quiet", "--detach", commit], cwd=folder, env=_plain(), check=True)
        return Repository(folder)

    def start(self, *arguments: str, tools: str = "", installed: str = "", **settings: str) -> subprocess.Popen[str]:
        """Start the upload in a session of its own; `tools` is a folder of commands that come before the others.

        The program runs in a fork, which takes less time; or it is the one in a folder where it is `installed`.
        """
        quick = self.folder.parent / f"{self.folder.name}-program"
        programs = installed
        if not installed:
            programs = stand_in(quick, "gongkai", f'exec {shlex.join(runs.program())} "$@"')
            # The whole machine's disks, whatever else writes to them, for each upload.
            stand_in(quick, "sync", "exit 0")
        path = os.pathsep.join(filter(None, [tools, programs, settings.pop("PATH", os.environ["PATH"])]))
        return subprocess.Popen(
            ["gongkai", "upload", *arguments],
            cwd=self.folder,
            env=_plain({"TMPDIR": str(self.folder.parent), **settings, "PATH": path}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, *arguments: str, tools: str = "", installed: str = "", **settings: str) -> tuple[int, str]:
        """Run the upload to its end and return its exit code and all that it said."""
        return ended(self.start(*arguments, tools=tools, installed=installed, **settings))


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a run; return its exit code and all that it said."""
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


INSTALLED = str(Path(sys.executable).parent)


def new_repository(folder: Path) -> Repository:
    """Put a folder under git with what a forge needs to publish it."""
    for path, data in forge_files("gitlab").items():
        (folder / path).write_bytes(data)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=folder, env=_plain(), check=True)
    repository = Repository(folder)
    repository.commit({".gitignore": "/public/\n/.public*\n"})
    return repository


def stand_in(folder: Path, name: str, script: str) -> str:
    """Write a command that stands before the real one, and return the folder for the PATH."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    (folder / name).chmod(0o755)
    return str(folder)


def commands_without(folder: Path, name: str) -> str:
    """Return a PATH with every command of the system but one."""
    folder.mkdir()
    for path in (path for place in ("/bin", "/usr/bin") for path in Path(place).iterdir()):
        if path.name != name and not (folder / path.name).is_symlink():
            (folder / path.name).symlink_to(path)
    return str(folder)


def shown(server: Path) -> dict[str, str]:
    """Return what the public sees."""
    return tree((server / "current").resolve())


def wait_for(process: subprocess.Popen[str], words: str) -> None:
    """Wait until a run says words."""
    assert process.stdout
    for line in process.stdout:
        if words in line:
            return
    raise AssertionError(f"it ended without {words}")


def left_over(server: Path) -> list[str]:
    """Return what an upload should not leave behind."""
    return [path.name for path in (server / "releases").iterdir() if path.name.startswith(".")]


def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def _plain(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without a pipeline's variables, whatever runs these tests."""
    kept = {name: value for name, value in environment().items() if not name.startswith(_OURS)}
    return {**kept, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C.UTF-8", **(changes or {})}
