"""Git's hooks, reconcile and rollback in a process that kills itself at a named step.

python -m tests.publish.dying WHAT FOLDER STEP: WHAT is a hook's name, reconcile or rollback; STEP one of Step's names.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from generator.period import SHANGHAI
from generator.publish.daily import reconcile
from generator.publish.hooks import post_receive, pre_receive
from generator.publish.host import Host
from generator.publish.phases import silent
from generator.publish.push import updates
from generator.publish.returning import rollback
from generator.publish.telling import Step


def main(what: str, folder: str, named: str) -> int:
    """Do what a process of the host does, up to the step."""
    host = Host(Path(folder))

    def now() -> datetime:
        return datetime.now(SHANGHAI).replace(microsecond=0)

    def die(step: Step) -> None:
        if step.name == named:
            os.kill(os.getpid(), signal.SIGKILL)

    if what == "pre-receive":
        return not pre_receive(host, updates(sys.stdin), git=os.getppid(), now=now, say=silent, on_step=die)
    if what == "post-receive":
        post_receive(host, updates(sys.stdin), now=now, say=silent, on_step=die)
    elif what == "rollback":
        rollback(host, None, drop=True, now=now, on_step=die)
    else:
        reconcile(host, now=now, on_step=die, full=True, rebuild=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
