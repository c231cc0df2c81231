"""The version grows with each commit and each change, so that an installer takes a later build for an upgrade."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from packaging.version import Version

from generator.version import RELEASE, checkout_version
from tests.support.program import ROOT, gongkai

_NOON = 1795838400  # 2026-11-28T04:00:00Z
_WHO = {f"GIT_{role}_{what}": "x@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

# What a build reads beside generator/ and theme/.
_FILES = ("pyproject.toml", "mkdocs.yml", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", ".gitignore")


def _git(folder: Path, *arguments: str, at: int = _NOON) -> str:
    around = os.environ | _WHO | {"GIT_COMMITTER_DATE": f"{at} +0800", "GIT_AUTHOR_DATE": f"{_NOON} +0800"}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=around, check=True, capture_output=True, encoding="utf-8").stdout


def _checkout(folder: Path) -> Path:
    """Return a repository with a file of the program, committed at noon."""
    (folder / "generator").mkdir(parents=True)
    (folder / "generator" / "one.py").write_text("1\n", "utf-8")
    os.utime(folder / "generator" / "one.py", (_NOON, _NOON))
    _git(folder, "init", "--quiet")
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "one")
    return folder


def test_it_names_release_instant_and_commit(tmp_path: Path) -> None:
    folder = _checkout(tmp_path / "checkout")
    commit = _git(folder, "rev-parse", "HEAD")[:9]
    assert checkout_version(folder) == f"{RELEASE}+20261128040000.g{commit}"


def test_it_grows_with_each_change_and_each_commit(tmp_path: Path) -> None:
    """As installers order versions, a commit of the same day and a change without a commit included."""
    folder = _checkout(tmp_path / "checkout")
    versions = [checkout_version(folder)]
    (folder / "generator" / "one.py").write_text("2\n", "utf-8")
    os.utime(folder / "generator" / "one.py", (_NOON + 1, _NOON + 1))
    versions.append(checkout_version(folder))
    (folder / "generator" / "neu.py").write_text("new\n", "utf-8")
    os.utime(folder / "generator" / "neu.py", (_NOON + 2, _NOON + 2))
    versions.append(checkout_version(folder))
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "two", at=_NOON + 3)
    versions.append(checkout_version(folder))
    assert [Version(RELEASE), *map(Version, versions)] == sorted({Version(RELEASE), *map(Version, versions)})


def test_what_is_no_part_of_the_program_changes_nothing(tmp_path: Path) -> None:
    folder = _checkout(tmp_path / "checkout")
    before = checkout_version(folder)
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("made\n", "utf-8")
    assert checkout_version(folder) == before


def test_sources_without_git_are_as_new_as_their_newest_file(tmp_path: Path) -> None:
    folder = _checkout(tmp_path / "checkout")
    shutil.rmtree(folder / ".git")
    assert checkout_version(folder) == f"{RELEASE}+20261128040000"


def test_a_repository_that_a_hook_names_is_not_taken_for_ours(tmp_path: Path) -> None:
    """Git calls hooks with the place of their own repository in the environment."""
    folder, other = _checkout(tmp_path / "checkout"), _checkout(tmp_path / "other")
    _git(other, "commit", "--quiet", "--allow-empty", "--message", "two", at=_NOON + 9)
    ask = "import sys, pathlib, generator.version as v; print(v.checkout_version(pathlib.Path(sys.argv[1])))"
    around = os.environ | {"GIT_DIR": str(other / ".git"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", ask, str(folder)]
    done = subprocess.run(command, env=around, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == checkout_version(folder)


def test_a_checkout_tells_its_version_of_now(tmp_path: Path) -> None:
    """Not that of the day on which it was installed."""
    before = checkout_version()
    told = gongkai("--version", cwd=tmp_path).stdout
    assert told in {f"gongkai {version}\n" for version in (before, checkout_version())}  # somebody may be at work


def test_a_wheel_and_sources_carry_the_version_of_the_checkout(tmp_path: Path) -> None:
    """A wheel that is built from the archive of sources, without git, has the same name as one from the checkout."""
    hatchling = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path)]
    checkout = tmp_path / "checkout"  # as it is now, whoever changes ours meanwhile
    checkout.mkdir()
    for name in (".git", "generator", "theme", *_FILES):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, checkout / name)
    for target in ("wheel", "sdist"):
        subprocess.run([*hatchling, "--target", target], cwd=checkout, check=True, capture_output=True)
    (wheel,), (sources,) = tmp_path.glob("*.whl"), tmp_path.glob("*.tar.gz")
    assert wheel.name == f"gongkai-{checkout_version(checkout)}-py3-none-any.whl"
    wheel.unlink()
    shutil.unpack_archive(sources, tmp_path, filter="data")
    unpacked = sources.with_name(sources.name.removesuffix(".tar.gz"))
    subprocess.run([*hatchling, "--target", "wheel"], cwd=unpacked, check=True, capture_output=True)
    assert wheel.is_file()
