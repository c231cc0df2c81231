"""Publication after the period has begun: the days gone by were not public, whatever the notice says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.check.rules.period import end_path
from generator.check.violation import CheckContext, Path, Violation
from generator.model import Notice
from generator.period import full_date, local, workdays
from generator.problems import Severity

LATE, OVER = "publication-late", "publication-over"


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
