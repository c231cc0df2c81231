"""The same content gives the same bytes, whatever surrounds the build; and a web server may read all of it."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.archive.story import FIRST, publish, write
from tests.support.program import ROOT, environment, gongkai, tree

SURROUNDINGS = {
    "time-zone": ({"TZ": "America/Los_Angeles"}, 0o022),
    "locale": ({"LC_ALL": "C", "LANG": "C"}, 0o022),
    "turkish": ({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati"}, 0o022),
    "hash-seed": ({"PYTHONHASHSEED": "4711"}, 0o022),
    "strict-umask": ({"PYTHONHASHSEED": "1"}, 0o077),
    "lax-umask": ({"PYTHONOPTIMIZE": "1"}, 0o000),
}


def modes(folder: Path) -> set[tuple[str, int]]:
    """Return kinds and modes below a folder, itself included."""
    places = [folder, *folder.rglob("*")]
    return {("folder" if place.is_dir() else "file", stat.S_IMODE(place.stat().st_mode)) for place in places}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_surroundings_change_no_byte(name: str, demo: Path, tmp_path: Path) -> None:
    """Another time zone, locale, hash seed or umask gives the demo's own bytes, and modes that a server can read."""
    changes, umask = SURROUNDINGS[name]
    out = tmp_path / "elsewhere" / "网站 2"
    run = subprocess.run(
        [sys.executable, "-m", "generator", "build", "-o", str(out)],
        cwd=ROOT,
        env=environment(**changes),
        umask=umask,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert tree(out) == tree(demo)
    assert modes(out) == {("folder", 0o755), ("file", 0o644)}


def test_another_folder_changes_no_byte(demo: Path, tmp_path: Path) -> None:
    """Content copied to another place, with other dates of its files, gives the same site."""
    root = tmp_path / "别处"
    shutil.copytree(ROOT / "content", root / "content", copy_function=shutil.copyfile)
    run = gongkai("-C", root, "build", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert tree(root / "site") == tree(demo)


@pytest.mark.parametrize("later", ["2025-11-21 09:01", "2025-11-21 23:59"])
def test_a_later_minute_of_the_day_changes_no_byte(later: str, tmp_path: Path) -> None:
    """A site with records, made again while nothing happened, is the same, so that whoever checks can make it."""
    write(tmp_path, FIRST)
    publish(tmp_path, tmp_path / "first", "2025-11-21 09:00")
    publish(tmp_path, tmp_path / "again", later)
    assert tree(tmp_path / "again") == tree(tmp_path / "first")


def test_mkdocs_build_gives_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    """`mkdocs build` alone makes what `gongkai build` makes, readable whatever the umask."""
    out = tmp_path / "site"
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(out)],
        cwd=ROOT,
        env=environment(),
        umask=0o077,
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert tree(out) == tree(demo)
    assert modes(out) == {("folder", 0o755), ("file", 0o644)}


def test_a_second_build_over_the_first_leaves_nothing_of_it(tmp_path: Path) -> None:
    """A page that is no longer made is gone after the next build."""
    root = tmp_path / "root"
    shutil.copytree(ROOT / "content", root / "content")
    assert gongkai("-C", root, "build").returncode == 0
    before = tree(root / "site")
    (root / "content" / "notices" / "2025" / "shili-bus.yml").unlink()
    assert gongkai("-C", root, "build").returncode == 0
    gone = before.keys() - tree(root / "site").keys()
    names = ("fragment.html", "index.html", "notice.json", "notice.md", "notice.txt")
    assert {path for path in gone if not path.startswith("search/")} == {
        "organs/shili-bus/index.html",
        *(f"notices/2025/shili-bus/{name}" for name in names),
    }
