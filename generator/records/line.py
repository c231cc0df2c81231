"""One line of the ledger: what the public saw from an instant on, sealed and tied to the line before."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from generator.errors import GongkaiError
from generator.file_names import inside
from generator.period import SHANGHAI
from generator.records.digest import NONE, Digest, both_digests

# The line of the site's facts; no notice can have this id, because a notice's has a year.
SITE_ID = "site"
SCHEMA, _FIRST_SCHEMA = "gongkai-ledger-2", "gongkai-ledger-1"
_LATER = re.compile(r"gongkai-ledger-[1-9][0-9]{0,3}")
# No ledger is older, and what lies centuries ago has other clocks.
_FIRST_YEAR = 2000
_HEX = re.compile(r"[0-9a-f]{64}")


class LedgerEvent(StrEnum):
    """The event that a line of the ledger records, of a notice or of the site."""

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
    SITE_CHANGED = "site-changed"


class UnknownSchemaError(GongkaiError, ValueError):
    """A line of a later schema than this program knows."""


_OF_THE_SITE = frozenset({LedgerEvent.SITE_CHANGED, LedgerEvent.SHOWN_AGAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicState:
    """A notice as the public could see it, or the facts of the site (id `site`).

    `fingerprint` is of the canonical notice or facts, `files` are the attachments in the order of the notice, or the
    site's mark; `text` says whether the text itself was shown; `address` is that of its page, "" where the site had
    none.
    """

    id: str
    fingerprint: Digest
    files: tuple[Digest, ...] = ()
    opens: date | None = None
    closes: date | None = None
    text: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """From `instant` on, the public saw this `version` of a notice, or of the facts of the site.

    `number` counts the ledger's lines from 1, `version` those of the notice; `previous` is the seal of the line
    before, `seal` the digest of all else in this line. `clock_set_back` says that the clock had been ahead, so that
    this instant may lie before the last one. A line of the first schema also names its attachments: `names` are in the
    order of the alphabet, and `shown.files` go with them.
    """

    number: int
    version: int
    event: LedgerEvent
    instant: datetime
    shown: PublicState
    clock_set_back: bool = False
    previous: Digest = NONE
    seal: Digest = NONE
    schema: str = SCHEMA
    names: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the notice, or `site`."""
        return self.shown.id

    @property
    def is_first_schema(self) -> bool:
        """Whether the line was written by a program of the first schema."""
        return self.schema == _FIRST_SCHEMA

    def attached(self, names: Sequence[str]) -> dict[str, Digest]:
        """Return the attachments by name; `names` are those of the canonical notice, in its order."""
        if self.is_first_schema:
            return dict(zip(self.names, self.shown.files, strict=True))
        return dict(zip(names, self.shown.files, strict=True))

    def ordered(self, names: Sequence[str]) -> PublicState:
        """Return what was shown, the attachments in the order of `names` whatever the schema of the line."""
        known = dict(zip(self.names, self.shown.files, strict=True)) if self.is_first_schema else {}
        if not known or known.keys() != set(names):
            return self.shown
        return replace(self.shown, files=tuple(known[name] for name in names))

    def written(self) -> bytes:
        """Return the line as it stands in the file, with its line end."""
        return _dumped({**self._unsealed(), "seal": self.seal.data()})

    def sealed(self) -> LedgerLine:
        """Return the line with its seal."""
        return replace(self, seal=both_digests(_dumped(self._unsealed())))

    def _unsealed(self) -> dict[str, Any]:
        shown = self.shown
        files = [one.data() for one in shown.files]
        return {
            "schema": self.schema,
            "number": self.number,
            "id": shown.id,
            "version": self.version,
            "event": self.event.value,
            "instant": self.instant.isoformat(),
            "clock_set_back": self.clock_set_back,
            "opens": shown.opens.isoformat() if shown.opens else None,
            "closes": shown.closes.isoformat() if shown.closes else None,
            "text": shown.text,
            "address": shown.address,
            "fingerprint": shown.fingerprint.data(),
            "files": dict(zip(self.names, files, strict=True)) if self.is_first_schema else files,
            "previous": self.previous.data(),
        }


def line_of(data: dict[str, Any]) -> LedgerLine:
    """Make a line of what its JSON says; ValueError, KeyError, TypeError or AttributeError where it is none."""
    schema, files = data["schema"], data["files"]
    if schema not in {SCHEMA, _FIRST_SCHEMA}:
        raise UnknownSchemaError(schema) if _LATER.fullmatch(schema) else ValueError(schema)
    first, event = schema == _FIRST_SCHEMA, LedgerEvent(data["event"])
    of_site = data["id"] == SITE_ID and not first
    if (event is LedgerEvent.SITE_CHANGED and not of_site) or (of_site and event not in _OF_THE_SITE):
        raise ValueError(event)
    names = tuple(_safe(name, 0) for name in sorted(files)) if first else ()
    return LedgerLine(
        number=int(data["number"]),
        version=int(data["version"]),
        event=event,
        instant=_instant(data["instant"]),
        shown=PublicState(
            id=SITE_ID if of_site else _safe(data["id"], 1),
            fingerprint=_digest(data["fingerprint"]),
            files=tuple(_digest(one) for one in ([files[name] for name in names] if first else files)),
            opens=date.fromisoformat(data["opens"]) if data["opens"] else None,
            closes=date.fromisoformat(data["closes"]) if data["closes"] else None,
            text=data["text"] is True,
            address=str(data["address"]),
        ),
        clock_set_back=data["clock_set_back"] is True,
        previous=_digest(data["previous"]) if data["number"] > 1 else Digest(**data["previous"]),
        seal=_digest(data["seal"]),
        schema=schema,
        names=names,
    )


def _instant(text: str) -> datetime:
    """Read an instant of a ledger, which is always told in Shanghai's time."""
    instant = datetime.fromisoformat(text)
    if instant.utcoffset() != SHANGHAI.utcoffset(instant) or instant.year < _FIRST_YEAR:
        raise ValueError(text)
    return instant.replace(tzinfo=SHANGHAI)


def _safe(path: str, folders: int) -> str:
    """Return what becomes a part of a path: whoever wrote the ledger, it leads nowhere else."""
    if not inside(path) or path.count("/") != folders:
        raise ValueError(path)
    return path


def _digest(data: dict[str, str]) -> Digest:
    if not all(_HEX.fullmatch(value) for value in data.values()):
        raise ValueError(data)
    return Digest(**data)


def _dumped(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()
