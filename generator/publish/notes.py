"""Notes of a host, from one run to the next: small JSON files, each one dataclass or mapping."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from generator.files import flush, replace_file
from generator.publish.host import Host, RefusedError
from generator.publish.note_values import from_json, to_json

T = TypeVar("T")


class StateNote(Protocol):
    """A note in the host's state, in a file of this name."""

    FILE: ClassVar[str]


N = TypeVar("N", bound=StateNote)


@dataclass(frozen=True, slots=True)
class PendingRef:
    """A push that was accepted: git, the process, is about to move `ref` to `new`; `spent` are the seconds by phase."""

    FILE: ClassVar[str] = "pending.json"
    ref: str
    new: str
    process: int
    spent: dict[str, float]


@dataclass(frozen=True, slots=True)
class Pin:
    """The name of a release that stays live as long as the published branch is at the commit `tip`."""

    FILE: ClassVar[str] = "pin.json"
    release: str
    tip: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A release that nobody waited for and that could not be made: when, as people read it, and why."""

    FILE: ClassVar[str] = "failed.json"
    at: str
    words: str


@dataclass(frozen=True, slots=True)
class DailyWork:
    """The last time that every file was read: in which run of the machine, and when."""

    FILE: ClassVar[str] = "daily.json"
    boot: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeNote:
    """A purge that is under way: what is looked for, so that whoever goes on needs nothing of what is gone already.

    `phrases` are of the removed text, `blobs` the ids of what goes; `cleared` names files beside the notice's own that
    go, `closed` files that nobody can look into, `shared` public files that say some of the text. With `left`, all is
    done but for these places, and the host works as ever.
    """

    FILE: ClassVar[str] = "purge.json"
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


def read_note(host: Host, kind: type[N]) -> N | None:
    """Return a note of the host's state; None where it is absent or unreadable, since each can be made again."""
    return read_note_at(host.state / kind.FILE, kind)


def write_note(host: Host, note: StateNote) -> None:
    """Write a note of the host's state, whole or not at all, and flush it to the disk."""
    write_note_at(host.state / note.FILE, note)


def delete_note(host: Host, kind: type[StateNote]) -> None:
    """Delete a note of the host's state, if it is there."""
    if (host.state / kind.FILE).exists():
        (host.state / kind.FILE).unlink()
        flush(host.state)


def read_note_at(path: Path, kind: type[T], **known: object) -> T | None:
    """Return a dataclass or a mapping from a JSON file, with fields `known` besides; None as in `read_note`."""
    try:
        return from_json(kind, json.loads(path.read_bytes()), known)
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def write_note_at(path: Path, note: object, *, without: frozenset[str] = frozenset()) -> None:
    """Write a dataclass or a mapping, but for fields `without`, whole or not at all, and flush it to the disk."""
    text = json.dumps(to_json(note, without), ensure_ascii=False, indent=1)
    replace_file(path, f"{text}\n".encode())


def purge_under_way(host: Host) -> PurgeNote | None:
    """Return the purge that has begun and has not come to its end."""
    note = read_note(host, PurgeNote)
    return note if note and not note.left else None


def refuse_during_purge(host: Host) -> None:
    """Refuse whatever would read or change what a purge is in the middle of changing."""
    note = purge_under_way(host)
    if note:
        raise RefusedError(
            f"主机正在清除误发的 {note.id}，还没有完成。什么都没有改动。\n"
            "主机每分钟自己接着做；做完以后，请把现在的文件夹改名留着，重新 git clone 一份，再提交、推送。"
        )


def purged_ids(host: Host) -> dict[str, list[str]]:
    """Return the ids of all files and commits that were purged, by notice."""
    return read_note_at(host.state / "purged.json", dict[str, list[str]]) or {}


def add_purged(host: Host, id_: str, ids: Iterable[str]) -> None:
    """Note ids that must not come back."""
    known = purged_ids(host)
    write_note_at(host.state / "purged.json", known | {id_: sorted({*known.get(id_, []), *ids})})


def read_preview_tokens(host: Host) -> dict[str, str]:
    """Return the folder of each preview by its branch."""
    return read_note_at(host.state / "previews.json", dict[str, str]) or {}


def write_preview_tokens(host: Host, tokens: dict[str, str]) -> None:
    """Note the folder of each preview by its branch."""
    write_note_at(host.state / "previews.json", tokens)


def _union(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
