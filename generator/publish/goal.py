"""The goal of a host: the newest accepted push, or a release that IT pinned; and bringing the site there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from generator.errors import GongkaiError
from generator.period import format_instant
from generator.publish.host import Host
from generator.publish.notes import Failure, PendingRef, Pin, delete_note, read_note, write_note
from generator.publish.previews import drop_previews
from generator.publish.progress import OnStep, Step
from generator.publish.records_ref import checked_records_tip
from generator.publish.release import Release, integrity_error
from generator.publish.repository import NO_COMMIT, Repository
from generator.publish.settings import Settings
from generator.publish.store import candidates, live, make_release, publication_time, releases, remove_release, tidy
from generator.publish.switch import activate, is_switched

# How long an accepted push may take until git has moved the branch; it does nothing else in between.
_MOVING = 5.0


@dataclass(frozen=True, slots=True)
class ReconcileResult:
    """The release that is live, whether it changed, and why it was made."""

    release: Release | None
    changed: bool
    reason: str = ""


def published_ref(settings: Settings) -> str:
    """Return the ref whose pushes are published."""
    return f"refs/heads/{settings.branch}"


def pending_timings(host: Host, new: str) -> dict[str, float]:
    """Return the seconds by phase that an accepted push took so far, as noted for the report."""
    pending = read_note(host, PendingRef)
    return pending.spent if pending and pending.new == new else {}


def wait_for_pending_ref(host: Host, settings: Settings) -> str:
    """Wait until a push that was accepted has moved its ref, or cannot any more; return the branch's tip."""
    repository, pending = Repository(host.repository), read_note(host, PendingRef)
    moved = pending is None or wait_until_moved(host, pending)
    if moved or (pending and not _runs(pending.process)):
        repository.remove_stale_locks()
    if not moved:
        # Some other process may get its number.
        delete_note(host, PendingRef)
    return repository.tip(published_ref(settings))


def wait_until_moved(host: Host, pending: PendingRef) -> bool:
    """Wait until git has moved a ref as it was to, has ended, or takes too long; return whether the ref has moved."""
    repository, end = Repository(host.repository), time.monotonic() + _MOVING
    while not (moved := _moved(repository, pending)) and _runs(pending.process) and time.monotonic() < end:
        time.sleep(0.01)
    # It may have moved it just before it ended.
    return moved or _moved(repository, pending)


def pinned(host: Host, tip: str) -> str:
    """Return the name of the pinned release, "" where none is or a push was accepted since."""
    pin = read_note(host, Pin)
    return pin.release if pin and pin.tip == tip else ""


def activate_accepted(host: Host, tip: str, now: datetime, on_step: OnStep) -> None:
    """Show the release of an accepted push whose own hook has not done so."""
    was = live(host)
    if not tip or pinned(host, tip) or (was is not None and was.commit == tip):
        return
    for release in candidates(host, tip, now):
        if not integrity_error(release):
            activate(host, release, now, on_step)
            return


def reach_goal(
    host: Host, settings: Settings, now: datetime, on_step: OnStep, *, full: bool = False, rebuild: bool = False
) -> ReconcileResult:
    """Bring the site to its goal, whatever state it was left in; the caller holds the lock.

    The goal is the pinned release, or a release of the branch's tip that is up to date; it is made where there is
    none. GongkaiError where it cannot be made, and the site stays as it was. `full` reads every file of the release;
    `rebuild` makes a new one whatever there is, and accepts a clock that was set back.
    """
    tip = wait_for_pending_ref(host, settings)
    was = live(host)
    held = pinned(host, tip)
    if not held:
        delete_note(host, Pin)
    if not tip:
        tidy(host, settings.kept, {was.name} if was else set(), on_step)
        return ReconcileResult(was, changed=False)
    goal, reason, damaged = _goal(host, tip, held, now, full=full, rebuild=rebuild)
    if goal is None:
        goal = _make(host, settings, tip, now, on_step, rebuild=rebuild, anew=rebuild or damaged)
    delete_note(host, Failure)
    changed = was is None or was.name != goal.name
    if is_switched(host, goal):
        checked_records_tip(host, goal)
    else:
        activate(host, goal, now, on_step)
    _remove_unreachable(host, tip, goal)
    drop_previews(host, settings)
    # An answer that is on its way may still be reading the one before.
    tidy(host, settings.kept, {goal.name, was.name} if was else {goal.name}, on_step)
    on_step(Step.DONE)
    return ReconcileResult(goal, changed, reason)


def _make(
    host: Host, settings: Settings, tip: str, now: datetime, on_step: OnStep, *, rebuild: bool, anew: bool
) -> Release:
    """Make a release that nobody waits for; a failure is noted, for `server status` to show."""
    at = now if rebuild else publication_time(host, now)
    try:
        return make_release(
            host, settings, tip, at, on_step, clock_set_back=rebuild, accepted=True, anew=rebuild or anew
        )
    except GongkaiError as error:
        write_note(host, Failure(format_instant(at), str(error)))
        raise


def _goal(
    host: Host, tip: str, held: str, now: datetime, *, full: bool, rebuild: bool
) -> tuple[Release | None, str, bool]:
    """Return the release to show, or none and why one must be made, and whether one was damaged."""
    if rebuild:
        return None, "要求重新生成", False
    if held:
        wanted: Iterable[Release] = [release for release in releases(host) if release.name == held]
    else:
        wanted = candidates(host, tip, publication_time(host, now))
    reason, damaged = "钉住的版本不见了" if held else _why(host, tip), False
    for release in wanted:
        found = integrity_error(release, full=full)
        if not found:
            return release, "", False
        reason, damaged = f"版本 {release.name} 坏了（{found}）", True
        was = live(host)
        if was is None or was.name != release.name:  # half a site is better than none until another is made
            remove_release(release.folder)
    return None, reason, damaged


def _why(host: Host, tip: str) -> str:
    was = live(host)
    if was is None or was.commit != tip:
        return "有新的推送"
    if was.next_instant is not None:
        return "到了该变的时刻"
    return "程序换了版本"


def _remove_unreachable(host: Host, tip: str, goal: Release) -> None:
    """Remove releases of commits that never were accepted, or are no longer part of the history."""
    found = releases(host)
    lost = Repository(host.repository).unreachable({release.commit for release in found} - {goal.commit}, tip)
    for release in found:
        if release.commit in lost:
            remove_release(release.folder)


def _moved(repository: Repository, pending: PendingRef) -> bool:
    """Whether a ref is where an accepted push was to bring it; a branch that it removed is nowhere."""
    return (repository.tip(pending.ref) or NO_COMMIT) == pending.new


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
