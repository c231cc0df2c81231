"""Uploads that are cut short, that meet and that come late: readers see a whole site, and never an older one."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.content import NOTICE
from tests.support.program import tree
from tests.support.publish.hosts import corrected
from tests.support.repositories import Repository, commands_without, ended, left_over, shown, stand_in, until

RSYNC = shutil.which("rsync") or "rsync"
CHANGED = corrected(NOTICE.replace("会议三次", "会议四次"))


# A process group is a whole run, with whatever it has started.
KILL = "kill -KILL 0"


def test_a_killed_upload_leaves_the_old_site_and_the_next_run_completes(
    repository: Repository, server: Path, tmp_path: Path
) -> None:
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    old = shown(server)
    repository.commit({"content/notices/2025/yi.yml": CHANGED}, 1)
    partly = stand_in(tmp_path / "tools", "rsync", f'{RSYNC} --max-size=4000 "$@"\n{KILL}')
    code, _ = repository.run(tools=partly, GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == -signal.SIGKILL
    (uploaded,) = server.glob("releases/.upload-*")
    assert 0 < len(tree(uploaded)) < len(repository.built)
    assert shown(server) == old
    code, said = repository.run(GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 0, said
    assert shown(server) == repository.built != old


# What is done on the server after the upload, one command after the other; `mv` and `mv` put the new site in its place.
COMMANDS = ("rsync", "sync", "flock", "mv", "ln", "mv", "find")


def test_killed_before_any_command_it_leaves_a_whole_site(repository: Repository, server: Path, tmp_path: Path) -> None:
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    whole = [repository.built]
    for minute, command in enumerate(COMMANDS, 1):
        repository.commit(
            {"content/notices/2025/yi.yml": corrected(NOTICE.replace("三次", f"{minute}次"), minute)}, minute
        )
        before = COMMANDS[: minute - 1].count(command)
        count = tmp_path / f"count-{minute}"
        script = f'echo >>{count}; [ "$(wc -l <{count})" -le {before} ] || {KILL}\nexec {shutil.which(command)} "$@"'
        code, said = repository.run(
            tools=stand_in(tmp_path / f"tools-{minute}", command, script), GONGKAI_UPLOAD=f"rsync:{server}"
        )
        assert code == -signal.SIGKILL, f"{command}: {said}"
        whole.append(repository.built)
        assert shown(server) == whole[-1 if minute == len(COMMANDS) else 0], command
    repository.commit({"content/notices/2025/yi.yml": corrected(NOTICE, 9)}, 9)
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    assert shown(server) == repository.built


def test_a_failed_upload_is_said_and_leaves_nothing(repository: Repository, server: Path, tmp_path: Path) -> None:
    assert repository.run(GONGKAI_UPLOAD=f"rsync:{server}")[0] == 0
    old = (server / "current").readlink()
    full = stand_in(tmp_path / "tools", "rsync", f'{RSYNC} "$@"\necho "No space left on device" >&2\nexit 11')
    code, said = repository.run(tools=full, GONGKAI_UPLOAD=f"rsync:{server}")
    assert code == 1
    assert "没有传完（磁盘满了）。网站和以前一样" in said
    assert (server / "current").readlink() == old
    assert left_over(server) == []


@contextmanager
def lock(server: Path, *, flock: bool) -> Iterator[None]:
    """Hold the lock under which a site is switched, as another upload does."""
    if flock:
        with (server / ".lock").open("w") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield
    else:
        (server / ".lock.d").mkdir()
        yield
        (server / ".lock.d").rmdir()


@pytest.mark.parametrize("flock", [True, False], ids=["flock", "folder"])
def test_two_at_once_do_not_mix(flock: bool, repository: Repository, server: Path, tmp_path: Path) -> None:
    """Both upload side by side, wait for whoever is switching, and the later run wins."""
    other = repository.clone(tmp_path / "other")
    other.commit({"content/notices/2025/yi.yml": CHANGED}, 1)
    tools = {} if flock else {"PATH": commands_without(tmp_path / "bin", "flock")}
    server.mkdir(parents=True)
    with lock(server, flock=flock):
        runs = [
            one.start(GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN=str(number), GONGKAI_RECORDS="no", **tools)
            for number, one in enumerate((other, repository), 1)
        ]
        until(lambda: len(list(server.glob("releases/.upload-*/404.html"))) == 2)
        assert not (server / "current").exists()
    (first, said), (second, _) = map(ended, runs)
    assert second == 0
    assert first == 0 or "网站上是更新的版本" in said
    assert shown(server) == repository.built
    for release in (server / "releases").iterdir():
        assert tree(release) == (repository if release.name.endswith("run2") else other).built
    assert not (server / ".lock.d").exists()


def test_a_lock_that_a_dead_run_left_is_broken(repository: Repository, server: Path, tmp_path: Path) -> None:
    stale = server / ".lock.d"
    stale.mkdir(parents=True)
    os.utime(stale, (time.time() - 3600,) * 2)
    code, said = repository.run(GONGKAI_UPLOAD=f"rsync:{server}", PATH=commands_without(tmp_path / "bin", "flock"))
    assert code == 0, said
    assert not stale.exists()


@pytest.mark.parametrize("runs", [("1", "2"), ("", "")], ids=["numbers of runs", "dates of commits"])
def test_an_older_commit_does_not_go_live_over_a_newer_one(
    runs: tuple[str, str], repository: Repository, server: Path, tmp_path: Path
) -> None:
    """Neither a run that ends late nor one that is repeated, unless a person says so."""
    older, newer = runs
    repository.commit({"content/notices/2025/yi.yml": CHANGED}, 1)
    late = repository.clone(tmp_path / "late", "main~1")
    go = tmp_path / "go"
    waiting = stand_in(tmp_path / "tools", "rsync", f'while [ ! -e {go} ]; do sleep 0.02; done\nexec {RSYNC} "$@"')
    process = late.start(tools=waiting, GONGKAI_RECORDS="no", GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN=older)
    until(lambda: any(server.glob("releases/.upload-*")))
    assert repository.run(GONGKAI_RECORDS="no", GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN=newer)[0] == 0
    go.touch()
    for code, said in (
        ended(process),
        late.run(GONGKAI_RECORDS="no", GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN=older),
    ):
        assert code == 1
        assert "网站上是更新的版本" in said
        assert "GONGKAI_FORCE=1" in said
    assert shown(server) == repository.built != late.built
    assert left_over(server) == []
    assert (
        late.run(GONGKAI_RECORDS="no", GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN=older, GONGKAI_FORCE="1")[0] == 0
    )
    assert shown(server) == late.built


def test_the_last_releases_are_kept(repository: Repository, server: Path) -> None:
    """As many as asked for, and what is no release; what a dead upload left goes after a day.

    Two of the names are of the kind that publish.sh gave.
    """
    releases = server / "releases"
    names = ("20250101000000-a-run1", "20250102000000-b-run2", "20250103-000000-c-run3")
    for name in (*names, "mine", ".upload-x", ".upload-y"):
        (releases / name / "deep").mkdir(parents=True)
    os.utime(releases / ".upload-x", (time.time() - 200_000,) * 2)
    code, said = repository.run(
        GONGKAI_RECORDS="no", GONGKAI_UPLOAD=f"rsync:{server}", GONGKAI_RUN="4", GONGKAI_KEEP="2"
    )
    assert code == 0, said
    newest = (server / "current").resolve().name
    assert {path.name for path in releases.iterdir()} == {"20250103-000000-c-run3", newest, "mine", ".upload-y"}
