"""Ports of loopback: a free one, and waiting until a server that was started answers there."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

# No test waits for a time: seconds after which something hangs on any machine.
PATIENCE = 600.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(process: subprocess.Popen[bytes], port: int, *logs: Path) -> None:
    """Return once a server listens; AssertionError with what it wrote where it ends instead, or takes too long."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    written = "".join(log.read_text("utf-8") for log in logs if log.exists())
    raise AssertionError(f"the server did not start (exit {process.poll()}):\n{written}")
