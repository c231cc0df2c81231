"""A host that was damaged or disturbed: the public sees a whole site, and reconcile mends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from generator.publish.host import Host
from generator.publish.store import releases
from tests.support.publish.faults import (
    Case,
    build_halted,
    converged,
    kill,
    over,
    own_hook,
    pushing,
    reconcile,
    session,
    waited,
    whole,
    works,
)
from tests.support.publish.hosts import Office, environment, gongkai, own, page, quick, set_hook, shown

_PAGE = "notices/2025/yi/index.html"


@pytest.fixture
def case(host: Host, office: Office) -> Case:
    """Return a host that is live, and the clone that pushed to it."""
    return Case(host, office)


def _dangle(host: Host) -> None:
    host.current.unlink()
    host.current.symlink_to("releases/nowhere")


def _make_folder(host: Host) -> None:
    """Do what a restore does that follows links."""
    site = shutil.copytree(host.current, host.root / "copy")
    host.current.unlink()
    site.rename(host.current)


def _alter(host: Host) -> None:
    place = shown(host).site / _PAGE
    place.write_bytes(place.read_bytes().replace("三次".encode(), "五次".encode()))


def _remove(host: Host) -> None:
    (shown(host).site / _PAGE).unlink()


def _add(host: Host) -> None:
    (shown(host).site / "extra.html").write_text("x")


def _relink(host: Host) -> None:
    place = shown(host).folder / "site"
    place.unlink()
    place.symlink_to(host.state)


def _lose_year(host: Host) -> None:
    shutil.rmtree((shown(host).site / "notices" / "2025").resolve())


def _empty_note(host: Host) -> None:
    (shown(host).folder / "release.json").write_bytes(b"")


def _remove_release(host: Host) -> None:
    shutil.rmtree(shown(host).folder)


def _remove_all(host: Host) -> None:
    host.current.unlink()
    shutil.rmtree(host.releases)
    host.releases.mkdir()


_DAMAGES = (
    _dangle,
    _make_folder,
    _alter,
    _remove,
    _add,
    _relink,
    _lose_year,
    _empty_note,
    _remove_release,
    _remove_all,
)


@pytest.mark.parametrize("damage", _DAMAGES)
def test_one_reconcile_mends(case: Case, damage: Callable[[Host], None]) -> None:
    damage(case.host)
    reconcile(case.host)
    converged(case)
    assert "已经召开会议三次。" in page(case.host, "notices/2025/yi")


def test_an_altered_file_is_found_by_reading_it(case: Case) -> None:
    """A quick look reads no file; `--full` and the daily round do, and the next release has it whole."""
    reconcile(case.host)  # the day's round, which reads all
    _alter(case.host)
    reconcile(case.host)
    assert "五次" in page(case.host, "notices/2025/yi"), "a quick look can't see it; this test would prove nothing"
    asked = gongkai("server", "status", "--full", str(case.host.root))
    assert (asked.returncode, "notices/2025/yi/里面的文件被改动过" in asked.stdout) == (1, True), asked.stdout
    said = reconcile(case.host, "--full")
    assert "坏了（notices/2025/yi/里面的文件被改动过" in said
    converged(case)
    assert "三次" in page(case.host, "notices/2025/yi")


def test_an_altered_file_stays_until_it_is_read_whatever_else_is_pushed(case: Case) -> None:
    """A push reads what it makes, and the round of the day mends the rest."""
    reconcile(case.host)
    _alter(case.host)
    case.commit(1)
    assert case.office.push().code == 0
    assert "五次" in page(case.host, "notices/2025/yi")
    reconcile(case.host, "--full")
    converged(case)
    assert "三次" in page(case.host, "notices/2025/yi")


def test_an_index_that_cannot_be_read_costs_only_time(case: Case) -> None:
    case.host.index.write_bytes(b"no index")
    works(case, 1)


def test_what_an_ended_run_left_is_cleared_away(case: Case) -> None:
    for place in (case.host.releases / ".making" / "site", case.host.releases / ".old-x"):
        place.mkdir(parents=True)
        (place / "left").write_text("x")
    (case.host.root / ".current-next").symlink_to("releases/x")
    (case.host.state / ".pending.json-new").write_text("{")
    (case.host.state / "pending.json").write_text(
        '{"ref": "refs/heads/main", "new": "1", "process": 4194305, "spent": {}}'
    )
    reconcile(case.host)
    converged(case)
    works(case, 1)


@pytest.mark.parametrize("name", ["refs/heads/main.lock", "HEAD.lock", "packed-refs.lock"])
def test_locks_that_a_killed_git_left_hold_nobody_up(case: Case, name: str) -> None:
    lock = case.host.repository / name
    lock.write_text("")
    os.utime(lock, (time.time() - 3600,) * 2)
    (case.host.state / "daily.json").unlink(missing_ok=True)
    works(case, 1)
    reconcile(case.host)
    assert not lock.exists()
    converged(case)


def test_a_lock_file_without_its_holder_holds_nobody_up(case: Case) -> None:
    (case.host.state / "lock").write_text("4711")
    works(case, 1)


def test_the_client_goes_in_the_middle_of_a_push(case: Case) -> None:
    """Whether the push was still accepted or not: all is whole, and pushing it again works."""
    own(case.host)
    old, new = case.tip(), case.commit(1)
    with build_halted(case) as build, pushing(case.office) as (push, words):
        number = build(push)
        kill(next(process for process in session(push.pid) if process.id == push.pid))
        os.kill(number, signal.SIGCONT)
        waited(push, words)
        whole(case, old, new)
        over(push.pid)
    reconcile(case.host)
    converged(case)
    assert case.office.push().code == 0
    whole(case, new)


def test_a_push_whose_second_hook_fails_is_live_after_the_next_reconcile(case: Case) -> None:
    old, new = case.tip(), case.commit(1)
    set_hook(case.host, "post-receive", "sh", "-c", "echo no >&2; exit 1")
    pushed = case.office.push()
    assert pushed.code == 0
    whole(case, old)
    quick(case.host)
    asked = gongkai("server", "status", str(case.host.root))
    assert (asked.returncode, "最近一次推送还没有换上。运行 gongkai server reconcile。" in asked.stdout) == (1, True)
    reconcile(case.host)
    whole(case, new)
    converged(case)


@pytest.mark.parametrize(
    ("children", "words"), [((), "磁盘读写出错（"), (("-f",), "git update-ref 没有成功")], ids=["link", "ref"]
)
def test_the_release_of_an_accepted_push_that_cannot_be_shown_is_shown_by_the_next_reconcile(
    children: tuple[str, ...], words: str, case: Case
) -> None:
    """The disk refuses the rename of the link or of the records' ref; the pusher reads that nothing needs doing."""
    old, new = case.tip(), case.commit(1)
    inject = ["strace", *children, "-qq", "-o", "/dev/null", "-e", "trace=rename", "-e", "inject=rename:error=EIO"]
    set_hook(case.host, "post-receive", *inject, *own_hook(case.host, "post-receive"))
    pushed = case.office.push()
    assert pushed.code == 0
    assert "推送已经收下，但网站还没有换上。" in pushed.words
    assert words in pushed.words
    assert "程序出错" not in pushed.words
    assert "不用重新推送" in pushed.words
    whole(case, old)
    quick(case.host)
    reconcile(case.host)
    whole(case, new)
    converged(case)


