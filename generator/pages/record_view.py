"""What the templates receive of the records: versions, what changed between them, proofs, the ledger; as in `view`."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.contents import ContentsEntry
from generator.pages.link import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Part of a text that was changed; `kind` is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One place that was changed: the field or the heading above it, that heading's anchor or "", and what changed."""

    label: str
    anchor: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """An earlier version of a notice: when it was shown, what took its place, and what of it can be fetched.

    `removed` says why its text is gone, "" where it is there; `contents` are the headings of the text.
    """

    id: str
    title: str
    title_is_verbatim: bool
    number: int
    organ: Link
    day: str
    day_text: str
    day_label: str
    since: str
    until: str
    why: str
    newest: Link
    withdrawn: bool
    removed: str
    period: str
    contents: tuple[ContentsEntry, ...]
    attachments: tuple[Link, ...]
    forms: tuple[Link, ...]
    permanent: str
    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRow:
    """One row of a proof: what the public saw from when to when, by which line of the ledger; `until` is "" for now.

    `address` is where it stood, "" where that never changed.
    """

    since: str
    until: str
    what: str
    version: int
    address: str
    line: int
    seal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofVersion:
    """A version in a proof: its number, where it stands, its digests, and those of its attachments by name.

    The name is "" where the text was removed: it may be what should not have been public.
    """

    number: int
    link: Link
    sha256: str
    sm3: str
    files: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView:
    """What an inspection office wants to know of a disclosure: what was public, where, from when to when, for how long.

    `counting` tells, line by line, how long the period was and how that was counted.
    """

    id: str
    title: str
    organ: str
    notice: Link
    permanent: str
    facts: tuple[tuple[str, str], ...]
    stays: tuple[ProofRow, ...]
    versions: tuple[ProofVersion, ...]
    counting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """The records of the whole site: how many lines, the seal of the last one, when that was written, and the file.

    `changed` is how often the site itself changed; `changes` tell the latest, newest first: when, in which line, what.
    """

    lines: int
    written: str
    sha256: str
    sm3: str
    link: Link
    changed: int = 0
    changes: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
