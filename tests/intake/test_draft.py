"""A draft is the whole text or no draft: what is refused, whose notice it is, what the report says."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from generator.intake import Draft, import_text
from generator.intake.draft import first_difference
from generator.intake.notice_lines import SourceLine, divide_lines
from generator.intake.organ import guess_kind, organ_name
from generator.model import Organs, counts_of, notice_text
from generator.problems import Span
from generator.read import parse, plain
from tests.support.samples import CHARACTERS, SAMPLES, Sample

TITLE = "中共示例县人民医院委员会关于县委巡察整改情况的通报"
BODY = f"{TITLE}\n\n一、整改情况\n1.台账不全方面。已补齐。\n"
SIGNED = BODY + "\n公开期限：2025年10月9日至10月29日。\n\n中共示例县人民医院委员会\n2025年10月9日\n"
ORGANS = TypeAdapter(Organs)
LISTED = "# 单位\nshili-hospital:\n  名称: 示例县人民医院 # 旧\n".replace(" # 旧", "")


def draft_of(source: str, organs_text: str = "", organ: str | None = None, id_: str = "2025/shili") -> Draft:
    """Import a text."""
    tree, _ = parse(organs_text, "organs.yml")
    organs = ORGANS.validate_python(plain(tree), by_alias=True, by_name=False) if tree else {}
    return import_text(source.encode(), slug_id=id_, organs=organs, organs_text=organs_text, organ=organ, file="a.txt")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_sample_comes_out_whole(sample: Sample) -> None:
    """The acceptance case: a title over two lines, two bare headings of three, run-in and standing headings."""
    source = sample.text()
    draft = draft_of(source, id_=sample.id)
    assert draft.problems == ()
    notice = draft.notice
    assert notice is not None
    assert "".join(notice_text(notice).split()) == "".join(source.split())
    assert len("".join(source.split())) == CHARACTERS
    counts = counts_of(notice)
    assert (counts.parts, counts.sections, counts.findings) == (3, 7, 32)
    assert (counts.measures, counts.findings_with_measures) == (59, 23)
    first, second, third = notice.body.parts
    for part in (first, third):
        assert all(section.title.endswith("。") and len(section.paragraphs) == 1 for section in part.sections)
    assert not any(section.title.endswith("。") for section in second.sections)
    assert third.title.startswith("三、")
    assert notice.terms is not None
    assert (str(notice.terms.opens), str(notice.terms.closes)) == sample.period
    assert [(contact.kind.value, contact.hours) for contact in notice.contacts] == [
        ("电话", "工作日9:00--17:00"),
        ("通信地址", None),
    ]
    assert notice.inspection is not None
    assert (str(notice.inspection.begins), str(notice.inspection.ends)) == sample.inspected
    assert str(notice.inspection.findings_on) == sample.findings_on
    assert notice.inspection.teams == (sample.team,)
    assert len(notice.body.closing) == 1
    assert len(notice.signature) == 2
    assert draft.report is not None
    assert [sentence for sentence in draft.report.recognised if "含首日 16 个、不含首日 15 个" in sentence]
    assert sum("没有序号" in sentence for sentence in draft.report.unsure) == 2


def test_a_text_that_differs_from_the_source_is_told_with_its_place() -> None:
    lines = (SourceLine(1, 1, "标 题"), SourceLine(3, 3, "一是甲。"))
    assert first_difference(lines, "标题\n一是 甲。\n", "a.txt") is None
    problem = first_difference(lines, "标题\n一是乙。\n", "a.txt")
    assert problem is not None
    assert (problem.code, problem.span) == ("import-differs", Span(3, 5))
    shorter = first_difference(lines, "标题\n一是甲", "a.txt")
    assert shorter is not None
    assert shorter.span == Span(3, 6)
    assert first_difference(lines, "标题\n一是甲。多", "a.txt") is not None


def test_a_listed_organ_is_found_by_any_of_its_names() -> None:
    names = "a:\n  名称: 示例县医院\n  简称: 示例县人民医院\n"
    former = "b:\n  名称: 示例县总医院\n  曾用名:\n    - 名称: 示例县人民医院\n"
    for listed, key in ((LISTED, "shili-hospital"), (names, "a"), (former, "b")):
        draft = draft_of(SIGNED, listed)
        assert draft.notice is not None
        assert (draft.notice.organ, draft.organs) == (key, None)


def test_a_new_organ_goes_to_the_end_of_organs_yml_and_what_stands_there_stays() -> None:
    before = "# 一行说明\nother:\n  名称: 示例县图书馆 \n\n# 末尾的说明"
    draft = draft_of(SIGNED, before)
    assert draft.organs == before + "\nshili:\n  名称: 示例县人民医院\n  类型: 医院\n"
    assert draft.report is not None
    assert any("猜作“医院”" in sentence for sentence in draft.report.unsure)


def test_organs_yml_is_made_where_there_is_none() -> None:
    draft = draft_of(SIGNED, "", organ="hospital")
    assert draft.organs is not None
    assert draft.organs.startswith("# yaml-language-server: $schema=schema/organs.json\nhospital:\n")


def test_the_key_that_a_person_gives_wins() -> None:
    listed = LISTED + "library:\n  名称: 示例县图书馆\n"
    draft = draft_of(SIGNED, listed, organ="library")
    assert draft.notice is not None
    assert draft.notice.organ == "library"
    assert draft.report is not None
    assert any("按“示例县图书馆”" in sentence for sentence in draft.report.unsure)


@pytest.mark.parametrize(
    ("source", "organs_text", "code"),
    [
        (BODY, "", "import-undated"),
        ("整改情况的通报\n一、整改\n2025年10月9日", "", "import-organ"),
        (SIGNED, "shili:\n  名称: 示例县图书馆\n", "import-organ-key"),
        ("整改\u200b通报", "", "forbidden-character"),
    ],
)
def test_what_cannot_be_a_notice_is_refused(source: str, organs_text: str, code: str) -> None:
    draft = draft_of(source, organs_text)
    assert [problem.code for problem in draft.problems] == [code]
    assert (draft.yaml, draft.notice, draft.report, draft.organs) == (None, None, None, None)


def test_a_bad_key_is_refused_in_the_words_of_the_check() -> None:
    draft = draft_of(SIGNED, organ="Bad Key")
    assert [problem.code for problem in draft.problems] == ["organ-key-form"]


def test_without_period_and_signature_the_web_pages_date_is_taken_and_doubted() -> None:
    draft = draft_of("发布时间：2025-10-09 08:30\n" + BODY)
    assert draft.notice is not None
    assert str(draft.notice.publishes_at.date()) == "2025-10-09"
    assert draft.report is not None
    assert any("取自网页上的" in sentence for sentence in draft.report.unsure)


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("2025年3月10日至2025年3月1日，县委第一巡察组对县人民医院开展了巡察。2025年5月8日反馈了巡察意见。", {"反馈"}),
        (
            "2025年3月1日至2025年5月10日，县委第一巡察组对县人民医院开展了巡察。2025年12月8日反馈了巡察意见。",
            {"开始", "结束"},
        ),
        (
            "2025年3月1日至2025年5月10日，县委第一巡察组对县人民医院开展了巡察。2025年7月8日反馈了巡察意见。",
            {"开始", "结束", "反馈"},
        ),
    ],
    ids=["it ends before it begins", "findings after publication", "in order"],
)
def test_days_that_contradict_each_other_are_left_out_and_doubted(told: str, left: set[str]) -> None:
    """A draft holds nothing that the check would refuse; the text says it as it did."""
    draft = draft_of(SIGNED.replace("\n\n一、", f"\n\n{told}\n一、"))
    assert draft.notice is not None
    found = draft.notice.inspection
    assert found is not None
    days = {"开始": found.begins, "结束": found.ends, "反馈": found.findings_on}
    assert {key for key, day in days.items() if day} == left
    assert draft.report is not None
    assert any("前后矛盾" in sentence for sentence in draft.report.unsure) == (len(left) < 3)
    assert told in notice_text(draft.notice)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("中共示例县人民医院委员会", "示例县人民医院"),
        ("中共示例县卫生健康局党组", "示例县卫生健康局"),
        ("示例县第一中学党委", "示例县第一中学"),
        ("中共示例市卫生健康委员会党组", "示例市卫生健康委员会"),
        ("示例市发展和改革委员会", "示例市发展和改革委员会"),
        ("中共示例市纪律检查委员会", "中共示例市纪律检查委员会"),
        ("中共示例县委办公室", "中共示例县委办公室"),
        ("中共示例县实验小学支部委员会", "示例县实验小学"),
        ("示例县人民医院", "示例县人民医院"),
    ],
)
def test_the_party_body_is_taken_off_a_name_and_real_names_are_kept(written: str, name: str) -> None:
    assert organ_name(written) == name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("示例县人民法院", "机关"),
        ("示例县教育局", "机关"),
        ("示例县中医医院", "医院"),
        ("示例大学", "学校"),
        ("示例市公交集团有限公司", "国有企业"),
        ("示例市融媒体中心", "事业单位"),
        ("示例", "其他"),
    ],
)
def test_the_kind_is_guessed_from_the_name(name: str, kind: str) -> None:
    assert guess_kind(name).value == kind


@pytest.mark.parametrize(
    ("end", "signature"),
    [
        ("\n中共示例县人民医院委员会\n2025年10月9日", 2),
        ("\n中共示例县人民医院委员会 2025年10月9日", 1),
        ("\n示例县人民医院\n示例县红十字会医院\n2025.10.9", 3),
        ("\n中共示例县人民医院委员会\n二〇二五年十月九日\n（此件公开发布）", 3),
        ("\n中共示例县人民医院委员会", 1),
        ("\n2025年10月9日", 1),
        ("\n整改到2025年10月9日", 0),
    ],
)
def test_the_signature_is_the_last_date_with_the_names_above_it(end: str, signature: int) -> None:
    assert len(divide_lines(BODY + "结束语写在这里。" + end).signature) == signature


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("整改\n\n落实\n情况的通报\n正文。", "整改落实情况的通报"),
        ("整改情况的公告（2025年）\n关于通报", "整改情况的公告（2025年）"),
        ("整改情况\n根据部署。\n开展了。\n写成报告", "整改情况"),
    ],
)
def test_a_title_goes_up_to_its_last_word_over_three_lines_at_most(first: str, title: str) -> None:
    assert "".join(line.text for line in divide_lines(first).title) == title
