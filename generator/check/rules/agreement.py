"""Rules of agreement: what the prose says of period and inspection is what the fields say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.check.rules.period import counts, measured
from generator.check.rules.places import Places, joined, opening, opening_and_closing, where
from generator.check.violation import Path, Violation
from generator.model import Notice
from generator.period import Length, full_date
from generator.problems import Severity
from generator.prose import StatedPeriod, inspection, periods

_FIELD_OR_TEXT = "对照批准的原文：字段错了改字段，录入错了改正文。"


def stated_period(notice: Notice, words: Places) -> Iterator[Violation]:
    """Refuse a period in opening or closing prose that is not the announced one; warn of one that has no field."""
    announced, length = notice.announced_period, measured(notice.announced_period)
    for path, text in opening_and_closing(notice, words):
        if "期" not in text and "时间" not in text and "止" not in text:
            continue
        for stated in periods(text, announced.opens.year if announced else None):
            if announced is None:
                yield _without_field(path, stated)
                continue
            for key, said, field in (
                ("开始", stated.opens, announced.opens),
                ("结束", stated.closes, announced.closes),
            ):
                if said is not None and said != field:
                    yield _differs(("公开期限", key), "period-differs", full_date(field), full_date(said), stated.words)
            if stated.workdays is not None and length is not None:
                yield from _workdays(notice, path, stated, length)


def stated_inspection(notice: Notice, words: Places) -> Iterator[Violation]:
    """Refuse dates and teams that are not those of the opening paragraphs; vague dates are left to the eye."""
    del words
    if notice.inspection is None:
        return
    beginning = opening(notice)
    text = joined(beginning)
    said, field = inspection(text), notice.inspection
    for key, stands, stated in (
        ("开始", said.begins, said.range_words),
        ("结束", said.ends, said.range_words),
        ("反馈", said.findings_on, said.findings_words),
    ):
        value = {"开始": field.begins, "结束": field.ends, "反馈": field.findings_on}[key]
        if isinstance(stands, date) and isinstance(value, date) and stands != value:
            yield _differs(("巡察", key), "inspection-differs", full_date(value), full_date(stands), stated)
    for index, team in enumerate(field.teams):
        if said.teams and team not in text:
            yield _differs(
                ("巡察", "巡察组", index), "inspection-differs", team, "、".join(said.teams), "、".join(said.teams)
            )
    missing = [
        team for team in said.teams if field.teams and not any(team in one or one in team for one in field.teams)
    ]
    if missing:
        yield _unlisted(where(beginning, missing[0]), missing)
    if field.authority and said.authority and field.authority not in text:
        yield _differs(
            ("巡察", "机关"), "inspection-differs", field.authority, said.authority, said.authority, Severity.WARNING
        )


def _unlisted(path: Path, teams: list[str]) -> Violation:
    return Violation(
        path=path,
        code="team-unlisted",
        found=f"“{'”“'.join(teams)}”不在“巡察组”里",
        expected="正文提到的组都列出",
        mend="在“巡察”的“巡察组”下补一条。",
        severity=Severity.WARNING,
        needle=teams[0],
    )


def _without_field(path: Path, stated: StatedPeriod) -> Violation:
    return Violation(
        path=path,
        code="period-unlisted",
        found=f"正文写着“{stated.words}”，却没有“公开期限”这一项",
        expected="有“公开期限”，网页才能显示是否还在公开",
        mend="补上“公开期限”和它的“开始”“结束”。",
        severity=Severity.WARNING,
        needle=stated.words,
    )


def _differs(
    path: Path, code: str, found: str, expected: str, words: str, severity: Severity = Severity.ERROR
) -> Violation:
    return Violation(
        path=path,
        code=code,
        found=found,
        expected=f"{expected}（正文：“{words}”）",
        mend=_FIELD_OR_TEXT,
        severity=severity,
    )


def _workdays(notice: Notice, path: Path, stated: StatedPeriod, length: Length) -> Iterator[Violation]:
    """Compare a stated number of working days by either count; a text that has the dates too is the author's own."""
    accepted = {length.workdays_with_first, length.workdays_without_first}
    if notice.terms is not None and notice.terms.workdays is not None:
        accepted = {notice.terms.workdays}
    if stated.workdays in accepted:
        return
    own = stated.opens is not None or stated.closes is not None or length.provisional
    yield Violation(
        path=path,
        code="period-workdays",
        found=f"正文写着 {stated.workdays} 个工作日，公开期限是 {counts(length)}",
        expected="含首日或者不含首日，有一种算法相符",
        mend="核对起止日期和工作日数；原文就是这样的，可以不改。" if own else _FIELD_OR_TEXT,
        severity=Severity.WARNING if own else Severity.ERROR,
        needle=stated.words,
    )
