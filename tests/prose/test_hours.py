"""Hours in words become minutes and days where they are certain, and nothing where they are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.prose import Attendance, office_hours

MON_FRI = frozenset(range(5))
WEEK = frozenset(range(7))
DAY = (540, 1020)
HALVES = (510, 720), (870, 1050)
CERTAIN = [
    ("工作日9:00--17:00", "calendar", [DAY]),
    ("工作日 9:00—17:00", "calendar", [DAY]),
    ("工作日9：00－17：00", "calendar", [DAY]),
    ("工作日：９:００～１７:００", "calendar", [DAY]),
    ("法定工作日9时至17时", "calendar", [DAY]),
    ("工作日（周一至周五）9点-17点", "calendar", [DAY]),
    ("周一至周五（工作日）9:00-17:00", "calendar", [DAY]),
    ("9:00-17:00（工作日）", "calendar", [DAY]),
    ("接听时间：工作日9:00-17:00。", "calendar", [DAY]),
    ("工作日上午8:30—12:00，下午14:30—17:30", "calendar", HALVES),
    ("工作日8:30-12:00 14:30-17:30", "calendar", HALVES),
    ("周一至周五 8:30-12:00，14:30-17:30", MON_FRI, HALVES),
    ("周一至周五（8:30-12:00、14:30-17:30）", MON_FRI, HALVES),
    ("星期一到星期五上午8点半至12点、下午2点30分至5点半", MON_FRI, HALVES),
    ("每周一至五，8:30-12:00和下午2:30-5:30", MON_FRI, HALVES),
    ("周一至周五9:00-17:00（法定节假日除外）", MON_FRI, [DAY]),
    ("9:00-17:00（周一至周五）", MON_FRI, [DAY]),
    ("周二至周日9:00—17:00", frozenset({1, 2, 3, 4, 5, 6}), [DAY]),
    ("周六至周一9:00—17:00", frozenset({5, 6, 0}), [DAY]),
    ("周一、三、五9:00-17:00", frozenset({0, 2, 4}), [DAY]),
    ("星期天9:00-17:00", frozenset({6}), [DAY]),
    ("每天9:00-17:00", WEEK, [DAY]),
    ("每日早8:00—晚8:00", WEEK, [(480, 1200)]),
    ("每天9:00-17:00，节假日除外", None, [DAY]),
    ("上午9:00至下午5:00", None, [DAY]),
    ("下午2:30-5:30", None, [(870, 1050)]),
    ("中午12:00-2:00", None, [(720, 840)]),
    ("晚上7:00-9:00", None, [(1140, 1260)]),
    ("8:30-12:00、14:30-17:30", None, HALVES),
]
UNCERTAIN = [
    "",
    "工作日",
    "工作日的上班时间",
    "24小时",
    "每天24小时",
    "随时",
    "9:00-5:00",
    "2:30-5:30",
    "8:30-12:00，2:30-5:30",
    "上午8:30-12:00，2:30-5:30",
    "上午9:00-5:00",
    "下午2:00-5:00，7:00-9:00",
    "7:00-9:00",
    "9:00-17:00、16:00-18:00",
    "25:00-26:00",
    "9:70-10:00",
    "夏季9:00-17:00",
    "工作日8:30-12:00（夏季15:00-18:00）",
    "周一至周五9:00-17:00，周六9:00-12:00",
    "每月第一个周一9:00-17:00",
    "工作日9:00-17:00，其他时间请留言",
    "节假日9:00-17:00",
]


@pytest.mark.parametrize(("words", "days", "spans"), CERTAIN, ids=[words for words, _, _ in CERTAIN])
def test_hours_as_offices_write_them(words: str, days: object, spans: list[tuple[int, int]]) -> None:
    found = office_hours(words)
    assert found is not None
    assert found.spans == tuple(spans)
    assert ("calendar" if found.by_calendar else found.weekdays) == days


@pytest.mark.parametrize("words", UNCERTAIN)
def test_what_may_be_read_in_two_ways_gives_nothing(words: str) -> None:
    assert office_hours(words) is None


def _day(hours: str, day: str) -> Attendance:
    found = office_hours(hours)
    assert found is not None
    return found.on(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("hours", "day", "expected"),
    [
        ("工作日9:00-17:00", "2026-09-30", Attendance.SURE),
        ("工作日9:00-17:00", "2026-10-01", Attendance.NEVER),
        ("工作日9:00-17:00", "2026-10-10", Attendance.SURE),
        ("工作日9:00-17:00", "2026-10-11", Attendance.NEVER),
        ("工作日9:00-17:00", "2199-01-04", Attendance.UNKNOWN),
        ("周一至周五9:00-17:00", "2026-09-30", Attendance.SURE),
        ("周一至周五9:00-17:00", "2026-10-01", Attendance.UNLIKELY),
        ("周一至周五9:00-17:00", "2026-10-10", Attendance.UNLIKELY),
        ("周一至周五9:00-17:00", "2026-10-11", Attendance.NEVER),
        ("周一至周五9:00-17:00", "2199-01-04", Attendance.UNKNOWN),
        ("周二至周日9:00-17:00", "2026-10-11", Attendance.SURE),
        ("周二至周日9:00-17:00", "2026-10-12", Attendance.NEVER),
        ("每天9:00-17:00", "2026-10-01", Attendance.SURE),
        ("每天9:00-17:00", "2199-01-04", Attendance.SURE),
        ("每天9:00-17:00，节假日除外", "2026-10-01", Attendance.UNLIKELY),
        ("9:00-17:00", "2026-10-11", Attendance.UNLIKELY),
        ("9:00-17:00", "2026-10-12", Attendance.SURE),
    ],
)
def test_days_by_words_and_by_the_calendar(hours: str, day: str, expected: Attendance) -> None:
    """Public holidays and make-up days count for 工作日; for other words they make a day unlikely, not excluded."""
    assert _day(hours, day) is expected


def _clock(minute: int, form: int) -> str:
    hour, rest = divmod(minute, 60)
    part, short = ("上午", hour) if hour < 12 else ("下午", hour - 12 * (hour > 12))
    return (
        f"{hour}:{rest:02}",
        f"{hour:02}：{rest:02}",
        f"{hour}时{rest}分" if rest else f"{hour}时",
        f"{hour}点半" if rest == 30 else f"{hour}:{rest:02}",
        f"{part}{short}:{rest:02}",
        f"{part if minute != 720 else ''}{short}:{rest:02}",
    )[form]


SPANS = st.lists(st.integers(min_value=28, max_value=80), min_size=2, max_size=6, unique=True).map(
    lambda quarters: [
        (first * 15, last * 15)
        for first, last in zip(*[iter(sorted(quarters)[: len(quarters) // 2 * 2])] * 2, strict=True)
    ]
)


@given(
    spans=SPANS,
    form=st.integers(min_value=0, max_value=5),
    dash=st.sampled_from(["-", "--", "—", "——", "–", "－", "~", "～", "至", "到", " - "]),
    mark=st.sampled_from(["，", "、", ",", "；", " ", "和"]),
    days=st.sampled_from(["工作日", "周一至周五", "每天", "星期一—星期五 ", "法定工作日：", ""]),
    short=st.booleans(),
)
@example(spans=[(720, 750)], form=4, dash="-", mark="，", days="", short=False)
def test_what_is_read_is_what_was_written(
    spans: list[tuple[int, int]], form: int, dash: str, mark: str, days: str, *, short: bool
) -> None:
    """However hours are written, they are read as they were meant or not at all."""
    written = [
        _clock(first, form)
        + dash
        + (_clock(last, form).removeprefix("下午") if short and first >= 720 else _clock(last, form))
        for first, last in spans
    ]
    found = office_hours(days + mark.join(written))
    assert found is None or found.spans == tuple(spans)
    # Whole days of 24-hour clocks are the usual form and must be read.
    if form in {0, 1} and spans[0][1] > 600:
        assert found is not None


@given(st.text(alphabet="工作日每天周一至五六（）()：:，,、-—～0123456789上下午早晚时点半 节假除外", max_size=60))
def test_any_words_are_read_or_left(words: str) -> None:
    """What is read lies within a day and ascends."""
    found = office_hours(words)
    if found is not None:
        edges = [minute for span in found.spans for minute in span]
        assert edges == sorted(edges)
        assert 0 <= edges[0] < edges[-1] <= 1440
