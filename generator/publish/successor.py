"""The publication of a push by a process that outlives git's first hook, so that the second need not start anew.

It does what the second hook would do, once git has moved the ref, and leaves the report in a file for that hook's
script. Wherever it does not come to its end, the script starts the program as ever.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from generator.publish.goal import wait_until_moved
from generator.publish.hooks import post_receive
from generator.publish.host import Host
from generator.publish.notes import PendingRef
from generator.publish.push import Update
from generator.publish.repository import QUARANTINE

# What the script of the second hook reads: the commit and the process; and then the report.
_PROCESS, _REPORT = "publishing", "report-"


def start_successor(host: Host, pushed: Sequence[Update], *, git: int, now: Callable[[], datetime]) -> None:
    """Fork the process that publishes a push which pre-receive has just accepted; `git` is to move its ref."""
    (update,) = pushed
    for place in host.state.glob(f"{_REPORT}*"):
        place.unlink(missing_ok=True)
    process = os.fork()
    if process:
        (host.state / _PROCESS).write_text(f"{update.new} {process}\n", encoding="ascii")
        return
    try:
        _detach()
        if wait_until_moved(host, PendingRef(update.ref, update.new, git, {})):
            _publish(host, update, now)
    finally:
        os._exit(0)


def _publish(host: Host, update: Update, now: Callable[[], datetime]) -> None:
    said: list[str] = []

    def say(words: str, *, end: str = "\n") -> None:
        if end == "\n":
            said.append(words + end)

    post_receive(host, [update], now=now, say=say)
    report = host.state / f"{_REPORT}{update.new}"
    half = report.with_suffix(".half")
    half.write_text("".join(said), encoding="utf-8", errors="replace")
    half.rename(report)


def _detach() -> None:
    """Leave the hook's process group, its streams, on which git waits, and the quarantine of its objects."""
    with suppress(OSError):
        os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nothing, stream)
    for name in QUARANTINE:
        os.environ.pop(name, None)
