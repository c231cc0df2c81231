"""A disk that is full, read-only or failing: the push is refused in Chinese, the public keeps a whole site.

What git itself writes, receiving a push, fails with git's own English words: no hook of ours has begun by then.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.publish.faults import Case, converged, copied, reconcile, whole
from tests.support.publish.hosts import gongkai
from tests.support.publish.system_calls import CALLS, MUST_HIT, fail_calls

_REFUSED = "没有发布，网站和以前一样。"


@pytest.fixture
def small(pattern: Path, tmp_path: Path) -> Iterator[Case]:
    """Return a host on a small disk of its own."""
    mount = tmp_path / "disk"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m,nr_inodes=1500", "tmpfs", str(mount)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not permitted here: {done.stderr.strip()}")
    try:
        yield copied(pattern, mount)
    finally:
        subprocess.run(["umount", "--lazy", str(mount)], check=True)


def _mount(case: Case, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(case.host.root.parent)], check=True)


def _free(case: Case, size: int) -> Path:
    """Leave so many bytes of the disk free."""
    filler = case.host.root.parent / "filler"
    filler.unlink(missing_ok=True)
    usage = os.statvfs(case.host.root)
    filler.write_bytes(b"x" * max(0, usage.f_bavail * usage.f_frsize - size))
    return filler


@pytest.mark.parametrize("free", [0, 60_000, 100_000, 250_000])
def test_a_full_disk(small: Case, free: int) -> None:
    """At git's receiving, in the build and at the sealing, as far as the free bytes reach."""
    old, new = small.tip(), small.commit(1)
    filler = _free(small, free)
    pushed = small.office.push()
    shown = whole(small, old, new)
    if pushed.code:
        assert shown == old
        assert "No space left on device" in pushed.words if free == 0 else _REFUSED in pushed.words
        assert free == 0 or "磁盘满了" in pushed.words, pushed.words
    else:
        assert free > 60_000, "so little is not enough"
    again = gongkai("server", "reconcile", str(small.host.root))
    assert again.returncode == 0 or "磁盘满了" in again.stderr or "git gc 没有成功" in again.stderr, again.stderr
    filler.unlink()
    assert small.office.push().code == 0
    reconcile(small.host)
    converged(small)
    whole(small, new)


@pytest.mark.parametrize("free", [0, 20, 45, 70])
def test_no_inodes_left(small: Case, free: int) -> None:
    old, new = small.tip(), small.commit(1)
    taken = small.host.root.parent / "taken"
    taken.mkdir()
    for number in range(os.statvfs(taken).f_favail - free):
        (taken / str(number)).touch()
    pushed = small.office.push()
    shown = whole(small, old, new)
    assert pushed.code or free > 20, "so few are not enough"
    if pushed.code:
        assert shown == old
        assert free == 0 or "磁盘满了" in pushed.words, pushed.words
    elif shown == old:
        assert "推送已经收下，但网站还没有换上" in pushed.words
    for place in taken.iterdir():
        place.unlink()
    assert small.office.push().code == 0
    reconcile(small.host)
    converged(small)
    whole(small, new)


def test_a_read_only_disk(small: Case) -> None:
    old, new = small.tip(), small.commit(1)
    _mount(small, "ro")
    try:
        assert small.office.push().code != 0
        whole(small, old)
        asked = gongkai("server", "reconcile", str(small.host.root))
        assert (asked.returncode, "磁盘只能读不能写" in asked.stderr) == (1, True)
        rolled = gongkai("server", "rollback", str(small.host.root))
        assert (rolled.returncode, "磁盘只能读不能写" in rolled.stderr) == (1, True)
        assert gongkai("server", "status", str(small.host.root)).returncode in {0, 1}
    finally:
        _mount(small, "rw")
    assert small.office.push().code == 0
    whole(small, new)
    converged(small)


@pytest.mark.parametrize("hook", CALLS)
def test_a_call_to_the_system_fails(pattern: Path, tmp_path: Path, hook: str) -> None:
    """Once for each call, late in each process of the hook; `make torture` takes more of its times."""
    case = copied(pattern, tmp_path)
    hit = fail_calls(case, hook, [(call, error, times[-1:]) for call, error, times in CALLS[hook]])
    assert MUST_HIT[hook] <= hit
