"""The days of a disclosure as the ledger has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.records import Records, disclosure, first_public, history, withdrawn
from tests.support.records.disclosures import SCENARIOS, Disclosed
from tests.support.records.publications import ID, instant, published, yi


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
def test_days_are_those_on_which_the_text_could_be_read_within_its_period(scenario: Callable[[], Disclosed]) -> None:
    case = scenario()
    if case.records is None or case.days is None:
        return
    past = history(case.records, case.notice.id)
    length = disclosure(past.lines, instant(case.today), withdrawn(past, case.notice)).length
    assert length.calendar_days == case.days
    assert (length.workdays_with_first, length.workdays_without_first) == case.works


def _spans(records: Records, today: str) -> list[tuple[str, str]]:
    intervals = disclosure(records.ledger.by_id[ID], instant(today)).intervals
    return [(f"{one.since:%m-%d %H:%M}", f"{one.until:%m-%d %H:%M}") for one in intervals]


def _days(records: Records, today: str) -> tuple[int, int, int]:
    length = disclosure(records.ledger.by_id[ID], instant(today)).length
    return length.calendar_days, length.workdays_with_first, length.workdays_without_first


def test_what_is_read_before_the_period_opens_does_not_count_and_its_first_day_is_the_first() -> None:
    early = yi(发布="2025-11-19 09:00")
    records = published(Records(), early, at="2025-11-19 09:00")
    assert _spans(records, "2025-11-20 12:00") == []
    assert _spans(records, "2025-12-20") == [("11-21 00:00", "12-13 00:00")]
    assert _days(records, "2025-12-20") == (22, 16, 15)


def test_today_does_not_count_before_it_is_over() -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    assert _days(records, "2025-11-21 23:59") == (0, 0, 0)
    assert _days(records, "2025-11-22 00:00") == (1, 1, 0)
    assert _days(records, "2025-11-25 00:00") == (4, 2, 1)


def test_a_first_day_that_is_cut_short_does_not_count() -> None:
    """Nor does it make the next day a first one: the day of publication is the one that the law leaves out."""
    (line,) = published(Records(), yi(), at="2025-11-21 09:00").ledger.by_id[ID]
    down = replace(line, number=2, instant=instant("2025-11-21 10:00"), shown=replace(line.shown, text=False))
    back = replace(line, number=3, instant=instant("2025-11-21 11:00"))
    length = disclosure((line, down, back), instant("2025-11-25 00:00")).length
    assert (length.calendar_days, length.workdays_with_first, length.workdays_without_first) == (3, 1, 1)


def test_a_correction_is_no_gap() -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    fixed = yi(正文={"段落": ["改过。"]}, 更正=[{"日期": "2025-11-25", "说明": "改正文字。"}])
    records = published(records, fixed, at="2025-11-25 10:00")
    assert _spans(records, "2025-12-20") == [("11-21 09:00", "12-13 00:00")]


def test_a_clock_that_had_been_ahead_makes_no_day_public_twice_and_no_publication_later() -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    (line,) = records.ledger.by_id[ID]
    ahead = replace(line, instant=instant("2029-01-01 00:00"))
    back = replace(line, number=2, instant=instant("2025-11-21 09:00"), clock_set_back=True)
    assert first_public((ahead, back)) == instant("2025-11-21 09:00")
    assert disclosure((ahead, back), instant("2025-12-20")).length.calendar_days == 22


def test_what_still_lasts_has_no_end_at_whatever_instant_of_the_day_it_is_looked_at() -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    for today in ("2025-11-21 09:00", "2025-11-21 09:01", "2025-12-12 23:59"):
        (interval,) = disclosure(records.ledger.by_id[ID], instant(today)).intervals
        assert (interval.since, interval.until) == (instant("2025-11-21 09:00"), None)


def test_what_ends_at_this_very_instant_has_ended() -> None:
    (line,) = published(Records(), yi(), at="2025-11-21 09:00").ledger.by_id[ID]
    down = replace(line, number=2, instant=instant("2025-11-21 10:00"), shown=replace(line.shown, text=False))
    for today in ("2025-11-21 10:00", "2025-11-21 10:01"):
        (interval,) = disclosure((line, down), instant(today)).intervals
        assert interval.until == instant("2025-11-21 10:00")
