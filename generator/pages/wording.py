"""Periods, counts, contacts and what happened, in the words that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlsplit

from generator.contact_grammar import is_email, tel_href
from generator.model import Contact, ContactKind, Counts, NoticeSummary, Progress
from generator.pages.contents import Mark
from generator.pages.view import ContactView
from generator.period import Period, full_date
from generator.records import LedgerEvent

MARKS = {
    Progress.DONE: Mark.DONE,
    Progress.MOSTLY: Mark.MOSTLY,
    Progress.UNDER_WAY: Mark.GOING,
    Progress.CONTINUING: Mark.GOING,
    Progress.NOT_DONE: Mark.TO_DO,
}
_EVENTS = {
    LedgerEvent.PUBLISHED: "首次公开",
    LedgerEvent.CORRECTED: "更正",
    LedgerEvent.EXTENDED: "延期",
    LedgerEvent.WITHDRAWN: "撤回",
    LedgerEvent.REMOVED: "误发移除",
    LedgerEvent.REPORTED: "公布反馈结果",
    LedgerEvent.UPDATED: "补充信息",
    LedgerEvent.TAKEN_DOWN: "撤下正文",
    LedgerEvent.SHOWN_AGAIN: "重新显示",
    LedgerEvent.MOVED: "更换网址",
    LedgerEvent.SITE_CHANGED: "网站信息变更",
}
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


def happened(event: LedgerEvent, *, collected: bool) -> str:
    """Name what a line of the ledger tells; by its first line a notice that was public elsewhere was only taken in."""
    return "收录" if collected and event is LedgerEvent.PUBLISHED else _EVENTS[event]


def period_in_words(period: Period) -> str:
    """Write a period out, with its years: for what is kept and printed."""
    return f"{full_date(period.opens)}至{full_date(period.closes)}（含当天）"


def common_kind(notices: Iterable[NoticeSummary]) -> str:
    """Return the kind of inspection of all notices, 巡察 or 巡视; "" where they differ or one says neither."""
    kinds = {notice.inspection_kind for notice in notices if not notice.text_removed}
    return kinds.pop() if len(kinds) == 1 else ""


def rectification(notices: Iterable[NoticeSummary]) -> str:
    """Name what notices tell of: 巡察整改, 巡视整改, or 整改 alone where they have no kind of inspection in common."""
    return f"{common_kind(notices)}整改"


def counts_in_words(counts: Counts) -> tuple[str, ...]:
    """Say how many groups and findings a notice has, in parts of a sentence; none where it has no findings."""
    if not counts.findings:
        return ()
    groups = (f"{counts.sections} 类",) if counts.sections > 1 else ()
    return (*groups, f"{counts.findings} 个问题")


def day_in_words(day: date | str) -> str:
    """Write a date out; words that stand for a vague date are kept."""
    return day if isinstance(day, str) else full_date(day)


def _href(contact: Contact) -> str:
    if contact.kind is ContactKind.EMAIL and is_email(contact.value):
        return f"mailto:{quote(contact.value, safe='@')}"
    if contact.kind is ContactKind.WEB:
        return contact.value
    return tel_href(contact.value) if contact.kind is ContactKind.PHONE else ""
