"""The states of a notice and their words: one table for pages, cards, rows, the search and the scripts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache

from generator.model import NoticeSummary
from generator.pages.view import State, StatusView
from generator.period import Left, Period, format_day, full_date, local, with_weekday, workdays_in

_URGENT_WORKDAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StateWords:
    """The words of a state: its tag, a sentence for pages and cards, a brief one for rows, its name in a filter.

    `{day}` stands for a day and `{number}` for the figure that stands out.
    """

    tag: str
    sentence: str
    brief: str = ""
    choice: str = ""


STATES = {
    State.BEFORE: StateWords(tag="即将公开", sentence="{day} 0:00 开始", brief="{day}开始"),
    State.OPEN: StateWords(tag="公开中", sentence="还剩 {number} 个工作日", brief="{day}截止"),
    State.CLOSED: StateWords(tag="已结束", sentence="公开期限到{day}为止", brief="{day}结束"),
    State.WITHDRAWN: StateWords(tag="已撤回", sentence="这份通报已于{day}撤回。", brief="{day}撤回"),
    State.REMOVED: StateWords(tag="已移除", sentence="这份通报属于误发，已于{day}移除。", brief="{day}移除"),
    State.UNTIMED: StateWords(tag="已公开", sentence="这份通报没有写明公开期限。", choice="已公开，没有写明期限"),
}
# The deadline itself is shown elsewhere, once: by `deadline` or in the brief.
_LAST_DAY = StateWords(tag="公开中", sentence="今天是最后一天", brief="{day}截止")
_REST_DAYS = StateWords(tag="公开中", sentence="还剩 {number} 天，都是休息日", brief="{day}截止")
_COLLECTED = "这份通报以前公开过，现在供查阅，不再收集意见。"
_AS_OF = "含{day}当天，连休息日 {number} 天"
# Beside a telephone outside its hours: when it is answered again, by a word for the day or its date.
_UNANSWERED = {
    "now": "现在没人接听",
    "until": "现在没人接听，{day}{time}起",
    "days": ["今天", "明天"],
    "monday": "下周一",
}
# What buttons become once pressed, how a day is written, what stands between two quoted words.
_SCRIPT_WORDS = {
    "copied": "已复制",
    "copyByHand": "请按住文字复制",
    "stop": "停止",
    "day": "{month}月{day}日",
    "year": "{year}年",
    "and": "”和“",
}
_PROVISIONAL = "；放假安排还没有公布，暂按周一至周五计算"
# What happened to a notice on the day that lists show, without a record of it and with one.
_ANNOUNCED, _RECORDED = "发布", "公开"


def fixed_state(notice: NoticeSummary) -> State | None:
    """Return the state of a notice that does not go by a period, None for others."""
    if notice.withdrawal is not None:
        return State.REMOVED if notice.text_removed else State.WITHDRAWN
    if notice.period is None:
        return State.CLOSED if notice.collected else State.UNTIMED
    return None


def state_of(notice: NoticeSummary, now: datetime) -> State:
    """Return the state of a notice at the aware instant `now`."""
    fixed = fixed_state(notice)
    if fixed is not None or notice.period is None:
        return fixed or State.UNTIMED
    return State(notice.period.status(now).value)


def made_public(notice: NoticeSummary, state: State) -> str:
    """Return the word after a notice's day, 公开 or 发布: a notice not yet open, or not on record, was announced."""
    return _RECORDED if notice.public_since and state is not State.BEFORE else _ANNOUNCED


def day_label(head: NoticeSummary, state: State) -> str:
    """Return the label before a notice's day: the first public day, or the day that it announces."""
    return f"首次{made_public(head, state)}" if head.public_since else made_public(head, state)


def choice(state: State) -> str:
    """Return what a filter calls a state."""
    return STATES[state].choice or STATES[state].tag


def script_words() -> str:
    """Return, as JSON, the words that the scripts need, so that they have none of their own."""
    words = {state.value: asdict(own) for state, own in STATES.items()}
    more = {
        **_SCRIPT_WORDS,
        "last": asdict(_LAST_DAY),
        "rest": asdict(_REST_DAYS),
        "asOf": _AS_OF,
        "provisional": _PROVISIONAL,
        "unanswered": _UNANSWERED,
    }
    all_ = {**words, **more, "urgent": _URGENT_WORKDAYS, "made": [_ANNOUNCED, _RECORDED]}
    return json.dumps(all_, ensure_ascii=False, separators=(",", ":"))


