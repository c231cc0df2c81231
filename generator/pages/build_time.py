"""The instant of a build: which notices it shows, and when the site must be made again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime
from itertools import chain

from generator.check import Content, PackedNotice
from generator.model import NoticeSummary, Site
from generator.pages.figures import YearFigures
from generator.period import SHANGHAI, changes_around, local, midnight, parse_now
from generator.records import Records, first_public


@dataclass(frozen=True, slots=True)
class BuildTime:
    """The instant for which a site is made; `pinned` says that someone chose it, so that no clock may correct it.

    `draft` says that nothing of the site is public.
    """

    now: datetime
    pinned: bool
    draft: bool = False


def choose_build_time(today: str | None, site: Site, clock: datetime) -> BuildTime:
    """Decide for which instant a site is made: the one asked for, the demo's, the clock's; ValueError where none is."""
    pinned = today or (site.demo_day.isoformat() if site.demo_day else None)
    return BuildTime(parse_now(pinned), pinned=True) if pinned else BuildTime(clock, pinned=False)


def preview_time(content: Content, at: BuildTime) -> BuildTime:
    """Return the time for a preview, late enough that every notice is due."""
    last = max((entry.summary.publishes_at for entry in content.entries), default=at.now)
    return replace(at, draft=True) if last <= at.now else BuildTime(last, pinned=True, draft=True)


def public_notices(content: Content, at: BuildTime, records: Records | None = None) -> tuple[PackedNotice, ...]:
    """Return the notices that are public at that instant, as of its day, in order of address.

    With `records`, those that the publication leads to, summaries have the instant of first publication.
    """
    today = local(at.now)
    shown = (entry.as_of(today) for entry in content.entries if entry.summary.publishes_at <= at.now)
    return tuple(_dated(entry, records) for entry in shown)


def notice_changes(notice: NoticeSummary, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the last instant at or before `now` at which anything shown of a notice changed, and the next one.

    `notice` is not as of a day: it has what is published about it later. The first is None until the notice is
    public, the second where nothing will change. Between two changes, no value of the notice's pages depends on the
    time.
    """
    if notice.publishes_at > now:
        return None, notice.publishes_at.astimezone(SHANGHAI)
    instants = chain([notice.publishes_at], map(midnight, notice.events))
    if notice.text_removed or (notice.period is None and notice.collected):
        return changes_around((), instants, now)
    if notice.period is not None:
        # Of a withdrawn one, too: the count of its public days goes on with its period.
        return changes_around([notice.period], instants, now)
    # Without a period, a telephone has its hours for the days of one year.
    year = local(now).year
    new_years = (midnight(date(number, 1, 1)) for number in range(year, min(year + 1, MAXYEAR) + 1))
    return changes_around((), chain(instants, new_years), now)


def next_instant(content: Content, now: datetime) -> datetime | None:
    """Return when the site must be made anew: at the next change of a notice."""
    following = (notice_changes(entry.summary, now)[1] for entry in content.entries)
    return min((instant for instant in following if instant is not None), default=None)


def unchanged_since(years: Iterable[YearFigures], at: BuildTime, records: Records | None) -> datetime:
    """Return an earlier instant of the same day since which the site has not changed.

    It is the midnight before, or the last publication or entry into the records after that.
    """
    published = (figures.published for figures in years)
    entered = (records.ledger.last.instant,) if records and records.ledger.last else ()
    return max(instant for instant in chain([midnight(local(at.now))], published, entered) if instant <= at.now)


def _dated(entry: PackedNotice, records: Records | None) -> PackedNotice:
    if records is None:
        return entry
    first = first_public(records.ledger.by_id.get(entry.summary.id, ()))
    return replace(entry, summary=replace(entry.summary, first_public=first))
