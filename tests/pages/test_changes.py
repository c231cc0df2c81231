"""Between two of its changes, a notice's pages don't depend on the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from generator.check import PackedNotice
from generator.files import DataFile
from generator.model import Notice
from generator.model.site import AfterClosing
from generator.pages import (
    BuildTime,
    Page,
    by_year,
    figures_of,
    list_pages,
    notice_changes,
    notice_pages,
    public_notices,
)
from generator.period import SHANGHAI, local
from generator.records import Records
from tests.support.pages import content, notice
from tests.support.records.publications import published

_DAY, _INSTANT = timedelta(days=1), timedelta(microseconds=1)
_FIRST = date(2025, 11, 20)


@dataclass(frozen=True, slots=True)
class Life:
    """A notice by its keys; numbers are days after the first; `late` are hours from an event to its publication."""

    opens: int
    length: int
    late: int
    keys: tuple[str, ...]

    @property
    def notice(self) -> Notice:
        """The notice with all that will be published about it."""
        return _notice(self)


@cache
def _notice(life: Life) -> Notice:
    opens, closes = (_FIRST + number * _DAY for number in (life.opens, life.opens + life.length))

    def entry(after: int, **more: str) -> dict[str, str]:
        return {"日期": str(closes + after * _DAY), "说明": "改正文字。", **more}

    all_: dict[str, Any] = {
        "延期": [entry(-2, 至=str(closes + 4 * _DAY)), entry(6, 至=str(closes + 9 * _DAY))],
        "更正": [entry(-1), entry(20)],
        "撤回": entry(3),
        "误发": entry(3, 类型="误发"),
        "反馈结果": {"日期": str(closes + 12 * _DAY), "段落": ["都已答复。"]},
        "来源": {"网址": "https://www.example.com/x.html", "收录": str(closes + _DAY)},
    }
    more = {"撤回" if key == "误发" else key: all_[key] for key in life.keys if key in all_}
    if "没有期限" in life.keys:
        more["公开期限"] = None
    return notice("2025/one", str(opens), str(closes), 发布=f"{_FIRST} 09:00", **more)


_KEYS = ("延期", "更正", "撤回", "误发", "反馈结果", "来源", "没有期限")
LIVES = st.builds(
    Life,
    st.integers(0, 60),
    st.integers(3, 30),
    st.integers(0, 60),
    st.sets(st.sampled_from(_KEYS))
    .map(lambda keys: tuple(sorted(keys)))
    .filter(lambda keys: "误发" not in keys or "撤回" not in keys),
)
NOWS = st.timedeltas(timedelta(), timedelta(days=430)).map(
    lambda later: datetime.combine(_FIRST, time(9), SHANGHAI) + later
)


@cache
def _records(life: Life, until: int) -> Records:
    """Return the records after the publications of a life that lie before a number of days."""
    one, records = life.notice, Records()
    whole = PackedNotice.of(one).summary
    days = {local(whole.publishes_at), *whole.events}
    hours = timedelta(hours=10 + life.late)
    for instant in sorted(datetime.combine(day, time(), SHANGHAI) + hours for day in days):
        if (local(instant) - _FIRST).days < until:
            records = published(records, one, at=f"{instant:%Y-%m-%d %H:%M}")
    return records


def _shown(life: Life, now: datetime, records: Records | None, kept: AfterClosing) -> list[object]:
    """Return all pages of a notice with the files beside them, its places in lists, and the figures of its year."""
    made, at = content(life.notice, 期满=kept), BuildTime(now, pinned=False)
    entry = made.entries[0].as_of(local(now))
    pages: list[tuple[Page, tuple[DataFile, ...]]] = [*notice_pages(entry, made, at, records)]
    figures = figures_of(by_year(one.summary for one in public_notices(made, at, records)), now)
    return [*pages, *list_pages(made, at, records), *figures]


@given(LIVES, NOWS, st.floats(0, 1), st.booleans(), st.sampled_from(AfterClosing))
@example(Life(0, 22, 0, ()), datetime(2026, 1, 3, tzinfo=SHANGHAI), 1.0, True, AfterClosing.KEEP)
@example(Life(20, 30, 0, ("没有期限",)), datetime(2025, 12, 31, tzinfo=SHANGHAI), 1.0, True, AfterClosing.KEEP)
@example(Life(20, 30, 0, ("撤回", "更正")), datetime(2026, 1, 14, tzinfo=SHANGHAI), 1.0, True, AfterClosing.TAKE_DOWN)
def test_nothing_shown_changes_between_two_changes(
    life: Life, now: datetime, part: float, recorded: bool, kept: AfterClosing
) -> None:
    whole = PackedNotice.of(life.notice).summary
    before, after = notice_changes(whole, now)
    assert before is not None
    last = (after or now + 3000 * _DAY) - _INSTANT
    until = (local(before) - _FIRST).days if recorded else 0
    records = _records(life, until) if until > 3 else None
    assert _shown(life, now, records, kept) == _shown(life, before, records, kept)
    assert _shown(life, now, records, kept) == _shown(life, now + part * (last - now), records, kept)
