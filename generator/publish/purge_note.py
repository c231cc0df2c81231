"""The note of a purge: written before anything is changed, removed when the whole host has been looked through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from generator.publish.host import Host, RefusedError, read_note, remove_note, write_note

_NAME, _IDS = "purge.json", "purged.json"
_LISTS = ("phrases", "blobs", "cleared", "closed", "shared", "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeNote:
    """A purge that is under way: what is looked for, so that whoever goes on needs nothing of what is gone already.

    `phrases` are of the removed text, `blobs` the ids of what goes; `cleared` tells
    of files beside the notice's own that go, `closed` of files that nobody can look into. With `left`, all is done but
    for these places, and the host works as ever.
    """

    id: str
    phrases: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def joined(self, other: PurgeNote) -> PurgeNote:
        """Return what both know."""
        return replace(
            self,
            phrases=_union(self.phrases, other.phrases),
            blobs=_union(self.blobs, other.blobs),
            cleared=_union(self.cleared, other.cleared),
            closed=_union(self.closed, other.closed),
        )


def note_path(host: Host) -> Path:
    """Return where the note lies."""
    return host.state / _NAME


def read_purge(host: Host) -> PurgeNote | None:
    """Return the purge that is under way or that left something, None where there is none."""
    note = read_note(note_path(host))
    if not isinstance(note.get("id"), str):
        return None
    lists = {name: tuple(map(str, note.get(name, ()))) for name in _LISTS}
    return PurgeNote(id=note["id"], **lists)


def write_purge(host: Host, note: PurgeNote) -> None:
    """Write the note, for the host's own account alone."""
    write_note(note_path(host), asdict(note))


def end_purge(host: Host) -> None:
    """Remove the note."""
    remove_note(note_path(host))


def under_way(host: Host) -> PurgeNote | None:
    """Return the purge that has begun and has not come to its end."""
    note = read_purge(host)
    return note if note and not note.left else None


def refuse_under_way(host: Host) -> None:
    """Refuse whatever would read or change what a purge is in the middle of changing."""
    note = under_way(host)
    if note:
        raise RefusedError(
            f"主机正在清除误发的 {note.id}，还没有完成。什么都没有改动。\n"
            "主机每分钟自己接着做；做完以后，请把现在的文件夹改名留着，重新 git clone 一份，再提交、推送。"
        )


def purged_ids(host: Host) -> dict[str, list[str]]:
    """Return the ids of all files and commits that were purged, by notice."""
    return read_note(host.state / _IDS)


def add_purged(host: Host, id_: str, ids: Iterable[str]) -> None:
    """Note ids that must not come back."""
    known = purged_ids(host)
    write_note(host.state / _IDS, known | {id_: sorted({*known.get(id_, []), *ids})})


def _union(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
