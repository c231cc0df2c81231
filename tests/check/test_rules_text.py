"""Rules of the text: the numbers of headings, totals, rates and statistics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.problems import Severity
from tests.support.goldens import check_golden
from tests.support.sample_notice import Changes, brief, notice, report, violations

GOLDEN = Path(__file__).parent / "cases/rules-text.txt"
SECTION, TOTALS = "正文/部分/1/小节", "正文/部分/0/段落/0"


def findings(*titles: str) -> list[dict[str, Any]]:
    return [{"标题": title, "段落": ["已改。"]} for title in titles]


TOTAL = ("findings-total", TOTALS)

Case = tuple[Changes, list[tuple[str, str]]]
CASES: dict[str, Case] = {
    "前两部分丢了序号": (
        {"正文/部分": findings("总体情况", "整改情况", "三、下一步打算"), "统计": None},
        [("number-missing", "正文/部分/0/标题")],
    ),
    "第二部分序号写错": ({"正文/部分/1/标题": "三、整改情况"}, [("number-sequence", "正文/部分/1/标题")]),
    "不是从一开始": (
        {"正文/部分": findings("二、总体情况", "三、整改情况"), "统计": None},
        [("number-sequence", "正文/部分/0/标题")],
    ),
    "重复，以后接着数": (
        {f"{SECTION}/0/问题": findings("1.甲。", "2.乙。", "2.丙。", "3.丁。")},
        [("number-sequence", f"{SECTION}/0/问题/2/标题"), TOTAL],
    ),
    "倒着走": (
        {f"{SECTION}/0/问题": findings("1.甲。", "2.乙。", "3.丙。", "1.丁。")},
        [("number-sequence", f"{SECTION}/0/问题/3/标题"), TOTAL],
    ),
    "第二组没有从一开始": (
        {f"{SECTION}/1/问题": findings("2.甲。", "3.乙。")},
        [("number-sequence", f"{SECTION}/1/问题/0/标题")],
    ),
    "两组连着编号": ({f"{SECTION}/1/问题": findings("3.甲。", "4.乙。")}, []),
    "混用两种序号": (
        {f"{SECTION}/1/标题": "2.服务不到位"},
        [("number-mixed", f"{SECTION}/1/标题")],
    ),
    "半角和全角括号算一种": ({f"{SECTION}/1/标题": "(二)服务不到位"}, []),
    "都没有序号": ({"正文/部分": findings("总体情况", "整改情况"), "统计": None}, []),
    "中间一个没有序号": (
        {f"{SECTION}/0/问题": findings("1.甲。", "乙。", "2.丙。")},
        [("number-missing", f"{SECTION}/0/问题/1/标题"), TOTAL],
    ),
    "措施跳号": (
        {f"{SECTION}/0/问题/0/措施": ["一是甲。", "三是乙。"]},
        [("number-sequence", f"{SECTION}/0/问题/0/措施/1")],
    ),
    "标签下的措施跳号": (
        {f"{SECTION}/0/问题/1/段落": [{"标签": "整改情况：", "措施": ["一是甲。", "一是乙。"]}]},
        [("number-sequence", f"{SECTION}/0/问题/1/段落/0/措施/1")],
    ),
    "段内措施跳号": (
        {f"{SECTION}/1/问题/1/段落": ["一是清点。三是换架。"]},
        [("measure-sequence", f"{SECTION}/1/问题/1/段落/0")],
    ),
    "段内两轮措施": ({f"{SECTION}/1/问题/1/段落": ["一是甲；二是乙。其后，一是丙；二是丁。统一是好事。"]}, []),
    "没有部分，只有问题": (
        {"正文/部分": None, "正文/问题": findings("1.甲。", "3.乙。"), "统计": None},
        [("number-sequence", "正文/问题/1/标题")],
    ),
    "合计不对": (
        {TOTALS: "反馈25个问题，已完成整改19个、正在整改5个。"},
        [("sum", TOTALS), TOTAL],
    ),
    "完成的比反馈的多": ({TOTALS: "反馈25个问题，已完成整改26个。"}, [("sum", TOTALS), TOTAL]),
    "没说其余的怎样": ({TOTALS: "反馈25个问题，已完成整改19个、基本完成4个。"}, [TOTAL]),
    "百分比不对": (
        {TOTALS: "反馈25个问题，已完成整改19个、正在整改6个，整改完成率80%。"},
        [("percentage", TOTALS), TOTAL],
    ),
    "百分比四舍五入": (
        {TOTALS: "反馈的697个问题，完成整改688个，基本完成4个，未完成5个，总体完成率98.71%。"},
        [TOTAL],
    ),
    "百分比多写了一位": (
        {TOTALS: "反馈的697个问题，完成整改688个，基本完成4个，未完成5个，总体完成率98.72%。"},
        [("percentage", TOTALS), TOTAL],
    ),
    "百分比连基本完成也算": ({TOTALS: "反馈10个问题，已完成7个，基本完成2个，未完成1个，完成率90%。"}, [TOTAL]),
    "列出的比反馈的少": ({TOTALS: "反馈5个问题，已完成整改4个、正在整改1个。"}, [TOTAL]),
    "列出的和反馈的一样多": ({TOTALS: "市委第一巡察组反馈了2个方面4个问题，其中立行立改问题1个。"}, []),
    "两个总数不一样": ({TOTALS: "反馈4个问题，共梳理6个问题。"}, [TOTAL]),
    "措施里的数不是总数": ({f"{SECTION}/1/问题/1/段落/0": "巡察反馈以后，共查出借阅问题9个。"}, []),
    "统计的原文不在正文里": ({"统计/0/原文": "建立制度12项"}, [("statistic-quote", "统计/0/原文")]),
    "统计的数不对": ({"统计/0/数": "11"}, [("statistic-number", "统计/0/数")]),
    "十余项不是数": (
        {"正文/部分/0/段落/1": "建立制度十余项。", "统计/0/原文": "建立制度十余项", "统计/0/数": "10"},
        [("statistic-number", "统计/0/数")],
    ),
    "原文跨过标题和正文": (
        {"统计": [{"名称": "制度", "数": "3", "原文": "写得少方面。练笔三次"}]},
        [],
    ),
    "没有统计": ({"统计": None}, []),
}


@pytest.mark.parametrize("title", CASES)
def test_rules_of_the_text(title: str) -> None:
    changes, expected = CASES[title]
    assert brief(violations(notice(changes))) == expected


def test_the_words_of_the_rules_of_the_text() -> None:
    found = {title: violations(notice(changes)) for title, (changes, expected) in CASES.items() if expected}
    check_golden(report(found), GOLDEN)


def test_approved_text_is_only_pointed_out() -> None:
    """Whatever the author may have meant so is a warning; what contradicts a field of ours is an error."""
    found = [one for changes, _ in CASES.values() for one in violations(notice(changes))]
    ours = {"statistic-quote", "statistic-number"}
    assert {one.code for one in found if one.severity is Severity.ERROR} == ours
