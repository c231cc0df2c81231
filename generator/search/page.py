"""The search page: a form that works by its address alone, and lists to choose from."""

from __future__ import annotations

from generator.check import Content
from generator.model import Headline
from generator.model.site import OrganKind
from generator.pages import Moment, Page, public
from generator.pages.lists import ARCHIVE, HOME, ORGANS
from generator.pages.view import Choices, Link, SearchView, State

# In the order of a notice's life; a notice without a period, or withdrawn, is the exception.
_ALWAYS = ((State.OPEN, "公开中"), (State.BEFORE, "即将公开"), (State.CLOSED, "已结束"))


def search_page(content: Content, at: Moment) -> Page:
    """Make the search page over what is public at the moment."""
    notices = [entry.headline for entry in public(content, at)]
    return Page(
        address="search/",
        template="search",
        title="搜索",
        description="按通报里的任何几个字查找通报。",
        meta=(("ColumnName", "搜索"), ("ColumnType", "信息公开")),
        crumbs=(HOME,),
        view=SearchView(
            organs=_organs(content, {notice.organ for notice in notices}),
            years=tuple(sorted({notice.year for notice in notices}, reverse=True)),
            states=_states(notices),
            links=(
                Link(text="按年份找", address=ARCHIVE.address),
                Link(text="按单位找", address=ORGANS.address),
            ),
        ),
    )


def _organs(content: Content, publishing: set[str]) -> tuple[Choices, ...]:
    """Part the organs that have notices by what they are; a former name finds an organ too."""
    groups = []
    for kind in OrganKind:
        held = {key: organ for key, organ in content.organs.items() if organ.kind is kind and key in publishing}
        if held:
            groups.append(
                Choices(
                    label=kind.value,
                    options=tuple((key, organ.shown) for key, organ in held.items()),
                    names={
                        key: " ".join((organ.name, *(former.name for former in organ.former)))
                        for key, organ in held.items()
                    },
                )
            )
    return tuple(groups)


def _states(notices: list[Headline]) -> tuple[tuple[str, str], ...]:
    found = [(state.value, words) for state, words in _ALWAYS]
    if any(notice.withdrawal for notice in notices):
        found.append((State.WITHDRAWN.value, "已撤回"))
    if any(notice.period is None and not notice.withdrawal for notice in notices):
        found.append((State.UNTIMED.value, "没有写明期限"))
    return tuple(found)
