"""What the program may say of a notice in words of its own: who was inspected, by what, how many findings there are."""

from __future__ import annotations

import pytest

from generator.check import CertainInspection, certain_inspection, summarize
from generator.check.rules.counting import is_finding, shown_counts, stated_totals
from generator.check.rules.places import places
from generator.intake import import_text
from generator.model import Notice, Organ
from generator.prose import inspection_kind, whole_team

WATER = Organ.model_validate({"名称": "示例县水务局", "曾用名": [{"名称": "示例县水利局"}]})
OFFICE = Organ.model_validate({"名称": "中共示例县委巡察工作领导小组办公室", "简称": "县委巡察办"})
COUNTY = Organ.model_validate({"名称": "中共示例县委员会"})
MARKET = Organ.model_validate({"名称": "示例县农贸市场服务中心"})
TEAM = "县委第二巡察组"
TITLE = "中共示例县水务局党组关于县委巡察整改进展情况的通报"
OPENING = f"根据县委统一部署，2025年3月10日至4月30日，{TEAM}对县水务局党组进行了巡察。2025年6月20日反馈了意见。"
SIGNED = "中共示例县水务局党组\n2025年11月3日"


def imported(body: str, *, title: str = TITLE, opening: str = OPENING, signed: str = SIGNED) -> Notice:
    """Import a text as a clerk would."""
    source = f"{title}\n{opening}\n{body}\n公开期限：2025年11月3日至11月24日。\n{signed}\n"
    draft = import_text(source.encode(), slug_id="2025/shuiwu", organs={}, organs_text="", organ="shuiwu", file="a.txt")
    assert draft.problems == ()
    assert draft.notice is not None
    return draft.notice


def told(opening: str, organ: Organ = WATER, *, title: str = TITLE, teams: tuple[str, ...] = (TEAM,)) -> object:
    """Return what is certain of an inspection: whom, which kind, which teams; None where nothing is."""
    plain = Notice.model_validate(
        {
            "编号": "2025/shuiwu",
            "格式": "1",
            "标题": title,
            "单位": "shuiwu",
            "发布": "2025-11-03",
            "巡察": {"巡察组": list(teams)},
            "正文": {"段落": [opening]},
        }
    )
    found = certain_inspection(plain, organ)
    return (found.whom, found.kind, found.teams) if found else None


ITSELF = ("县水务局党组", "巡察", (TEAM,))
SAID = {
    f"2025年3月10日至4月30日，{TEAM}对县水务局党组进行了巡察。": ITSELF,
    f"{TEAM}对示例县水务局开展巡察。": ("示例县水务局", "巡察", (TEAM,)),
    f"{TEAM}对县水务局党组（以下简称局党组）进行了巡察": ITSELF,
    f"{TEAM}对中共示例县水务局党组开展了为期45天的常规巡察。": ("中共示例县水务局党组", "巡察", (TEAM,)),
    f"{TEAM}进驻县水务局开展巡察。": ("县水务局", "巡察", (TEAM,)),
    f"{TEAM}巡察了县水务局党组。": ITSELF,
    f"2025年3月至4月，县水务局党组接受了{TEAM}的巡察。": ITSELF,
    f"{TEAM}对县水利局党组进行了巡察。": ("县水利局党组", "巡察", (TEAM,)),
    f"{TEAM}对我局党组进行了巡察。": ("示例县水务局", "巡察", (TEAM,)),
    f"{TEAM}对我单位开展了巡察。": ("示例县水务局", "巡察", (TEAM,)),
    # Others were inspected too: which team came here is not said.
    f"{TEAM}等4个巡察组对县水务局等6家单位开展了巡察。": ("县水务局", "巡察", ()),
    f"{TEAM}对县教育局、县水务局、县文化馆进行了巡察。": ("县水务局", "巡察", ()),
    # Somebody else was inspected, or nobody has been yet.
    f"{TEAM}对县水务局下属6个水厂进行了巡察。": None,
    f"{TEAM}对县教育局党组进行了巡察。": None,
    f"{TEAM}对示例县进行了巡察。": None,
    f"{TEAM}对我县进行了巡察。": None,
    f"{TEAM}拟对县水务局开展巡察。": None,
    f"{TEAM}向县水务局反馈了巡察意见，现将整改情况公布。": None,
    "按照县委巡察工作安排，现将整改情况公布。": None,
}


@pytest.mark.parametrize("opening", SAID)
def test_who_was_inspected_is_said_only_where_the_text_says_it(opening: str) -> None:
    assert told(opening) == SAID[opening]


