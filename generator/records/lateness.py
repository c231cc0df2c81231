"""Notices that the public is about to see for the first time, against the periods that they announce."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from generator.addresses import content_path, id_of_path
from generator.check import Checked, Content, place
from generator.check.notices import read_source
from generator.check.rules.period import LATE, OVER, first_public_on
from generator.period import local
from generator.problems import Problem, in_order, show
from generator.records.ledger import Ledger


def first_publications(checked: Checked, ledger: Ledger, now: datetime, *, refuse: bool) -> Checked:
    """Add to what a check found how late the notices are that are on record nowhere yet.

    They become public at the aware instant `now`, or at their own 发布 where that is later. With `refuse`, one whose
    period is over by then is an error.
    """
    if checked.content is None:
        return checked
    problems, sources = list(checked.problems), dict(checked.sources)
    for found, text in _late(checked.content, ledger, now, checked.prefix, refuse=refuse):
        # The rule of the notice alone knows only its own 发布.
        problems = [one for one in problems if (one.code, one.file) != (LATE, found.file)]
        problems.append(found)
        sources[found.file] = text
    return replace(checked, problems=in_order(problems), sources=sources)


def describe_lateness(checked: Checked, ledger: Ledger) -> str:
    """Write out what a check found of notices that are late and on record nowhere; "" where there are none."""
    late = [one for one in checked.problems if one.code in {LATE, OVER}]
    new = [one for one in late if id_of_path(one.file.removeprefix(checked.prefix)) not in ledger.by_id]
    return show(new, checked.sources)


def _late(
    content: Content, ledger: Ledger, now: datetime, prefix: str, *, refuse: bool
) -> Iterator[tuple[Problem, str]]:
    for entry in content.entries:
        head = entry.summary
        day = local(max(now, head.publishes_at))
        if head.id in ledger.by_id or head.period is None or day <= head.period.opens:
            continue
        path = content_path(head.id)
        announced = day == local(head.publishes_at)
        where = ("发布",) if announced else ("公开期限", "开始")
        violations = list(first_public_on(entry.as_of(day).notice, day, path=where, refuse=refuse))
        if not violations:
            continue
        source = read_source(content.folder, path)
        for problem in place(violations, source):
            yield replace(problem, file=f"{prefix}{path}"), source.text
