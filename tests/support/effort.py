"""How much work something is, on whatever machine, beside whatever other work."""

from __future__ import annotations

import time
from collections.abc import Callable


def effort(work: Callable[[], object], attempts: int = 1) -> float:
    """Return the processor time of some work, in the time that a million steps of an empty loop take just then.

    The least of the attempts counts.
    """
    return min(_spent(work) / _spent(_million_steps) for _ in range(attempts))


def _million_steps() -> None:
    for _ in range(1_000_000):
        pass


def _spent(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
