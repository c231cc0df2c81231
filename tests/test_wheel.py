"""The wheel holds the program with theme and configuration, and nothing else."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """Build the wheel with the installed backend."""
    out = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    run = subprocess.run(build, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    (path,) = out.glob("gongkai-*-py3-none-any.whl")
    return zipfile.Path(path)


def names(wheel: zipfile.Path) -> set[str]:
    return {name for name in wheel.root.namelist() if not name.endswith("/")}


def info(wheel: zipfile.Path) -> str:
    """Return the name of the folder that says what the wheel is; with the version that it was built at."""
    (found,) = {name.split("/")[0] for name in names(wheel)} - {"generator"}
    assert re.fullmatch(r"gongkai-[^/]+\.dist-info", found)
    return found


def test_it_carries_the_whole_program(wheel: zipfile.Path) -> None:
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "generator").rglob("*.py")}
    assert modules | {"generator/py.typed"} <= names(wheel)


def test_it_carries_the_whole_theme(wheel: zipfile.Path) -> None:
    theme = {path.relative_to(ROOT / "theme") for path in (ROOT / "theme").rglob("*") if path.is_file()}
    assert Path("main.html") in theme
    assert {f"generator/_theme/{path.as_posix()}" for path in theme} <= names(wheel)


def test_it_carries_the_configuration(wheel: zipfile.Path) -> None:
    assert (wheel / "generator" / "_mkdocs.yml").read_bytes() == (ROOT / "mkdocs.yml").read_bytes()


def test_it_carries_nothing_else(wheel: zipfile.Path) -> None:
    assert {name.split("/")[0] for name in names(wheel)} == {"generator", info(wheel)}


def test_it_names_its_entry_points(wheel: zipfile.Path) -> None:
    entry_points = configparser.ConfigParser()
    entry_points.read_string((wheel / info(wheel) / "entry_points.txt").read_text("utf-8"))
    assert entry_points["console_scripts"]["gongkai"] == "generator.cli:main"
    assert entry_points["mkdocs.plugins"]["gongkai"] == "generator.mkdocs_plugin:GongkaiPlugin"
