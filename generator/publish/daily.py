"""What the timer does: each minute what is due, and once a day read every file and pack the repository."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from generator.publish.host import Host, read_note, write_note
from generator.publish.lock import Clock, locked
from generator.publish.progress import Tell
from generator.publish.purge import finish
from generator.publish.reconcile import Converged, converge
from generator.publish.repository import Repository
from generator.publish.settings import load

_NOTE = "daily.json"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_DAY = timedelta(hours=23)


def reconcile(host: Host, *, now: Clock, on_step: Tell, full: bool = False, rebuild: bool = False) -> Converged:
    """Go on with a purge that was ended, bring the site to its goal, and do the day's work where that is due.

    `full` and `rebuild` as in `converge`. RefusedError or GitError where something cannot be done.
    """
    settings = load(host)
    with locked(host, settings.patience):
        at = now()
        thorough = full or is_due(host, at)
        finished = finish(host, settings, at, on_step)
        converged = converge(host, settings, at, on_step, full=thorough, rebuild=rebuild)
        if finished:
            converged = replace(converged, changed=True, reason=f"{finished.note.id} 的清除接着做完了")
        if thorough:
            done(host, at)
    return converged


def is_due(host: Host, now: datetime) -> bool:
    """Whether a day has passed since the last time, or the machine was started since."""
    note = read_note(host.state / _NOTE)
    if note.get("boot") != _boot():
        return True
    return abs(now - datetime.fromisoformat(note["at"])) >= _DAY


def done(host: Host, now: datetime) -> None:
    """Pack the repository and note that the day's work is done; the caller holds the lock."""
    Repository(host.repository).run("gc", "--quiet")
    write_note(host.state / _NOTE, {"boot": _boot(), "at": now.isoformat()})


def _boot() -> str:
    return _BOOT.read_text(encoding="ascii").strip() if _BOOT.is_file() else ""
