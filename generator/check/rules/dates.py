"""Rules of dates: their order, and that of events after publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.addresses import NOTICES
from generator.check.rules.places import findings
from generator.check.violation import CheckContext, Path, Violation
from generator.model import Notice
from generator.model.notice import contradictions
from generator.period import full_date, local
from generator.problems import Severity
from generator.prose import days


def date_order(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Refuse an inspection that ends before it begins, or findings before its end or after publication."""
    del context
    inspected = notice.inspection.days if notice.inspection else {}
    days = [(f"“巡察”的“{key}”", day) for key, day in inspected.items() if isinstance(day, date)]
    paths: dict[str, Path] = {f"“巡察”的“{key}”": ("巡察", key) for key in inspected}
    if notice.published is not None:
        days.append(("发布", local(notice.published)))
        paths["发布"] = ("发布",)
    elif notice.terms is not None:
        days.append(("公开期限的第一天", notice.terms.opens))
        paths["公开期限的第一天"] = ("公开期限", "开始")
    for (before, earlier), (name, day) in contradictions(days):
        yield Violation(
            path=paths[name],
            code="date-order",
            found=f"{name} {full_date(day)}",
            expected=f"不早于{before}（{full_date(earlier)}）",
            mend="核对原文，改正这两个日期中写错的一个。",
        )


def signature_date(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn where the text is signed after the day on which it is published or opens."""
    del context
    if not notice.signature:
        return
    stated = days(notice.signature[-1])
    signed = stated[-1].on() if stated else None
    day, name = local(notice.publishes_at), "发布"
    if notice.terms is not None and notice.terms.opens < day:
        day, name = notice.terms.opens, "公开期限的第一天"
    if signed is not None and signed > day:
        yield Violation(
            path=("落款", len(notice.signature) - 1),
            code="signature-late",
            found=f"落款 {full_date(signed)}",
            expected=f"不晚于{name}（{full_date(day)}）",
            mend="核对原文的落款日期和这里的“发布”“公开期限”。",
            severity=Severity.WARNING,
            needle=stated[-1].words,
        )


def later_events(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Refuse a correction, an extension, a withdrawal, an outcome or later progress from before the publication."""
    del context
    published = local(notice.publishes_at)
    for name, path, day in _events(notice):
        if day < published:
            yield Violation(
                path=path,
                code="event-before-publication",
                found=f"{name} {full_date(day)}",
                expected=f"不早于发布（{full_date(published)}）",
                mend="核对日期。发布以前的改动直接改正文，不用写在这里。",
            )


def early_outcome(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn where the outcome of the comments is given before the period is over."""
    del context
    if notice.outcome is not None and notice.period is not None and notice.outcome.on <= notice.period.closes:
        yield Violation(
            path=("反馈结果", "日期"),
            code="outcome-early",
            found=f"{full_date(notice.outcome.on)}公布反馈结果",
            expected=f"公开期限结束（{full_date(notice.period.closes)}）以后",
            mend="核对日期；还没有期满的，等期满后再公布。",
            severity=Severity.WARNING,
        )


def id_year(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Refuse a notice in the folder of another year than that of its publication."""
    del context
    published, year = local(notice.publishes_at), notice.id.partition("/")[0]
    if year != f"{published.year:04}":
        yield Violation(
            path=("发布",) if notice.published is not None else ("公开期限", "开始"),
            code="id-year",
            found=f"{full_date(published)}发布，文件却在 {year} 年的文件夹里",
            expected=f"放在 {NOTICES}{published.year}/ 里",
            mend=f"还没有公开过的，把文件移到 {NOTICES}{published.year}/；已经公开的，网址不能变，请改正日期。",
        )


def _events(notice: Notice) -> Iterator[tuple[str, Path, date]]:
    for index, extension in enumerate(notice.extensions):
        yield "延期", ("延期", index, "日期"), extension.on
    for index, correction in enumerate(notice.corrections):
        yield "更正", ("更正", index, "日期"), correction.on
    if notice.withdrawal is not None:
        yield "撤回", ("撤回", "日期"), notice.withdrawal.on
    if notice.outcome is not None:
        yield "反馈结果", ("反馈结果", "日期"), notice.outcome.on
    for path, finding in findings(notice.body):
        if finding.progress_on is not None:
            yield "进展", (*path, "进展日期"), finding.progress_on
