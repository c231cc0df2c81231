"""Work spread over the cores of a machine."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


def map_in_processes(
    work: Callable[[Item], Result], items: Sequence[Item], cores: int, executor: Executor | None = None
) -> Iterator[Result]:
    """Yield `work(item)` for each item, in order, computed by an executor or by forks of this process.

    Without an executor at most `cores` forks share the items, and `work` need not be picklable. Where the system has
    no fork, and for what a process left undone that was killed, the work is done here.
    """
    done = 0
    try:
        with nullcontext(executor) if executor else _forks(work, min(cores, len(items))) as pool:
            for result in pool.map(work if executor else _Worker.run, items) if pool else ():
                yield result
                done += 1
    except BrokenProcessPool:
        # A worker was killed, by the system for want of memory perhaps.
        pass
    for item in items[done:]:
        yield work(item)


@dataclass(frozen=True, slots=True)
class Workers:
    """Where work is done: on so many cores of this machine, or by an executor."""

    cores: int = 1
    executor: Executor | None = None

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield `work(item)` for each item, in order."""
        return map_in_processes(work, items, self.cores, self.executor)


def _forks(work: Callable[[Any], Any], cores: int) -> AbstractContextManager[Executor | None]:
    """Start processes that are copies of this one; None where one is enough, or a fresh start takes too long."""
    if cores < 2 or sys.platform != "linux":
        return nullcontext()
    return ProcessPoolExecutor(cores, get_context("fork"), _begin, (os.getpid(), work))


class _Worker:
    """The work of a forked process, which came with the copy and need not be sent."""

    work: Callable[[Any], Any]

    @classmethod
    def run(cls, item: Any) -> Any:
        """Do the work on one item."""
        return cls.work(item)


def _begin(parent: int, work: Callable[[Any], Any]) -> None:
    die_with(parent)
    _Worker.work = work


def die_with(parent: int) -> None:
    """Have the system end this process when its parent ends, even if that was killed (prctl(2), Linux only).

    A worker waits for work on a pipe that it holds open itself: without this it would wait for ever.
    """
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)  # the parent had already ended
