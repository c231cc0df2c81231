"""The pages of a year of the archive, and those of an organ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain

from generator.addresses import archive_address, organ_address, organ_year_address
from generator.model import NoticeSummary, Organ, Organs
from generator.pages.figures import latest, part
from generator.pages.list_view import ListView
from generator.pages.lists import ARCHIVE, HOME, ORGANS, by_month, by_state, column_meta, organ_link
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.wording import kinds_of
from generator.period import full_date

_OVER_SHOWN = 50


def year_page(year: str, notices: Sequence[NoticeSummary], years: Iterable[str], organs: Organs, now: datetime) -> Page:
    """List a year's notices, newest first; `years` are all that have notices, in order."""
    return Page(
        address=archive_address(year),
        template="year",
        title=f"{year}年的通报",
        description=f"{year}年的全部通报。",
        meta=column_meta(f"{year}年的通报", f"{year}年的全部通报", kinds_of(notices)),
        crumbs=(HOME, ARCHIVE),
        view=ListView(
            lead=f"{year}年有 {len(notices)} 份通报，新的在前。",
            # Without numbers: a notice of one year changes no other year's page.
            years=tuple(Link(text=f"{one}年", address=archive_address(one)) for one in reversed([*years])),
            groups=by_month(notices, organs, year, now),
        ),
        updated=_changed(notices),
        has_states=True,
    )


def organ_pages(key: str, organ: Organ, years: Mapping[str, Sequence[NoticeSummary]], now: datetime) -> list[Page]:
    """List an organ's notices; where many are over, the latest on its own page, and all on a page for each year.

    `years` are those in which it has notices, in order.
    """
    notices = [*chain.from_iterable(years.values())]
    parted = part(notices, now)
    many = len(parted.over) + len(parted.removed) > _OVER_SHOWN
    lead = f"公开了 {len(notices)} 份通报。"
    first = Page(
        address=organ_address(key),
        template="organ",
        title=organ.name,
        description=f"{organ.name}公开的通报。",
        meta=column_meta(organ.name, f"{organ.name}公开的通报", kinds_of(notices)),
        crumbs=(HOME, ORGANS),
        view=ListView(
            lead=f"{lead}已经结束的，这里只列最近的 {_OVER_SHOWN} 份，全部的按年份看。" if many else lead,
            years=_years(key, years, numbers=True) if many else (),
            facts=_facts(organ),
            notices=by_state(latest(parted, _OVER_SHOWN) if many else parted, {key: organ}, now, latest=many),
            names_organs=False,
        ),
        updated=_changed(notices),
        has_states=True,
    )
    return [first, *(_organ_year(key, organ, year, years, now) for year in years if many)]


def _organ_year(key: str, organ: Organ, year: str, years: Mapping[str, Sequence[NoticeSummary]], now: datetime) -> Page:
    notices, title = years[year], f"{organ.name}{year}年的通报"
    return Page(
        address=organ_year_address(key, year),
        template="year",
        title=title,
        description=f"{organ.name}{year}年公开的全部通报。",
        meta=column_meta(title, f"{organ.name}{year}年公开的全部通报", kinds_of(notices)),
        crumbs=(HOME, ORGANS, organ_link({key: organ}, key)),
        view=ListView(
            lead=f"{year}年有 {len(notices)} 份通报，新的在前。",
            years=_years(key, years, numbers=False),
            groups=by_month(notices, {key: organ}, year, now),
            names_organs=False,
        ),
        updated=_changed(notices),
        has_states=True,
    )


def _years(key: str, years: Mapping[str, Collection[NoticeSummary]], *, numbers: bool) -> tuple[Link, ...]:
    return tuple(
        Link(text=f"{year}年", address=organ_year_address(key, year), note=f"{len(years[year])} 份" if numbers else "")
        for year in reversed([*years])
    )


def _facts(organ: Organ) -> tuple[tuple[str, str], ...]:
    facts = [("类型", organ.kind.value)]
    if organ.parent:
        facts.append(("隶属", organ.parent))
    for former in organ.former:
        since = full_date(former.since) if former.since else ""
        until = full_date(former.until) if former.until else ""
        span = f"（{since}至{until}）" if since or until else ""
        facts.append(("曾用名", former.name + span))
    return tuple(facts)


def _changed(notices: Iterable[NoticeSummary]) -> date:
    return max(notice.changed_on for notice in notices)
