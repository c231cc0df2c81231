"""A build that is killed, interrupted, doubled or refused leaves one whole site in its place."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build import swap
from generator.build.request import BuildError
from tests.support.building import make_site
from tests.support.content import NOTICE, SmallContent
from tests.support.fork import runs
from tests.support.fork.changes import EXCHANGE
from tests.support.program import ROOT, command, environment, gongkai, tree

_SITE = "网站名称: {}\n网址: https://www.example.com/gk/\n"
_FILES = {
    "organs.yml": "bangongshi:\n  名称: 示例县办公室\n  类型: 机关\n",
    "about.md": "# 关于本站\n\n这里公开通报。\n",
    **{f"notices/2025/{name}.yml": NOTICE for name in ("yi", "er", "san")},
}
_SPREAD = 6
Tree = dict[str, str]


@dataclass(frozen=True)
class Versions:
    """A site's folder, what its old and its new state are built to, and the changes to files of the build between."""

    root: Path
    old: Tree
    new: Tree
    changes: list[str]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    """Build the old state of a site, the new one, and the old one again, which stays in place."""
    root = tmp_path_factory.mktemp("killed")
    for path, text in _FILES.items():
        place = root / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    log = root.with_name("changes")
    built(root, "旧的网站")
    new = built(root, "新的网站", changes=str(log))
    old = built(root, "旧的网站")
    assert old.keys() == new.keys()
    assert old != new
    return Versions(root, old, new, log.read_text("utf-8").splitlines())


def turn(root: Path, name: str) -> None:
    """Rename the site, which changes every page."""
    (root / "content" / "site.yml").write_text(_SITE.format(name), "utf-8")


def _environment() -> dict[str, str]:
    """Return an environment in which all builds are of one instant, so that no midnight comes between two."""
    return environment(SOURCE_DATE_EPOCH="1764554400")


def built(root: Path, name: str, **more: str) -> Tree:
    turn(root, name)
    run = runs.run("verb", "-C", str(root), "build", around=_environment(), **more)
    assert run.returncode == 0, run.stderr
    return tree(root / "site")


