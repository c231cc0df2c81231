"""What holds the project together: the order of rooms, and locks that any registry can serve."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import generator

ROOT = Path(__file__).parents[1]
RUNTIME = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(lock: Path) -> dict[str, str]:
    """Return what a lock pins, by name."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE))


def test_rooms_import_only_what_lies_below_them() -> None:
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    run = subprocess.run(lint, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("lock", [RUNTIME, DEV], ids=lambda lock: lock.name)
def test_a_lock_names_no_place(lock: Path) -> None:
    """Neither a registry nor a path of the machine that made it: who installs decides where from."""
    text = lock.read_text("utf-8")
    assert not re.search(r"//|\bfile:|index|^-|@", text, re.MULTILINE)


@pytest.mark.parametrize("lock", [RUNTIME, DEV], ids=lambda lock: lock.name)
def test_every_pin_has_a_hash(lock: Path) -> None:
    entries = re.findall(r"^\S+==.*?(?=^\S|\Z)", lock.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(entries) == len(pins(lock))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_what_is_tested_is_what_is_installed() -> None:
    assert pins(RUNTIME).items() <= pins(DEV).items()


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUNTIME, PROJECT["project"]["dependencies"]),
        (RUNTIME, PROJECT["dependency-groups"]["build"]),
        (DEV, [name for name in PROJECT["dependency-groups"]["dev"] if isinstance(name, str)]),
    ],
    ids=["runtime", "build", "dev"],
)
def test_the_locks_satisfy_pyproject(lock: Path, wanted: list[str]) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), requirement


def test_the_public_api_is_these_names_and_each_can_be_had() -> None:
    """Whoever builds on the package can rely on these."""
    assert sorted(generator.__all__) == [
        "BuildTime",
        "Checked",
        "Content",
        "Notice",
        "Page",
        "Problem",
        "load",
        "render",
    ]
    for name in generator.__all__:
        assert getattr(generator, name).__module__.startswith("generator.")
    with pytest.raises(AttributeError):
        _ = generator.nothing
