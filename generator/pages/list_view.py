"""The finished values for the templates of lists: the home page, the archive, organs, and the search."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages.navigation import Link
from generator.pages.record_view import LedgerView
from generator.pages.view import Figure, StatusView


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A notice in a list; `made` is the word after its day, 发布 or 公开."""

    title: str
    address: str
    organ: Link
    day: str
    day_text: str
    made: str
    status: StatusView
    counts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ByState:
    """Notices by what a reader may do with them now: comment, wait, or read."""

    open: tuple[Card, ...]
    upcoming: tuple[Card, ...]
    over: tuple[Card, ...]
    none_open: str
    over_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Part of a list under a heading of its own: notices, or links."""

    title: str
    anchor: str
    note: str = ""
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBar:
    """A year and how many notices it has, with a bar of 0 to 100 units."""

    link: Link
    number: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page: recent notices by state, the figures of the site, and the ways to the rest.

    `question` is the heading and `lead` the sentence below it; an office may have its own.
    """

    question: str
    lead: str
    notices: ByState
    figures: tuple[Figure, ...]
    years: tuple[YearBar, ...]
    kinds: tuple[Group, ...]
    archive: Link
    organs: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A list of notices or organs: the archive, a year of it, all organs, one organ, a year of that.

    `facts` tells of the organ; `names_organs` says whether each notice is listed with the name of its organ.
    """

    lead: str
    years: tuple[Link, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    notices: ByState | None = None
    groups: tuple[Group, ...] = ()
    kinds: tuple[Group, ...] = ()
    ledger: LedgerView | None = None
    names_organs: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option of a search form; `names` are all words for it."""

    value: str
    text: str
    names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search page: its filters, and links for a browser that cannot search."""

    organs: tuple[tuple[str, tuple[Choice, ...]], ...]
    years: tuple[Choice, ...]
    states: tuple[Choice, ...]
    links: tuple[Link, ...]
