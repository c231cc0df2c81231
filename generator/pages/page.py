"""A page of the site as values: its address, its title, its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.pages.blocks import Block
from generator.pages.list_view import HomeView, ListView, SearchView
from generator.pages.navigation import Link
from generator.pages.record_view import ProofView, VersionView
from generator.pages.view import NoticeView, ProblemView, ProseView

View = HomeView | NoticeView | VersionView | ProofView | ListView | ProseView | SearchView | ProblemView


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page: its address, its title, the finished values for its template, and its text.

    `address` is relative to the root of the site and ends in "/", or is "" for the home page, or "404.html".
    `template` names the template of theme and export; `meta` holds the government's meta tags; `blocks` is a notice's
    text, `prose` the checked Markdown of staff; `updated` is for the sitemap, None keeps the page out of it;
    `outside` are the foreign addresses that its prose or its contacts link to.

    `published` is the ISO day of an article; search engines list a page that is `indexed`, messengers preview one that
    is `shared`; `has_states` says that scripts keep states of notices on it true, `searches` that it is the search, and
    `search_in_header` that its body has no search.
    """

    address: str
    template: str
    title: str
    description: str
    meta: tuple[tuple[str, str], ...]
    crumbs: tuple[Link, ...]
    view: View
    blocks: tuple[Block, ...] = ()
    prose: str = ""
    updated: date | None = None
    outside: frozenset[str] = frozenset()
    verbatim: str = ""
    published: str = ""
    indexed: bool = True
    shared: bool = True
    has_states: bool = False
    searches: bool = False
    search_in_header: bool = True

    @property
    def path(self) -> str:
        """The file of the page below the site's folder."""
        return self.address if self.address.endswith(".html") else f"{self.address}index.html"
