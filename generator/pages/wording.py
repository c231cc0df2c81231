"""Periods, counts and events of the ledger, in the words that a reader sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from generator.model import Counts, NoticeSummary, Progress
from generator.pages.navigation import Mark
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


def happened(event: LedgerEvent, *, collected: bool) -> str:
    """Name the event of a line of the ledger; the first line of a notice that was public elsewhere is 收录."""
    return "收录" if collected and event is LedgerEvent.PUBLISHED else _EVENTS[event]


def period_in_words(period: Period) -> str:
    """Write a period out, with its years: for what is kept and printed."""
    return f"{full_date(period.opens)}至{full_date(period.closes)}（含当天）"


def kinds_of(notices: Iterable[NoticeSummary]) -> frozenset[str]:
    """Return the kinds of inspection of notices: 巡察, 巡视, both in one, "" of one that says neither."""
    return frozenset(notice.inspection_kind for notice in notices if not notice.text_removed)


def common_kind(kinds: Collection[str]) -> str:
    """Return the kind of inspection of all notices, 巡察 or 巡视; "" where they differ or one says neither."""
    return next(iter(kinds)) if len(kinds) == 1 else ""


def rectification(kinds: Collection[str]) -> str:
    """Name the subject: 巡察整改, 巡视整改, or 整改 alone where notices have no kind of inspection in common."""
    return f"{common_kind(kinds)}整改"


def counts_in_words(counts: Counts) -> tuple[str, ...]:
    """Say how many groups and findings a notice has, in parts of a sentence; none where it has no findings."""
    if not counts.findings:
        return ()
    groups = (f"{counts.sections} 类",) if counts.sections > 1 else ()
    return (*groups, f"{counts.findings} 个问题")


def day_in_words(day: date | str) -> str:
    """Write a date out; words that stand for a vague date are kept."""
    return day if isinstance(day, str) else full_date(day)
