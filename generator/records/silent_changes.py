"""Changes of a notice that the public has seen: which need an entry that explains them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, TypeVar

from generator.check import Violation
from generator.check.rules.places import findings
from generator.check.violation import Path
from generator.model import Finding, Notice
from generator.model.body import Level, value_as_written
from generator.model.values import ContentMap
from generator.period import full_date

# Fields that a reader relies on. The rest (公文, 巡察, 统计, 反馈结果) may be completed: each version is on record.
_PROTECTED = ("title", "organ", "published", "body", "signature", "terms", "contacts", "attachments")
_EVENTS = ("corrections", "extensions", "withdrawal")
# Values of fields that a file leaves out: no value, no list, 否.
_ABSENT = (None, (), False)
_AROUND = 12
_SHOWN = 24
_PUT_BACK = "改回公开时的样子。"
_Level = TypeVar("_Level", bound=Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedNotice:
    """A notice on record, the day since which it is public, and which of its attachments are other files now."""

    notice: Notice
    since: date
    replaced: tuple[str, ...] = ()


def silent_changes(recorded: RecordedNotice, now: Notice) -> Iterator[Violation]:
    """Yield the differences from the record without an entry that explains them; `now` is the notice as of today."""
    was = recorded.notice
    if was.text_removed:
        if now.withdrawal != was.withdrawal:
            yield _violation(("撤回",), "误发撤下的事实改了或没有了", "误发撤下的日期、原因一直保留", _PUT_BACK)
        return
    if now.text_removed:
        # It must go at once; when it went is on record, whatever day the entry gives.
        return
    yield from _backdated(was, now, recorded.since)
    dropped = list(_dropped(was, now))
    yield from dropped
    if not dropped and len(now.corrections) > len(was.corrections):
        return
    # Progress has a rule of its own.
    before, after = (one.model_copy(update={"body": _without_progress(one.body)}) for one in (was, now))
    yield from _protected(before, after)
    if before.body == after.body:
        yield from _progress(was, now)
    for index, attachment in enumerate(now.attachments):
        if attachment.file in recorded.replaced:
            found = f"“{attachment.file}”和公开的不是同一个文件"
            yield _violation(("附件", index, "文件"), found, "公开过的附件不变", _mend(now.id))


def later_progress(notice: Notice, today: date) -> Iterator[Violation]:
    """Yield the progress that bears a day which has not come."""
    for path, finding in findings(notice.body):
        if finding.progress_on is not None and finding.progress_on > today:
            found = f"进展的日期是 {full_date(finding.progress_on)}"
            expected = f"不晚于今天（{full_date(today)}）"
            yield _violation((*path, "进展日期"), found, expected, "核对日期；到了那天再写。")


def _without_progress(level: _Level) -> _Level:
    lists = {name: getattr(level, name, ()) for name in ("parts", "sections", "findings")}
    update: dict[str, Any] = {name: tuple(map(_without_progress, below)) for name, below in lists.items() if below}
    if isinstance(level, Finding):
        update = {"progress": None, "progress_on": None}
    return level.model_copy(update=update)


def _backdated(was: Notice, now: Notice, since: date) -> Iterator[Violation]:
    """Yield the new entries that are dated before the public could see the version that they change."""
    entries: list[tuple[Path, date]] = []
    for key, old, new in (("更正", was.corrections, now.corrections), ("延期", was.extensions, now.extensions)):
        entries += [((key, index, "日期"), entry.on) for index, entry in enumerate(new) if index >= len(old)]
    if now.withdrawal and not was.withdrawal:
        entries.append((("撤回", "日期"), now.withdrawal.on))
    for path, day in entries:
        if day < since:
            expected = f"不早于现在公开的这一版（{full_date(since)}起）"
            yield _violation(path, f"新写的这一条日期是 {full_date(day)}", expected, "写真正改动的那一天。")


def _dropped(was: Notice, now: Notice) -> Iterator[Violation]:
    """Yield the entries that are changed or gone; a new correction excuses all but changes of older corrections."""
    corrected = len(now.corrections) > len(was.corrections)
    for name in _EVENTS:
        old, new = getattr(was, name), getattr(now, name)
        if not old or (corrected and name != "corrections"):
            continue
        if (new[: len(old)] if isinstance(new, tuple) else new) != old:
            key = _key(was, name)
            path = next((where for where, _, _ in _differences(old, new, (key,))), (key,))
            mend = f"{_PUT_BACK}写错了的，另写一条“更正”说明。"
            yield _violation(path, f"公开过的“{key}”改了或没有了", f"公开过的“{key}”一直保留，不改动", mend)


def _protected(was: Notice, now: Notice) -> Iterator[Violation]:
    for name in _PROTECTED:
        different = list(_differences(getattr(was, name), getattr(now, name), (_key(was, name),)))
        if not different:
            continue
        path, old, new = different[0]
        more = f"；这一项里一共有 {len(different)} 处不同" if len(different) > 1 else ""
        if name == "terms":
            expected = "公开期限和公开的一样；延长写在“延期”里"
            mend = f"改回去。要延长，运行 gongkai extend {now.id}；原来写错了，运行 gongkai correct {now.id}。"
        else:
            expected, mend = "和公开的一样，或者有新的一条“更正”", _mend(now.id)
        yield _violation(path, f"{_found(old, new)}{more}", expected, mend)


def _progress(was: Notice, now: Notice) -> Iterator[Violation]:
    for (path, new), (_, old) in zip(findings(now.body), findings(was.body), strict=True):
        if _progress_of(new) != _progress_of(old) and new.progress_on is None:
            found = f"进展从“{old.progress or '没有写'}”改成了“{new.progress or '没有写'}”"
            expected = "新的进展写明是哪一天的"
            mend = "在它下面加一行“进展日期: 年-月-日”；原来写错了的，另写一条“更正”。"
            yield _violation((*path, "进展") if new.progress else path, found, expected, mend)


def _progress_of(finding: Finding) -> tuple[str | None, date | None]:
    return finding.progress, finding.progress_on


def _differences(old: Any, new: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Yield the path and both values, None for an absent one, wherever two values of the model differ."""
    if isinstance(old, ContentMap) and type(old) is type(new):
        # A line that is there can be pointed at.
        for name in sorted(_names(new), key=lambda name: getattr(new, name) in _ABSENT):
            yield from _differences(getattr(old, name), getattr(new, name), (*path, _key(old, name)))
    elif isinstance(old, tuple) and isinstance(new, tuple) and old and new:
        # A paragraph that was added or taken out moves all after it: only the middle differs.
        start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        rest = min(len(old), len(new)) - start
        pairs = zip(reversed(old), reversed(new), strict=False)
        end = min(next((at for at, (a, b) in enumerate(pairs) if a != b), rest), rest)
        middle = zip_longest(old[start : len(old) - end], new[start : len(new) - end])
        for index, (one, other) in enumerate(middle, start):
            yield from _differences(one, other, (*path, index))
    elif old != new:
        yield path, old, new


