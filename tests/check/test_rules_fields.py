"""Rules of agreement between prose and fields, and of the form of contacts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.goldens import check_golden
from tests.support.sample_notice import CLOSING, OPENING, Changes, brief, notice, report, violations

GOLDEN = Path(__file__).parent / "cases/rules-fields.txt"
END, OPEN, PHONES = "正文/尾段/0", "正文/段落/0", "联系方式/0"


def closing(old: str, new: str) -> Changes:
    assert old in CLOSING
    return {END: CLOSING.replace(old, new)}


def opening(old: str, new: str) -> Changes:
    assert old in OPENING
    return {OPEN: OPENING.replace(old, new)}


Case = tuple[Changes, list[tuple[str, str]]]
CASES: dict[str, Case] = {
    "期限的最后一天不同": (closing("12月12日", "12月22日"), [("period-differs", "公开期限/结束")]),
    "期限的第一天不同": (closing("11月21日", "11月20日"), [("period-differs", "公开期限/开始")]),
    "正文没有年份": (closing("2025年11月21日", "11月21日"), []),
    "正文没有期限": (closing("公开期限：2025年11月21日至12月12日。", ""), []),
    "延期不算不同": ({"延期": [{"日期": "2025-12-09", "至": "2025-12-30", "说明": "来信较多"}]}, []),
    "有期限没有这一项": (
        {"公开期限": None, "落款": None},
        [("period-unlisted", END)],
    ),
    "按工作日推算的最后一天不同": (
        {"公开期限": {"开始": "2025-11-21", "工作日": "16"}},
        [("period-differs", "公开期限/结束")],
    ),
    "按工作日推算，首日不计": ({"公开期限": {"开始": "2025-11-21", "工作日": "15"}}, []),
    "正文只说工作日，相符": (closing("2025年11月21日至12月12日", "15个工作日"), []),
    "正文只说工作日，不符": (
        closing("2025年11月21日至12月12日", "20个工作日"),
        [("period-workdays", END)],
    ),
    "正文的日期和工作日不符": (
        closing("12月12日", "12月12日，共20个工作日"),
        [("period-workdays", END)],
    ),
    "巡察开始不同": (opening("3月1日", "3月2日"), [("inspection-differs", "巡察/开始")]),
    "巡察结束不同": (opening("5月30日", "5月31日"), [("inspection-differs", "巡察/结束")]),
    "反馈不同": (opening("7月8日", "7月9日"), [("inspection-differs", "巡察/反馈")]),
    "含糊的日期不比": (opening("2025年3月1日至5月30日", "2025年3月上旬至5月底"), []),
    "巡察组不同": (
        opening("县委第一巡察组", "县委第二巡察组"),
        [("inspection-differs", "巡察/巡察组/0"), ("team-unlisted", OPEN)],
    ),
    "少列一个巡察组": (
        opening("县委第一巡察组", "县委第一巡察组、县委第二巡察组"),
        [("team-unlisted", OPEN)],
    ),
    "机关不同": ({"巡察/机关": "市委"}, [("inspection-differs", "巡察/机关")]),
    "没有巡察这一项": ({"巡察": None}, []),
    "电话不同": (
        {f"{PHONES}/电话": "0000-2195263"},
        [("contact-differs", "联系方式/0/电话"), ("contact-unlisted", END)],
    ),
    "电话的时间不同": ({f"{PHONES}/时间": "工作日8:00-17:00"}, [("contact-differs", "联系方式/0/时间")]),
    "电话没写时间": ({f"{PHONES}/时间": None}, [("contact-incomplete", "联系方式/0")]),
    "邮编不同": ({"联系方式/1/邮编": "118001"}, [("contact-differs", "联系方式/1/邮编")]),
    "正文没有这一种": ({"联系方式": [*(notice().contacts), {"传真": "0000-2195263"}]}, []),
    "正文有，没有列出": (
        {"联系方式": [{"通信地址": "示例县滨河街1号", "邮编": "118000"}]},
        [("contact-unlisted", END), ("contact-unlisted", END)],
    ),
    "一个号码也没有": (
        {"联系方式": None, END: "欢迎监督。"},
        [("contact-none", "公开期限")],
    ),
    "值班电话是空的": (
        closing("联系电话：0000-2195262（工作日9:00-17:00）", "专门值班电话:,"),
        [("contact-empty", END)],
    ),
    "没有区号": (
        {**closing("0000-2195262", "2195262"), f"{PHONES}/电话": "2195262"},
        [("phone-area-code", "联系方式/0/电话")],
    ),
    "位数不对": (
        {**closing("0000-2195262", "0000-219526"), f"{PHONES}/电话": "0000-219526"},
        [("phone-form", "联系方式/0/电话")],
    ),
    "两个号码写在一条里": (
        {**closing("0000-2195262", "0000-2195262、0000-2195263"), f"{PHONES}/电话": "0000-2195262、0000-2195263"},
        [("phone-form", "联系方式/0/电话")],
    ),
    "邮箱少了点": (
        {**closing("tsg@example.cn", "tsg@example"), "联系方式/2/电子邮箱": "tsg@example"},
        [("email-form", "联系方式/2/电子邮箱")],
    ),
    "邮编少了一位": (
        {**closing("118000", "11800"), "联系方式/1/邮编": "11800"},
        [("postcode-form", "联系方式/1/邮编")],
    ),
}


@pytest.mark.parametrize("title", CASES)
def test_rules_of_agreement(title: str) -> None:
    changes, expected = CASES[title]
    assert brief(violations(notice(changes))) == expected


def test_the_words_of_the_rules_of_agreement() -> None:
    found = {title: violations(notice(changes)) for title, (changes, expected) in CASES.items() if expected}
    check_golden(report(found), GOLDEN)


DIALLED = """
(0000)2195262 | 0000 2195262 | 0000-2195262转8001 | 0000-2195262-8 | 0000—2195262（转3） | ０００００２１９５２６２
+86 0000-2195262 | 010-12345678 | 13900001234 | 139-0000-1234 | 400-810-1234 | 12345 | 12388 | 110 | 96110
""".replace("\n", "|")


@pytest.mark.parametrize("number", [number.strip() for number in DIALLED.split("|") if number.strip()])
def test_numbers_that_can_be_dialled(number: str) -> None:
    made = notice(
        {END: f"欢迎监督。公开期限：2025年11月21日至12月12日。联系电话：{number}。", "联系方式": [{"电话": number}]}
    )
    assert brief(violations(made)) == []


def test_prose_without_closing_paragraphs_is_compared_too() -> None:
    body = {"段落": [OPENING, "我馆认真整改。", CLOSING.replace("2195262", "2195269")]}
    found = violations(notice({"正文": body, "统计": None}))
    assert brief(found) == [("contact-differs", "联系方式/0/电话"), ("contact-unlisted", "正文/段落/2")]
