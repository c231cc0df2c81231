"""Dates, status and contacts in the words that a reader sees."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import quote

from generator.model import Contact, ContactKind, Counts, Headline, Progress
from generator.pages.view import ContactView, Mark, State, StatusView
from generator.period import Left, Period, Status, full_date, local, month_day, with_weekday, workdays_in
from generator.records import Happening

URGENT_WORKDAYS = 3
MARKS = {
    Progress.DONE: Mark.DONE,
    Progress.MOSTLY: Mark.MOSTLY,
    Progress.UNDER_WAY: Mark.GOING,
    Progress.CONTINUING: Mark.GOING,
    Progress.NOT_DONE: Mark.TO_DO,
}
HAPPENINGS = {
    Happening.PUBLISHED: "首次公开",
    Happening.CORRECTED: "更正",
    Happening.EXTENDED: "延期",
    Happening.WITHDRAWN: "撤回",
    Happening.REMOVED: "误发移除",
    Happening.REPORTED: "公布反馈结果",
    Happening.UPDATED: "补充信息",
    Happening.TAKEN_DOWN: "撤下正文",
    Happening.SHOWN_AGAIN: "重新显示",
    Happening.MOVED: "更换网址",
    Happening.SITE_CHANGED: "网站信息变更",
}
_ICONS = {
    ContactKind.PHONE: ("phone", "打电话"),
    ContactKind.FAX: ("fax", "传真"),
    ContactKind.POST: ("post", "写信"),
    ContactKind.EMAIL: ("email", "电子邮件"),
    ContactKind.OTHER: ("other", "其他方式"),
}
_NOT_DIALLED = re.compile(r"[^0-9+]{1,20}")
# One number that a telephone can dial: area code, mobile, service number or hotline, and an extension after it.
_TELEPHONE = re.compile(
    r"(?P<number>(?:\+?86[ -]?)?(?:[（(]0[0-9]{2,3}[）)] ?|0[0-9]{2,3}[ -]?)?[0-9]{7,8}|(?:\+?86[ -]?)?1[0-9]{10}"
    r"|[48]00-?[0-9]{3,4}-?[0-9]{3,4}|[0-9]{5})(?: ?(?:转|-|－|转分机|分机) ?(?P<extension>[0-9]{1,6}))?"
)
# Within China a number is dialled without the country's code, and with its area's 0.
_HOME_CODE = re.compile(r"^\+?86(?=0[0-9]{9,11}$|1[0-9]{10}$)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")
_HOURS = re.compile(r"(?<=[0-9][:：][0-9]{2})[ ]{0,3}(?:-{1,3}|[—–~～]{1,2})[ ]{0,3}(?=[0-9]{1,2}[:：][0-9]{2})")
_BEFORE_HOUR = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9]{1,2}[:：][0-9]{2})")


def status(notice: Headline, now: datetime) -> StatusView:
    """Say where a notice stands at the aware instant `now`."""
    if notice.withdrawal is not None:
        when = full_date(notice.withdrawal.on)
        return StatusView(
            state=State.WITHDRAWN,
            tag="已撤回",
            sentence=f"这份通报已于{when}撤回。",
            brief=f"{near(notice.withdrawal.on, local(now))}撤回",
        )
    period = notice.period
    if period is None and notice.collected:
        return StatusView(state=State.CLOSED, tag="已结束", sentence="这份通报以前公开过，现在供查阅，不再收集意见。")
    if period is None:
        return StatusView(state=State.UNTIMED, tag="已公开", sentence="这份通报没有写明公开期限。")
    where = period.status(now)
    left = period.left(now)
    tag, sentence = _words(period, where, left, now)
    # By the period alone, not by today: these words stand on an open page while years change.
    year = "" if period.closes.year == period.opens.year else f"{period.closes.year}年"
    return StatusView(
        state=State(where.value),
        tag=tag,
        sentence=sentence,
        figure=str(left.workdays or left.days) if left and left.days > 1 else "",
        brief=_brief(period, where, local(now)),
        moment=f"{year}{with_weekday(period.closes)} 23:59 截止",
        as_of=_as_of(left, local(now)) if left else "",
        urgent=left is not None and left.workdays <= URGENT_WORKDAYS,
        opens=period.opens.isoformat(),
        closes=period.closes.isoformat(),
        workdays=" ".join(day.isoformat() for day in workdays_in(period.opens, period.closes)),
        provisional=period.length().provisional,
        opens_text=month_day(period.opens),
        closes_text=near(period.closes, period.opens),
        postponed=_postponed(notice),
        extended=_extended(notice),
        elapsed=_elapsed(period, local(now)),
    )


def contact(contact: Contact) -> ContactView:
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
        hours=_BEFORE_HOUR.sub(" ", _HOURS.sub(" 至 ", contact.hours)) if contact.hours else "",
        details=tuple(details),
    )


def dialled(value: str) -> str:
    """Return the address that dials a number, or "" where the value isn't one number."""
    telephone = _TELEPHONE.fullmatch(value)
    if telephone is None:
        return ""
    number = _HOME_CODE.sub("", _NOT_DIALLED.sub("", telephone["number"]))
    # A comma makes a telephone wait before it dials on.
    extension = f",{telephone['extension']}" if telephone["extension"] else ""
    return f"tel:{number}{extension}"


