"""The instant of a build: which notices it shows, and when the site must be made again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import chain

from generator.check import Content, PackedNotice
from generator.model import Site
from generator.model.site import AfterClosing
from generator.period import SHANGHAI, local, next_change, parse_now
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


def next_instant(content: Content, now: datetime) -> datetime | None:
    """Return when the site must be made anew: an opening, a closing, a publication, or midnight while one is open."""
    summaries = [entry.summary for entry in content.entries]
    # A withdrawn text that is still there goes with the end of its period where texts do.
    goes = content.site.after_closing is AfterClosing.TAKE_DOWN
    periods = [one.period for one in summaries if one.period is not None and (one.withdrawal is None or goes)]
    events = (datetime.combine(day, time(), SHANGHAI) for summary in summaries for day in summary.events)
    return next_change(periods, chain((summary.publishes_at for summary in summaries), events), now)


def unchanged_since(content: Content, at: BuildTime, records: Records | None) -> datetime:
    """Return an earlier instant of the same day since which the site has not changed.

    It is the midnight before, or the last publication or entry into the records after that.
    """
    midnight = datetime.combine(local(at.now), time(), SHANGHAI)
    published = (entry.summary.publishes_at for entry in content.entries)
    entered = (records.ledger.last.instant,) if records and records.ledger.last else ()
    return max(instant for instant in chain([midnight], published, entered) if instant <= at.now)


def _dated(entry: PackedNotice, records: Records | None) -> PackedNotice:
    if records is None:
        return entry
    first = first_public(records.ledger.by_id.get(entry.summary.id, ()))
    return replace(entry, summary=replace(entry.summary, first_public=first))
