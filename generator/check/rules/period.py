"""Rules of the period: its length, its extensions, its calendar, and publication after it has begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.check.violation import CheckContext, Path, Violation
from generator.model import Notice
from generator.period import Length, Period, full_date, is_workday, local, workdays
from generator.problems import Severity

LATE, OVER = "publication-late", "publication-over"
LONGEST = 400


def short_period(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn where a period, extensions included, has fewer working days than the site's minimum, by either count."""
    length, minimum = measured(notice.period), context.site.minimum_workdays
    if length is None or length.workdays_with_first >= minimum:
        return
    yield Violation(
        path=end_path(notice),
        code="period-short",
        found=f"公开 {counts(length)}",
        expected=f"至少 {minimum} 个工作日（网站的“最短公开工作日”），首日计不计入都可以；这里按较多的一种，即含首日的 "
        f"{length.workdays_with_first} 个",
        mend="核对原文的起止日期；如果原文就是这样，请与经办人商量是否延期。",
        severity=Severity.WARNING,
    )


def provisional_period(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn where a period reaches into a year whose holiday calendar is not known."""
    del context
    period, length = notice.period, measured(notice.period)
    if period is None or length is None or not length.provisional:
        return
    years = sorted({day.year for day in (period.opens, period.closes) if is_workday(day)[1]})
    yield Violation(
        path=end_path(notice),
        code="period-provisional",
        found=f"没有 {'、'.join(map(str, years))} 年的节假日安排，工作日暂按周一至周五计算",
        expected="按国务院办公厅公布的节假日安排计算工作日",
        mend="安排公布后升级本程序，再检查一次；截止日期已经写明的，不受影响。",
        severity=Severity.WARNING,
    )


def long_period(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Refuse extensions beyond 400 days after opening, a slip of the pen; the model refuses such a period itself."""
    del context
    if notice.period is not None and _is_endless(notice.period):
        yield Violation(
            path=end_path(notice),
            code="period-long",
            found=f"到 {full_date(notice.period.closes)}，共公开 {notice.period.calendar_days} 天",
            expected=f"不超过 {LONGEST} 天",
            mend="核对日期，多半是年份写错了。",
        )


def extensions(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Refuse an extension that does not extend; warn where it was made outside the period that it extends."""
    del context
    announced = notice.announced_period
    if announced is None:
        if notice.extensions:
            yield Violation(
                path=("延期",),
                code="extension-without-period",
                found="有“延期”，没有“公开期限”",
                expected="先有公开期限，才能延期",
                mend="补上“公开期限”，或者删掉“延期”。",
            )
        return
    closes = announced.closes
    for index, extension in enumerate(notice.extensions):
        if extension.until <= closes:
            yield Violation(
                path=("延期", index, "至"),
                code="extension-not-later",
                found=full_date(extension.until),
                expected=f"晚于原来的截止日期 {full_date(closes)}",
                mend="核对延期到哪一天；几次延期按先后顺序写。",
            )
        if not announced.opens <= extension.on <= closes:
            yield Violation(
                path=("延期", index, "日期"),
                code="extension-outside",
                found=full_date(extension.on),
                expected=f"在公开期限之内（{full_date(announced.opens)}至{full_date(closes)}）决定延期",
                mend="核对决定延期的日期；期满以后才延期的，请在“说明”里讲清楚。",
                severity=Severity.WARNING,
            )
        closes = max(closes, extension.until)


def measured(period: Period | None) -> Length | None:
    """Measure a period, unless it is so long that it is refused anyway."""
    return None if period is None or _is_endless(period) else period.length()


def counts(length: Length) -> str:
    """Write the length of a period by every count."""
    with_first, without = length.workdays_with_first, length.workdays_without_first
    return f"{length.calendar_days} 天，其中工作日含首日 {with_first} 个、不含首日 {without} 个"


def _is_endless(period: Period) -> bool:
    return (period.closes - period.opens).days > LONGEST


def end_path(notice: Notice) -> Path:
    """Return the path of what decides the last day: the last extension, or the end of the period itself."""
    if notice.extensions:
        last = max(range(len(notice.extensions)), key=lambda index: notice.extensions[index].until)
        return ("延期", last, "至")
    return ("公开期限", "结束" if notice.terms and notice.terms.closes else "工作日")


def late_publication(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn where the notice's own 发布 lies after the first day of its period."""
    del context
    yield from first_public_on(notice, local(notice.publishes_at), path=("发布",), refuse=False)


def first_public_on(notice: Notice, day: date, *, path: Path, refuse: bool) -> Iterator[Violation]:
    """Yield what is wrong with a notice that the public sees for the first time on `day`.

    A warning at `path` after the first day of its period, and at the period's end after its last day: an error there
    with `refuse`. Nothing of a notice that was public elsewhere before, or that was taken back.
    """
    period = notice.period
    if period is None or notice.provenance is not None or notice.withdrawal is not None or day <= period.opens:
        return
    if day > period.closes:
        yield _over(notice, day, refuse=refuse)
        return
    left, gone = workdays(day, period.closes), (day - period.opens).days
    yield Violation(
        path=path,
        code=LATE,
        found=f"{full_date(day)}才公开，公开期限从{full_date(period.opens)}算起，已经过去 {gone} 天",
        expected="公开不晚于公开期限的第一天",
        mend=f"到截止只剩 {(period.closes - day).days + 1} 天，其中工作日 {left.days} 个（含公开当天）。"
        "还能改的，把“公开期限”（原文和这里）改成从公开那天算起；"
        f"不能改的，公开以后延期：gongkai extend {notice.id} --until 年-月-日。",
        severity=Severity.WARNING,
    )


def _over(notice: Notice, day: date, *, refuse: bool) -> Violation:
    period = notice.period
    assert period is not None
    return Violation(
        path=end_path(notice),
        code=OVER,
        found=f"{full_date(day)}才公开，公开期限到{full_date(period.closes)}为止，一天也没有公开",
        expected="第一次公开在公开期限之内",
        mend=f"还能改的，把“公开期限”（原文和这里）改成从公开那天算起；要延期，运行 gongkai extend {notice.id} --until "
        "年-月-日；以前在别处公开过的，写“来源”：“网址”和“收录”。",
        severity=Severity.ERROR if refuse else Severity.WARNING,
    )
