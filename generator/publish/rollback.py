"""Going back to an earlier release, without bringing back what was withdrawn or dropping what is public unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from generator.addresses import NOTICES
from generator.locks import locked
from generator.period import format_instant
from generator.publish.goal import wait_for_pending_ref
from generator.publish.host import Host, RefusedError
from generator.publish.notes import Pin, refuse_during_purge, write_note
from generator.publish.progress import OnStep
from generator.publish.release import Release, integrity_error
from generator.publish.settings import load_settings
from generator.publish.store import live, releases
from generator.publish.switch import activate


def rollback(host: Host, name: str | None, *, drop: bool, now: Callable[[], datetime], on_step: OnStep) -> Release:
    """Show the release `name`, or the one before the live one, and keep it until the next accepted push.

    RefusedError where it would show a text that was withdrawn as published in error, a notice that is not due, or no
    longer show one that is public now (allowed with `drop`).
    """
    settings = load_settings(host)
    with locked(host.lock, settings.patience):
        at = now()
        goal = _allowed(host, name, at, drop=drop)
        write_note(host, Pin(goal.name, wait_for_pending_ref(host, settings)))
        activate(host, goal, at, on_step)
    return goal


def _allowed(host: Host, name: str | None, now: datetime, *, drop: bool) -> Release:
    refuse_during_purge(host)
    was = live(host)
    if was is None:
        raise RefusedError("还没有发布过，没有可以退回的版本。")
    goal = _earlier(host, was) if name is None else _named(host, name)
    if goal.name == was.name:
        raise RefusedError(f"现在就是 {goal.name}，没有改动。")
    _refuse_removed(host, goal)
    dropped = sorted(_no_longer_shown(was, goal))
    if dropped and not drop:
        raise RefusedError(
            f"{goal.name} 里没有现在公开着的 {len(dropped)} 份通报：{_listed(dropped)}。\n"
            "退回去，公众就看不到它们了。确实要这样，加上 --drop；这件事要向公众说明。"
        )
    if goal.now > now:
        raise RefusedError(f"{goal.name} 是按 {format_instant(goal.now)} 生成的，现在还没有到。请先校准主机的时钟。")
    # Every second counts: what the public sees already is not read.
    found = integrity_error(goal, beyond=was)
    if found:
        raise RefusedError(f"{goal.name} 坏了（{found}），不能用。用 gongkai server status 看还有哪些版本。")
    return goal


def _earlier(host: Host, was: Release) -> Release:
    """Return the newest release older than the live one that holds other content."""
    for release in releases(host):
        if release.stamp < was.stamp and release.commit != was.commit:
            return release
    raise RefusedError("没有更早的版本可以退回。")


def _named(host: Host, name: str) -> Release:
    for release in releases(host):
        if release.name == name:
            return release
    raise RefusedError(f"没有版本 {name}。用 gongkai server status 看有哪些版本。")


def _refuse_removed(host: Host, goal: Release) -> None:
    """Keep a text out that any release since has removed."""
    removed = {id_ for release in releases(host) if release.stamp > goal.stamp for id_ in release.removed}
    back = sorted(id_ for id_ in removed - set(goal.removed) if goal.shows(id_))
    if back:
        raise RefusedError(
            f"{goal.name} 里还有误发后撤下的通报：{_listed(back)}。不能让它重新公开，请退回到撤下以后的版本，"
            "或者改好内容重新推送。"
        )


def _no_longer_shown(was: Release, goal: Release) -> Iterator[str]:
    """Yield the ids of the notices of a release that another has not; years that both share are not looked into."""
    for year in (was.site / NOTICES).iterdir():
        other = goal.site / NOTICES / year.name
        if year.resolve() != other.resolve():
            shown = (one.name for one in year.iterdir() if one.is_dir())
            yield from (f"{year.name}/{slug}" for slug in shown if not (other / slug).is_dir())


def _listed(ids: list[str]) -> str:
    return "、".join(ids[:10]) + (" 等" if len(ids) > 10 else "")