def _names(record: ContentMap) -> list[str]:
    """Return the names of a record's fields; a heading is written before what it heads."""
    return sorted(type(record).model_fields, key=lambda name: name != "title" if isinstance(record, Level) else 0)


def _key(record: ContentMap, name: str) -> str:
    return type(record).model_fields[name].alias or name


def _found(old: Any, new: Any) -> str:
    if old in _ABSENT:
        return f"多了“{_short(new)}”"
    if new in _ABSENT:
        return f"公开过的“{_short(old)}”没有了"
    if isinstance(old, (tuple, ContentMap)) or isinstance(new, (tuple, ContentMap)):
        return "和公开的不一样"
    was, now = value_as_written(old), value_as_written(new)
    start = next((at for at, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    first = max(0, start - _AROUND)
    return f"“{_cut(now, first)}”，公开的是“{_cut(was, first)}”"


def _cut(text: str, first: int) -> str:
    shown = text[first : first + _SHOWN + _AROUND].replace("\n", " ")
    return ("…" if first else "") + shown + ("…" if first + len(shown) < len(text) else "")


def _short(value: Any) -> str:
    """Return the first words of a value of the model."""
    while isinstance(value, (tuple, ContentMap)):
        parts = value if isinstance(value, tuple) else [getattr(value, name) for name in _names(value)]
        value = next((part for part in parts if part not in _ABSENT), "")
    return _cut(value_as_written(value), 0)


def _mend(id_: str) -> str:
    return f"不是有意改的，改回去；确实要改，运行 gongkai correct {id_}，写明改了什么。"


def _violation(path: Path, found: str, expected: str, mend: str) -> Violation:
    return Violation(path=path, code="silent-change", found=found, expected=expected, mend=mend)
