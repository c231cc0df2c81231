"""A push: which refs and content are accepted, and the report to the one who pushed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.addresses import notice_address
from generator.characters import printable
from generator.period import format_instant
from generator.publish.goal import published_ref
from generator.publish.host import Host, RefusedError
from generator.publish.notes import purged_ids
from generator.publish.previews import PREFIX, drop_previews, preview_address, refuse_name
from generator.publish.pushed_content import find_content_folder, is_left_out
from generator.publish.records_ref import RECORDS_REF
from generator.publish.release import Release
from generator.publish.repository import NO_COMMIT, Repository
from generator.publish.settings import Settings
from generator.publish.source_files import new_objects, refuse_source_files

_SHOWN = 10
LOST = "他人刚发布，请先 git pull --rebase，再 git push。网站没有变，你的改动还在你的电脑上。"

REWRITTEN = (
    "就在这时，主机清除了误发的内容，仓库的历史重写了。\n"
    "请把现在的文件夹改名留着，重新 git clone 一份，把自己的改动抄进去，再提交、推送。"
)


@dataclass(frozen=True, slots=True)
class Update:
    """One ref that a push moves: from a commit, to a commit (NO_COMMIT where there is none)."""

    old: str
    new: str
    ref: str


def parse_updates(lines: Iterable[str]) -> list[Update]:
    """Read the refs that git hands to a hook, one a line."""
    return [Update(*line.split(" ", 2)) for raw in lines if (line := raw.rstrip("\n"))]


def refuse_lost_objects() -> None:
    """Refuse a push whose objects a purge deleted while it waited; git can do nothing for it any more."""
    if Repository.lost_quarantine():
        raise RefusedError(REWRITTEN)


def _refuse_purged(host: Host, new: Mapping[str, str]) -> None:
    """Keep what was purged from coming back with a push of `new` objects, each with a path."""
    known = {id_ for ids in purged_ids(host).values() for id_ in ids}
    found = [new[id_] for id_ in known & new.keys()]
    if found:
        files = "、".join(printable(path) for path in sorted(filter(None, found))[:3])
        raise RefusedError(
            f"这次推送带着已经清除的内容{f'（{files}）' if files else ''}，多半来自清除以前的拷贝。\n"
            "请把现在的文件夹改名留着，重新 git clone 一份，把自己的改动抄进去，再提交、推送。\n"
            "确实要公开清除过的附件，请重新导出一次，再放进来。"
        )


def refuse_push(host: Host, settings: Settings, update: Update, tip: str) -> None:
    """Refuse a push that rewrites the history, brings back what was purged, or holds sources; `tip` is published."""
    repository = Repository(host.repository)
    new = new_objects(repository, update.new) if update.new != NO_COMMIT else {}
    _refuse_purged(host, new)
    if (repository.tip(update.ref) or NO_COMMIT) != update.old:
        raise RefusedError(LOST)
    if new:
        below = find_content_folder(repository, update.new, settings.below)
        refuse_source_files(repository, update.new, tip, below, new.keys())
    if update.ref == published_ref(settings) and tip and not repository.is_ancestor(tip, update.new):
        raise RefusedError(
            "不能强行推送（git push --force）：它会丢掉别人已经发布的内容。\n"
            "请先 git pull --rebase，再 git push；要改回去，提交一次新的改动。"
        )


def allowed_update(settings: Settings, pushed: Sequence[Update]) -> Update:
    """Return the ref that a push moves; RefusedError where it must not move that one, or moves several."""
    for update in pushed:
        if update.ref == published_ref(settings):
            if update.new == NO_COMMIT:
                raise RefusedError(f"不能删除 {settings.branch} 分支：网站就是从它发布的。")
        elif settings.previews and update.ref.startswith(PREFIX):
            refuse_name(update.ref)
        else:
            raise RefusedError(_other(settings, update.ref))
    if len(pushed) != 1:
        raise RefusedError("一次只推送一个分支，不要用 --all 或 --mirror。")
    return pushed[0]


def report_preview(host: Host, settings: Settings, update: Update) -> list[str]:
    """Say where a preview can be seen, or that it is gone."""
    name = update.ref.removeprefix("refs/heads/")
    if update.new == NO_COMMIT:
        drop_previews(host, settings)
        return [f"预览 {name} 已经撤下。"]
    return [
        preview_address(host, settings, update.ref),
        f"这是预览，谁有网址谁就能看，不要转发。看完撤下：git push origin --delete {name}",
    ]


def report_publication(host: Host, settings: Settings, update: Update, release: Release | None) -> list[str]:
    """Say what a push to the published branch changed, first of all where to see it."""
    repository = Repository(host.repository)
    assert release is not None
    if not repository.has(update.new):
        return [REWRITTEN]
    below = find_content_folder(repository, update.new, settings.below)
    changes = repository.changed(update.old, update.new, below)
    ids = changes.ids
    shown = [notice_address(id_) for id_ in ids if release.shows(id_)] + [f"{stem}/" for stem in changes.pages]
    lines = [f"{settings.address}{address}" for address in shown[:_SHOWN]] or [settings.address]
    if len(shown) > _SHOWN:
        lines.append(f"还有 {len(shown) - _SHOWN} 个，见 {settings.address}archive/")
    lines += [
        f"{id_} 已经收下，到 {format_instant(release.waiting[id_])} 自动公开。" for id_ in ids if id_ in release.waiting
    ]
    gone = [id_ for id_ in ids if not release.shows(id_) and id_ not in release.waiting]
    lines += [f"注意：{id_} 不在了，它原来的网址打不开了。" for id_ in gone]
    left = [path for path in changes.written if is_left_out(path, below)]
    if left:
        named = "、".join(map(printable, left[:3]))
        more = " 等" if len(left) > 3 else ""
        lines.append(f"没有采用 {len(left)} 个不是内容的文件：{named}{more}。")
    if release.late:
        lines += ["公开得晚了：", *release.late.split("\n")]
    if release.warnings:
        lines.append(f"有 {release.warnings} 条提醒，用 gongkai check 查看。")
    return lines


def _other(settings: Settings, ref: str) -> str:
    name = printable(ref.removeprefix("refs/heads/"))
    if ref == RECORDS_REF:
        return "records 分支是发布记录，由主机自己写，不收推送。"
    if ref.startswith("refs/tags/"):
        tag = printable(ref.removeprefix("refs/tags/"))
        return f"这里不收标签（{tag}）。只推送分支：git push origin {settings.branch}"
    if ref.startswith(PREFIX):
        return "这台主机没有打开预览。要打开，请管理主机的人在 server.yml 里写“预览: 是”。"
    return (
        f"这里只收 {settings.branch} 分支，不收 {name}。\n"
        f"要发布，请推送到 {settings.branch}：git push origin HEAD:{settings.branch}"
    )