def over_in_words(period: Period, *, kept: bool) -> str:
    """Say how long a period was, once it is over, and what becomes of the text."""
    opens, closes = (month_day, month_day) if period.opens.year == period.closes.year else (full_date, full_date)
    length = period.length()
    workdays = "" if length.provisional else f"（{length.workdays_with_first} 个工作日）"
    rest = "通报全文继续保留。" if kept else "正文按规定撤下。"
    days = f"从{opens(period.opens)}到{closes(period.closes)}" if period.opens < period.closes else opens(period.opens)
    span = f"{days}，公开了 {length.calendar_days} 天{workdays}。"
    return f"{span}现在不再收集意见，{rest}"


def near(day: date, today: date) -> str:
    """Name a day as people do: the year only where it isn't this one."""
    return month_day(day) if day.year == today.year else full_date(day)


def period_in_words(period: Period) -> str:
    """Write a period out, with its years: for what is kept and printed."""
    return f"{full_date(period.opens)}至{full_date(period.closes)}（含当天）"


def counts_in_words(counts: Counts) -> str:
    """Say how many groups and findings a notice has; empty where it has no findings."""
    if not counts.findings:
        return ""
    groups = f"{counts.sections} 类，" if counts.sections > 1 else ""
    return f"{groups}{counts.findings} 个问题"


def day_in_words(day: date | str) -> str:
    """Write a date out; words that stand for a vague date are kept."""
    return day if isinstance(day, str) else full_date(day)


def _words(period: Period, where: Status, left: Left | None, now: datetime) -> tuple[str, str]:
    if left is None:
        if where is Status.BEFORE:
            return "即将公开", f"{near(period.opens, local(now))} 0:00 开始"
        return "已结束", f"公开于{near(period.closes, local(now))}结束"
    if left.days == 1:
        return "今天截止", "今天 23:59 截止"
    if not left.workdays:
        return "公开中", f"还剩 {left.days} 天，都是休息日"
    return "公开中", f"还剩 {left.workdays} 个工作日"


def _brief(period: Period, where: Status, today: date) -> str:
    if where is Status.BEFORE:
        return f"{near(period.opens, today)}开始"
    return f"{near(period.closes, today)}{'截止' if where is Status.OPEN else '结束'}"


def _as_of(left: Left, today: date) -> str:
    if left.days == 1:
        return ""
    words = f"含{month_day(today)}当天，连休息日 {left.days} 天"
    return f"{words}；放假安排还没有公布，暂按周一至周五计算" if left.provisional else words


def _postponed(notice: Headline) -> str:
    announced = notice.announced
    return f"原定{month_day(announced.closes)}截止" if announced and announced != notice.period else ""


def _extended(notice: Headline) -> str:
    postponed = _postponed(notice)
    if not postponed or notice.period is None:
        return ""
    return f"{postponed}，延长到{month_day(notice.period.closes)}。原因：{notice.extension_reason}"


def _elapsed(period: Period, today: date) -> int:
    """Share of the period that is over, in hundredths."""
    days = (min(max(today, period.opens), period.closes) - period.opens).days
    return round(100 * days / max(1, (period.closes - period.opens).days))


def _href(contact: Contact) -> str:
    if contact.kind is ContactKind.EMAIL and _EMAIL.fullmatch(contact.value):
        return f"mailto:{quote(contact.value, safe='@')}"
    return dialled(contact.value) if contact.kind is ContactKind.PHONE else ""
