"""The content against the records: nothing that was public changes or goes without a word."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from generator.addresses import content_path
from generator.check import Checked, Content, PackedNotice, place
from generator.check.notices import read_source
from generator.model import Notice
from generator.period import local
from generator.problems import Problem, file_problem, in_order
from generator.read import read_bytes
from generator.records.lateness import first_publications
from generator.records.line import LedgerLine
from generator.records.silent_changes import RecordedNotice, later_progress, silent_changes
from generator.records.store import Records


def compare_with_records(
    checked: Checked,
    records: Records,
    now: datetime,
    *,
    refuse_late: bool = False,
    among: Callable[[str], bool] | None = None,
) -> Checked:
    """Add to what a check found whatever differs from the records without an entry that says so, and what is late.

    `refuse_late` as `refuse` in `first_publications`; `among` says of an id whether to look at that notice, None for
    all. RecordsError where the records lack what they are asked for.
    """
    checked = first_publications(checked, records.ledger, now, refuse=refuse_late)
    content = checked.content
    if content is None or not records.ledger.parts:
        return checked
    entries = {entry.summary.id: entry for entry in content.entries}
    broken = {one.id for one in content.broken}
    problems, sources = list(checked.problems), dict(checked.sources)
    for id_ in filter(among, records.ledger.by_id):
        file = checked.prefix + content_path(id_)
        line = records.ledger.latest(id_)
        assert line is not None
        if id_ not in entries:
            if checked.whole and id_ not in broken:
                problems.append(_gone(id_, file, local(records.ledger.by_id[id_][0].instant)))
            continue
        found, text = _changed(content, records, entries[id_], line, now)
        named = [replace(problem, file=file) for problem in found]
        problems += named
        if named:
            sources[file] = text
    return replace(checked, problems=in_order(problems), sources=sources)


def _changed(
    content: Content, records: Records, entry: PackedNotice, line: LedgerLine, now: datetime
) -> tuple[tuple[Problem, ...], str]:
    """Return the problems of a notice that is not as it was, and its text."""
    standing = entry.as_of(local(now))
    same = standing.fingerprint == line.shown.fingerprint.sha256
    replaced = () if entry.summary.text_removed else tuple(_replaced(content, records, standing, line))
    if same and not replaced:
        return (), ""
    path = content_path(line.id)
    was = RecordedNotice(notice=records.notice(line), since=_since(records, line), replaced=replaced)
    notice = standing.notice
    violations = [*silent_changes(was, notice), *later_progress(notice, local(now))]
    if not violations:
        return (), ""
    source = read_source(content.folder, path)
    hint = _not_yet(entry.notice, notice)
    told = [replace(one, mend=f"{one.mend}{hint}") for one in violations]
    return place(told, source), source.text


def _replaced(content: Content, records: Records, entry: PackedNotice, line: LedgerLine) -> Iterator[str]:
    # Whatever has the same fingerprint names the same attachments: nothing need be read.
    same = entry.fingerprint == line.shown.fingerprint.sha256
    attached = line.attached(entry.attachments) if same else records.attached(line)
    for name in entry.attachments:
        was = attached.get(name)
        data = read_bytes(content.folder, f"{entry.summary.address}{name}") if was else b""
        if was and hashlib.sha256(data).hexdigest() != was.sha256:
            yield name


def _since(records: Records, line: LedgerLine) -> date:
    """Return the day on which a version was first shown."""
    own = records.ledger.by_id[line.id]
    return local(next(one for one in own if one.version == line.version).instant)


def _not_yet(whole: Notice, standing: Notice) -> str:
    """Say that an entry which would tell of the change is dated later."""
    later = [entry.on for entry in whole.corrections if entry not in standing.corrections]
    return f"“更正”里 {min(later)} 的一条还没有到日子，那天以前不算。" if later else ""


def _gone(id_: str, file: str, first: date) -> Problem:
    return file_problem(
        "notice-gone",
        file,
        f"这份通报 {first.isoformat()} 起公开过，现在文件没有了",
        "公开过的通报，文件一直保留；要撤下，写明撤回",
        f"先找回文件（git 里有：git log --diff-filter=D -- {file}），再运行 gongkai withdraw {id_}。",
    )
