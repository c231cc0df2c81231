"""Waiting for a state, and for a server to answer; a free port of loopback."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

# No test waits for a time: seconds after which something hangs on any machine.
PATIENCE = 600.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(holds: Callable[[], object], pause: float = 0.02) -> bool:
    """Ask until something holds, with a pause of seconds between, and say whether it did."""
    limit = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > limit:
            return False
        time.sleep(pause)
    return True


def wait_for(process: subprocess.Popen[bytes], port: int, *logs: Path) -> None:
    """Return once a server listens; AssertionError with what it wrote where it ends instead, or takes too long."""

    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    if wait_until(lambda: process.poll() is not None or answers()) and process.poll() is None:
        return
    written = "".join(log.read_text("utf-8") for log in logs if log.exists())
    raise AssertionError(f"the server did not start (exit {process.poll()}):\n{written}")
