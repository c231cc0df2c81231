"""The hooks of a publishing host, as git calls them: apart from the verbs, so that a push waits for nothing of theirs.

python -m generator.cli.hook NAME FOLDER GIT: the hook, the host's folder, and the process that is to move the ref.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from generator.clock import system_clock
from generator.publish.hooks import post_receive, pre_receive
from generator.publish.host import Host
from generator.publish.progress import REFUSED_EXIT_CODE
from generator.publish.push import parse_updates
from generator.publish.successor import start_successor


def say(words: str, *, end: str = "\n") -> None:
    """Print for whoever waits, if they are still there: a publication does not depend on it."""
    if sys.stderr is not None:
        try:
            print(words, end=end, file=sys.stderr, flush=True)
        except OSError:
            sys.stderr = None


def run_hook(name: str, folder: str, git: str = "") -> int:
    """Do the work of a hook with the updates that git hands over, and return the exit code."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    host, pushed, caller = Host(Path(folder)), parse_updates(sys.stdin), int(git or os.getppid())
    if name == "post-receive":
        post_receive(host, pushed, now=system_clock, say=say)
    elif not pre_receive(host, pushed, git=caller, now=system_clock, say=say):
        return REFUSED_EXIT_CODE
    else:
        with suppress(OSError):  # the second hook starts anew then
            start_successor(host, pushed, git=caller, now=system_clock)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(run_hook(*sys.argv[1:]))
    except KeyboardInterrupt:
        say("已中断。")
        sys.exit(1)
