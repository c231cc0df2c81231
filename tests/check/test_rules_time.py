"""Rules of time: the length and extension of the period, and what comes before what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.goldens import check_golden
from tests.support.sample_notice import CLOSING, Changes, brief, notice, report, surroundings, violations

GOLDEN = Path(__file__).parent / "cases/rules-time.txt"
PLAIN = "欢迎监督。"

# Without period in the prose, so that only the field speaks.
Case = tuple[Changes, list[tuple[str, str]]]
CASES: dict[str, Case] = {
    "一天不够": (
        {"正文/尾段/0": PLAIN, "公开期限/结束": "2025-12-10"},
        [("period-short", "公开期限/结束")],
    ),
    "延期以后够了": (
        {
            "正文/尾段/0": PLAIN,
            "公开期限/结束": "2025-12-10",
            "延期": [{"日期": "2025-12-09", "至": "2025-12-12", "说明": "群众来信较多"}],
        },
        [],
    ),
    "工作日不够": (
        {"正文/尾段/0": PLAIN, "公开期限": {"开始": "2025-11-21", "工作日": "5"}},
        [("period-short", "公开期限/工作日")],
    ),
    "跨进没有节假日安排的年份": (
        {
            "编号": "2098/tushuguan",
            "正文/尾段/0": PLAIN,
            "发布": None,
            "公开期限": {"开始": "2098-11-21", "结束": "2098-12-20"},
        },
        [("period-provisional", "公开期限/结束")],
    ),
    "延期的年份写错": (
        {"延期": [{"日期": "2025-12-01", "至": "2027-12-12", "说明": "群众来信较多"}]},
        [("period-long", "延期/0/至")],
    ),
    "延期没有延长": (
        {"延期": [{"日期": "2025-12-01", "至": "2025-12-12", "说明": "群众来信较多"}]},
        [("extension-not-later", "延期/0/至")],
    ),
    "第二次延期比第一次早": (
        {
            "延期": [
                {"日期": "2025-12-01", "至": "2025-12-30", "说明": "群众来信较多"},
                {"日期": "2025-12-20", "至": "2025-12-25", "说明": "群众来信较多"},
            ]
        },
        [("extension-not-later", "延期/1/至")],
    ),
    "期满以后才延期": (
        {"延期": [{"日期": "2025-12-13", "至": "2025-12-30", "说明": "群众来信较多"}]},
        [("extension-outside", "延期/0/日期")],
    ),
    "没有期限的延期": (
        {
            "正文/尾段/0": PLAIN,
            "公开期限": None,
            "延期": [{"日期": "2025-12-01", "至": "2025-12-30", "说明": "群众来信较多"}],
        },
        [("extension-without-period", "延期")],
    ),
    "巡察先结束后开始": (
        {"正文/段落/0": "现予公布。", "巡察/结束": "2025-02-01"},
        [("date-order", "巡察/结束")],
    ),
    "反馈在巡察结束以前": (
        {"正文/段落/0": "现予公布。", "巡察/反馈": "2025-05-29"},
        [("date-order", "巡察/反馈")],
    ),
    "发布在反馈以前": (
        {"正文/段落/0": "现予公布。", "巡察/反馈": "2025-11-22"},
        [("date-order", "发布")],
    ),
    "没写发布，期限在反馈以前": (
        {"正文/段落/0": "现予公布。", "巡察/反馈": "2025-11-22", "发布": None},
        [("date-order", "公开期限/开始")],
    ),
    "含糊的日期不比": (
        {"正文/段落/0": "现予公布。", "巡察/开始": "2025年8月下旬", "巡察/结束": "9月底"},
        [],
    ),
    "发布晚于期限第一天": ({"发布": "2025-11-24 09:00"}, [("publication-late", "发布")]),
    "发布晚于期限最后一天": (
        {"正文/尾段/0": PLAIN, "发布": "2025-12-15 09:00"},
        [("publication-over", "公开期限/结束")],
    ),
    "收录的，发布晚于期限第一天": (
        {
            "正文/尾段/0": PLAIN,
            "发布": "2025-11-24 09:00",
            "来源": {"网址": "https://www.example.com/1.html", "收录": "2025-12-20"},
        },
        [],
    ),
    "落款晚于发布": ({"落款/1": "2025年11月22日"}, [("signature-late", "落款/1")]),
    "落款当天": ({"落款/1": "二〇二五年十一月二十一日"}, []),
    "落款没有日期": ({"落款": ["中共示例县图书馆党组"]}, []),
    "没有落款": ({"落款": None}, []),
    "发布以前的更正和撤回": (
        {
            "更正": [{"日期": "2025-11-20", "说明": "改一个字"}, {"日期": "2025-11-21", "说明": "再改一个字"}],
            "撤回": {"日期": "2025-11-01", "说明": "内容有误"},
        },
        [("event-before-publication", "更正/0/日期"), ("event-before-publication", "撤回/日期")],
    ),
    "发布以前的延期": (
        {"延期": [{"日期": "2025-11-20", "至": "2025-12-30", "说明": "群众来信较多"}]},
        [("event-before-publication", "延期/0/日期"), ("extension-outside", "延期/0/日期")],
    ),
    "期满当天的反馈结果": (
        {"反馈结果": {"日期": "2025-12-12", "段落": ["没有收到意见。"]}},
        [("outcome-early", "反馈结果/日期")],
    ),
    "期满以后的反馈结果": ({"反馈结果": {"日期": "2025-12-13", "段落": ["没有收到意见。"]}}, []),
    "别的年份的文件夹": ({"编号": "2024/tushuguan"}, [("id-year", "发布")]),
    "别的年份的文件夹，没写发布": ({"编号": "2026/tushuguan", "发布": None}, [("id-year", "公开期限/开始")]),
}


@pytest.mark.parametrize("title", CASES)
def test_rules_of_time(title: str) -> None:
    changes, expected = CASES[title]
    assert brief(violations(notice(changes))) == expected


def test_the_words_of_the_rules_of_time() -> None:
    found = {title: violations(notice(changes)) for title, (changes, expected) in CASES.items() if expected}
    check_golden(report(found), GOLDEN)


def test_nothing_is_wrong_with_the_clean_notice() -> None:
    assert violations(notice()) == []


@pytest.mark.parametrize(("minimum", "short"), [(0, False), (15, False), (16, False), (17, True)])
def test_either_count_of_working_days_is_accepted(minimum: int, short: bool) -> None:
    """From 21 November to 12 December 2025 lie 16 working days with the first and 15 without it."""
    found = violations(notice({"正文/尾段/0": CLOSING}), surroundings(minimum=minimum))
    assert brief(found) == [("period-short", "公开期限/结束")] * short
