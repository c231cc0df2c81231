"""A page of the site before any engine has seen it, and what stands around each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.pages.blocks import Block
from generator.pages.link import Link
from generator.pages.list_view import HomeView, ListView, SearchView
from generator.pages.record_view import ProofView, VersionView
from generator.pages.view import NoticeView, ProblemView, ProseView

View = HomeView | NoticeView | VersionView | ProofView | ListView | ProseView | SearchView | ProblemView


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: where it stands, what it is called, its finished values and its text.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a site looks: its lead colour, and that of its header on light and on dark screens, as `#rrggbb`.

    `styles` and `mark` are the addresses of an office's own style sheet and picture, "" where it has none; `mark_side`
    is how many pixels wide and high that is.
    """

    lead: str
    bands: tuple[str, str]
    styles: str
    mark: str
    mark_side: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page of the site shows around its own content.

    `address` is the site's public address or "" where none is known; `pinned` is the day to which the site is fixed,
    or "" where it goes by the reader's clock; `words` are those of the states, for the scripts.
    """

    name: str
    address: str
    navigation: tuple[Link, ...]
    facts: tuple[tuple[str, str, str], ...]
    banner: str
    pinned: str
    words: str
    face: Face

    @property
    def sections(self) -> tuple[Link, ...]:
        """The navigation without the home page, to which the site's name leads."""
        return self.navigation[1:]

    def title_of(self, page: Page) -> str:
        """Return the title of a page as a browser's window shows it."""
        return f"{page.title}_{self.name}" if page.address else page.title