def test_two_reconciles_at_once_make_one_release(case: Case) -> None:
    shutil.rmtree(shown(case.host).folder)
    command = [sys.executable, "-m", "generator", "server", "reconcile", str(case.host.root)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as one,
        subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as two,
    ):
        said = sorted(len(run.communicate()[0]) for run in (one, two))
        assert (one.returncode, two.returncode) == (0, 0)
    assert said[0] == 0 < said[1], "the second finds nothing left to do"
    assert len(releases(case.host)) == 1
    converged(case)


def test_settings_that_cannot_be_read_stop_a_push_and_leave_the_site(case: Case) -> None:
    old, new = case.tip(), case.commit(1)
    text = case.host.settings.read_text()
    case.host.settings.write_text(text.replace("保留: 10", "保留：10"))
    pushed = case.office.push()
    assert pushed.code == 1
    assert "没有发布，网站和以前一样。" in pushed.words
    assert f"{case.host.settings} 第" in pushed.words
    assert "[full-width-colon]" in pushed.words
    asked = gongkai("server", "reconcile", str(case.host.root))
    assert (asked.returncode, "[full-width-colon]" in asked.stderr) == (1, True)
    whole(case, old)
    case.host.settings.write_text(text)
    assert case.office.push().code == 0
    whole(case, new)


def test_a_rollback_and_back_again_leaves_whole_sites(case: Case) -> None:
    first = case.tip()
    works(case, 1)
    last = shown(case.host).name
    assert gongkai("server", "rollback", str(case.host.root)).returncode == 0
    whole(case, first)
    assert gongkai("server", "rollback", str(case.host.root), last).returncode == 0
    converged(case)
    works(case, 2)


def test_a_narrow_umask_keeps_no_reader_out(case: Case) -> None:
    """Whoever pushes, a web server under another account reads the whole release."""
    own(case.host)
    set_hook(case.host, "pre-receive", "sh", "-c", f"umask 077; exec {' '.join(own_hook(case.host, 'pre-receive'))}")
    case.commit(1)
    assert case.office.push().code == 0
    release = shown(case.host)
    for place in (release.folder, *case.host.folders.root.rglob("*"), case.host.folders.root):
        assert place.stat().st_mode & 0o777 == (0o755 if place.is_dir() else 0o644), place
