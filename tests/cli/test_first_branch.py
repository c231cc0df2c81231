"""A new site in the clone of an empty repository: its first push goes to main, whatever git calls a first branch."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.program import gongkai
from tests.support.publish.hosts import git


def _empty(folder: Path, branch: str) -> Path:
    """Return an empty repository to push to, whose first branch is `branch`."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--bare", f"--initial-branch={branch}")
    return folder


def _clone(remote: Path, folder: Path, branch: str) -> None:
    """Clone as git did before it asked for the branch of an empty repository: it is then one's own default."""
    git(
        remote.parent,
        "-c",
        "protocol.version=0",
        "-c",
        f"init.defaultBranch={branch}",
        "clone",
        str(remote),
        str(folder),
    )


@pytest.mark.parametrize("default", ["master", "main"])
def test_the_first_push_from_an_empty_clone_goes_to_main(default: str, tmp_path: Path) -> None:
    remote, site = _empty(tmp_path / "remote.git", "main"), tmp_path / "site"
    _clone(remote, site, default)
    assert git(site, "symbolic-ref", "--short", "HEAD").strip() == default
    run = gongkai("init", ".", "--name", "示例市融媒体中心", "--organ", "shili-media", cwd=site)
    assert run.returncode == 0, run.stderr
    assert "git push" in run.stdout
    for words in (("add", "-A"), ("commit", "-m", "新建网站"), ("push",)):
        git(site, *words)
    assert git(remote, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]


def test_a_branch_that_the_host_or_a_person_has_chosen_stays(tmp_path: Path) -> None:
    remote, site = _empty(tmp_path / "remote.git", "fabu"), tmp_path / "site"
    git(tmp_path, "clone", str(remote), str(site))
    assert gongkai("init", ".", cwd=site).returncode == 0
    assert git(site, "symbolic-ref", "--short", "HEAD").strip() == "fabu"


def test_a_folder_with_more_than_a_repository_is_left_alone(tmp_path: Path) -> None:
    remote, site = _empty(tmp_path / "remote.git", "main"), tmp_path / "site"
    _clone(remote, site, "master")
    (site / "README.md").write_text("x\n", "utf-8")
    assert gongkai("init", ".", cwd=site).returncode == 2
    assert git(site, "symbolic-ref", "--short", "HEAD").strip() == "master"
    assert sorted(place.name for place in site.iterdir()) == [".git", "README.md"]