def test_who_publishes_is_not_who_was_inspected() -> None:
    """The office that leads inspections publishes what others put right; 我局 is whoever signs."""
    opening = "2025年3月10日至4月30日，县委4个巡察组对县水务局等6家单位开展了巡察。"
    title = "中共示例县委巡察工作领导小组办公室关于县委第二轮巡察整改进展情况的通报"
    assert told(opening, OFFICE, title=title, teams=("巡察组",)) is None
    assert told(f"{TEAM}对我局进行了巡察。", WATER, title="关于整改情况的通报") is None


def test_a_county_may_call_itself_so_and_an_office_by_what_it_is() -> None:
    county = "中共示例县委员会关于省委巡视整改进展情况的通报"
    team = ("省委第二巡视组",)
    assert told("省委第二巡视组对我县进行了巡视。", COUNTY, title=county, teams=team) == (
        "中共示例县委员会",
        "巡视",
        team,
    )
    assert told("省委第二巡视组对示例县开展了巡视。", COUNTY, title=county, teams=team) == ("示例县", "巡视", team)
    market = "中共示例县农贸市场服务中心支部委员会关于巡察整改情况的通报"
    found = told(f"{TEAM}对我中心党支部进行了巡察。", MARKET, title=market)
    assert found == ("示例县农贸市场服务中心", "巡察", (TEAM,))


def test_nothing_is_said_where_no_field_was_filled_in() -> None:
    bare = imported("一、整改情况\n1.管网巡查不到位。\n已改。", opening=f"{TEAM}对县水务局党组进行了巡察。")
    assert bare.inspection is not None
    assert certain_inspection(bare, WATER) == CertainInspection(*ITSELF)
    assert certain_inspection(bare.model_copy(update={"inspection": None}), WATER) is None


TEAMS = {
    ("县委第二巡察组对县水务局", "县委第二巡察组"): True,
    ("经示例县委第二巡察组", "县委第二巡察组"): True,
    ("4月30日镇党委第一巡察组", "镇党委第一巡察组"): True,
    ("，县委教育工委第一巡察组", "县委教育工委第一巡察组"): True,
    ("由市县联动第四巡察组", "市县联动第四巡察组"): True,
    ("，县委粮食购销领域专项巡察组", "县委粮食购销领域专项巡察组"): True,
    ("镇党委第一巡察组对", "第一巡察组"): False,
    ("县委教育工委第一巡察组", "工委第一巡察组"): False,
    ("开发区党工委第一巡察组", "工委第一巡察组"): False,
    ("县委粮食购销领域专项巡察组", "专项巡察组"): False,
    ("县委4个巡察组", "巡察组"): False,
    ("，巡察组反馈了意见", "巡察组"): False,
    ("第二轮巡察组", "第二轮巡察组"): False,
    ("县委第二巡察组", "县委第三巡察组"): False,
}


@pytest.mark.parametrize(("text", "team"), TEAMS)
def test_a_team_is_named_by_its_whole_name_or_not_at_all(text: str, team: str) -> None:
    assert whole_team(text, team) is TEAMS[text, team]


def test_a_name_that_was_cut_leaves_the_rest_of_the_sentence() -> None:
    opening = "2025年3月10日至4月30日，局党委第一巡察组对县水务局党组进行了巡察。"
    assert told(opening, teams=("第一巡察组",)) == ("县水务局党组", "巡察", ())
    assert told(opening, teams=("局党委第一巡察组",)) == ("县水务局党组", "巡察", ("局党委第一巡察组",))


KINDS = {
    ("中共示例县水务局党组关于县委巡察整改进展情况的通报", "省委巡视指出"): "巡察",
    ("中共示例县委员会关于省委巡视整改进展情况的通报", "巡察工作开展不力"): "巡视",
    ("关于巡视巡察整改情况的通报",): "巡视巡察",
    ("中共示例县委巡察工作领导小组办公室关于省委巡视整改情况的通报",): "巡视",
    ("中共示例县委巡察工作领导小组办公室关于整改情况的通报", "根据县委统一部署"): "",
    ("关于整改情况的通报", "", "根据《中国共产党巡视工作条例》和县委部署，县委第二巡察组开展了巡察"): "巡察",
    ("关于整改情况的通报", "省委第二巡视组", "现将情况公布"): "巡视",
    ("关于生态环境保护督察整改情况的通报",): "",
}


@pytest.mark.parametrize("texts", KINDS)
def test_the_kind_of_inspection_is_the_texts_own(texts: tuple[str, ...]) -> None:
    assert inspection_kind(*texts) == KINDS[texts]


