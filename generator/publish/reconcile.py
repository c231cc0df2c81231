"""Bringing the site to its goal: after a push, and each minute by the timer, which also does the work of the day."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from generator.locks import BusyError, locked
from generator.publish.goal import ReconcileResult, reach_goal
from generator.publish.host import Host
from generator.publish.notes import DailyWork, purge_under_way, read_note, refuse_during_purge, write_note
from generator.publish.progress import OnStep
from generator.publish.repository import Repository
from generator.publish.settings import Settings, load_settings
from generator.publish.store import live, sweep

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_DAY = timedelta(hours=23)
_BRIEFLY = 0.2  # seconds


def reconcile(
    host: Host, *, now: Callable[[], datetime], on_step: OnStep, full: bool = False, rebuild: bool = False
) -> ReconcileResult:
    """Resume a purge that was ended, bring the site to its goal, and do the day's work where that is due.

    `full` and `rebuild` as in `reach_goal`; the clock is read once the lock is held. RefusedError or GitError where
    something cannot be done.
    """
    settings = load_settings(host)
    with locked(host.lock, settings.patience):
        at = now()
        thorough = full or _is_due(host, at)
        resumed = _resume_purge(host, settings, at, on_step)
        refuse_during_purge(host)
        result = reach_goal(host, settings, at, on_step, full=thorough, rebuild=rebuild)
        if resumed:
            result = replace(result, changed=True, reason=f"{resumed} 的清除接着做完了")
        if thorough:
            sweep(host)
            Repository(host.repository).run("gc", "--quiet")
            write_note(host, DailyWork(_boot(), at))
    return result


def publish(host: Host, settings: Settings, commit: str, now: datetime, on_step: OnStep) -> ReconcileResult:
    """Show the public a commit that git has accepted; RefusedError where that is left to the next reconcile."""
    end = time.monotonic() + settings.patience
    while True:
        was = live(host)
        if was is not None and Repository(host.repository).is_ancestor(commit, was.commit):
            return ReconcileResult(was, changed=False)
        try:
            with locked(host.lock, _BRIEFLY):
                refuse_during_purge(host)
                return reach_goal(host, settings, now, on_step)
        except BusyError:
            # The next push may be in its build; it has shown this one before it began.
            if time.monotonic() > end:
                raise


def _resume_purge(host: Host, settings: Settings, now: datetime, on_step: OnStep) -> str:
    """Resume a purge that was ended half way, and return the id of its notice; "" where there is none."""
    if purge_under_way(host) is None:
        return ""
    from generator.publish.purge import resume_purge  # noqa: PLC0415  (it takes long to import, and a purge is rare)

    purged = resume_purge(host, settings, now, on_step)
    return purged.note.id if purged else ""


def _is_due(host: Host, now: datetime) -> bool:
    """Whether a day has passed since the last time, or the machine was started since."""
    last = read_note(host, DailyWork)
    return last is None or last.boot != _boot() or abs(now - last.at) >= _DAY


def _boot() -> str:
    return _BOOT.read_text(encoding="ascii").strip() if _BOOT.is_file() else ""