def start_build(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command("-C", root, "build"),
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def killed(versions: Versions, pattern: str, number: int = 1) -> Tree:
    """Build the new state, kill the build before one of its changes to files, and return what then stands there."""
    turn(versions.root, "新的网站")
    run = runs.run("verb", "-C", str(versions.root), "build", around=_environment(), kill=pattern, number=number)
    assert run.returncode == -signal.SIGKILL, f"{pattern} was not met: {run.stderr}"
    return tree(versions.root / "site")


def mend(versions: Versions) -> None:
    """Run the next build, which removes what a killed one left."""
    assert built(versions.root, "旧的网站") == versions.old
    assert beside(versions.root) == set()


def beside(root: Path) -> set[str]:
    """Return what lies beside content and site, the lock aside."""
    return {path.name for path in root.iterdir()} - {"content", "site", ".site.lock"}


def test_a_killed_build_leaves_the_old_site(versions: Versions) -> None:
    """SIGKILL before one of the files, spread over the whole build: the next run removes what was left."""
    written = "open *"
    total = sum(change.startswith("open ") for change in versions.changes)
    assert total > len(versions.new), "each file of the site is written"
    for number in range(1, total, total // _SPREAD):
        assert killed(versions, written, number) == versions.old
        mend(versions)


def test_a_kill_around_the_swap_leaves_a_whole_site(versions: Versions) -> None:
    """SIGKILL before the two folders change places, right after, and in the midst of removing the old one."""
    swap = versions.changes.index(EXCHANGE)
    assert versions.changes.count(EXCHANGE) == 1
    assert versions.changes[swap + 1].startswith("rmtree "), "nothing comes between"
    assert not any(change.startswith("remove ") for change in versions.changes[:swap])
    removed = sum(change.startswith("remove ") for change in versions.changes[swap:])
    assert removed >= len(versions.old)
    assert killed(versions, EXCHANGE) == versions.old
    mend(versions)
    assert killed(versions, "rmtree *.site-build-*") == versions.new
    mend(versions)
    for number in (1, removed // 2, removed):
        assert killed(versions, "remove *", number) == versions.new
        mend(versions)


# Stops the build once it has made the first pages.
_HALT = """
import os, signal
import generator.build.build as pipeline
render = pipeline.render_outputs
def halting(*arguments):
    return render(*arguments[:-1], lambda done: os.kill(os.getpid(), signal.SIGSTOP))
pipeline.render_outputs = halting
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有 SIGINT")
def test_an_interrupted_build_cleans_up_after_itself(versions: Versions) -> None:
    """Ctrl+C in the midst of pages: exit code 1, the old site as it was, no hidden folder left."""
    root = versions.root
    turn(root, "新的网站")
    hook, own = root.with_name("halt.py"), root / "mkdocs.yml"
    hook.write_text(_HALT, "utf-8")
    own.write_text((ROOT / "mkdocs.yml").read_text("utf-8") + f"\nhooks:\n  - {hook}\n", "utf-8")
    process = start_build(root)
    while _state(process) != "T":
        assert process.poll() is None
        time.sleep(0.005)
    assert any(root.glob(".site-build-*")), "it is at work"
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGCONT)
    assert process.wait() == 1
    own.unlink()
    assert tree(root / "site") == versions.old
    assert beside(root) == set()
    turn(root, "旧的网站")


def _state(process: subprocess.Popen[bytes]) -> str:
    return Path(f"/proc/{process.pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]


def test_two_builds_at_once_both_succeed(versions: Versions) -> None:
    both = [start_build(versions.root), start_build(versions.root)]
    assert [process.wait() for process in both] == [0, 0]
    assert tree(versions.root / "site") == versions.old
    assert beside(versions.root) == set()


def test_a_refused_build_leaves_the_old_site(small_content: SmallContent) -> None:
    """A broken notice stops the build with exit code 1, and nothing of the site changes."""
    root = small_content()
    assert gongkai("-C", root, "build").returncode == 0
    before = tree(root / "site")
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
    with pytest.raises(BuildError):
        make_site(root, root / place, None)
    assert tree(root) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("site_name: x\nplugins: [gongkai]\ndocs_dir: nirgends\n", "docs_dir"),
        ("site_name: [\n", "line 2"),
        ("- site_name\n", "dict"),
    ],
)
def test_a_bad_configuration_is_named(text: str, words: str, small_content: SmallContent) -> None:
    root = small_content()
    (root / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(BuildError, match=rf"mkdocs\.yml 不能用：(?s:.*){words}"):
        make_site(root, root / "site", None)


def fill(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(text, "utf-8")


@pytest.mark.parametrize("system", ["linux", "elsewhere"])
def test_both_ways_of_swapping_put_the_new_folder_in_place(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One exchange, or two renames where the system has no exchange."""
    target = tmp_path / "site"
    fill(target, "旧")
    monkeypatch.setattr(sys, "platform", system)
    with swap.replacement(target) as made:
        fill(made, "新")
    assert (target / "index.html").read_text("utf-8") == "新"
    assert {path.name for path in tmp_path.iterdir()} - {".site.lock"} == {"site"}


def test_two_renames_bring_the_old_folder_back_when_the_second_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    fill(target, "旧")
    monkeypatch.setattr(sys, "platform", "elsewhere")
    with pytest.raises(FileNotFoundError), swap.replacement(target) as made:
        made.rmdir()
    assert (target / "index.html").read_text("utf-8") == "旧"


def test_a_kill_between_two_renames_is_mended_by_the_next_run(tmp_path: Path) -> None:
    """Only the folder set aside is left: the next run brings it back before it begins, even if it fails itself."""
    target = tmp_path / "site"
    fill(tmp_path / ".site-old", "旧")
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