def status(notice: NoticeSummary, now: datetime) -> StatusView:
    """Describe the state of a notice at the aware instant `now`."""
    state = state_of(notice, now)
    if notice.withdrawal is not None:
        day, words = notice.withdrawal.on, STATES[state]
        return StatusView(
            state=state,
            tag=words.tag,
            before=words.sentence.format(day=full_date(day)),
            brief=words.brief.format(day=full_date(day)),
        )
    if notice.period is None:
        sentence = _COLLECTED if notice.collected else STATES[state].sentence
        return StatusView(state=state, tag=STATES[state].tag, before=sentence)
    return _timed(notice, notice.period, state, now)


def _timed(notice: NoticeSummary, period: Period, state: State, now: datetime) -> StatusView:
    left, today = period.left(now), local(now)
    words = _words(state, left)
    day = _day_in_words(period, state, today)
    before, figure, after = words.sentence.partition("{number}")
    since = _since(notice, period)
    workdays, provisional = _workdays(period)
    return StatusView(
        state=state,
        tag=words.tag,
        before=before.format(day=day),
        figure=str(left.workdays or left.days) if left and figure else "",
        after=after,
        brief=words.brief.format(day=day),
        # By the period alone, not by today: a page may stay open while years change.
        deadline=(with_weekday(period.closes, period.opens), "23:59 截止"),
        as_of=_as_of(left, today, period.closes) if left else "",
        urgent=left is not None and left.workdays <= _URGENT_WORKDAYS,
        opens=period.opens.isoformat(),
        closes=period.closes.isoformat(),
        workdays=workdays,
        provisional=provisional,
        since=since.isoformat() if since > period.opens else "",
        begins=f"{format_day(since, period.closes)}{'首次公开' if since > period.opens else '开始'}",
        late=_late(notice, period, state),
        postponed=_postponed(notice),
        extended=_extended(notice),
        elapsed=_elapsed(since, period.closes, today),
    )


# A notice is on several lists, and many have the same period.
@lru_cache(maxsize=2**12)
def _workdays(period: Period) -> tuple[str, bool]:
    """Return the working days of a period as ISO days, and whether their number is provisional."""
    days = workdays_in(period.opens, period.closes)
    return " ".join(day.isoformat() for day in days), period.length().provisional


def _words(state: State, left: Left | None) -> StateWords:
    if left is None or (left.days > 1 and left.workdays):
        return STATES[state]
    return _LAST_DAY if left.days == 1 else _REST_DAYS


def _day_in_words(period: Period, state: State, today: date) -> str:
    """Write the day that matters in a state; only that of an open period is read beside today.

    An opening is near, and needs its year only beside a closing in the next one; what is over may be long ago.
    """
    if state is State.CLOSED:
        return full_date(period.closes)
    if state is State.BEFORE:
        return format_day(period.opens, period.closes)
    return format_day(period.closes, today, period.opens)


def _as_of(left: Left, today: date, closes: date) -> str:
    if left.days == 1:
        return ""
    words = _AS_OF.format(day=format_day(today, closes), number=left.days)
    return words + _PROVISIONAL * left.provisional


def _since(notice: NoticeSummary, period: Period) -> date:
    """Return the day from which the public could comment: the period's first, or a later one that is on record."""
    began = notice.public_since
    return min(max(period.opens, local(began)), period.closes) if began else period.opens


def _late(notice: NoticeSummary, period: Period, state: State) -> str:
    """Say that a notice was public only after its period had begun, while that matters to who wants to comment."""
    began = notice.public_since
    if state is not State.OPEN or began is None or local(began) <= period.opens:
        return ""
    first, opens = local(began), period.opens
    return f"公开期限从{format_day(opens, first)}算起，{format_day(first, opens)}才首次公开。"


def _postponed(notice: NoticeSummary) -> str:
    announced, period = notice.announced, notice.period
    if announced is None or period is None or announced == period:
        return ""
    return f"原定{format_day(announced.closes, period.closes)}截止"


def _extended(notice: NoticeSummary) -> str:
    postponed = _postponed(notice)
    if not postponed or notice.period is None or notice.announced is None:
        return ""
    until = format_day(notice.period.closes, notice.announced.closes)
    return f"{postponed}，延长到{until}。原因：{notice.extension_reason}"


def _elapsed(since: date, closes: date, today: date) -> int:
    """Share of the period that is over, in hundredths."""
    days = (min(max(today, since), closes) - since).days
    return round(100 * days / max(1, (closes - since).days))
