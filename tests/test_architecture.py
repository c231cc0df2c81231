"""The order of rooms, one meaning for each public name, and locks that any registry can serve."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import generator
from generator.errors import GongkaiError

ROOT = Path(__file__).parents[1]
RUNTIME = ROOT / "requirements.lock"
DEV = ROOT / "requirements-dev.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

MODULES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "generator").rglob("*.py")}
LONGEST = 300


def defined(text: str) -> Iterator[str]:
    """Yield the public names that a module defines at its top level."""
    for node in ast.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names = [node.name]
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


def test_no_public_name_is_defined_in_two_modules() -> None:
    counted = Counter(name for text in MODULES.values() for name in set(defined(text)))
    twice = {name for name, number in counted.items() if number > 1}
    places = {name: [path for path, text in MODULES.items() if name in defined(text)] for name in sorted(twice)}
    assert places == {}


def test_no_docstring_begins_with_what() -> None:
    """A class is a noun phrase, a function does something."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = ((path, node) for path, text in MODULES.items() for node in ast.walk(ast.parse(text)))
    found = [
        f"{path}:{getattr(node, 'lineno', 1)}"
        for path, node in nodes
        if isinstance(node, kinds) and (ast.get_docstring(node) or "").startswith("What")
    ]
    assert found == []


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {path: len(text.splitlines()) for path, text in MODULES.items()}
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}


def test_every_exception_has_the_common_base() -> None:
    names = [module.name for module in pkgutil.walk_packages(generator.__path__, "generator.")]
    modules = [import_module(name) for name in names if not name.endswith("__main__")]
    classes = {cls for module in modules for _, cls in inspect.getmembers(module, inspect.isclass)}
    own = {cls for cls in classes if cls.__module__.startswith("generator.") and issubclass(cls, BaseException)}
    assert len(own) > 5
    assert {cls for cls in own if not issubclass(cls, GongkaiError)} == set()


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
