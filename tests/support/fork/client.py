"""Ask the process that forks for a run, and wait for its end; the standard library alone, so that it starts at once.

python -I -S client.py SOCKET REQUEST ARGUMENT …: what git calls for a hook, and a shell for the program. REQUEST is
JSON; the arguments are put behind what it names.
"""

from __future__ import annotations

import array
import json
import os
import signal
import socket
import sys

LENGTH = 8


def ask(address: str, request: dict[str, object], streams: list[int]) -> int:
    """Have a run done with these three streams, and return its exit code, negative for the signal that ended it."""
    data = json.dumps(request).encode()
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(address)
        rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", streams))
        asked.sendmsg([len(data).to_bytes(LENGTH)], [rights])
        asked.sendall(data)
        return int(asked.makefile().readline())


if __name__ == "__main__":
    wanted = json.loads(sys.argv[2])
    wanted["what"] += sys.argv[3:]
    wanted |= {"git": os.getppid(), "folder": os.getcwd(), "around": dict(os.environ)}  # noqa: PTH109  (it starts quickly)
    code = ask(sys.argv[1], wanted, [0, 1, 2])
    if code < 0:
        os.kill(os.getpid(), -code if -code != signal.SIGSTOP else signal.SIGKILL)
    sys.exit(code)
