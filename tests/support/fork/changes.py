"""Each change that a process makes to files, just before it is made: the places where killing it may do harm."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from fnmatch import fnmatch

_CHANGES = frozenset(
    {
        "os.rename",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.link",
        "os.symlink",
        "os.chmod",
        "os.utime",
        "shutil.rmtree",
    }
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
EXCHANGE = "exchange"


def watch(log: str, pattern: str, number: int) -> None:
    """Write each change of this process to a file, and kill it before the change `number` (from 1) like `pattern`.

    A change is a line: what is done (open, rename, remove …, or the exchange of two folders), and the path.
    """
    process, found = os.getpid(), Counter[str]()
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644) if log else None

    def heard(event: str, arguments: tuple[object, ...]) -> None:
        change = _change(event, arguments)
        if not change or os.getpid() != process:
            return
        if written is not None:
            os.write(written, f"{change}\n".encode(errors="backslashreplace"))
        if pattern and fnmatch(change, pattern):
            found[pattern] += 1
            if found[pattern] == number:
                os.kill(process, signal.SIGKILL)

    sys.addaudithook(heard)


def _change(event: str, arguments: tuple[object, ...]) -> str:
    """Return a change as a line, "" for what is none."""
    if event == "open":
        path, _, flags = arguments
        writing = isinstance(flags, int) and flags & _WRITING
        return f"open {_path(path)}" if writing and isinstance(path, (str, bytes)) and path != os.devnull else ""
    if event == "ctypes.dlsym" and arguments[1] == "renameat2":
        return EXCHANGE
    return f"{event.rpartition('.')[2]} {_path(arguments[0])}" if event in _CHANGES else ""


def _path(path: object) -> str:
    return os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else str(path)
