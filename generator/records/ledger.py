"""The ledger: one line for each change of what the public could see, each sealed and tied to the line before."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from generator.read import inside
from generator.records.digest import NONE, Digest, RecordsError, digest

LEDGER = "ledger.jsonl"
_SCHEMA = "gongkai-ledger-1"
_HEX = re.compile(r"[0-9a-f]{64}")
_MEND = (
    "发布记录只由程序写，不能手工改，也不能合并两份。请取回原来的一份：\n"
    "  用 git 的：git fetch origin records，再到记录的文件夹里 git reset --hard origin/records；\n"
    "  没有 git 的：从主机或者最近的归档包里复制。\n"
    "哪一份是真的，看网站“归档”页上的校验值：它是最后一行的。"
)


class Happening(StrEnum):
    """What a line of the ledger says of a notice."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    EXTENDED = "extended"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    REPORTED = "reported"
    UPDATED = "updated"
    TAKEN_DOWN = "taken-down"
    SHOWN_AGAIN = "shown-again"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What the public could see of a notice.

    `fingerprint` is of the canonical notice, `files` are its attachments by name; `text` says whether the text itself
    was shown; `address` is that of its page, "" where the site had none.
    """

    id: str
    fingerprint: Digest
    files: Mapping[str, Digest] = field(default_factory=dict)
    opens: date | None
    closes: date | None
    text: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """From `instant` on, the public saw this `version` of a notice.

    `number` counts the ledger's lines from 1, `version` those of the notice; `previous` is the seal of the line
    before, `seal` the digest of all else in this line. `clock_set_back` says that the clock had been ahead, so that
    this instant may lie before the last one.
    """

    number: int
    version: int
    happening: Happening
    instant: datetime
    shown: Showing
    clock_set_back: bool = False
    previous: Digest = NONE
    seal: Digest = NONE

    @property
    def id(self) -> str:
        """The id of the notice."""
        return self.shown.id

    def written(self) -> bytes:
        """Return the line as it stands in the file, with its line end."""
        return _dumped({**self._unsealed(), "seal": self.seal.data()})

    def sealed(self) -> Line:
        """Return the line with its seal."""
        return replace(self, seal=digest(_dumped(self._unsealed())))

    def _unsealed(self) -> dict[str, Any]:
        shown = self.shown
        return {
            "schema": _SCHEMA,
            "number": self.number,
            "id": shown.id,
            "version": self.version,
            "event": self.happening.value,
            "instant": self.instant.isoformat(),
            "clock_set_back": self.clock_set_back,
            "opens": shown.opens.isoformat() if shown.opens else None,
            "closes": shown.closes.isoformat() if shown.closes else None,
            "text": shown.text,
            "address": shown.address,
            "fingerprint": shown.fingerprint.data(),
            "files": {name: one.data() for name, one in shown.files.items()},
            "previous": self.previous.data(),
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines, in order, and those of each notice."""

    lines: tuple[Line, ...] = ()
    by_id: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Ledger:
        """Put lines that are in order and sealed into a ledger."""
        listed = tuple(lines)
        held: dict[str, list[Line]] = {}
        for line in listed:
            held.setdefault(line.id, []).append(line)
        return cls(listed, {id_: tuple(own) for id_, own in held.items()})

    @property
    def head(self) -> Digest:
        """The seal of the last line, which stands for all of them."""
        return self.lines[-1].seal if self.lines else NONE

    def latest(self, id_: str) -> Line | None:
        """Return the line of a notice's newest version, whether it is shown or not; None for an unknown notice."""
        return max(self.by_id.get(id_, ()), key=lambda line: (line.version, line.number), default=None)

    def versions(self, id_: str) -> dict[int, Line]:
        """Return the first line of each version of a notice, by its number, in order."""
        first: dict[int, Line] = {}
        for line in self.by_id.get(id_, ()):
            first.setdefault(line.version, line)
        return dict(sorted(first.items()))

    def kept(self, id_: str) -> tuple[Line, ...]:
        """Return the first line of each version that may be kept: of a text that was removed, the newest alone."""
        lines = tuple(self.versions(id_).values())
        return lines[-1:] if self.is_removed(id_) else lines

    def is_removed(self, id_: str) -> bool:
        """Whether a notice's text was withdrawn as published in error: no version of it may be kept or shown."""
        return self.removed_at(id_) is not None

    def removed_at(self, id_: str) -> int | None:
        """Return the number of the line that removed a notice's text, None where it was not published in error."""
        return next((line.number for line in self.by_id.get(id_, ()) if line.happening is Happening.REMOVED), None)

    def parting(self, other: Ledger) -> int | None:
        """Return the number of the first line in which two ledgers differ, None where one is the other's beginning."""
        pairs = zip(self.lines, other.lines, strict=False)
        return next((mine.number for mine, theirs in pairs if mine.seal != theirs.seal), None)

    def written(self) -> bytes:
        """Return the whole as it stands in its file."""
        return b"".join(line.written() for line in self.lines)


