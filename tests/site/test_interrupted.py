"""A build that is killed, interrupted, doubled or refused leaves one whole site in its place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.site import swap
from generator.site.build import BuildFailureError, build_site
from tests.conftest import SmallContent
from tests.program import ROOT, command, environment, gongkai, tree

KILLS = 12
Tree = dict[str, str]


@dataclass(frozen=True)
class Versions:
    """A site's folder whose content has an old and a new state, what each is built to, and how long a build takes."""

    root: Path
    old: Tree
    new: Tree
    seconds: float


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """Build the new state of a copy of the demo, then the old one, which stays in place."""
    root = tmp_path_factory.mktemp("killed")
    shutil.copytree(ROOT / "content", root / "content")
    turn(root, "新的网站")
    new = built(root)
    turn(root, "旧的网站")
    start = time.monotonic()
    old = built(root)
    assert old.keys() == new.keys()
    assert old != new
    return Versions(root, old, new, time.monotonic() - start)


def turn(root: Path, name: str) -> None:
    """Rename the site, which changes every page."""
    site = root / "content" / "site.yml"
    lines = site.read_text("utf-8").splitlines()
    site.write_text(
        "\n".join([f"网站名称: {name}", *(line for line in lines if not line.startswith("网站名称"))]), "utf-8"
    )


def built(root: Path) -> Tree:
    run = gongkai("-C", root, "build")
    assert run.returncode == 0, run.stderr
    return tree(root / "site")


def start_build(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("-C", root, "build"),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def mend(versions: Versions) -> None:
    """Run the next build, which removes what a killed one left."""
    turn(versions.root, "旧的网站")
    build_site(versions.root, versions.root / "site", None, lambda *_: None)
    assert tree(versions.root / "site") == versions.old
    assert beside(versions.root) == set()


def beside(root: Path) -> set[str]:
    """Return what lies beside content and site, the lock aside."""
    return {path.name for path in root.iterdir()} - {"content", "site", ".site.lock"}


@pytest.mark.parametrize("moment", range(KILLS))
def test_a_killed_build_leaves_the_old_site_or_the_new_one(moment: int, versions: Versions) -> None:
    """SIGKILL at spread moments: what stands in the place is whole, and the next run removes what was left."""
    root = versions.root
    turn(root, "新的网站")
    process = start_build(root)
    time.sleep(versions.seconds * (0.2 + 0.8 * moment / (KILLS - 1)))
    process.kill()
    process.wait()
    assert tree(root / "site") in (versions.old, versions.new)
    mend(versions)


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.005, 0.01])
def test_a_kill_around_the_swap_leaves_a_whole_site(delay: float, versions: Versions) -> None:
    """SIGKILL right after the last file of the new site was written."""
    root = versions.root
    turn(root, "新的网站")
    process = start_build(root)
    while process.poll() is None and not any(root.glob(".site-build-*/data/headers/caddy.conf")):
        time.sleep(0.0005)
    time.sleep(delay)
    process.kill()
    process.wait()
    assert tree(root / "site") in (versions.old, versions.new)
    mend(versions)


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有 SIGINT")
def test_an_interrupted_build_cleans_up_after_itself(versions: Versions) -> None:
    """Ctrl+C in the midst of pages: exit code 1, the old site as it was, no hidden folder left."""
    root = versions.root
    turn(root, "新的网站")
    process = start_build(root)
    while process.poll() is None and not any(root.glob(".site-build-*/index.html")):
        time.sleep(0.0005)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 1
    assert tree(root / "site") == versions.old
    assert beside(root) == set()
    turn(root, "旧的网站")


def test_two_builds_at_once_both_succeed(versions: Versions) -> None:
    both = [start_build(versions.root), start_build(versions.root)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert tree(versions.root / "site") == versions.old
    assert beside(versions.root) == set()


def test_a_refused_build_leaves_the_old_site(small_content: SmallContent) -> None:
    """A broken notice stops the build with exit code 1, and nothing of the site changes."""
    root = small_content()
    before = built(root)
    small_content({"notices/2025/er.yml": "格式: 1\n标题：坏的\n"})
    run = gongkai("-C", root, "build")
    assert run.returncode == 1
    assert "notices/2025/er.yml 第2行" in run.stderr
    assert tree(root / "site") == before
    assert beside(root) == set()


@pytest.mark.parametrize("place", ["", "content", "content/site", "照片"])
def test_a_build_takes_the_place_of_nothing_but_a_site(place: str, small_content: SmallContent) -> None:
    """A folder with other things in it, or with the content, is refused and stays as it was."""
    root = small_content()
    (root / "照片").mkdir()
    (root / "照片" / "1.jpg").write_bytes(b"jpg")
    before = tree(root)
    with pytest.raises(BuildFailureError):
        build_site(root, root / place, None, lambda *_: None)
    assert tree(root) == before


def test_a_bad_configuration_is_named(small_content: SmallContent) -> None:
    root = small_content()
    (root / "mkdocs.yml").write_text("site_name: x\nplugins: [gongkai]\ndocs_dir: nirgends\n", "utf-8")
    with pytest.raises(BuildFailureError, match=r"mkdocs\.yml 不能用：.*docs_dir"):
        build_site(root, root / "site", None, lambda *_: None)


def fill(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(text, "utf-8")


@pytest.mark.parametrize("step", [swap._put, swap._rename_both])
def test_both_ways_of_swapping_put_the_new_folder_in_place(step: object, tmp_path: Path) -> None:
    """One exchange, or two renames where the system has no exchange."""
    target, made = tmp_path / "site", tmp_path / ".site-build-x"
    fill(target, "旧")
    fill(made, "新")
    assert callable(step)
    step(made, target)
    assert (target / "index.html").read_text("utf-8") == "新"
    assert not swap._aside(target).exists()


def test_two_renames_bring_the_old_folder_back_when_the_second_fails(tmp_path: Path) -> None:
    target = tmp_path / "site"
    fill(target, "旧")
    with pytest.raises(FileNotFoundError):
        swap._rename_both(tmp_path / "missing", target)
    assert (target / "index.html").read_text("utf-8") == "旧"


def test_a_kill_between_two_renames_is_mended_by_the_next_run(tmp_path: Path) -> None:
    """Only the folder set aside is left: the next run brings it back before it begins, even if it fails itself."""
    target = tmp_path / "site"
    fill(swap._aside(target), "旧")
    fill(tmp_path / ".site-build-dead", "新")
    seen = []

    def fail() -> None:
        with swap.replacement(target):
            seen.append((target / "index.html").read_text("utf-8"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert seen == ["旧"]
    assert {path.name for path in tmp_path.iterdir()} - {".site.lock"} == {"site"}


def test_stale_folders_go_even_where_the_name_is_a_pattern(tmp_path: Path) -> None:
    target = tmp_path / "site[1]"
    fill(tmp_path / ".site[1]-build-dead", "半")
    with swap.replacement(target) as made:
        fill(made, "新")
    assert {path.name for path in tmp_path.iterdir()} - {".site[1].lock"} == {"site[1]"}


def test_a_link_in_the_place_stays_a_link(tmp_path: Path) -> None:
    """A site behind a symbolic link is replaced where it really lies."""
    real, link = tmp_path / "real" / "site", tmp_path / "link"
    real.mkdir(parents=True)
    fill(real, "旧")
    link.symlink_to(real, target_is_directory=True)
    with swap.replacement(link) as made:
        fill(made, "新")
    assert link.is_symlink()
    assert (real / "index.html").read_text("utf-8") == "新"
    assert {path.name for path in real.parent.iterdir()} - {".site.lock"} == {"site"}
