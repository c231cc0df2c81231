"""Work shared among the cores of a machine, in processes that are copies of this one."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

Share = TypeVar("Share")
Outcome = TypeVar("Outcome")
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


def shared(work: Callable[[Share], Outcome], shares: Sequence[Share], cores: int) -> Iterator[Outcome]:
    """Do each share of the work and yield what comes of it, in order, on at most so many cores.

    Where the system starts a process afresh, which takes longer than it saves, all is done here.
    """
    done = 0
    if cores > 1 and len(shares) > 1 and sys.platform == "linux":
        context = get_context("fork")
        try:
            with ProcessPoolExecutor(min(cores, len(shares)), context, _begin, (os.getpid(), work)) as pool:
                for outcome in pool.map(_Worker.run, shares):
                    yield outcome
                    done += 1
        except BrokenProcessPool:
            # A worker was killed, by the system for want of memory perhaps; what it had not done is done here.
            pass
    for share in shares[done:]:
        yield work(share)


class _Worker:
    """What a worker process was copied for: the work came with the copy and need not be sent."""

    work: Callable[[Any], Any]

    @classmethod
    def run(cls, share: Any) -> Any:
        """Do one share of it."""
        return cls.work(share)


def _begin(parent: int, work: Callable[[Any], Any]) -> None:
    die_with(parent)
    _Worker.work = work


def die_with(parent: int) -> None:
    """Have the system end this process when its parent ends, even if that was killed (prctl(2), Linux only).

    A worker waits for work on a pipe that it holds open itself: without this it would wait for ever.
    """
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)  # it was too late to be told
