"""The search page: a form that works by its address alone, and lists to choose from."""

from __future__ import annotations

from generator.addresses import SEARCH_ADDRESS
from generator.check import Content
from generator.model import Organ, Organs, publishing
from generator.pages import BuildTime, Page, public_notices
from generator.pages.list_view import Choice, SearchView
from generator.pages.lists import ARCHIVE, HOME, ORGANS, by_kind
from generator.pages.navigation import Link
from generator.pages.states import choice, state_of
from generator.pages.view import State
from generator.records import Records

# A filter has the states of a notice's life always, the others where a notice is in one.
_ALWAYS = (State.OPEN, State.BEFORE, State.CLOSED)
_AT_TIMES = (State.WITHDRAWN, State.UNTIMED)


def search_page(content: Content, at: BuildTime, records: Records | None = None) -> Page:
    """Make the search page over what is public at the moment."""
    notices = [entry.summary for entry in public_notices(content, at, records)]
    there = {state_of(notice, at.now) for notice in notices}
    states = (*_ALWAYS, *(state for state in _AT_TIMES if state in there))
    return Page(
        address=SEARCH_ADDRESS,
        template="search",
        title="搜索",
        description="按通报里的任何几个字查找通报。",
        meta=(("ColumnName", "搜索"), ("ColumnType", "信息公开")),
        crumbs=(HOME,),
        view=SearchView(
            organs=_organs(publishing(content.organs, notices)),
            years=tuple(
                Choice(value=year, text=f"{year}年")
                for year in sorted({notice.year for notice in notices}, reverse=True)
            ),
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
