"""What may change of a notice once it is public, and what must say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.check import Violation
from generator.check.rules.places import findings
from generator.check.violation import Path
from generator.model import Finding, Notice
from generator.model.body import as_written
from generator.period import full_date

# What a reader relies on. The rest (公文, 巡察, 统计, 反馈结果) may be completed: each version is on record.
_PROTECTED = ("标题", "单位", "发布", "正文", "落款", "公开期限", "联系方式", "附件")
_EVENTS = ("更正", "延期", "撤回")
_AROUND = 12
_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A notice as it stands on record: since which day, and which of its attachments are other files now."""

    notice: Notice
    since: date
    replaced: tuple[str, ...] = ()


def silent_changes(was: Published, now: Notice) -> Iterator[Violation]:
    """Yield what differs from the record without an entry that says so; `now` is the notice as it stands today."""
    if was.notice.text_removed:
        if now.withdrawal != was.notice.withdrawal:
            yield _complaint(("撤回",), "误发撤下的事实改了或没有了", "误发撤下的日期、原因一直保留", _PUT_BACK)
        return
    if now.text_removed:
        # It must go at once; when it went is on record, whatever day the entry gives.
        return
    before, after = _data(was.notice), _data(now)
    yield from _dated(before, after, was.since)
    kept = list(_dropped(before, after))
    yield from kept
    if not kept and len(now.corrections) > len(was.notice.corrections):
        return
    yield from _protected(before, after, now.id)
    if not any(_differences(before.get("正文"), after.get("正文"), ())):
        yield from _progress(was.notice, now)
    for name in was.replaced:
        if name in {attachment.file for attachment in now.attachments}:
            index = [attachment.file for attachment in now.attachments].index(name)
            found = f"“{name}”和公开的不是同一个文件"
            yield _complaint(("附件", index, "文件"), found, "公开过的附件不变", _mend(now.id))


def later_progress(notice: Notice, today: date) -> Iterator[Violation]:
    """Yield the progress that bears a day which has not come."""
    for path, finding in findings(notice.body):
        if finding.progress_on is not None and finding.progress_on > today:
            found = f"进展的日期是 {full_date(finding.progress_on)}"
            expected = f"不晚于今天（{full_date(today)}）"
            yield _complaint((*path, "进展日期"), found, expected, "核对日期；到了那天再写。")


_PUT_BACK = "改回公开时的样子。"


def _data(notice: Notice) -> dict[str, Any]:
    """Return a notice as its file says it, but for progress, which has a rule of its own."""
    data = as_written(notice)
    _drop(data.get("正文"))
    return data


def _drop(data: Any) -> None:
    if isinstance(data, dict):
        data.pop("进展", None)
        data.pop("进展日期", None)
    for below in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        _drop(below)


def _dated(before: Mapping[str, Any], after: Mapping[str, Any], since: date) -> Iterator[Violation]:
    """Yield the new entries that are dated before the public could see what they change."""
    for key in ("更正", "延期"):
        old = before.get(key, [])
        for index, entry in enumerate(after.get(key, [])):
            if index >= len(old) and date.fromisoformat(entry["日期"]) < since:
                yield _backdated((key, index, "日期"), entry["日期"], since)
    withdrawal = after.get("撤回")
    if withdrawal and "撤回" not in before and date.fromisoformat(withdrawal["日期"]) < since:
        yield _backdated(("撤回", "日期"), withdrawal["日期"], since)


def _backdated(path: Path, day: str, since: date) -> Violation:
    found = f"新写的这一条日期是 {full_date(date.fromisoformat(day))}"
    expected = f"不早于现在公开的这一版（{full_date(since)}起）"
    return _complaint(path, found, expected, "写真正改动的那一天。")


