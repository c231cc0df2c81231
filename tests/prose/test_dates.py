"""Periods and inspections, as the opening and closing paragraphs state them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.period import full_date, month_day
from generator.prose import chinese, inspection, periods

NOVEMBER, DECEMBER = date(2025, 11, 21), date(2025, 12, 12)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "公开期限：2025年11月21日至12月12日。",
        "公示期:2025年11月21日-2025年12月12日",
        "公示时间为2025年11月21日—12月12日",
        "公开时间： 2025 年 11 月 21 日 至 12 月 12 日",
        "公示期限：2025年11月21日（星期五）至12月12日（星期五）",
        "公开期限：２０２５年１１月２１日～１２月１２日",
        "公示时间:2025.11.21-2025.12.12",
        "公示时间:2025.11.21-12.12",
        "公开时间：2025-11-21至2025-12-12",
        "公示期：二〇二五年十一月二十一日至十二月十二日",
        "公开期限：自2025年11月21日9:00起至12月12日止",
        "自2025年11月21日起至2025年12月12日止，接受群众监督。",
        "反馈时限：2025年11月21日至12月12日；电话：0000-1234567",
    ],
)
def test_one_period_in_many_spellings(text: str) -> None:
    (found,) = periods(text)
    assert (found.opens, found.closes, found.workdays) == (NOVEMBER, DECEMBER, None)
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    ("text", "opens", "closes", "workdays"),
    [
        ("公示期15个工作日。", None, None, 15),
        ("公示期为十五个工作日", None, None, 15),
        ("公开时间：2025年11月21日至28日", NOVEMBER, date(2025, 11, 28), None),
        ("公开时间：2025年11月21-28日", NOVEMBER, date(2025, 11, 28), None),
        ("公示期限为2025年11月21日至2025年12月12日，共15个工作日。", NOVEMBER, DECEMBER, 15),
        ("公示期15个工作日（2025年11月21日至12月12日）", NOVEMBER, DECEMBER, 15),
        ("公示期：2024年12月20日至1月10日", date(2024, 12, 20), date(2025, 1, 10), None),
        ("公示期：12月20日至2025年1月10日", date(2024, 12, 20), date(2025, 1, 10), None),
        ("公开期限：截至2025年12月12日", None, DECEMBER, None),
        ("反馈时限:2025年12月12日前", None, DECEMBER, None),
        ("公开时间：2025年11月21日", NOVEMBER, None, None),
        ("公开期限：11月21日至12月12日", None, None, None),
        ("公开期限：2025年11月21日至11月31日", NOVEMBER, None, None),
        ("公开期限：2025年11月21日至12日", NOVEMBER, date(2025, 11, 12), None),
    ],
)
def test_what_a_period_leaves_out_is_inherited_or_none(
    text: str, opens: date | None, closes: date | None, workdays: int | None
) -> None:
    (found,) = periods(text)
    assert (found.opens, found.closes, found.workdays) == (opens, closes, workdays)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "公示期不少于15个工作日",
        "公示期间欢迎反映情况",
        "自2025年3月1日起至5月31日止开展专项整治",
        "2025年11月21日至12月12日",
        "公开期限：",
    ],
)
def test_what_states_no_period(text: str) -> None:
    assert periods(text) == []


def test_two_periods_stay_apart() -> None:
    found = periods("公示期5个工作日。公开期限：2025年11月21日至12月12日。")
    assert [(one.workdays, one.opens) for one in found] == [(5, None), (None, NOVEMBER)]


@given(DAYS, st.integers(0, 300))
def test_any_period_reads_back(opens: date, length: int) -> None:
    closes = opens + timedelta(length)
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(opens.year))
    spoken = f"{year}年{chinese(opens.month)}月{chinese(opens.day)}日"
    for text in (f"公开期限：{spoken}至{month_day(closes)}", f"公示期：{full_date(opens)}—{full_date(closes)}"):
        (found,) = periods(text)
        assert (found.opens, found.closes) == (opens, closes)
    (found,) = periods(f"公开期限：{month_day(opens)}至{month_day(closes)}", opens.year)
    assert (found.opens, found.closes) == (opens, closes)


@pytest.mark.parametrize(
    ("text", "authority", "teams"),
    [
        ("根据市委统一部署，市委第二巡察组对我院开展巡察。", "市委", ("市委第二巡察组",)),
        ("按照县委工作安排，七届市委第十二轮巡察一组进驻。", "县委", ("七届市委第十二轮巡察一组",)),
        ("省委第五巡视组对该市巡视。", "省委", ("省委第五巡视组",)),
        ("市县联动巡察组进驻。", None, ("市县联动巡察组",)),
        ("区委第一、第二巡察组同时进驻，区委巡察组反馈。", "区委", ("区委第一、第二巡察组",)),
        (
            "县委第一巡察组、县委第三巡察组、县委第一巡察组进驻。",
            "县委",
            ("县委第一巡察组", "县委第三巡察组"),
        ),
        ("县委巡察组反馈意见，县委巡察组指出。", "县委", ("县委巡察组",)),
        ("本单位认真整改。", None, ()),
    ],
)
def test_who_inspected(text: str, authority: str | None, teams: tuple[str, ...]) -> None:
    found = inspection(text)
    assert (found.authority, found.teams) == (authority, teams)


@pytest.mark.parametrize(
    ("text", "begins", "ends", "findings_on"),
    [
        (
            "2024年9月30日至12月30日，组织巡察。2025年2月17日，反馈了意见。",
            date(2024, 9, 30),
            date(2024, 12, 30),
            date(2025, 2, 17),
        ),
        (
            "2023年11月1日至2024年1月10日进行了巡视，并于3月2日反馈了巡视意见。",
            date(2023, 11, 1),
            date(2024, 1, 10),
            date(2024, 3, 2),
        ),
        (
            "2024年9月1日至10月30日开展巡察。1月6日，向我局反馈。",
            date(2024, 9, 1),
            date(2024, 10, 30),
            date(2025, 1, 6),
        ),
        ("2022年8月下旬至9月底进行巡察，10月24日反馈。", "2022年8月下旬", "9月底", date(2022, 10, 24)),
        ("2024年9月1日起，进行巡察，12月上旬反馈。", date(2024, 9, 1), None, "12月上旬"),
        ("县委巡察后，10月24日反馈。", None, None, "10月24日"),
        ("2024年2月30日至3月8日巡察。", "2024年2月30日", date(2024, 3, 8), None),
        ("2024年1月1日至3月8日举办培训。", None, None, None),
    ],
)
def test_when_it_was(
    text: str, begins: date | str | None, ends: date | str | None, findings_on: date | str | None
) -> None:
    found = inspection(text)
    assert (found.begins, found.ends, found.findings_on) == (begins, ends, findings_on)


def test_an_inspection_says_which_words_it_read() -> None:
    found = inspection("2024年9月30日至12月30日，市委第二巡察组巡察。2025年2月17日反馈意见。")
    assert found.range_words == "2024年9月30日至12月30日"
    assert found.findings_words == "2025年2月17日"
    assert found.words == "2024年9月30日至12月30日，市委第二巡察组巡察。2025年2月17日"


@given(DAYS, st.integers(0, 300), st.integers(0, 60))
def test_any_inspection_reads_back(begins: date, length: int, wait: int) -> None:
    ends = begins + timedelta(length)
    handed = ends + timedelta(wait)
    found = inspection(f"{full_date(begins)}至{month_day(ends)}，进行巡察。{month_day(handed)}，反馈意见。")
    assert (found.begins, found.ends, found.findings_on) == (begins, ends, handed)
