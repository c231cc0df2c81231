"""What the public is to see: the newest accepted push, or a release that IT pinned; and bringing the site there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from generator.publish.host import Host, RefusedError, read_note, remove_note, write_note
from generator.publish.previews import drop_previews
from generator.publish.progress import Step, Tell
from generator.publish.purge_note import refuse_under_way
from generator.publish.records_branch import checked_tip
from generator.publish.release import Release, flaw
from generator.publish.repository import NOTHING, Repository
from generator.publish.settings import Settings
from generator.publish.store import (
    candidates,
    clock,
    is_switched,
    live,
    make,
    releases,
    remove,
    show,
    spoken,
    tidy,
)

_PENDING, _PIN, FAILED = "pending.json", "pin.json", "failed.json"
# How long an accepted push may take until git has moved the branch; it does nothing else in between.
_MOVING = 5.0


@dataclass(frozen=True, slots=True)
class Converged:
    """What bringing the site to its goal did: the release that is live, whether it changed, and why it was made."""

    release: Release | None
    changed: bool
    reason: str = ""


def branch(settings: Settings) -> str:
    """Return the ref whose pushes are published."""
    return f"refs/heads/{settings.branch}"


def promise(host: Host, ref: str, new: str, process: int, spent: dict[str, float]) -> None:
    """Note that a push was accepted and git, a process, is about to move a ref; `spent` are seconds, for the report."""
    write_note(host.state / _PENDING, {"ref": ref, "new": new, "process": process, "spent": spent})


def promised(host: Host, new: str) -> dict[str, float]:
    """Return what was noted of an accepted push: the seconds it took so far."""
    note = read_note(host.state / _PENDING)
    spent: dict[str, float] = note.get("spent", {}) if note.get("new") == new else {}
    return spent


def settle(host: Host, settings: Settings) -> str:
    """Wait until a push that was accepted has moved its ref, or cannot any more; return the branch's tip."""
    repository, note = Repository(host.repository), read_note(host.state / _PENDING)
    end = time.monotonic() + _MOVING
    while note and not _moved(repository, note) and _runs(note["process"]):
        if time.monotonic() > end:
            break
        time.sleep(0.01)
    else:
        repository.unlock()
    if note and not _moved(repository, note):
        # Some other process may get its number.
        remove_note(host.state / _PENDING)
    return repository.tip(branch(settings))


def pin(host: Host, release: Release, tip: str) -> None:
    """Keep a release live until the branch moves."""
    write_note(host.state / _PIN, {"release": release.name, "tip": tip})


def pinned(host: Host, tip: str) -> str:
    """Return the name of the pinned release, "" where none is or a push was accepted since."""
    note = read_note(host.state / _PIN)
    return str(note["release"]) if note and note.get("tip") == tip else ""


def converge(
    host: Host, settings: Settings, now: datetime, tell: Tell, *, full: bool = False, rebuild: bool = False
) -> Converged:
    """Bring the site to its goal as `reach_goal` does; RefusedError while a purge is under way."""
    refuse_under_way(host)
    return reach_goal(host, settings, now, tell, full=full, rebuild=rebuild)


def reach_goal(
    host: Host, settings: Settings, now: datetime, tell: Tell, *, full: bool = False, rebuild: bool = False
) -> Converged:
    """Bring the site to its goal, whatever state it was left in; the caller holds the lock.

    The goal is the pinned release, or a release of the branch's tip that is true now; it is made where there is none.
    RefusedError where it cannot be made, and the site stays as it was. `full` reads every file of the release;
    `rebuild` makes a new one whatever there is, and believes the clock.
    """
    tip = settle(host, settings)
    was = live(host)
    held = pinned(host, tip)
    if not held:
        remove_note(host.state / _PIN)
    if not tip:
        tidy(host, settings.kept, {was.name} if was else set(), tell)
        return Converged(was, changed=False)
    goal, reason = _goal(host, tip, held, now, full=full, rebuild=rebuild)
    if goal is None:
        goal = _made(host, settings, tip, now if rebuild else clock(host, now), tell, believed=rebuild)
    remove_note(host.state / FAILED)
    changed = was is None or was.name != goal.name
    if is_switched(host, goal):
        checked_tip(host, goal)
    else:
        show(host, goal, now, tell)
    _forget_unreachable(host, tip, goal)
    drop_previews(host, settings)
    # An answer that is on its way may still be reading the one before.
    tidy(host, settings.kept, {goal.name, was.name} if was else {goal.name}, tell)
    tell(Step.DONE)
    return Converged(goal, changed, reason)


def _made(host: Host, settings: Settings, tip: str, now: datetime, tell: Tell, *, believed: bool) -> Release:
    """Make a release that nobody waits for; a failure is noted, for `server status` to tell."""
    try:
        return make(host, settings, tip, now, tell, believed=believed, accepted=True)
    except RefusedError as refused:
        write_note(host.state / FAILED, {"at": spoken(now), "words": str(refused)})
        raise


def _goal(host: Host, tip: str, held: str, now: datetime, *, full: bool, rebuild: bool) -> tuple[Release | None, str]:
    """Return the release to show, or none and why one must be made."""
    if rebuild:
        return None, "要求重新生成"
    if held:
        wanted: Iterable[Release] = [release for release in releases(host) if release.name == held]
    else:
        wanted = candidates(host, tip, clock(host, now))
    reason = "钉住的版本不见了" if held else _why(host, tip)
    for release in wanted:
        found = flaw(release, full=full)
        if not found:
            return release, ""
        reason = f"版本 {release.name} 坏了（{found}）"
        remove_if_idle(host, release)
    return None, reason


def _why(host: Host, tip: str) -> str:
    was = live(host)
    if was is None or was.commit != tip:
        return "有新的推送"
    if was.next_instant is not None:
        return "到了该变的时刻"
    return "程序换了版本"


def remove_if_idle(host: Host, release: Release) -> None:
    """Remove a broken release, unless the public sees it: half a site is better than none until another is made."""
    was = live(host)
    if was is None or was.name != release.name:
        remove(release.folder)


def _forget_unreachable(host: Host, tip: str, goal: Release) -> None:
    """Remove releases of commits that never were accepted, or are no longer part of the history."""
    repository = Repository(host.repository)
    known = {goal.commit: True}
    for release in releases(host):
        if release.commit not in known:
            known[release.commit] = repository.holds(release.commit, tip)
        if not known[release.commit]:
            remove(release.folder)


def _moved(repository: Repository, note: dict[str, Any]) -> bool:
    """Whether a ref is where an accepted push was to bring it; a branch that it removed is nowhere."""
    return (repository.tip(str(note["ref"])) or NOTHING) == str(note["new"])


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
