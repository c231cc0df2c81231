"""The state of a host: facts, and warnings of what is wrong."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from generator.period import format_instant
from generator.publish.goal import pinned, published_ref
from generator.publish.host import Host, RefusedError
from generator.publish.install import is_current
from generator.publish.notes import Failure, PurgeNote, read_note
from generator.publish.records_branch import records_at
from generator.publish.records_ref import records_tip
from generator.publish.release import Release, integrity_error
from generator.publish.repository import Repository
from generator.publish.settings import Settings
from generator.publish.store import live, releases

# A timer runs each minute, and a build of a large site takes some.
_GRACE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class HostStatus:
    """Facts and warnings about a host, in Chinese."""

    facts: tuple[str, ...]
    warnings: tuple[str, ...]


def host_status(host: Host, settings: Settings, now: datetime, *, full: bool = False) -> HostStatus:
    """Inspect a host without changing anything; `full` reads every file of the live release."""
    shown = live(host)
    pushed = Repository(host.repository).tip(published_ref(settings))
    facts = [f"网址：{settings.address}"]
    warnings = []
    if shown is None:
        facts.append("还没有发布过。")
        if pushed or host.current.is_symlink():
            warnings.append("网站现在打不开：没有正在用的版本。运行 gongkai server reconcile。")
    else:
        facts += [*_facts(shown), *_recorded(host)]
        warnings += _warnings(host, shown, pushed, now, full=full)
    warnings += _purge(host)
    if not is_current(host):
        warnings.append(f"推送用的程序不是这一个：装了新版本，或者搬了家。运行 gongkai server init {host.root}。")
    failed = read_note(host, Failure)
    if failed:
        warnings.append(f"{failed.at} 没有生成成功：\n{failed.words}")
    others = [release.name for release in releases(host) if shown is None or release.name != shown.name]
    if others:
        facts.append("可以退回的版本：\n" + "\n".join(f"  {name}" for name in others))
    return HostStatus(tuple(facts), (*warnings, *_space(host, shown)))


def _facts(shown: Release) -> list[str]:
    size = f"{shown.notices} 份通报，{shown.files} 个文件，{shown.size / 1e6:.0f} MB"
    facts = [f"正在用的版本：{shown.name}（{format_instant(shown.now)}，{size}）"]
    if shown.next_instant:
        facts.append(f"下一次自己变：{format_instant(shown.next_instant)}")
    facts += [
        f"到时公开：{id_}，{format_instant(at)}" for id_, at in sorted(shown.waiting.items(), key=lambda one: one[1])
    ]
    return facts


def _recorded(host: Host) -> list[str]:
    try:
        with records_at(host, records_tip(host)) as records:
            lines, head = len(records.ledger.lines), records.ledger.head
    except RefusedError as error:
        return [str(error)]
    return [f"发布记录：{lines} 行，校验值 {head.sha256}"] if lines else []


def _warnings(host: Host, shown: Release, tip: str, now: datetime, *, full: bool) -> list[str]:
    warnings = []
    held = pinned(host, tip)
    if held:
        warnings.append(f"钉在 {held}：到下一次推送被接受以前，不会自己变。")
    elif shown.commit != tip:
        warnings.append("最近一次推送还没有换上。运行 gongkai server reconcile。")
    if shown.next_instant and shown.next_instant + _GRACE < now:
        late = "钉住的版本不会重新生成。" if held else "定时没有运行？运行 gongkai server reconcile 看看。"
        warnings.append(f"网站旧了：{format_instant(shown.next_instant)} 就该重新生成。{late}")
    if now < shown.now - _GRACE:
        warnings.append(
            f"主机的时钟是 {format_instant(now)}，比上一次发布（{format_instant(shown.now)}）还早。请校准时钟。"
        )
    found = integrity_error(shown, full=full)
    if found:
        warnings.append(f"正在用的版本坏了（{found}）。运行 gongkai server reconcile。")
    return warnings


def _purge(host: Host) -> list[str]:
    note = read_note(host, PurgeNote)
    if note is None:
        return []
    if not note.left:
        return [f"{note.id} 的清除还没有完成，推送都先不收。运行 gongkai server reconcile，看它说什么。"]
    places = "\n".join(f"  {place}" for place in note.left)
    return [f"清除 {note.id} 以后，这些地方还要处理；处理好了，再运行 gongkai server purge：\n{places}"]


def _space(host: Host, shown: Release | None) -> list[str]:
    usage = shutil.disk_usage(host.root)
    needed = 3 * shown.size if shown else 0
    if usage.free < needed:
        return [f"磁盘只剩 {usage.free / 1e6:.0f} MB，下一次发布可能放不下。"]
    return []
