"""The bodies of git's hooks on a publishing host: before a push is accepted, and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from generator.errors import GongkaiError, reason
from generator.locks import locked
from generator.publish.goal import activate_accepted, pending_timings, published_ref, wait_for_pending_ref
from generator.publish.host import Host, record_defect
from generator.publish.notes import PendingRef, refuse_during_purge, write_note
from generator.publish.previews import build_preview
from generator.publish.progress import NOT_PUBLISHED, NOT_SHOWN, OnStep, Phases, Say, Step, ignore_step
from generator.publish.push import (
    Update,
    allowed_update,
    refuse_lost_objects,
    refuse_push,
    report_preview,
    report_publication,
)
from generator.publish.reconcile import publish
from generator.publish.repository import NO_COMMIT, GitError, git_reason
from generator.publish.settings import Settings, load_settings
from generator.publish.store import make_release, publication_time


def pre_receive(
    host: Host,
    pushed: Sequence[Update],
    *,
    git: int,
    now: Callable[[], datetime],
    say: Say,
    on_step: OnStep = ignore_step,
) -> bool:
    """Make what a push is to show, and return whether git may accept the push; a refusal is said with its reason.

    `git` is the process that runs the hook and then moves the ref. The clock is read once the host's lock is held.
    """
    phases = Phases(say, on_step)
    try:
        settings = load_settings(host)
        update = allowed_update(settings, pushed)
        with locked(host.lock, settings.patience, lambda: phases(Step.WAIT)):
            _receive(host, settings, update, now(), phases)
            write_note(host, PendingRef(update.ref, update.new, git, phases.seconds()))
            phases(Step.PENDING)
    except Exception as error:  # noqa: BLE001  (whatever it is, the one who pushed must hear of it)
        say(f"{NOT_PUBLISHED}\n{_words(host, error, now())}")
        return False
    return True


def _receive(host: Host, settings: Settings, update: Update, now: datetime, on_step: OnStep) -> None:
    """Make the release or the preview of a push; RefusedError where it must not be accepted."""
    refuse_during_purge(host)
    refuse_lost_objects()
    tip = wait_for_pending_ref(host, settings)
    activate_accepted(host, tip, now, on_step)
    refuse_push(host, settings, update, tip)
    if update.ref == published_ref(settings):
        make_release(host, settings, update.new, publication_time(host, now), on_step)
        on_step(Step.ACCEPT)
    elif update.new != NO_COMMIT:
        build_preview(host, settings, update.ref, update.new, now, on_step)


def post_receive(
    host: Host, pushed: Sequence[Update], *, now: Callable[[], datetime], say: Say, on_step: OnStep = ignore_step
) -> None:
    """Show the public what git has accepted, and report to the one who pushed where to see it."""
    try:
        settings = load_settings(host)
        update = allowed_update(settings, pushed)
        phases = Phases(say, on_step, pending_timings(host, update.new))
        if update.ref == published_ref(settings):
            release = publish(host, settings, update.new, now(), phases).release
            lines = report_publication(host, settings, update, release)
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
    return str(error) if isinstance(error, GongkaiError) else record_defect(host, now)
