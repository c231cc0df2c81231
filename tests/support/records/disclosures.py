"""Disclosures as they may go, each with the ledger that it leaves behind, and what is true of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from generator.model import Notice
from generator.records import Ledger, Records, record_rollback
from tests.support.pages import notice
from tests.support.records.publications import instant, published

_ORIGIN = "https://www.example.com/2021/1.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """A disclosure, the instant from which it is looked at, and what every surface must say of it then.

    `day` is the day of the notice and `made` what that day is; `days` are the calendar days on which it was public
    within its period, `works` the working days with the first day and without it, None where nobody can know; `over`
    stands on its page.
    """

    notice: Notice
    records: Records | None
    today: str
    day: date
    made: str
    over: str
    days: int | None = None
    works: tuple[int, int] | None = None


def on_time() -> Disclosed:
    """Return one published at nine on the first day of its period, and never away."""
    one = notice("2025/one", 发布="2025-11-21 09:00")
    return Disclosed(
        notice=one,
        records=published(Records(), one, at="2025-11-21 09:00"),
        today="2025-12-20",
        day=date(2025, 11, 21),
        made="公开",
        over="从2025年11月21日到12月12日，公开了 22 天，其中工作日 16 个（含第一天）。",
        days=22,
        works=(16, 15),
    )


def late_by_a_day() -> Disclosed:
    """Return one first pushed on the second day of its period, a Saturday."""
    one = notice("2025/one")
    return Disclosed(
        notice=one,
        records=published(Records(), one, at="2025-11-22 10:00"),
        today="2025-12-20",
        day=date(2025, 11, 22),
        made="公开",
        over="公开期限从2025年11月21日到12月12日，11月22日才首次公开，公开了 21 天，其中工作日 15 个（含第一天）。",
        days=21,
        works=(15, 15),
    )


def late_by_the_whole_period() -> Disclosed:
    """Return one first pushed almost a year after its period."""
    one = notice("2025/one")
    return Disclosed(
        notice=one,
        records=published(Records(), one, at="2026-11-28 10:00"),
        today="2026-12-01",
        day=date(2026, 11, 28),
        made="公开",
        over="公开期限从2025年11月21日到2025年12月12日，2026年11月28日才首次公开，期限里没有公开过。",
        days=0,
        works=(0, 0),
    )


def first_on_a_weekend() -> Disclosed:
    """Return one to begin on Thursday, first pushed on Saturday, and looked at on that day."""
    one = notice("2026/one", "2026-11-26", "2026-12-16")
    return Disclosed(
        notice=one,
        records=published(Records(), one, at="2026-11-28 10:00"),
        today="2026-11-28 20:00",
        day=date(2026, 11, 28),
        made="公开",
        over="公开期限从2026年11月26日到12月16日。",
        days=0,
        works=(0, 0),
    )


def extended_after_closing() -> Disclosed:
    """Return one that was closed for ten days, then extended over New Year."""
    one = notice("2025/one")
    longer = notice("2025/one", 延期=[{"日期": "2025-12-22", "至": "2026-01-09", "说明": "来信较多。"}])
    records = published(Records(), one, at="2025-11-21 00:00")
    return Disclosed(
        notice=longer,
        records=published(records, longer, at="2025-12-22 09:00"),
        today="2026-01-20",
        day=date(2025, 11, 21),
        made="公开",
        over="公开期限从2025年11月21日到2026年1月9日，中间有 10 天没有公开或者不满一天，"
        "公开了 40 天，其中工作日 29 个（含第一天）。",
        days=40,
        works=(29, 28),
    )


def away_for_three_days() -> Disclosed:
    """Return one that the host dropped on one morning, and showed again on the third day's afternoon."""
    one = notice("2025/one", 发布="2025-11-21 09:00")
    records = published(Records(), one, at="2025-11-21 09:00")
    there = records.ledger
    gone = record_rollback(records, Ledger(), instant("2025-12-01 10:00"))
    return Disclosed(
        notice=one,
        records=record_rollback(gone, there, instant("2025-12-03 16:00")),
        today="2025-12-20",
        day=date(2025, 11, 21),
        made="公开",
        over="公开期限从2025年11月21日到12月12日，中间有 3 天没有公开或者不满一天，"
        "公开了 19 天，其中工作日 13 个（含第一天）。",
        days=19,
        works=(13, 12),
    )


def over_new_year() -> Disclosed:
    """Return one whose period leads from one year into the next."""
    one = notice("2025/one", "2025-12-19", "2026-01-09")
    return Disclosed(
        notice=one,
        records=published(Records(), one, at="2025-12-19 00:00"),
        today="2026-01-20",
        day=date(2025, 12, 19),
        made="公开",
        over="从2025年12月19日到2026年1月9日，公开了 22 天，其中工作日 15 个（含第一天）。",
        days=22,
        works=(15, 14),
    )


def taken_back() -> Disclosed:
    """Return one withdrawn on its fifth day: what stands under a banner is open to nobody's comment."""
    one = notice("2025/one")
    back = notice("2025/one", 撤回={"日期": "2025-11-25", "说明": "数字有误。"})
    records = published(Records(), one, at="2025-11-21 00:00")
    return Disclosed(
        notice=back,
        records=published(records, back, at="2025-11-25 10:00"),
        today="2025-12-20",
        day=date(2025, 11, 21),
        made="公开",
        over="",
        days=4,
        works=(2, 1),
    )


def without_a_ledger() -> Disclosed:
    """Return one built where nothing is on record: what was announced is all that is known."""
    return Disclosed(
        notice=notice("2025/one"),
        records=None,
        today="2025-12-20",
        day=date(2025, 11, 21),
        made="发布",
        over="公开期限从2025年11月21日到12月12日。",
    )


def collected() -> Disclosed:
    """Return one that was public elsewhere years ago, and taken in here."""
    one = notice(
        "2021/one",
        "2021-03-01",
        "2021-03-19",
        来源={"网址": _ORIGIN, "收录": "2025-11-20"},
    )
    return Disclosed(
        notice=one,
        records=published(Records(), one, at="2025-11-20 15:00"),
        today="2025-12-20",
        day=date(2021, 3, 1),
        made="发布",
        over="这份通报以前公开过，写明的公开期限从2021年3月1日到3月19日。",
        days=0,
        works=(0, 0),
    )


def collected_without_a_period() -> Disclosed:
    """Return one as before, which did not say for how long it was public."""
    one = notice("2021/one", 发布="2021-03-01", 公开期限=None, 来源={"网址": _ORIGIN, "收录": "2025-11-20"})
    return Disclosed(
        notice=one,
        records=published(Records(), one, at="2025-11-20 15:00"),
        today="2025-12-20",
        day=date(2021, 3, 1),
        made="发布",
        over="",
    )


SCENARIOS: tuple[Callable[[], Disclosed], ...] = (
    on_time,
    late_by_a_day,
    late_by_the_whole_period,
    first_on_a_weekend,
    extended_after_closing,
    away_for_three_days,
    over_new_year,
    taken_back,
    without_a_ledger,
    collected,
    collected_without_a_period,
)
