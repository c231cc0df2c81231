"""The machine of a guide: its commands run as they stand, below a folder of its own and for another account."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from generator.period import full_date
from tests.support.program import ROOT
from tests.support.publish.hosts import environment

_SYSTEM_PYTHON = Path("/usr/bin/python3")
_OTHER = "nobody"
_PROGRAM = ("generator", "theme", "mkdocs.yml", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")


def commands(guide: str, title: str) -> list[str]:
    """Return the commands in the indented blocks of a guide's section, in order."""
    return re.findall(r"^(?: {4}| {7})([a-z/][^\n]*)$", _section(guide, title), re.MULTILINE)


def section(guide: str, title: str) -> list[str]:
    """Return the commands of a guide's section in order, those in its blocks and those within its sentences."""
    pattern = r"^ {7}(\S.*)$|`((?:cd|git|gongkai|mkdir) [^`]+)`"
    return [block or said for block, said in re.findall(pattern, _section(guide, title), re.MULTILINE)]


def _section(guide: str, title: str) -> str:
    return (ROOT / "docs" / guide).read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def approved(today: date) -> str:
    """Return a notice's approved text, public from today on."""
    first, last = full_date(today), full_date(today + timedelta(days=30))
    return (
        "中共示例市融媒体中心委员会关于市委巡察整改落实情况的通报\n\n一、整改情况\n\n"
        "1.稿件审核不严方面。一是三级审核由三人完成。二是抽查稿件1200篇。\n\n"
        f"公开期限：{first}至{last}。联系电话：0000-2000101（工作日9:00—17:00）。\n\n"
        f"中共示例市融媒体中心委员会\n\n{first}\n"
    )


@cache
def other_account() -> str | None:
    """Return an account that is not ours and can run this Python's packages; None where there is none to be had."""
    packages = Path(sys.prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    if os.geteuid() != 0 or not shutil.which("runuser") or not _SYSTEM_PYTHON.exists():
        return None
    ask = "import sys, ensurepip; sys.path.append(sys.argv[1]); import pydantic, numpy; print(sys.version_info[:2])"
    command = ["runuser", "-u", _OTHER, "--", str(_SYSTEM_PYTHON), "-c", ask, str(packages)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", cwd="/")
    return _OTHER if done.stdout.strip() == str(sys.version_info[:2]) else None


@dataclass(frozen=True, slots=True)
class Premises:
    """A folder that stands for /srv, an account that stands for gongkai, and people who type what a guide says."""

    folder: Path
    account: str

    @property
    def host(self) -> Path:
        """The folder of the publishing host."""
        return self.folder / "srv" / "xcgk"

    def type(self, place: Path, *lines: str) -> str:
        """Run lines of a guide in a folder and return what they say; each must end well."""
        done = self.run(place, *lines)
        assert done.returncode == 0, f"{lines}\n{done.stdout}"
        return done.stdout

    def run(self, place: Path, *lines: str) -> subprocess.CompletedProcess[str]:
        """Run lines of a guide in a folder."""
        said = [re.sub(r"(-u|-o|chown(?: -R)?) gongkai\b", rf"\1 {self.account}", line) for line in lines]
        said = [line.replace("/srv/", f"{self.folder}/srv/") for line in said]
        return subprocess.run(
            ["bash", "-e", "-c", "\n".join(said)],
            cwd=place,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    def install_packages(self) -> None:
        """Let the new environment see what this one has, the program itself aside: no index is within reach."""
        (into,) = (self.folder / "srv" / "gongkai-venv" / "lib").glob("python3*/site-packages")
        (into / "packages.pth").write_text(f"{self.folder}/packages\n", "utf-8")

    def _environment(self) -> dict[str, str]:
        plain = {name: value for name, value in environment().items() if not name.startswith(("GIT_", "PYTHON"))}
        return {
            **plain,
            "PATH": f"{self.folder}/bin{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "PIP_NO_INDEX": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_ROOT_USER_ACTION": "ignore",
            "GIT_SSH_COMMAND": f"{self.folder}/bin/ssh-as-guided",
            "GIT_CONFIG_NOSYSTEM": "1",
        }


@contextmanager
def premises() -> Iterator[Premises]:
    """Make such a machine, which others may read, with `sudo` for the other account where there is one."""
    folder, account = Path(mkdtemp(prefix="gongkai-guide-")), other_account()
    try:
        folder.chmod(0o755)
        for name in ("srv", "bin", "home", "packages"):
            (folder / name).mkdir()
        (packages,) = {Path(entry) for entry in sys.path if entry.startswith(sys.prefix) and "site-packages" in entry}
        for place in packages.iterdir():
            if not place.name.lower().startswith(("gongkai", "_", "pip", "setuptools")):
                (folder / "packages" / place.name).symlink_to(place)
        act = f'exec runuser -u {account} -- env HOME=/nonexistent "$@"' if account else 'exec "$@"'
        python = _SYSTEM_PYTHON if account else Path(sys.executable).resolve()
        # The guide's "sudo -u gongkai", and what ssh does on the other side for the account of the address.
        for name, line in {
            "sudo": f"shift 2\n{act}",
            "ssh-as-guided": f'while [ $# -gt 1 ]; do shift; done\nset -- sh -c "$1"\ncd /\n{act}',
            "python3": f'exec {python} "$@"',
        }.items():
            (folder / "bin" / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
            (folder / "bin" / name).chmod(0o755)
        owner = account or subprocess.check_output(["id", "-un"], encoding="utf-8").strip()
        yield Premises(folder, owner)
    finally:
        shutil.rmtree(folder)


def sources(into: Path) -> Path:
    """Copy what the program is built from, without git: its version is that of its newest file."""
    into.mkdir()
    for name in _PROGRAM:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, into / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(place, into / name)
    return into


def wheel(built_from: Path, into: Path) -> Path:
    """Build the wheel into an empty folder and return it."""
    into.mkdir()
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(into)]
    subprocess.run(command, cwd=built_from, check=True, capture_output=True)
    (made,) = into.glob("gongkai-*.whl")
    return made
