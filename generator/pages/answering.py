"""When a telephone is answered, as data for the script: a page that nobody rebuilt would soon be wrong about it."""

from __future__ import annotations

from datetime import date, datetime

from generator.model import Contact, ContactKind
from generator.pages.view import AnsweringView
from generator.period import Period, local
from generator.prose import office_hours


def answering_hours(contact: Contact, period: Period | None, now: datetime) -> AnsweringView | None:
    """Return when a telephone is answered on the days of the period, or without one of the year of `now`.

    None where its hours are not known for certain.
    """
    hours = office_hours(contact.hours or "") if contact.kind is ContactKind.PHONE else None
    if hours is None:
        return None
    year = local(now).year
    days = period or Period(date(year, 1, 1), date(year, 12, 31))
    each = map(date.fromordinal, range(days.opens.toordinal(), days.closes.toordinal() + 1))
    return AnsweringView(
        since=days.opens.isoformat(),
        days="".join(hours.on(day) for day in each),
        spans=" ".join(f"{first}-{last}" for first, last in hours.spans),
    )
