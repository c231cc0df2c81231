"""Reading order, text, counts and the canonical form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from generator.model import Notice, Site, canonical_json, counts_of, fingerprint, notice_text, units
from generator.model.text_units import HEADINGS

_WHOLE: dict[str, Any] = {
    "编号": "2025/one",
    "格式": "1",
    "标题": "通报",
    "单位": "tsg",
    "发布": "2025-11-21",
    "正文": {
        "段落": ["开头。"],
        "部分": [
            {
                "标题": "一、总的情况。",
                "段落": ["接在标题后面。\n另起一段。"],
                "小节": [{"标题": "（一）重视", "措施": ["一是开会。"], "尾段": ["小结。"]}],
            },
            {
                "标题": "二、整改",
                "问题": [
                    {
                        "标题": "1.账目",
                        "段落": [
                            {"标签": "整改情况：", "措施": ["一是清账。", "二是建账。"]},
                            {"标签": "责任人", "段落": ["某科。"]},
                        ],
                        "进展": "已完成",
                    },
                    {"标题": "2.表格", "段落": [{"表格": [["项", "数"], ["账", ""]]}]},
                ],
            },
        ],
        "尾段": ["结尾。"],
    },
    "落款": ["某馆", "2025年11月21日"],
}


def test_the_text_follows_reading_order_and_headings_run_in_where_they_end_a_sentence() -> None:
    assert notice_text(Notice.model_validate(_WHOLE)).split("\n") == [
        "通报",
        "开头。",
        "一、总的情况。接在标题后面。",
        "另起一段。",
        "（一）重视",
        "一是开会。",
        "小结。",
        "二、整改",
        "1.账目",
        "整改情况：一是清账。",
        "二是建账。",
        "责任人",
        "某科。",
        "2.表格",
        "项\t数",
        "账\t",
        "结尾。",
        "某馆",
        "2025年11月21日",
        "",
    ]


def test_ids_say_where_a_unit_stands() -> None:
    """A heading has its own; all else is counted from the heading above it, whichever level that has."""
    reading = units(Notice.model_validate(_WHOLE))
    assert [unit.id for unit in reading if unit.kind in HEADINGS] == ["p1", "p1-s1", "p2", "p2-f1", "p2-f2"]
    assert [unit.id for unit in reading if unit.kind not in HEADINGS] == [
        "",
        "n1",
        "p1-n1",
        "p1-n2",
        "p1-s1-n1",
        "p1-s1-n2",
        "p2-f1-n1",
        "p2-f1-n2",
        "p2-f1-n3",
        "p2-f1-n4",
        "p2-f2-n1",
        "p2-f2-n2",
        "p2-f2-n3",
        "p2-f2-n4",
        "p2-f2-n5",
    ]


def test_the_order_of_keys_changes_nothing() -> None:
    turned = json.loads(json.dumps(_WHOLE, ensure_ascii=False))
    turned["正文"] = dict(reversed(turned["正文"].items()))
    turned = dict(reversed(turned.items()))
    assert canonical_json(Notice.model_validate(turned)) == canonical_json(Notice.model_validate(_WHOLE))


def test_counts_include_measures_below_labels() -> None:
    counts = counts_of(Notice.model_validate(_WHOLE))
    assert (counts.parts, counts.findings, counts.measures, counts.findings_with_measures) == (2, 2, 2, 1)


def test_the_canonical_form_is_english_sorted_and_comes_back() -> None:
    data = canonical_json(Notice.model_validate(_WHOLE))
    loaded = json.loads(data)
    assert loaded.pop("schema") == "gongkai-notice-1"
    assert list(loaded) == sorted(loaded)
    assert all(key.isascii() for key in loaded)
    assert canonical_json(Notice.model_validate(loaded, by_name=True, by_alias=False)) == data


def test_the_fingerprint_is_the_sha256_of_the_canonical_form() -> None:
    assert fingerprint(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"公开期限": {"开始": "2025-11-21"}}, "period-end"),
        ({"公开期限": {"开始": "2025-11-21", "结束": "2025-12-12", "工作日": "15"}}, "period-end"),
        ({"公开期限": {"开始": "2025-11-21", "结束": "2025-11-20"}}, "period-order"),
        ({"公开期限": {"开始": "2025-11-21", "结束": "2125-11-20"}}, "period-long"),
        ({"公开期限": {"开始": "2025-13-45", "结束": "2025-12-12"}}, "day-unknown"),
        ({"公开期限": {"开始": "2025年1月1日", "结束": "2025-12-12"}}, "day-form"),
        ({"发布": "2025-11-21 9:00"}, "instant-form"),
        ({"发布": "2025-11-21 24:00"}, "instant-form"),
        ({"格式": "2"}, "format"),
        ({"联系方式": [{"电话": "1", "传真": "2"}]}, "contact-one"),
        ({"联系方式": [{"时间": "上午"}]}, "contact-one"),
        ({"联系方式": [{"电话": " "}]}, "empty"),
        ({"正文": {}}, "body-empty"),
        ({"正文": {"小节": [{"标题": "甲"}], "问题": [{"标题": "乙"}]}}, "one-list"),
        ({"正文": {"段落": [{"标签": "甲："}]}}, "label-list"),
        ({"正文": {"段落": [{"表格": [["甲", "乙"], ["丙"]]}]}}, "table-uneven"),
        ({"正文": {"段落": [{"表格": [["只有", "表头"]]}]}}, "table-one-row"),
        ({"正文": {"段落": [{"表格": [["甲"], ["上\n下"]]}]}}, "several-lines"),
        ({"公开期限": {"开始": "9999-12-20", "工作日": "250"}}, "day-unknown"),
        ({"标题": "上\n下"}, "several-lines"),
        ({"标题": ["上"]}, "not-text"),
        ({"单位": "某馆"}, "organ-key-form"),
        ({"公开期限": {"开始": "2025-11-21", "工作日": "15", "首日计入": "true"}}, "yes-or-no"),
        ({"统计": [{"名称": "制度", "数": "十", "原文": "十项"}]}, "number-form"),
    ],
)
def test_what_cannot_be_a_notice_is_refused_with_a_code_of_its_own(change: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Notice.model_validate({**_WHOLE, **change})
    assert code in {detail["type"] for detail in caught.value.errors()}


def test_a_notice_without_period_needs_a_publication() -> None:
    undated = {key: value for key, value in _WHOLE.items() if key != "发布"}
    with pytest.raises(ValidationError, match="发布"):
        Notice.model_validate(undated)


@pytest.mark.parametrize(
    "address", ["https://x.cn//evil.com/", "https://x.cn/../a/", "https://a@x.cn/", "ftp://x.cn/", "x.cn"]
)
def test_the_site_has_a_plain_address(address: str) -> None:
    with pytest.raises(ValidationError):
        Site.model_validate({"网站名称": "站", "网址": address})
    assert Site.model_validate({"网站名称": "站", "网址": "https://x.cn/gk"}).address == "https://x.cn/gk/"
