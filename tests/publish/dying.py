"""What git's hooks, reconcile and rollback do, in a process that kills itself at a named step.

python -m tests.publish.dying WHAT FOLDER STEP: WHAT is a hook's name, reconcile or rollback; STEP one of Step's names,
or PROMISE for the moment after a push was accepted and before git hears of it.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from generator.period import SHANGHAI
from generator.publish.host import Host
from generator.publish.lock import locked
from generator.publish.publication import converge, promise
from generator.publish.push import allowed, publish, receive, updates
from generator.publish.returning import rollback
from generator.publish.settings import load
from generator.publish.telling import Step

PROMISE = "PROMISE"


def main(what: str, folder: str, named: str) -> None:
    """Do what a process of the host does, up to the step."""
    host = Host(Path(folder))
    settings, now = load(host), datetime.now(SHANGHAI).replace(microsecond=0)

    def tell(step: Step) -> None:
        if step.name == named:
            os.kill(os.getpid(), signal.SIGKILL)

    git, update = os.getppid(), allowed(settings, updates(sys.stdin)) if what.endswith("-receive") else None
    if what == "post-receive":
        assert update is not None
        publish(host, settings, update, now, tell)
        return
    with locked(host, settings.patience, lambda: tell(Step.WAIT)):
        if what == "rollback":
            rollback(host, settings, None, drop=True, now=now, tell=tell)
        elif what == "reconcile":
            converge(host, settings, now, tell, full=True, rebuild=True)
        else:
            assert update is not None
            receive(host, settings, update, now, tell)
            promise(host, update.ref, update.new, git, {})
            if named == PROMISE:
                os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