FINDING = "（一）供水管理方面\n1.关于“管网巡查不到位”的问题\n一是补齐巡查记录。二是更换老旧管道3公里。\n"
TWO = FINDING + "2.关于“抄表差错多”的问题\n一是拍照留存。\n"
NUMBERS = {
    "问题的标题就是问题": (f"一、整改情况\n{TWO}二、下一步工作打算\n继续整改。", 2),
    "标题没有说是问题，但只有这一部分列了": ("一、巡察整改情况\n（一）供水方面\n1.管网巡查方面。\n已改。\n", 1),
    "组织落实也编了号": (
        (
            "一、组织落实整改情况\n（一）党组书记带头抓整改\n1.提高站位抓部署。\n召开会议。\n2.健全机制抓推进。\n建立台账。\n"
            f"二、整改情况\n{FINDING}"
        ),
        0,
    ),
    "只有组织落实编了号": ("一、组织领导情况\n1.提高站位。\n开会。\n2.压实责任。\n分工。\n二、整改情况\n都已整改。", 0),
    "附件编了号": (f"一、整改情况\n{FINDING}附件：\n1.整改清单\n2.制度目录\n", 0),
    "监督方式编了号": (f"一、整改情况\n{FINDING}二、监督方式\n1.电话：0000-6220001。\n2.信箱：示例县1号信箱。\n", 0),
    "问题没有再分": ("一、整改情况\n（一）关于“管网巡查不到位”的问题\n整改情况：已补齐。\n", 0),
    "有的小节自己就是问题": (f"一、整改情况\n{FINDING}（二）关于“抄表差错多”的问题\n整改情况：已改。\n", 0),
    "有的部分自己就是问题": (f"一、整改情况\n{FINDING}二、关于“抄表差错多”的问题\n已改。\n", 0),
    "一个问题里还有几个": (
        (
            "一、整改情况\n（一）支农支小方面\n1.支农定位不够\n"
            "（1）关于“贷款下降”的问题。已改。\n（2）关于“首贷户少”的问题。已改。\n"
        ),
        0,
    ),
    "写了总数，对得上": (f"一、总体情况\n巡察反馈2个方面2个问题，已完成2个。\n二、整改情况\n{TWO}", 2),
    "写了总数，对不上": (f"一、总体情况\n巡察反馈28个问题，已全部整改。\n二、整改情况\n{TWO}", 0),
    "总数写成汉字，对不上": (f"一、总体情况\n巡察组共反馈问题三十二个。\n二、整改情况\n{TWO}", 0),
    "有两个总数": (f"一、总体情况\n巡察反馈2个问题，共梳理出6个问题。\n二、整改情况\n{TWO}", 0),
    "组织落实里的总数，和列出的对不上": (
        f"一、组织落实情况\n1.逐条认领。\n对巡察反馈的2个问题列出清单。\n二、整改情况\n{TWO}",
        0,
    ),
    "措施里的数不是总数": (f"一、整改情况\n{TWO}三是巡察反馈以后，共查出隐患问题12个，都已排除。\n", 2),
    "约数不是总数": (f"一、总体情况\n共梳理出30余个问题。\n二、整改情况\n{TWO}", 2),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_findings_are_counted_only_where_the_count_is_certain(case: str) -> None:
    body, expected = NUMBERS[case]
    made = imported(body)
    assert shown_counts(made).findings == expected, [total.stated for total in stated_totals(made, places(made))]
    assert summarize(made).counts == shown_counts(made)


def test_sections_and_measures_count_unless_the_text_gives_another_number() -> None:
    stated = "一、总体情况\n巡察反馈{}个方面2个问题，制定整改措施{}条。\n二、整改情况\n" + TWO
    counts = {pair: shown_counts(imported(stated.format(*pair))) for pair in ((1, 3), (4, 3), (1, 96))}
    assert {pair: (held.sections, held.findings, held.measures) for pair, held in counts.items()} == {
        (1, 3): (1, 2, 3),
        (4, 3): (0, 2, 3),
        (1, 96): (1, 2, 0),
    }


FAULTS = (
    "1.学习不深入方面。",
    "2.关于“停车难”的问题",
    "（三）落实责任不到位",
    "3.部分线路候车时间过长。",
    "①新书上架太慢",
    "（二）公平秤管理的问题",
    "5.“三重一大”制度执行方面的问题",
    "4.基层党组织建设有短板",
)
NO_FAULTS = (
    "1.提高站位抓部署。",
    "2.健全机制，不断改进。",
    "（一）补齐短板弱项",
    "3.加强学习方面",
    "4.整改清单",
    "3.解决群众反映突出问题。",
    "4.推动解决停车难的问题",
    "5.电话：0000-6220001",
)


def test_a_heading_names_a_fault_or_what_is_done() -> None:
    assert [title for title in FAULTS if not is_finding(title)] == []
    assert [title for title in NO_FAULTS if is_finding(title)] == []
