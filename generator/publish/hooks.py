"""The bodies of git's hooks on a publishing host: before a push is accepted, and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from generator.errors import reason
from generator.publish.defects import record_defect
from generator.publish.host import Host, RefusedError
from generator.publish.isolated_build import git_reason
from generator.publish.lock import Clock, locked
from generator.publish.phases import Phases, Say
from generator.publish.progress import NOT_PUBLISHED, NOT_SHOWN, Step, Tell, untold
from generator.publish.push import Update, allowed, publish, receive, report, report_preview
from generator.publish.reconcile import branch, promise, promised
from generator.publish.repository import GitError
from generator.publish.settings import load


def pre_receive(
    host: Host, pushed: Sequence[Update], *, git: int, now: Clock, say: Say, on_step: Tell = untold
) -> bool:
    """Make what a push is to show, and return whether git may accept the push; a refusal is said with its reason.

    `git` is the process that runs the hook and then moves the ref. The clock is read once the host's lock is held.
    """
    phases = Phases(say, on_step)
    try:
        settings = load(host)
        update = allowed(settings, pushed)
        with locked(host, settings.patience, lambda: phases(Step.WAIT)):
            receive(host, settings, update, now(), phases)
            promise(host, update.ref, update.new, git, phases.spent())
            phases(Step.PROMISE)
    except Exception as error:  # noqa: BLE001  (whatever it is, the one who pushed must hear of it)
        say(f"{NOT_PUBLISHED}\n{_words(host, error, now())}")
        return False
    return True


def post_receive(host: Host, pushed: Sequence[Update], *, now: Clock, say: Say, on_step: Tell = untold) -> None:
    """Show the public what git has accepted, and tell the one who pushed where to see it."""
    try:
        settings = load(host)
        update = allowed(settings, pushed)
        phases = Phases(say, on_step, promised(host, update.new))
        if update.ref == branch(settings):
            lines = report(host, settings, update, publish(host, settings, update, now(), phases))
        else:
            lines = report_preview(host, settings, update)
        say("\n".join([*lines, phases.summary()]))
    except Exception as error:  # noqa: BLE001  (the same)
        say(f"{NOT_SHOWN}\n{_words(host, error, now())}")


def _words(host: Host, error: Exception, now: datetime) -> str:
    if isinstance(error, OSError):
        return f"读写文件失败：{reason(error)}。请找管理主机的人。"
    if isinstance(error, GitError):
        record_defect(host, now)  # git may say too little
        return f"{git_reason(error)}\n请找管理主机的人。"
    return str(error) if isinstance(error, RefusedError) else record_defect(host, now)