def _dropped(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Violation]:
    """Yield what was said of a notice once and is no longer; only a new correction may mend what is no correction."""
    corrected = len(after.get("更正", [])) > len(before.get("更正", []))
    for key in _EVENTS:
        old, new = before.get(key), after.get(key)
        if old is None or (corrected and key != "更正"):
            continue
        same = new == old if isinstance(old, dict) else (new or [])[: len(old)] == old
        if not same:
            path = next((where for where, _, _ in _differences(old, new, (key,))), (key,))
            expected = f"公开过的“{key}”一直保留，不改动"
            mend = f"{_PUT_BACK}写错了的，另写一条“更正”说明。"
            yield _complaint(path, f"公开过的“{key}”改了或没有了", expected, mend)


def _protected(before: Mapping[str, Any], after: Mapping[str, Any], id_: str) -> Iterator[Violation]:
    for key in _PROTECTED:
        different = list(_differences(before.get(key), after.get(key), (key,)))
        if not different:
            continue
        path, old, new = different[0]
        more = f"；这一项里一共有 {len(different)} 处不同" if len(different) > 1 else ""
        if key == "公开期限":
            expected = "公开期限和公开的一样；延长写在“延期”里"
            mend = f"改回去。要延长，运行 gongkai extend {id_}；原来写错了，运行 gongkai correct {id_}。"
        else:
            expected, mend = "和公开的一样，或者有新的一条“更正”", _mend(id_)
        yield _complaint(path, f"{_told(old, new)}{more}", expected, mend)


def _progress(was: Notice, now: Notice) -> Iterator[Violation]:
    for (path, new), (_, old) in zip(findings(now.body), findings(was.body), strict=True):
        if _progress_of(new) != _progress_of(old) and new.progress_on is None:
            found = f"进展从“{old.progress or '没有写'}”改成了“{new.progress or '没有写'}”"
            expected = "新的进展写明是哪一天的"
            mend = "在它下面加一行“进展日期: 年-月-日”；原来写错了的，另写一条“更正”。"
            yield _complaint((*path, "进展") if new.progress else path, found, expected, mend)


def _progress_of(finding: Finding) -> tuple[str | None, date | None]:
    return finding.progress, finding.progress_on


def _differences(old: Any, new: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Yield where two values differ, as deep as they can be told apart."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*new, *old]):
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        # A paragraph that was added or taken out moves all after it: only the middle differs.
        start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        rest = min(len(old), len(new)) - start
        pairs = zip(reversed(old), reversed(new), strict=False)
        end = next((at for at, (a, b) in enumerate(pairs) if a != b), rest)
        end = min(end, rest)
        left, right = old[start : len(old) - end], new[start : len(new) - end]
        for index in range(max(len(left), len(right))):
            one = left[index] if index < len(left) else None
            other = right[index] if index < len(right) else None
            yield from _differences(one, other, (*path, start + index))
    elif old != new:
        yield path, old, new


def _told(old: Any, new: Any) -> str:
    if old is None:
        return f"多了“{_short(new)}”"
    if new is None:
        return f"公开过的“{_short(old)}”没有了"
    if not (isinstance(old, str) and isinstance(new, str)):
        return "和公开的不一样"
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    first = max(0, start - _AROUND)
    return f"“{_cut(new, first)}”，公开的是“{_cut(old, first)}”"


def _cut(text: str, first: int) -> str:
    shown = text[first : first + _SHOWN + _AROUND].replace("\n", " ")
    return ("…" if first else "") + shown + ("…" if first + len(shown) < len(text) else "")


def _short(value: Any) -> str:
    while isinstance(value, (dict, list)):
        value = next(iter(value.values() if isinstance(value, dict) else value), "")
    return _cut(str(value), 0)


def _mend(id_: str) -> str:
    return f"不是有意改的，改回去；确实要改，运行 gongkai correct {id_}，写明改了什么。"


def _complaint(path: Path, found: str, expected: str, mend: str) -> Violation:
    return Violation(path=path, code="silent-change", found=found, expected=expected, mend=mend)
