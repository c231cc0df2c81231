"""A publishing host and the clones of those who push to it, with real git."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.period import SHANGHAI
from generator.publish.host import Host
from generator.publish.install import HOOKS, install
from generator.publish.release import Release
from generator.publish.store import live
from tests.support.content import NOTICE
from tests.support.fork import runs

ADDRESS = "https://www.example.com/gk/"
_SITE = f"网站名称: 示例县巡察整改公开\n网址: {ADDRESS}\n"
_ORGANS = "bangongshi:\n  名称: 示例县办公室\n  类型: 机关\n"
FILES: Mapping[str, str] = {
    "content/site.yml": _SITE,
    "content/organs.yml": _ORGANS,
    "content/about.md": "# 关于本站\n\n这里公开通报。\n",
    "content/notices/2025/yi.yml": NOTICE,
}


def corrected(text: str, times: int = 1) -> str:
    """Return a notice's text with so many corrections, dated today as the host's clock has it."""
    today = datetime.now(SHANGHAI).date().isoformat()
    return f"{text}更正:\n" + "".join(
        f"  - 日期: {today}\n    说明: 第{number}次改正会议的次数。\n" for number in range(1, times + 1)
    )


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push came to: git's exit code, and all that the one who pushed could read."""

    code: int
    words: str

    @property
    def lines(self) -> list[str]:
        """What the host said, line by line, without what was written over."""
        said = [line.removeprefix("remote: ").rstrip() for line in self.words.split("\n") if line.startswith("remote:")]
        return [line.rpartition("\r")[2].removeprefix("remote: ").rstrip() for line in said]


@dataclass(frozen=True, slots=True)
class Office:
    """A clone on somebody's computer."""

    folder: Path

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git in the clone and return what it prints."""
        return git(self.folder, *arguments, check=check)

    def commit(self, files: Mapping[str, str | bytes | None], message: str = "改动") -> str:
        """Write files (None removes one), commit them and return the commit."""
        for path, text in files.items():
            place = self.folder / path
            if text is None:
                place.unlink()
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD").strip()

    def push(self, *arguments: str) -> Pushed:
        """Push, by default main to main."""
        command = ["git", "-C", str(self.folder), "push", "origin", *(arguments or ("main",))]
        done = subprocess.run(command, capture_output=True, check=False, env=environment())
        return Pushed(done.returncode, done.stderr.decode())


def environment() -> dict[str, str]:
    """Return an environment in which git behaves the same on every machine."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()}
    return {**plain, **who, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C.UTF-8"}


_WHO = {"NAME": "办公室", "EMAIL": "office@example.com"}


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    """Run git in a folder and return what it prints."""
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=check, env=environment()).stdout.decode()


def gongkai(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as IT does, without the time that its start takes."""
    return runs.run("verb", *arguments, around=environment())


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as IT does, from its start."""
    command = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment())


def new_host(folder: Path, address: str = ADDRESS) -> Host:
    """Set up a host as IT does, with quick hooks."""
    done = gongkai("server", "init", str(folder), "--address", address)
    assert done.returncode == 0, done.stderr
    return quick(Host(folder))


def quick(host: Host, hook: str = "", **steps: str) -> Host:
    """Have git call the hooks' bodies in forked processes, one of them with `steps` as in `server.Run`.

    The host's own hooks stay in their place, for `server status` looks at them; `install` has git call them again.
    """
    folder = host.root.parent / f"{host.root.name}-hooks"
    folder.mkdir(exist_ok=True)
    git(host.repository, "config", "core.hooksPath", str(folder))
    for name in HOOKS:
        set_hook(host, name, *runs.hook(host, name, **(steps if name == hook else {})))
    return host


def own(host: Host) -> Host:
    """Have git call the host's own hooks."""
    install(host, None)
    return host


def set_hook(host: Host, name: str, *command: str) -> None:
    """Have git call a command for a hook, until `quick` or `own`."""
    place = Path(git(host.repository, "config", "core.hooksPath").strip(), name)
    place.write_text(f"#!/bin/sh\nexec {shlex.join(command)}\n")
    place.chmod(0o755)


def new_office(host: Host, folder: Path, files: Mapping[str, str | bytes | None] = FILES) -> Office:
    """Begin a repository with files, and push it to the host."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(host.repository))
    office = Office(folder)
    office.commit(files)
    pushed = office.push()
    assert pushed.code == 0, pushed.words
    return office


def clone(host: Host, folder: Path) -> Office:
    """Clone the host's repository."""
    git(folder.parent, "clone", "--quiet", str(host.repository), str(folder))
    return Office(folder)


def shown(host: Host) -> Release:
    """Return what the public sees."""
    release = live(host)
    assert release is not None
    return release


def page(host: Host, address: str) -> str:
    """Return a page that the public sees."""
    return (host.current / "site" / address / "index.html").read_text(encoding="utf-8")
