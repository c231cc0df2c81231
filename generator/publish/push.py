"""A push: what is accepted, and what the one who pushed is told."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from generator.publish.host import Host, RefusedError
from generator.publish.lock import BusyError, locked
from generator.publish.publication import Converged, branch, converge, pinned, settle
from generator.publish.release import flaw
from generator.publish.releases import candidates, clock, live, make, spoken, switch
from generator.publish.repository import NOTHING, Repository, content_blobs, content_folder
from generator.publish.settings import Settings
from generator.publish.telling import Step, Tell

_PREVIEW = "refs/heads/preview/"
_SHOWN = 10
_BRIEFLY = 0.2
LOST = "他人刚发布，请先 git pull --rebase，再 git push。网站没有变，你的改动还在你的电脑上。"


@dataclass(frozen=True, slots=True)
class Update:
    """One ref that a push moves: from a commit, to a commit (NOTHING where there is none)."""

    old: str
    new: str
    ref: str


def updates(lines: Iterable[str]) -> list[Update]:
    """Read what git hands to a hook."""
    return [Update(*line.split(" ", 2)) for raw in lines if (line := raw.rstrip("\n"))]


def receive(host: Host, settings: Settings, update: Update, now: datetime, tell: Tell) -> None:
    """Make the release of a push before git accepts it; RefusedError where it must not be accepted.

    The caller holds the lock.
    """
    tip = settle(host, settings)
    if (tip or NOTHING) != update.old:
        raise RefusedError(LOST)
    _show_accepted(host, tip, now, tell)
    repository = Repository(host.repository)
    if tip and not repository.holds(tip, update.new):
        raise RefusedError(
            "不能强行推送（git push --force）：它会丢掉别人已经发布的内容。\n"
            "请先 git pull --rebase，再 git push；要改回去，提交一次新的改动。"
        )
    make(host, settings, update.new, clock(host, now), tell)
    tell(Step.ACCEPT)


def allowed(settings: Settings, pushed: list[Update]) -> Update | None:
    """Return the update of the published branch, if there is one; RefusedError where any ref must not be moved."""
    published = None
    for update in pushed:
        if update.ref == branch(settings):
            if update.new == NOTHING:
                raise RefusedError(f"不能删除 {settings.branch} 分支：网站就是从它发布的。")
            published = update
        elif not (settings.previews and update.ref.startswith(_PREVIEW)):
            raise RefusedError(_other(settings, update.ref))
    return published


def report(host: Host, settings: Settings, update: Update, done: Converged) -> list[str]:
    """Say what a push changed, first of all where to see it."""
    release = done.release
    assert release is not None
    repository = Repository(host.repository)
    blobs = list(repository.blobs(update.new))
    below = content_folder(blobs, settings.below)
    ids = repository.changed(update.old, update.new, below)
    shown = [id_ for id_ in ids if id_ in release.public]
    lines = [f"{settings.address}notices/{id_}/" for id_ in shown[:_SHOWN]] or [settings.address]
    if len(shown) > _SHOWN:
        lines.append(f"还有 {len(shown) - _SHOWN} 份，见 {settings.address}archive/")
    lines += [
        f"{id_} 已经收下，到 {spoken(release.waiting[id_])} 自动公开。" for id_ in ids if id_ in release.waiting
    ]
    gone = [id_ for id_ in ids if id_ not in release.public and id_ not in release.waiting]
    lines += [f"注意：{id_} 不在了，它原来的网址打不开了。" for id_ in gone]
    left = content_blobs(blobs, below)[1]
    if left:
        lines.append(f"没有采用 {len(left)} 个不是内容的文件：{'、'.join(left[:3])}{' 等' if len(left) > 3 else ''}。")
    return lines


def publish(host: Host, settings: Settings, update: Update, now: datetime, tell: Tell) -> Converged:
    """Show the public what git has accepted; RefusedError where that is left to the next reconcile."""
    end = time.monotonic() + settings.patience
    while True:
        was = live(host)
        if was is not None and was.commit == update.new:
            return Converged(was, changed=False)
        try:
            with locked(host, _BRIEFLY):
                return converge(host, settings, now, tell)
        except BusyError:
            # The next push may be in its build; it has shown this one before it began.
            if time.monotonic() > end:
                raise


def _show_accepted(host: Host, tip: str, now: datetime, tell: Tell) -> None:
    """Show what an accepted push made, so that its author need not wait for the next one's build."""
    was = live(host)
    if not tip or pinned(host, tip) or (was is not None and was.commit == tip):
        return
    for release in candidates(host, tip, now):
        if not flaw(release, full=False):
            switch(host, release, tell)
            return


def _other(settings: Settings, ref: str) -> str:
    name = ref.removeprefix("refs/heads/")
    if ref.startswith("refs/tags/"):
        return f"这里不收标签（{ref.removeprefix('refs/tags/')}）。只推送分支：git push origin {settings.branch}"
    if ref.startswith(_PREVIEW):
        return "这台主机没有打开预览。要打开，请管理主机的人在 server.yml 里写“预览: 是”。"
    return (
        f"这里只收 {settings.branch} 分支，不收 {name}。\n"
        f"要发布，请推送到 {settings.branch}：git push origin HEAD:{settings.branch}"
    )
