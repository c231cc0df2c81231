"""The summary of a notice: the inspection, its findings by kind, and their progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.check import certain_inspection
from generator.model import Body, Counts, Finding, Notice, Organ, Progress
from generator.model.body import Heading, anchor_of, headings_of, walk
from generator.pages.navigation import ContentsEntry, Mark
from generator.pages.view import Figure, Share, Summary, Tally
from generator.pages.wording import MARKS, day_in_words

_BAR = 1000
_GAP = 5


def summary_of(notice: Notice, counts: Counts, organ: Organ) -> Summary | None:
    """Sum up a notice for the part of its page before the text; None where there is nothing to list.

    `organ` publishes it; where `counts` holds no findings, nothing is counted.
    """
    findings = list(_findings(notice)) if counts.findings else []
    stated = bool(findings) and all(finding.progress for finding in findings)
    words = [word for word in Progress if stated and any(finding.progress is word for finding in findings)]
    entries = _entries(notice.body, "", counted=bool(findings), stated=stated)
    inspection, figures, shares = _inspection(notice, organ), _figures(notice, counts), _shares(findings, words)
    if not (inspection or figures or entries):
        return None
    return Summary(
        inspection=inspection,
        figures=figures,
        contents=entries,
        to_findings=any(map(_leads_to_findings, entries)),
        hint=_hint(findings, entries, stated=bool(shares)),
        shares=shares,
        tally=_tally(notice, findings, words) if findings else None,
    )


def contents(notice: Notice) -> tuple[ContentsEntry, ...]:
    """List the headings of a notice's text, with nothing counted."""
    return _entries(notice.body, "", counted=False, stated=False)


def _hint(findings: list[Finding], entries: Iterable[ContentsEntry], *, stated: bool) -> str:
    marked = any(entry.marks for top in entries for entry in (top, *top.below))
    if not stated:
        return "一个圆点代表一个问题。点开一行，可以看到每个问题；点问题，跳到正文。" if marked else ""
    source = "原文和后来的补充" if any(finding.progress_on for finding in findings) else "原文"
    first, then = ("一个方块代表一个问题，", "点开一行，可以看到每个问题；") if marked else ("", "")
    return f"{first}进展按通报{source}。{then}点问题，跳到正文。"


def _leads_to_findings(entry: ContentsEntry) -> bool:
    return entry.kind == "finding" or any(map(_leads_to_findings, entry.below))


def _inspection(notice: Notice, organ: Organ) -> str:
    """Describe the inspection in one or two sentences; "" where the text does not say that this organ was inspected."""
    field, certain = notice.inspection, certain_inspection(notice, organ)
    if field is None or certain is None:
        return ""
    span = day_in_words(field.begins) if field.begins else ""
    if span:
        span += f"至{day_in_words(field.ends)}，" if field.ends else "起，"
    sentences = []
    if certain.teams:
        sentences.append(f"{span}{'、'.join(certain.teams)}{certain.kind}了{certain.whom}。")
    elif span:
        sentences.append(f"{span}{certain.whom}接受了{certain.kind}。")
    if field.findings_on:
        sentences.append(f"{day_in_words(field.findings_on)}反馈{certain.kind}意见。")
    return "".join(sentences)


def _figures(notice: Notice, counts: Counts) -> tuple[Figure, ...]:
    # Where some findings tell their measures in prose, a count of the others would be wrong.
    measures = counts.measures if counts.findings_with_measures == counts.findings else 0
    counted = [(counts.sections, "类"), (counts.findings, "个问题"), (measures, "条整改措施")]
    own = [Figure(number=str(number), label=label) for number, label in counted if number and counts.findings]
    stated = (Figure(number=str(stat.number), label=stat.name, quote=stat.quote) for stat in notice.statistics)
    return (*own, *stated)


def _groups(notice: Notice) -> Iterable[tuple[str, tuple[Finding, ...]]]:
    """Yield what holds findings, in reading order: parts and sections by their titles, the body itself by none."""
    yield "", notice.body.findings
    for _, heading in walk(notice.body):
        if not isinstance(heading, Finding):
            yield heading.title, heading.findings


def _findings(notice: Notice) -> Iterable[Finding]:
    return (finding for _, findings in _groups(notice) for finding in findings)


def _shares(findings: list[Finding], words: list[Progress]) -> tuple[Share, ...]:
    """Divide the bar among the words of progress; words with the same mark are adjacent."""
    shares, before = [], 0
    for word in words:
        number = sum(finding.progress is word for finding in findings)
        start = round(_BAR * before / len(findings))
        before += number
        end = round(_BAR * before / len(findings))
        start += _GAP if start and end - start > 2 * _GAP else 0
        shares.append(Share(mark=MARKS[word], label=word.value, number=number, start=start, end=end))
    return tuple(shares)


def _tally(notice: Notice, findings: list[Finding], words: list[Progress]) -> Tally | None:
    """Count findings as a table; None where there would be only one number."""
    groups = [(title, held) for title, held in _groups(notice) if held]
    if not groups or (len(groups) == 1 and not words):
        return None
    return Tally(
        columns=("问题", *words),
        rows=tuple((title or "全部问题", _count(held, words)) for title, held in groups),
        total=_count(findings, words) if len(groups) > 1 else (),
    )


def _count(findings: Iterable[Finding], words: list[Progress]) -> tuple[int, ...]:
    by_word = Counter(finding.progress for finding in findings)
    return (by_word.total(), *(by_word[word] for word in words))


def _entries(level: Body | Heading, above: str, *, counted: bool, stated: bool) -> tuple[ContentsEntry, ...]:
    entries = []
    for number, entry in enumerate(headings_of(level), 1):
        anchor = anchor_of(entry, number, above)
        marked = entry.findings if counted and not isinstance(entry, Finding) else ()
        entries.append(
            ContentsEntry(
                text=entry.title.removesuffix("。"),
                anchor=anchor,
                kind=type(entry).__name__.lower(),
                marks=tuple(MARKS[f.progress] if stated and f.progress else Mark.UNSTATED for f in marked),
                progress=(entry.progress or "") if isinstance(entry, Finding) else "",
                below=_entries(entry, anchor, counted=counted, stated=stated),
            )
        )
    return tuple(entries)
