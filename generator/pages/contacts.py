"""The ways to comment on a notice, when they are answered, and whom to ask later."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from generator.contact_grammar import is_email, tel_href
from generator.model import Contact, ContactKind, Notice, NoticeSummary, Organs, Site
from generator.model.site import AfterClosing
from generator.pages.view import AnsweringView, ContactView, State, StatusView
from generator.period import Period, local
from generator.prose import office_hours

_ICONS = {
    ContactKind.PHONE: ("phone", "打电话"),
    ContactKind.FAX: ("fax", "传真"),
    ContactKind.POST: ("post", "写信"),
    ContactKind.EMAIL: ("email", "电子邮件"),
    ContactKind.WEB: ("web", "网上留言"),
    ContactKind.OTHER: ("other", "其他方式"),
}
_HOURS = re.compile(r"(?<=[0-9][:：][0-9]{2})[ ]{0,3}(?:-{1,3}|[—–~～]{1,2})[ ]{0,3}(?=[0-9]{1,2}[:：][0-9]{2})")
_BEFORE_HOUR = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9]{1,2}[:：][0-9]{2})")
# Ways to comment that have a button, before all others.
_ORDER = {"phone": 0, "web": 1}


def contact_view(contact: Contact) -> ContactView:
    """Turn one contact into words and, where it can be dialled or mailed, an address."""
    icon, label = _ICONS[contact.kind]
    details = []
    if contact.postcode:
        details.append(f"邮编 {contact.postcode}")
    if contact.addressee:
        details.append(f"收件人 {contact.addressee}")
    return ContactView(
        icon=icon,
        label=label,
        value=contact.value,
        href=_href(contact),
        host=urlsplit(contact.value).hostname or "" if contact.kind is ContactKind.WEB else "",
        hours=_BEFORE_HOUR.sub(" ", _HOURS.sub(" 至 ", contact.hours)) if contact.hours else "",
        details=tuple(details),
    )


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


def contact_views(notice: Notice, standing: StatusView, now: datetime) -> tuple[ContactView, ...]:
    """Return the ways to comment in the order of a page; none where nobody is asked to."""
    if standing.state not in {State.BEFORE, State.OPEN, State.UNTIMED}:
        return ()
    shown = [
        replace(contact_view(entry), answering=answering_hours(entry, notice.period, now)) for entry in notice.contacts
    ]
    ordered = sorted(shown, key=lambda view: _ORDER.get(view.icon, len(_ORDER)))
    first = next((view for view in ordered if view.icon in _ORDER and view.href), None)
    return tuple(replace(view, first=view is first) for view in ordered)


def whom_to_ask(notice: Notice, head: NoticeSummary, organs: Organs, site: Site) -> str:
    """Name whom to ask when comments are no longer collected; "" for a notice whose period is never over.

    The telephone is the notice's own, or the sponsor's where the notice's is old or must go with its text.
    """
    if notice.withdrawal is not None or (head.period is None and not head.collected):
        return ""
    kept = site.after_closing is AfterClosing.KEEP and not head.collected
    phone = next((one.value for one in notice.contacts if one.kind is ContactKind.PHONE), "") if kept else ""
    who = organs[notice.organ].name
    if not phone and site.phone and site.sponsor != who:
        who += f"，或者{site.sponsor or '本网站的主办单位'}"
    number = phone or site.phone
    return f"对整改还有疑问，可以找{who}{f'（电话 {number}）' if number else ''}。"


def where_to_look(notice: Notice, site: Site, standing: StatusView) -> str:
    """Say where to look where no contact was entered; empty where one was, or where nobody is asked to comment.

    The text may hold one that nobody entered.
    """
    if notice.contacts or standing.state not in {State.BEFORE, State.OPEN}:
        return ""
    asked = "；全文里也没有的，可以联系本网站的主办单位，电话在网页最下面" if site.phone else ""
    return f"联系方式没有单独列出，请看通报全文{asked}。"


def _href(contact: Contact) -> str:
    if contact.kind is ContactKind.EMAIL and is_email(contact.value):
        return f"mailto:{quote(contact.value, safe='@')}"
    if contact.kind is ContactKind.WEB:
        return contact.value
    return tel_href(contact.value) if contact.kind is ContactKind.PHONE else ""
