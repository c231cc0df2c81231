"""The history of one notice in the records: its lines, and its versions one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from generator.model import Notice
from generator.records.line import LedgerLine
from generator.records.site_facts import SiteChange
from generator.records.store import Records
from generator.records.visibility import first_public


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a notice: its first line, the instant since which another was shown, and the notice itself.

    `until` is None while it is shown; `notice` is None where the text was removed as published in error.
    """

    line: LedgerLine
    until: datetime | None
    notice: Notice | None


@dataclass(frozen=True, slots=True)
class History:
    """The lines of a notice, oldest first, and its versions by number; the last version is the newest.

    `site_changes` are the changes of the site's facts since the notice was first public.
    """

    lines: tuple[LedgerLine, ...] = ()
    versions: tuple[Version, ...] = ()
    site_changes: tuple[SiteChange, ...] = ()

    @property
    def superseded(self) -> tuple[Version, ...]:
        """The versions that are no longer the newest."""
        return self.versions[:-1]

    @property
    def first_public(self) -> datetime | None:
        """The instant of its first line, None where nothing is on record."""
        return first_public(self.lines)


NO_HISTORY = History()


def withdrawn(past: History, newest: Notice) -> frozenset[int]:
    """Return the versions that say that the notice was taken back; `newest` stands for one whose text is not read."""
    return frozenset(one.line.version for one in past.versions if (one.notice or newest).withdrawal is not None)


def history(records: Records, id_: str) -> History:
    """Return what the records tell of a notice; the text of a single version is not read, it is at hand elsewhere."""
    own = records.ledger.by_id.get(id_, ())
    first = records.ledger.versions(id_)
    told = len(first) > 1 and not records.ledger.is_removed(id_)
    return History(
        own,
        tuple(Version(line, _until(own, line), records.notice(line) if told else None) for line in first.values()),
        tuple(change for change in records.site_changes if own and change.line.number > own[0].number),
    )


def _until(own: tuple[LedgerLine, ...], first: LedgerLine) -> datetime | None:
    """Return since when another version was shown, None where this one is shown still."""
    if own[-1].version == first.version:
        return None
    last = max(line.number for line in own if line.version == first.version)
    return next(line.instant for line in own if line.number > last)
