"""What the templates receive: finished values, nothing left to compute or to check.

Addresses are relative to the root of the site ("" is the home page); dates are ISO where a machine reads
them and Chinese where a person does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What a reader may do with a notice now."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    UNTIMED = "untimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words and where they lead; `note` stands beside them."""

    text: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """Where a notice stands today, in words, and what a script needs to bring it up to date.

    `workdays` are the working days of the period as ISO days parted by blanks.
    """

    state: State
    tag: str
    sentence: str
    moment: str = ""
    as_of: str = ""
    urgent: bool = False
    opens: str = ""
    closes: str = ""
    workdays: str = ""
    provisional: bool = False
    opens_text: str = ""
    closes_text: str = ""
    extended: str = ""
    elapsed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """One way to comment; `href` is empty where nothing can be dialled or mailed.

    `icon` is phone, fax, post, email or other.
    """

    icon: str
    label: str
    value: str
    href: str = ""
    hours: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One heading of the text with those below it; `summary` counts its findings."""

    text: str
    anchor: str
    kind: str
    summary: str = ""
    progress: str = ""
    below: tuple[Contents, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that the source gives, what it counts and its unit."""

    number: str
    label: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a notice after it was first public."""

    day: str
    day_text: str
    kind: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A notice in a list."""

    title: str
    address: str
    organ: Link
    day: str
    day_text: str
    status: StatusView
    counts: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A notice's page around its text; `title_is_verbatim` says whether the title is the notice's own."""

    id: str
    title: str
    title_is_verbatim: bool
    organ: Link
    day: str
    day_text: str
    status: StatusView
    contacts: tuple[ContactView, ...]
    inspection: str
    figures: tuple[Figure, ...]
    progress: tuple[Figure, ...]
    contents: tuple[Contents, ...]
    events: tuple[Event, ...]
    outcome: Event | None
    withdrawal: Event | None
    removed: str
    attachments: tuple[Link, ...]
    forms: tuple[Link, ...]
    permanent: str
    fingerprint: str
    official: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page: what is open, what is to come, what is over."""

    open: tuple[Card, ...]
    upcoming: tuple[Card, ...]
    closed: tuple[Card, ...]
    none_open: str
    total: str
    archive: Link
    years: tuple[Link, ...]
    organs: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of notices: the archive, a year of it, or an organ's; `facts` says what is known of the organ."""

    lead: str
    cards: tuple[Card, ...]
    years: tuple[Link, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    organs: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseView:
    """A page of staff Markdown, or one that only leads elsewhere."""

    lead: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """What stands in place of a broken notice in the preview."""

    file: str
    report: str


View = HomeView | NoticeView | ListView | ProseView | ProblemView


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page of the site shows around its own content.

    `address` is the site's public address or "" where none is known; `pinned` is the day to which the site is fixed,
    or "" where it goes by the reader's clock.
    """

    name: str
    address: str
    navigation: tuple[Link, ...]
    facts: tuple[tuple[str, str, str], ...]
    banner: str
    pinned: str
