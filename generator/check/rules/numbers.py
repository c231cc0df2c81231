"""Rules of the numbers in the text: totals and their parts, rates, and the statistics taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.check.rules.counting import stated_totals
from generator.check.rules.places import Places, joined
from generator.check.violation import Path, Violation
from generator.model import Notice, Progress, counts_of, notice_text
from generator.problems import Severity
from generator.prose import StatedPercentage, StatedTotals, exact_numbers, percentages, totals

_OPEN = frozenset({Progress.UNDER_WAY, Progress.CONTINUING, Progress.NOT_DONE})
_CHECK = "核对原文；原文就是这样的，可以不改，但读者会算。"
_OF_COMPLETION = ("完成率", "整改率", "办结率", "销号率")


def sums(notice: Notice, words: Places) -> Iterator[Violation]:
    """Warn where the stages of a total do not add up to it, or a rate is not that of its numbers."""
    del notice
    for path, text in words:
        if "个" in text or "项" in text or "条" in text or "件" in text:
            for stated in totals(text):
                yield from _parts(path, stated)
                for rate in percentages(stated.words):
                    yield from _rate(path, stated, rate)


def findings_total(notice: Notice, words: Places) -> Iterator[Violation]:
    """Warn where the text's own total of findings is not what its headings give, so that no page shows a number."""
    stated = stated_totals(notice, words)
    if not stated:
        return
    counted = counts_of(notice).findings
    differing = {total.stated.number: total for total in stated if total.stated.number != counted}
    for number, total in differing.items() if counted else ():
        yield Violation(
            path=total.path,
            code="findings-total",
            found=f"正文写着 {number} 个问题，“问题”一共列了 {counted} 个",
            expected="两个数一致；不一致，网页上不显示问题的个数",
            mend="核对有没有漏掉问题，或者把别的标题写成了“问题”；原文就是这样的，可以不改。",
            severity=Severity.WARNING,
            needle=total.stated.words,
        )


def statistics(notice: Notice, words: Places) -> Iterator[Violation]:
    """Refuse a statistic whose 原文 is not in the text, or gives another number."""
    if not notice.statistics:
        return
    whole = joined(words)
    if any(statistic.quote not in whole for statistic in notice.statistics):
        # Slower, but only here does a heading run into its text.
        whole = notice_text(notice)
    for index, statistic in enumerate(notice.statistics):
        if statistic.quote not in whole:
            yield Violation(
                path=("统计", index, "原文"),
                code="statistic-quote",
                found="正文里没有这句话",
                expected="正文里的原话，一字不差",
                mend="从正文里复制写明这个数的一句话；删节的地方不要用省略号代替。",
            )
            continue
        given = exact_numbers(statistic.quote)
        if statistic.number not in given:
            stands = "、".join(map(str, given)) if given else "没有确切的数（“十余”“近百”不算）"
            yield Violation(
                path=("统计", index, "数"),
                code="statistic-number",
                found=f"{statistic.number}，原文里是：{stands}",
                expected="与原文里的数一致",
                mend="照原文改数；原文没有确切的数，就删掉这一条统计。",
            )


def _parts(path: Path, stated: StatedTotals) -> Iterator[Violation]:
    total = sum(part.number for part in stated.parts)
    complete = any(part.progress in _OPEN for part in stated.parts)
    # Where nothing is said of what is still open, less than the whole is no contradiction.
    if total > stated.total or (total < stated.total and complete):
        terms = " + ".join(f"{part.progress} {part.number}" for part in stated.parts)
        yield Violation(
            path=path,
            code="sum",
            found=f"{terms} = {total}" if len(stated.parts) > 1 else terms,
            expected=f"合计 {stated.total}",
            mend=_CHECK,
            severity=Severity.WARNING,
            needle=stated.words,
        )


def _rate(path: Path, stated: StatedTotals, rate: StatedPercentage) -> Iterator[Violation]:
    """Compare a rate with what is done, with or without what is mostly done, to the digits given."""
    if not stated.total or not rate.label.endswith(_OF_COMPLETION):
        return
    done = sum(part.number for part in stated.parts if part.progress is Progress.DONE)
    mostly = sum(part.number for part in stated.parts if part.progress is Progress.MOSTLY)
    exact = [Decimal(100) * number / stated.total for number in {done, done + mostly} if number]
    digits = int(rate.value.as_tuple().exponent)
    if not exact or any(abs(value - rate.value) <= Decimal(5).scaleb(digits - 1) for value in exact):
        return
    yield Violation(
        path=path,
        code="percentage",
        found=rate.words,
        expected=f"{done} ÷ {stated.total} = {exact[0].quantize(Decimal(1).scaleb(min(digits, -1)))}%",
        mend=_CHECK,
        severity=Severity.WARNING,
        needle=rate.words,
    )
