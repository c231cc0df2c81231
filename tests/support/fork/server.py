"""A process that has loaded the program, and does each run that is asked for in a fork of itself.

python -m tests.support.fork.server SOCKET. It ends with the one that started it, whose end closes its input.
"""

from __future__ import annotations

import array
import gc
import json
import os
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from pathlib import Path

from generator.cli.hook import say
from generator.cli.program import main
from generator.clock import system_clock
from generator.publish.hooks import post_receive, pre_receive
from generator.publish.host import Host
from generator.publish.progress import Step
from generator.publish.push import parse_updates
from generator.publish.reconcile import reconcile
from generator.publish.rollback import rollback
from tests.support.content import NOTICE
from tests.support.fork.changes import watch
from tests.support.fork.client import LENGTH

_STREAMS = 3
_SITE = {
    "site.yml": "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/gk/\n",
    "organs.yml": "bangongshi:\n  名称: 示例县办公室\n  类型: 机关\n",
    "notices/2025/yi.yml": NOTICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run that is asked for: `verb` with its arguments, or a hook, reconcile or rollback of a host, with its steps.

    `log` is a file that gets a line for each step: its name and the number of the process. At the step `die` the
    process kills itself, at `halt` it stops until it is continued. `git` is the process that called a hook.
    `changes`, `kill` and `number` are what `changes.watch` takes.
    """

    what: tuple[str, ...]
    folder: str
    around: dict[str, str]
    git: int = 0
    log: str = ""
    die: str = ""
    halt: str = ""
    changes: str = ""
    kill: str = ""
    number: int = 1

    def on_step(self, step: Step) -> None:
        """Do at a step what was asked for."""
        if self.log:
            with Path(self.log).open("a", encoding="ascii") as opened:
                opened.write(f"{step.name} {os.getpid()}\n")
        if step.name == self.die:
            os.kill(os.getpid(), signal.SIGKILL)
        if step.name == self.halt:
            os.kill(os.getpid(), signal.SIGSTOP)


def serve(address: str) -> None:
    """Fork for each run, and tell whoever asked how it ended, until the input ends."""
    running: dict[int, tuple[ForkProcess, socket.socket]] = {}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        gc.freeze()  # a collection in a fork would copy all that is loaded
        print("ready", flush=True)
        while True:
            ready = wait([0, listening, *running])
            if 0 in ready:
                break
            for sentinel in running.keys() & set(ready):
                process, asked = running.pop(sentinel)
                process.join()
                with asked, suppress(OSError):
                    asked.sendall(f"{process.exitcode}\n".encode())
            if listening in ready:
                process, asked = _begun(listening)
                running[process.sentinel] = process, asked


def _begun(listening: socket.socket) -> tuple[ForkProcess, socket.socket]:
    asked, _ = listening.accept()
    size, rights, _, _ = asked.recvmsg(LENGTH, socket.CMSG_SPACE(_STREAMS * array.array("i").itemsize))
    streams = array.array("i", rights[0][2])
    data = asked.recv(int.from_bytes(size), socket.MSG_WAITALL)
    process = get_context("fork").Process(target=_work, args=(Run(**json.loads(data)), list(streams)))
    process.start()
    for stream in streams:
        os.close(stream)  # else the next fork would hold them
    return process, asked


def _work(run: Run, streams: list[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    # What was opened before the fork believes that its streams are still those of then.
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  (a process's own, to its end)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  (the same)
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115  (the same)
    os.chdir(run.folder)
    os.environ.clear()
    os.environ.update(run.around)
    time.tzset()
    if run.changes or run.kill:
        watch(run.changes, run.kill, run.number)
    kind, *arguments = run.what
    if kind == "verb":
        os.setpgid(0, 0)  # what kills a whole run spares the one that forks
        main(arguments)
    host, now = Host(Path(arguments[0])), system_clock
    if kind == "pre-receive":
        sys.exit(not pre_receive(host, parse_updates(sys.stdin), git=run.git, now=now, say=say, on_step=run.on_step))
    elif kind == "post-receive":
        post_receive(host, parse_updates(sys.stdin), now=now, say=say, on_step=run.on_step)
    elif kind == "rollback":
        rollback(host, None, drop=True, now=now, on_step=run.on_step)
    elif kind == "reconcile":
        reconcile(host, now=now, on_step=run.on_step, full=True, rebuild=True)
    else:
        raise ValueError(kind)


def _load() -> None:
    """Build a small site once, which imports all that a build needs."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in _SITE.items():
            place = Path(folder) / "content" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        with suppress(SystemExit):
            main(["-C", folder, "build"])


if __name__ == "__main__":
    streams = os.dup(1), os.dup(2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _load()
    os.dup2(streams[0], 1)
    serve(sys.argv[1])
