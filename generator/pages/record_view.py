"""The finished values for templates that show the records: versions, changes between them, proofs, the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.navigation import ContentsEntry, Link


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
    """An earlier version of a notice: its interval, the version that replaced it, and its files.

    `removed` is the reason why its text is gone, "" where it is public; `contents` are the headings of the text.
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
    """One row of a proof: a text, the interval in which it was public, and its line in the ledger.

    `until` is "" where it is still public.

    `address` is its own address, "" where the address of the notice never changed.
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
    """A version in a proof: its number, its address, its digests, and those of its attachments by name.

    The name is "" where the text was removed: it may be what should not have been public.
    """

    number: int
    link: Link
    sha256: str
    sm3: str
    files: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofView:
    """The proof of a disclosure: the public texts, their addresses, their intervals, and the number of days.

    `counting` explains in sentences how the days of the period were counted.
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
    """The records of the whole site: the number of lines, the seal and the instant of the last one, and the files.

    `changed` is how often the site itself changed; `changes` are the latest, newest first: instant, line, sentences.
    """

    lines: int
    written: str
    sha256: str
    sm3: str
    links: tuple[Link, ...]
    changed: int = 0
    changes: tuple[tuple[str, int, tuple[str, ...]], ...] = ()
