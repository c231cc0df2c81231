"""What a notice's page sums up, and what it leaves unsaid."""

from __future__ import annotations

from typing import Any

from generator.check.rules.counting import shown_counts
from generator.model import Counts, Organ
from generator.pages.navigation import Mark
from generator.pages.summary import summary_of
from generator.pages.view import Share, Summary, Tally
from tests.support.pages import notice


def _finding(number: int, progress: str = "") -> dict[str, Any]:
    return {"标题": f"{number}.不到位。", "段落": ["已改。"], **({"进展": progress} if progress else {})}


def _of(body: dict[str, Any]) -> tuple[Summary, Counts]:
    one = notice("2025/one", 正文=body)
    shown = summary_of(one, shown_counts(one), Organ(name="示例县图书馆"))
    assert shown is not None
    return shown, shown_counts(one)


def _section(title: str, *findings: dict[str, Any]) -> dict[str, Any]:
    return {"标题": title, "问题": list(findings)}


def test_findings_are_marked_by_progress_where_it_is_stated_of_each() -> None:
    sections = [
        _section("（一）甲", _finding(1, "已完成"), _finding(2, "正在整改")),
        _section("（二）乙", _finding(1, "基本完成"), _finding(2, "未完成"), _finding(3, "持续推进")),
    ]
    shown, _ = _of({"部分": [{"标题": "一、整改", "小节": sections}, {"标题": "二、打算", "段落": ["继续。"]}]})
    part, plans = shown.contents
    assert [entry.marks for entry in part.below] == [
        (Mark.DONE, Mark.GOING),
        (Mark.MOSTLY, Mark.TO_DO, Mark.GOING),
    ]
    assert (part.marks, plans.marks, "一个" in shown.hint, shown.to_findings) == ((), (), True, True)
    assert shown.tally == Tally(
        columns=("问题", "已完成", "基本完成", "正在整改", "持续推进", "未完成"),
        rows=(("（一）甲", (2, 1, 0, 1, 0, 0)), ("（二）乙", (3, 0, 1, 0, 1, 1))),
        total=(5, 1, 1, 1, 1, 1),
    )


def test_nothing_is_said_of_progress_where_one_finding_has_none() -> None:
    sections = [_section("（一）甲", _finding(1, "已完成"), _finding(2)), _section("（二）乙", _finding(1))]
    shown, _ = _of({"小节": sections})
    assert [entry.marks for entry in shown.contents] == [(Mark.UNSTATED, Mark.UNSTATED), (Mark.UNSTATED,)]
    assert shown.shares == ()
    assert shown.tally == Tally(columns=("问题",), rows=(("（一）甲", (2,)), ("（二）乙", (1,))), total=(3,))


def test_the_bar_is_filled_from_end_to_end() -> None:
    """Shares lie side by side in the order of the words, with a gap where there is room for one."""
    findings = [_finding(number, "已完成" if number < 200 else "未完成") for number in range(1, 201)]
    shown, _ = _of({"问题": findings})
    assert shown.shares == (
        Share(mark=Mark.DONE, label="已完成", number=199, start=0, end=995),
        Share(mark=Mark.TO_DO, label="未完成", number=1, start=995, end=1000),
    )
    shown, _ = _of({"问题": [_finding(1, "已完成"), _finding(2, "持续推进")]})
    assert [(share.start, share.end) for share in shown.shares] == [(0, 500), (505, 1000)]


def test_one_number_needs_no_table_and_no_findings_no_figures() -> None:
    shown, _ = _of({"问题": [_finding(1), _finding(2)]})
    assert (shown.tally, "一个" in shown.hint, shown.shares) == (None, False, ())
    assert [figure.label for figure in shown.figures] == ["个问题"]
    prose = notice("2025/one", 正文={"段落": ["已经全部改好。"]})
    assert summary_of(prose, shown_counts(prose), Organ(name="示例县图书馆")) is None


