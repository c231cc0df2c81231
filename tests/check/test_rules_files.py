"""Rules of organ, attachments and site, and that all rules together are quick."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.check import ORGAN_PLACEHOLDER, SITE_PLACEHOLDERS, Violation, check_notice
from generator.check.rules.placeholders import notice_placeholders, organ_placeholders
from generator.check.rules.site import site_rules
from generator.media_types import ATTACHMENT_KINDS, kind_of
from generator.model import Organ, Organs, Site
from generator.problems import Severity, show
from generator.read import source_of
from tests.support.effort import effort
from tests.support.goldens import check_golden
from tests.support.sample_notice import OPENING, PDF, brief, notice, report, surroundings, violations

CASES = Path(__file__).parent / "cases"
ZIP = b"PK\x03\x04...."
HEADS = {
    "好.pdf": PDF,
    "好.PDF": PDF,
    "好.png": b"\x89PNG\r\n\x1a\n....",
    "好.jpg": b"\xff\xd8\xff\xe0",
    "好.jpeg": b"\xff\xd8\xff\xdb",
    "好.docx": ZIP + b"[Content_Types].xml",
    "好.xlsx": ZIP + b"_rels/.rels",
    "好.ofd": ZIP + b"OFD.xml",
}
BAD: dict[str, tuple[bytes, str]] = {
    "网页.pdf": (b"<html>", "attachment-content"),
    "空.pdf": (b"", "attachment-content"),
    "压缩包.docx": (ZIP + b"a.txt", "attachment-content"),
    "表格.docx": (ZIP + b"[Content_Types].xml xl/workbook.xml", "attachment-content"),
    "宏.docx": (ZIP + b"[Content_Types].xml word/vbaProject.bin", "attachment-content"),
    "文档.ofd": (ZIP + b"word/document.xml", "attachment-content"),
    "图.svg": (b"<svg/>", "attachment-kind"),
    "旧.doc": (b"\xd0\xcf\x11\xe0", "attachment-kind"),
    "程序.exe": (b"MZ", "attachment-kind"),
    "无扩展名": (b"", "attachment-kind"),
    "../台账.pdf": (PDF, "attachment-name"),
    "a\\b.pdf": (PDF, "attachment-name"),
    "CON.pdf": (PDF, "attachment-name"),
    ".隐藏.pdf": (PDF, "attachment-name"),
    "长" * 80 + ".pdf": (PDF, "attachment-name"),
}


def attached(name: str, head: bytes) -> list[Violation]:
    return violations(notice({"附件": [{"文件": name}]}), surroundings({name: head}))


def test_every_kind_of_attachment_is_tried() -> None:
    assert {kind_of(name) for name in HEADS} == ATTACHMENT_KINDS


@pytest.mark.parametrize("name", HEADS)
def test_attachments_that_are_what_they_say(name: str) -> None:
    assert attached(name, HEADS[name]) == []


@pytest.mark.parametrize("name", BAD)
def test_attachments_that_are_refused(name: str) -> None:
    head, code = BAD[name]
    assert brief(attached(name, head)) == [(code, "附件/0/文件")]


def test_absent_twice_and_unlisted_files() -> None:
    made = notice({"附件": [{"文件": "台账.pdf"}, {"文件": "台账.PDF"}, {"文件": "清单.pdf"}]})
    assert brief(violations(made, surroundings({"台账.pdf": PDF, "清单1.pdf": PDF}))) == [
        ("attachment-twice", "附件/1/文件"),
        ("attachment-absent", "附件/2/文件"),
        ("attachment-unlisted", "附件"),
    ]


def test_an_unknown_organ_is_answered_with_the_nearest() -> None:
    found = violations(notice({"单位": "tushugan"}))
    assert brief(found) == [("unknown-organ", "单位")]
    assert "tushuguan" in found[0].mend


def test_the_words_of_the_rules_of_files() -> None:
    found = {name: attached(name, head) for name, (head, _) in BAD.items()}
    made = notice({"附件": [{"文件": "台账.pdf"}, {"文件": "台账.PDF"}, {"文件": "清单.pdf"}, {"文件": "无.pdf"}]})
    found["缺少、重复、没有列出"] = violations(made, surroundings({"台账.pdf": PDF, "清单1.pdf": PDF}))
    found["认不得的单位"] = violations(notice({"单位": "tushugan"}))
    found["没有相近的单位"] = violations(notice({"单位": "zzz"}))
    check_golden(report(found), CASES / "rules-files.txt")


SITE = {
    "网站名称": "示例县",
    "主办单位": "示例县图书馆",
    "电话": "0000-2195262",
    "地址": "示例县滨河街1号",
    "ICP备案号": "京ICP备12345678号-1",
    "公安备案号": "京公网安备11000000000001号",
    "网站标识码": "2100000001",
}


def organs(kind: str) -> Organs:
    return {"a": Organ.model_validate({"名称": "示例单位", "类型": kind})}


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("机关", 6), ("事业单位", 5), ("医院", 5), ("学校", 5), ("国有企业", 3), ("其他", 2)],
)
def test_what_a_site_must_say_depends_on_its_organs(kind: str, missing: int) -> None:
    bare = Site.model_validate({"网站名称": "示例县"})
    found = list(site_rules(bare, organs(kind)))
    assert [(one.code, one.path) for one in found] == [("site-fact-missing", ())] * missing
    assert list(site_rules(Site.model_validate(SITE), organs(kind))) == []


def test_a_demos_day_is_refused_only_where_the_public_is_to_see_it() -> None:
    demo = Site.model_validate({**SITE, "示例日期": "2025-12-01"})
    assert list(site_rules(demo, organs("机关"))) == []
    assert brief(site_rules(demo, organs("机关"), live=True)) == [("demo-day", "示例日期")]
    assert list(site_rules(Site.model_validate(SITE), organs("机关"), live=True)) == []


def test_the_words_of_the_rules_of_the_site() -> None:
    bare = Site.model_validate({"网站名称": "示例县"})
    odd = Site.model_validate({**SITE, "ICP备案号": "12345678", "公安备案号": "无", "网站标识码": "210"})
    both = {**organs("机关"), "b": Organ(name="另一个单位")}
    found = {"什么也没有": site_rules(bare, both), "不像备案号": site_rules(odd, both)}
    demo = Site.model_validate({**SITE, "示例日期": "2025-12-01"})
    found["正式发布时有示例日期"] = site_rules(demo, both, live=True)
    assert brief(site_rules(odd, both)) == [
        ("site-fact-form", key) for key in ("ICP备案号", "公安备案号", "网站标识码")
    ]
    face = Site.model_validate({**SITE, "主色": "#C7000B", "首页标题": "长" * 41, "导语": "长" * 121})
    assert brief(site_rules(face, {})) == [
        ("color-contrast", "主色"),
        ("site-text-long", "首页标题"),
        ("site-text-long", "导语"),
    ]
    found["看不清的颜色，太长的话"] = site_rules(face, {})
    check_golden(report(found), CASES / "rules-site.txt")


def test_the_colour_that_is_named_instead_passes() -> None:
    """Every colour that is refused has one."""
    for color in ("#C7000B", "#FFD700", "#FFFFFF", "#808080", "#00A0E9"):
        (violation,) = site_rules(Site.model_validate({**SITE, "主色": color}), {})
        named = violation.mend.partition('"')[2].partition('"')[0]
        assert list(site_rules(Site.model_validate({**SITE, "主色": named}), {})) == []


def test_the_words_for_what_is_left_to_be_filled_in() -> None:
    """Site, organs and notices; warnings, and errors where the public is to see the site."""
    site = Site.model_validate({**SITE, **SITE_PLACEHOLDERS, "网站名称": "某某县整改公开"})
    former = {"名称": "示例县图书馆", "简称": "某某馆", "隶属": "某某县", "曾用名": [{"名称": "某某县图书室"}]}
    named = {"danwei": Organ(name=ORGAN_PLACEHOLDER), "a": Organ.model_validate(former)}
    made = notice(
        {"标题": "中共某某单位党组关于整改情况的通报", "联系方式/0/电话": "0000-0000000", "落款/0": "中共某某单位党组"}
    )
    assert brief(site_rules(site, {})) == [("placeholder", key) for key in ("网站名称", *SITE_PLACEHOLDERS)]
    found = {
        "网站": site_rules(site, {}),
        "单位": organ_placeholders(named, live=True),
        "通报": notice_placeholders(made, replace(surroundings({}), live=True)),
    }
    assert {one.severity for one in site_rules(site, {}, live=True)} == {Severity.ERROR}
    assert {one.severity for one in notice_placeholders(made, surroundings({}))} == {Severity.WARNING}
    check_golden(report(found), CASES / "rules-placeholders.txt")


def test_a_name_that_the_text_hides_is_no_placeholder() -> None:
    """Notices tell of people as 某某; nobody is to fill that in."""
    hidden = notice({"正文/段落/0": OPENING + "给予张某某警告处分。"})
    assert not [one for one in violations(hidden) if one.code == "placeholder"]


def test_a_complaint_is_shown_at_its_line_with_a_caret_under_its_words() -> None:
    lines = [
        "格式: 1",
        "标题: 中共示例县图书馆党组关于县委巡察整改情况的通报",
        "单位: tushuguan",
        "公开期限:",
        "  开始: 2025-11-21",
        "  结束: 2025-12-12",
        "正文:",
        "  尾段:",
        "    - 欢迎监督。专门值班电话:,也可以来馆反映。",
    ]
    text = "\n".join(lines) + "\n"
    source = source_of(text.encode(), "a.yml")
    assert source.problems == ()
    made, found = check_notice(source, "2025/tushuguan", surroundings({}))
    assert made is None, "an empty telephone is refused"
    check_golden(show(found, {"a.yml": text}) + "\n", CASES / "rules-shown.txt")


def test_all_rules_together_are_quick() -> None:
    """A notice of 32 findings takes about a millisecond, a twentieth of what a million steps of a loop take."""
    finding = [
        {"标题": f"{number}.学习不到位方面。", "措施": ["一是" + "改" * 60, "二是" + "建" * 60]}
        for number in range(1, 6)
    ]
    sections = [{"标题": f"（{number}）学习不深入", "问题": finding} for number in "一二三四五六七"]
    made, context = notice({"正文/部分": [{"标题": "整改情况", "小节": sections}], "统计": None}), surroundings()
    assert violations(made, context) == []
    assert effort(lambda: violations(made, context), attempts=20) < 0.5
