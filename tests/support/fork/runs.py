"""The program in processes forked from one that has loaded it, so that a run costs a fork and not a start.

A run is of the real thing: a verb from its arguments on, or the body of a hook that a real git has called. What only a
start shows (the hook's script, the interpreter's switches) is for tests that keep the host's own hooks.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.publish.host import Host
from generator.publish.progress import Step
from tests.support.fork import client

# Set by coverage for the processes that it is to measure.
MEASURED = "COVERAGE_PROCESS_CONFIG"
_ROOT = Path(__file__).parents[3]


def run(*what: str, around: Mapping[str, str] = os.environ, **more: str | int) -> subprocess.CompletedProcess[str]:
    """Do a run to its end, in an environment; `what` and `more` as in `server.Run`."""
    return reading("", *what, around=around, **more)


def reading(
    given: str, /, *what: str, around: Mapping[str, str] = os.environ, **more: str | int
) -> subprocess.CompletedProcess[str]:
    """Do a run that is given a text to read."""
    request: dict[str, object] = {"what": what, "folder": str(Path.cwd()), "around": dict(around), **more}
    with tempfile.TemporaryFile() as input_, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        input_.write(given.encode())
        input_.seek(0)
        code = client.ask(_server(), request, [input_.fileno(), out.fileno(), errors.fileno()])
        out.seek(0)
        errors.seek(0)
        return subprocess.CompletedProcess(what, code, out.read().decode(), errors.read().decode())


def hook(host: Host, name: str, **steps: str) -> list[str]:
    """Return the command by which git has the body of a hook run; `steps` as in `server.Run`."""
    request = json.dumps({"what": [name, str(host.root)], **steps})
    return [sys.executable, "-I", "-S", str(Path(client.__file__)), _server(), request]


def program() -> list[str]:
    """Return a command that does what `gongkai` does."""
    return [sys.executable, "-I", "-S", str(Path(client.__file__)), _server(), json.dumps({"what": ["verb"]})]


def steps(log: Path) -> list[tuple[Step, int]]:
    """Return the steps in a log, each with the process that was at it."""
    lines = log.read_text(encoding="ascii").splitlines() if log.exists() else []
    return [(Step[name], int(number)) for name, number in (line.split(" ") for line in lines)]


def _server() -> str:
    return _started(measured=MEASURED in os.environ)


@functools.cache
def _started(*, measured: bool) -> str:
    """Start the process that forks, one for this process and for what is `measured`; return its socket's address."""
    del measured
    folder = Path(tempfile.mkdtemp(prefix="gongkai-forked-"))
    command = [sys.executable, "-X", "utf8", "-m", "tests.support.fork.server", str(folder / "socket")]
    around = {**os.environ, "PYTHONPATH": str(_ROOT), "NO_MKDOCS_2_WARNING": "1"}
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=around)
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    atexit.register(_end, server, folder)
    return str(folder / "socket")


def _end(server: subprocess.Popen[bytes], folder: Path) -> None:
    server.communicate()
    shutil.rmtree(folder)