def test_groups_without_findings_are_not_counted_where_others_have_them() -> None:
    prose = [{"标题": f"（{number}）打算", "段落": ["继续。"]} for number in "一二三"]
    parts = [{"标题": "一、打算", "小节": prose}, {"标题": "二、整改", "问题": [_finding(1), _finding(2)]}]
    shown, counts = _of({"部分": parts})
    assert (counts.sections, counts.findings) == (0, 2)
    assert [(figure.number, figure.label) for figure in shown.figures] == [("2", "个问题")]


OPENING = "2025年3月1日至5月30日，县委第一巡察组对示例县图书馆党组进行了巡察。7月8日反馈了意见。"


def _told(opening: str, kind: str = "巡察", **inspection: Any) -> str:
    fields = {"巡察组": [f"县委第一{kind}组"], "开始": "2025-03-01", "结束": "2025-05-30", "反馈": "2025-07-08"}
    given = {key: value for key, value in (fields | inspection).items() if value}
    one = notice("2025/one", 巡察=given, 正文={"段落": [opening]})
    shown = summary_of(one, shown_counts(one), Organ(name="示例县图书馆"))
    return shown.inspection if shown else ""


def test_the_inspection_is_told_in_the_words_of_the_text() -> None:
    assert _told(OPENING) == (
        "2025年3月1日至2025年5月30日，县委第一巡察组巡察了示例县图书馆党组。2025年7月8日反馈巡察意见。"
    )
    assert _told(OPENING, 结束=None).startswith("2025年3月1日起，县委第一巡察组巡察了示例县图书馆党组。")
    assert _told(OPENING, 开始=None, 结束=None, 反馈=None) == "县委第一巡察组巡察了示例县图书馆党组。"


def test_an_inspection_from_above_is_called_by_its_own_name() -> None:
    """巡视 and 巡察 are different in law: a sentence says the one that the text says."""
    said = _told(OPENING.replace("巡察", "巡视"), kind="巡视")
    assert said == "2025年3月1日至2025年5月30日，县委第一巡视组巡视了示例县图书馆党组。2025年7月8日反馈巡视意见。"


def test_who_came_is_left_out_where_it_is_not_certain() -> None:
    span = "2025年3月1日至2025年5月30日"
    several = OPENING.replace("示例县图书馆党组", "示例县图书馆等6家单位")
    assert _told(several).startswith(f"{span}，示例县图书馆接受了巡察。")
    assert _told(OPENING, 巡察组=["巡察组"]).startswith(f"{span}，示例县图书馆党组接受了巡察。")
    assert _told(OPENING, 巡察组=None, 机关="县委").startswith(f"{span}，示例县图书馆党组接受了巡察。")


def test_nothing_is_told_of_an_inspection_of_others() -> None:
    assert _told(OPENING.replace("示例县图书馆党组", "6家单位")) == ""
    assert _told("现将巡察整改情况予以公布。") == ""


def test_no_number_stands_anywhere_where_the_text_gives_another() -> None:
    """Neither figures nor marks nor table; the headings still lead to the text, and what a finding states stays."""
    sections = [
        _section("（一）甲", _finding(1, "已完成"), _finding(2, "已完成")),
        _section("（二）乙", _finding(1, "已完成")),
    ]
    body = {"段落": ["巡察反馈28个问题。"], "部分": [{"标题": "一、整改", "小节": sections}]}
    shown, counts = _of(body)
    assert (counts.sections, counts.findings, counts.measures) == (0, 0, 0)
    assert (shown.figures, shown.shares, shown.tally, "一个" in shown.hint) == ((), (), None, False)
    (part,) = shown.contents
    assert [(group.marks, [one.progress for one in group.below]) for group in part.below] == [
        ((), ["已完成", "已完成"]),
        ((), ["已完成"]),
    ]
    shown, counts = _of(body | {"段落": ["巡察反馈3个问题。"]})
    assert (counts.findings, "一个" in shown.hint) == (3, True)