def read_ledger(data: bytes, file: str = LEDGER) -> Ledger:
    """Read a ledger; RecordsError where a line is not as it was written, or does not follow from the line before."""
    lines: list[Line] = []
    versions: dict[str, int] = {}
    if data and not data.endswith(b"\n"):
        raise _broken(file, data.count(b"\n") + 1, "这一行没有写完，或者结尾被删掉了")
    for number, raw in enumerate(data.splitlines(keepends=True), 1):
        line = _line(raw, file, number)
        before = lines[-1] if lines else None
        if line.number != number or line.previous != (before.seal if before else NONE):
            raise _broken(file, number, "接不上前一行：有行被删掉、插进来或者调换过，或者两份记录被合到了一起")
        if before and line.instant < before.instant and not line.clock_set_back:
            raise _broken(file, number, "比前一行还早")
        if not 1 <= line.version <= versions.get(line.id, 0) + 1:
            raise _broken(file, number, f"{line.id} 的版本跳了号")
        versions[line.id] = max(line.version, versions.get(line.id, 0))
        lines.append(line)
    return Ledger.of(lines)


def _line(raw: bytes, file: str, number: int) -> Line:
    if raw.startswith((b"<<<<<<<", b"=======", b">>>>>>>")):
        raise _broken(file, number, "这里是 git 合并时留下的标记：两份记录被合到了一起")
    try:
        line = _made(json.loads(raw))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _broken(file, number, "这一行不是发布记录，或者被改坏了") from error
    if line.sealed() != line or line.written() != raw:
        raise _broken(file, number, "这一行被改动过，和它自己的校验值对不上")
    return line


def _made(data: dict[str, Any]) -> Line:
    if data["schema"] != _SCHEMA:
        raise ValueError(data["schema"])
    return Line(
        number=int(data["number"]),
        version=int(data["version"]),
        happening=Happening(data["event"]),
        instant=datetime.fromisoformat(data["instant"]),
        shown=Showing(
            id=_safe(data["id"], 1),
            fingerprint=_digest(data["fingerprint"]),
            files={_safe(name, 0): _digest(one) for name, one in data["files"].items()},
            opens=date.fromisoformat(data["opens"]) if data["opens"] else None,
            closes=date.fromisoformat(data["closes"]) if data["closes"] else None,
            text=data["text"] is True,
            address=str(data["address"]),
        ),
        clock_set_back=data["clock_set_back"] is True,
        previous=_digest(data["previous"]) if data["number"] > 1 else Digest(**data["previous"]),
        seal=_digest(data["seal"]),
    )


def _safe(path: str, folders: int) -> str:
    """Return what becomes a part of a path: whoever wrote the ledger, it leads nowhere else."""
    if not inside(path) or path.count("/") != folders:
        raise ValueError(path)
    return path


def _digest(data: dict[str, str]) -> Digest:
    if not all(_HEX.fullmatch(value) for value in data.values()):
        raise ValueError(data)
    return Digest(**data)


def _broken(file: str, number: int, why: str) -> RecordsError:
    return RecordsError(f"{file} 第 {number} 行：{why}。\n{_MEND}")


def _dumped(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
