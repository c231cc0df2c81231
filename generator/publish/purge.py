"""Removing a text that was published in error from everything that a host keeps."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from generator.addresses import is_notice_id
from generator.characters import printable
from generator.publish.goal import reach_goal, wait_for_pending_ref
from generator.publish.history import Removal, delete_unreachable, move_refs, rewrite_history
from generator.publish.host import Host, RefusedError
from generator.publish.host_search import blob_paths, search_files, search_objects
from generator.publish.notes import (
    PurgeNote,
    add_purged,
    delete_note,
    purge_under_way,
    purged_ids,
    read_note,
    write_note,
)
from generator.publish.phrases import Phrases
from generator.publish.progress import OnStep, Step
from generator.publish.removal import find_removal
from generator.publish.repository import GitError, Repository
from generator.publish.settings import Settings
from generator.publish.store import live, sweep

# A push that was accepted before may still move its ref; it cannot do so twice.
_TIMES = 5
_KEPT = "git 没有丢掉它，多半因为 repo.git 里有 worktrees、alternates 或者 .keep；去掉它们，再清除一次。"


class PurgeStep(StrEnum):
    """A step of a purge; listeners are called as it begins."""

    LOOK = "查找"
    NOTE = "记下"
    REWRITE = "重写"
    MOVE = "换上"
    FORGET = "丢弃"
    CLEAR = "清理"
    PUBLISH = "重新发布"
    SEARCH = "复查"
    END = "结束"


OnPurgeStep = Callable[[Step | PurgeStep], None]


@dataclass(frozen=True, slots=True)
class PurgeResult:
    """The note of a finished purge, and how many objects and files it searched."""

    note: PurgeNote
    objects: int
    files: int


def purge(host: Host, settings: Settings, id_: str, now: datetime, on_step: OnPurgeStep) -> PurgeResult:
    """Remove every version of a notice but the one at the tip, and all that holds its text, then search the whole host.

    RefusedError while the tip shows or holds its text. The history is rewritten: commits get new ids, and everybody has
    to clone again. A purge that was ended is resumed by the next one, and may be run again after its end. The caller
    holds the lock.
    """
    known = read_note(host, PurgeNote)
    begun = purge_under_way(host)
    if begun and begun.id != id_:
        purge(host, settings, begun.id, now, on_step)
        known = None
    tip = wait_for_pending_ref(host, settings)
    if not begun:
        _refuse_public(host, tip, id_)
    on_step(PurgeStep.LOOK)
    removal = find_removal(host, settings, tip, id_)
    if known and known.id == id_:
        removal = replace(removal, note=removal.note.joined(known))
    note = removal.note
    on_step(PurgeStep.NOTE)
    write_note(host, note)
    _rewrite(host, removal, on_step)
    phrases = Phrases(note.phrases)
    on_step(PurgeStep.CLEAR)
    _clear(host, phrases)
    on_step(PurgeStep.PUBLISH)
    reach_goal(host, settings, now, on_step)
    sweep(host)
    on_step(PurgeStep.SEARCH)
    result = _search(host, note, phrases)
    on_step(PurgeStep.END)
    if result.note.left:
        write_note(host, result.note)
    else:
        delete_note(host, PurgeNote)
    return result


def resume_purge(host: Host, settings: Settings, now: datetime, on_step: OnStep) -> PurgeResult | None:
    """Resume a purge that was ended half way, if there is one; the caller holds the lock."""
    begun = purge_under_way(host)

    def on_publication_step(step: Step | PurgeStep) -> None:
        if isinstance(step, Step):
            on_step(step)

    return purge(host, settings, begun.id, now, on_publication_step) if begun else None


def _refuse_public(host: Host, tip: str, id_: str) -> None:
    if not is_notice_id(id_):
        raise RefusedError(f"“{printable(id_)}”不是通报的编号，应当像 2025/shili-media。")
    shown = live(host)
    if not tip or shown is None:
        raise RefusedError("还没有发布过，没有可清除的。")
    if (shown.shows(id_) or id_ in shown.waiting) and id_ not in shown.removed:
        raise RefusedError(
            f"{id_} 还公开着，或者到时会公开。\n"
            "先在它的 YAML 里写“撤回”，类型写“误发”，标题和正文换成“（已移除）”，推送，再来清除。"
        )


def _rewrite(host: Host, removal: Removal, on_step: OnPurgeStep) -> None:
    """Rewrite the history, move all refs to it and delete the old one, until no ref comes back to that."""
    note, repository = removal.note, Repository(host.repository)
    for last in range(_TIMES):
        on_step(PurgeStep.REWRITE)
        rewritten = rewrite_history(repository, removal)
        add_purged(host, note.id, [*note.blobs, *rewritten.commits])
        on_step(PurgeStep.MOVE)
        try:
            move_refs(repository, rewritten)
        except GitError:
            if last == _TIMES - 1:
                raise
            continue
        on_step(PurgeStep.FORGET)
        delete_unreachable(repository)
        if not rewritten.moves:
            return


def _clear(host: Host, phrases: Phrases) -> None:
    """Remove previews, notes and the log where they hold a phrase, and what ended runs left in the host's state."""
    shutil.rmtree(host.state / "preview", ignore_errors=True)
    host.index.unlink(missing_ok=True)
    for searched in search_files(host, phrases, apart={host.state / PurgeNote.FILE}):
        place = host.root / searched.place
        if not searched.found:
            continue
        if place.is_relative_to(host.previews) and place.parent != host.previews:
            shutil.rmtree(host.previews / place.relative_to(host.previews).parts[0], ignore_errors=True)
        elif place.is_relative_to(host.state):
            place.unlink(missing_ok=True)


def _search(host: Host, note: PurgeNote, phrases: Phrases) -> PurgeResult:
    """Search the whole host; each place found is left for people, with what to do."""
    repository, left = Repository(host.repository), []
    objects = files = 0
    gone, held = {*note.blobs, *purged_ids(host).get(note.id, ())}, []
    for searched in search_objects(repository, phrases):
        objects += 1
        if searched.found or searched.place in gone:
            held.append(searched)
    paths = blob_paths(repository, {searched.place for searched in held})
    for searched in held:
        path = paths.get(searched.place)
        mend = "请办公室改好，推送，再清除一次。" if path else _KEPT
        left.append(f"仓库里的 {printable(path or f'{searched.kind} {searched.place}')}：{mend}")
    for searched in search_files(host, phrases, apart={host.state / PurgeNote.FILE}):
        files += 1
        if searched.found:
            left.append(f"{host.root}/{printable(searched.place)}：{_advice(searched.place)}")
    return PurgeResult(replace(note, left=tuple(left)), objects, files)


def _advice(place: str) -> str:
    if place.startswith("releases/"):
        return "运行 gongkai server reconcile --rebuild，再清除一次。"
    if place.startswith("repo.git/"):
        return "不是推送来的文件，删掉它，再清除一次。"
    return "不是程序写的文件，删掉它或者改好它，再清除一次。"
