"""The search page: a form that works by its address alone, and lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from generator.addresses import SEARCH_ADDRESS
from generator.model import Organ, Organs, publishing
from generator.pages import Page
from generator.pages.figures import YearFigures, organs_in
from generator.pages.list_view import Choice, SearchView
from generator.pages.lists import ARCHIVE, HOME, ORGANS, by_kind
from generator.pages.navigation import Link
from generator.pages.states import choice
from generator.pages.view import State

# A filter has the states of a notice's life always, the others where a notice is in one.
_ALWAYS = (State.OPEN, State.BEFORE, State.CLOSED)
_AT_TIMES = (State.WITHDRAWN, State.UNTIMED)


def search_page(organs: Organs, years: Sequence[YearFigures]) -> Page:
    """Make the search page over what is public; `years` are in order of year."""
    there = {state for figures in years for state in figures.states}
    states = (*_ALWAYS, *(state for state in _AT_TIMES if state in there))
    return Page(
        address=SEARCH_ADDRESS,
        template="search",
        title="搜索",
        description="按通报里的任何几个字查找通报。",
        meta=(("ColumnName", "搜索"), ("ColumnType", "信息公开")),
        crumbs=(HOME,),
        view=SearchView(
            organs=_organs(publishing(organs, organs_in(years))),
            years=tuple(Choice(value=one.year, text=f"{one.year}年") for one in reversed(years)),
            states=tuple(Choice(value=state.value, text=choice(state)) for state in states),
            links=(Link(text="看全部通报", address=ARCHIVE.address), Link(text="按单位找", address=ORGANS.address)),
        ),
        indexed=False,
        has_states=True,
        searches=True,
        search_in_header=False,
    )


def _organs(organs: Organs) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Part the organs by what they are; all its names find an organ."""
    return tuple(
        (kind.value, tuple(_choice(key, organ) for key, organ in held.items())) for kind, held in by_kind(organs)
    )


def _choice(key: str, organ: Organ) -> Choice:
    names = " ".join((organ.shown, organ.name, *(former.name for former in organ.former)))
    return Choice(value=key, text=organ.shown, names=names)
