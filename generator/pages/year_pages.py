"""The pages of a year of the archive, and those of an organ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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


def organ_pages(key: str, organ: Organ, years: Mapping[str, Sequence[NoticeSummary]], now: datetime) -> Iterator[Page]:
    """Yield an organ's page, then one for each year where its page doesn't list all notices.

    `years` are those in which it has notices, in order.
    """
    first = organ_page(key, organ, years, now)
    yield first
    if isinstance(first.view, ListView) and first.view.years:
        yield from (organ_year_page(key, organ, year, held, years, now) for year, held in years.items())


def organ_page(key: str, organ: Organ, years: Mapping[str, Sequence[NoticeSummary]], now: datetime) -> Page:
    """List an organ's notices; where many are over, only the latest of them, with links to pages of years."""
    notices = [*chain.from_iterable(years.values())]
    parted = part(notices, now)
    many = len(parted.over) + len(parted.removed) > _OVER_SHOWN
    lead = f"公开了 {len(notices)} 份通报。"
    view = ListView(
        lead=f"{lead}已经结束的，这里只列最近的 {_OVER_SHOWN} 份，全部的按年份看。" if many else lead,
        years=tuple(
            replace(_year_link(key, year), note=f"{len(years[year])} 份") for year in reversed([*years]) if many
        ),
        facts=_facts(organ),
        notices=by_state(latest(parted, _OVER_SHOWN) if many else parted, {key: organ}, now, latest=many),
        names_organs=False,
    )
    return Page(
        address=organ_address(key),
        template="organ",
        title=organ.name,
        description=f"{organ.name}公开的通报。",
        meta=column_meta(organ.name, f"{organ.name}公开的通报", kinds_of(notices)),
        crumbs=(HOME, ORGANS),
        view=view,
        updated=_changed(notices),
        has_states=True,
    )


def organ_year_page(
    key: str, organ: Organ, year: str, notices: Sequence[NoticeSummary], years: Iterable[str], now: datetime
) -> Page:
    """List an organ's notices of a year, newest first; `years` are those in which it has any, in order."""
    title, description = f"{organ.name}{year}年的通报", f"{organ.name}{year}年公开的全部通报"
    return Page(
        address=organ_year_address(key, year),
        template="year",
        title=title,
        description=f"{description}。",
        meta=column_meta(title, description, kinds_of(notices)),
        crumbs=(HOME, ORGANS, organ_link({key: organ}, key)),
        view=ListView(
            lead=f"{year}年有 {len(notices)} 份通报，新的在前。",
            years=tuple(_year_link(key, one) for one in reversed([*years])),
            groups=by_month(notices, {key: organ}, year, now),
            names_organs=False,
        ),
        updated=_changed(notices),
        has_states=True,
    )


def _year_link(key: str, year: str) -> Link:
    return Link(text=f"{year}年", address=organ_year_address(key, year))


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
