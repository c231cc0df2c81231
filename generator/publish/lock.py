"""One publication at a time on a host, however it was called for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from generator.publish.host import Host, RefusedError

# Who waits for the lock reads the clock afterwards.
Clock = Callable[[], datetime]

_PAUSE = 0.02


class BusyError(RefusedError):
    """Somebody else is publishing."""


@contextmanager
def locked(host: Host, patience: float, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the host's lock; BusyError where somebody else has it for longer than `patience` seconds.

    The system frees the lock of a process that ends, however it ends. `waiting` is told once that one has to wait.
    """
    limit = time.monotonic() + patience
    opened = os.open(host.state / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        told = False
        while not _take(opened):
            if time.monotonic() > limit:
                raise BusyError(f"等了 {patience:.0f} 秒，别人的发布还没有完成。什么都没有改动，请过一会儿再试。")
            if not told:
                waiting()
                told = True
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(opened)


def _take(opened: int) -> bool:
    import fcntl  # noqa: PLC0415  (Windows has none; the other verbs run there)

    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
