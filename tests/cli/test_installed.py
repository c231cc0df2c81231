"""The wheel alone is the program: no checkout within reach."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import ROOT, environment
from tests.support.readiness import PATIENCE

SOURCE = ROOT / "tests" / "cases" / "measures" / "input.txt"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it as pip does, dependencies aside."""
    dist, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(dist)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = dist.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(target), str(wheel)], check=True, capture_output=True)
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program; PYTHONPATH comes before the checkout that the environment knows of."""
    start = (
        "import sys, generator; from generator.cli import main; "
        f"assert generator.__file__.startswith({str(installed)!r}), generator.__file__; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", start, *arguments],
        cwd=cwd,
        env=environment(PYTHONPATH=str(installed), PYTHONIOENCODING="utf-8"),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def test_init_and_build_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    """A new site with an imported notice is built with the wheel's own theme and configuration."""
    for arguments in (
        ("init", "zhan"),
        ("-C", "zhan", "import", str(SOURCE), "-o", "zhan/content/notices/2025/yiyuan.yml"),
        ("-C", "zhan", "check"),
        ("-C", "zhan", "build"),
    ):
        done = run(installed, tmp_path, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "zhan" / "site"
    assert (site / "assets" / "gongkai.css").read_bytes() == (ROOT / "theme" / "assets" / "gongkai.css").read_bytes()
    assert "院党委专门研究" in (site / "notices" / "2025" / "yiyuan" / "index.html").read_text("utf-8")


def test_a_folder_of_content_alone_is_built_too(installed: Path, tmp_path: Path) -> None:
    """Without an mkdocs.yml of its own a site takes the wheel's."""
    assert run(installed, tmp_path, "init", "zhan").returncode == 0
    (tmp_path / "zhan" / "mkdocs.yml").unlink()
    done = run(installed, tmp_path / "zhan", "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "zhan" / "site" / "index.html").is_file()
