"""Locks between processes: one at a time for one folder, with patience."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.errors import GongkaiError


class BusyError(GongkaiError):
    """Another process holds the lock."""


@contextmanager
def locked(place: Path, patience: float = -1, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock at `place`; BusyError where another process holds it for longer than `patience` seconds.

    A negative patience waits for ever. The system frees the lock of a process that ends, however it ends. `on_wait` is
    called once where one has to wait.
    """
    lock = FileLock(place)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait()
        try:
            lock.acquire(timeout=patience, poll_interval=0.02)
        except Timeout:
            raise BusyError(f"等了 {patience:.0f} 秒，别人的发布还没有完成。什么都没有改动，请过一会儿再试。") from None
    try:
        yield
    finally:
        lock.release()
