"""Numerals, the numbers of headings, totals and rates, as Chinese prose writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Progress
from generator.prose import NumberScheme, chinese, exact_numbers, numbering, numeral, percentages, totals

DONE, MOSTLY = Progress.DONE, Progress.MOSTLY
UNDER_WAY, CONTINUING, NOT_DONE = Progress.UNDER_WAY, Progress.CONTINUING, Progress.NOT_DONE


@given(st.integers(0, 9999))
def test_a_written_numeral_reads_back(number: int) -> None:
    assert numeral(chinese(number)) == number
    assert numeral(str(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("一百一十", 110),
        ("两千", 2000),
        ("二〇二五", 2025),
        ("〇", 0),
        ("１２", 12),
        ("007", 7),
    ],
)
def test_numerals_that_are_read(text: str, number: int) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize("text", ["", "十十", "二三", "百", "十余", "1.5", "-1", "٣", "1234567890", "一万", "一 二"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert numeral(text) is None


@pytest.mark.parametrize("number", [-1, 10000])
def test_numbers_beyond_four_digits_are_not_written(number: int) -> None:
    with pytest.raises(ValueError, match="not between"):
        chinese(number)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("建立制度十二项", (12,)),
        ("制度十余项", ()),
        ("开会80余次，发稿45万+", ()),
        ("追缴7.132万元，退还66.57万元", (71320, 665700)),
        ("播放2,000次", (2000,)),
        ("得分98.5", ()),
        ("数十项、几百人、近20人", (20,)),
        ("修订制度3个、废止两项", (3, 2)),
    ],
)
def test_exact_numbers_leave_out_what_is_only_about(text: str, numbers: tuple[int, ...]) -> None:
    assert exact_numbers(text) == numbers


@pytest.mark.parametrize(
    ("title", "scheme", "number", "rest"),
    [
        ("一、总体情况", NumberScheme.CHINESE, 1, "总体情况"),
        ("二十一．总体情况", NumberScheme.CHINESE, 21, "总体情况"),
        ("　三、 总体情况", NumberScheme.CHINESE, 3, "总体情况"),
        ("（一）学习", NumberScheme.CHINESE_BRACKETED, 1, "学习"),
        ("(十二)学习", NumberScheme.CHINESE_BRACKETED, 12, "学习"),
        ("（ 三 )、学习", NumberScheme.CHINESE_BRACKETED, 3, "学习"),
        ("㈡学习", NumberScheme.CHINESE_BRACKETED, 2, "学习"),
        ("1.学习方面", NumberScheme.ARABIC, 1, "学习方面"),
        ("１．学习方面", NumberScheme.ARABIC, 1, "学习方面"),
        ("12、学习方面", NumberScheme.ARABIC, 12, "学习方面"),
        ("⒊学习方面", NumberScheme.ARABIC, 3, "学习方面"),
        ("1.2024年度会议", NumberScheme.ARABIC, 1, "2024年度会议"),
        ("2.5G建设", NumberScheme.ARABIC, 2, "5G建设"),
        ("（3）学习", NumberScheme.ARABIC_BRACKETED, 3, "学习"),
        ("⑷学习", NumberScheme.ARABIC_BRACKETED, 4, "学习"),
        ("5）学习", NumberScheme.ARABIC_HALF_BRACKETED, 5, "学习"),
        ("⑥学习", NumberScheme.CIRCLED, 6, "学习"),
        ("㉑学习", NumberScheme.CIRCLED, 21, "学习"),
        ("十一是开会", NumberScheme.MEASURE, 11, "开会"),
        ("第二，开会", NumberScheme.ORDINAL, 2, "开会"),
        ("第三部分　开会", NumberScheme.ORDINAL_PART, 3, "开会"),
    ],
)
def test_every_scheme_of_heading_numbers(title: str, scheme: NumberScheme, number: int, rest: str) -> None:
    found = numbering(title)
    assert found is not None
    assert (found.scheme, found.number, title[found.rest_start :]) == (scheme, number, rest)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "领导班子",
        "一般问题",
        "1.5万元",
        "1.1学习",
        "十余项",
        "（略）",
        "2025年工作",
        "第一时间",
        "是一",
        "(1",
        "1234、x",
    ],
)
def test_a_title_without_number(title: str) -> None:
    assert numbering(title) is None


@given(st.text(max_size=40))
def test_the_words_of_a_heading_begin_within_it(title: str) -> None:
    found = numbering(title)
    assert found is None or 0 < found.rest_start <= len(title)


@pytest.mark.parametrize(
    ("text", "total", "levels", "parts"),
    [
        (
            "共反馈25个问题,已完成整改19个、正在整改6个,完成率76%。",
            25,
            (25,),
            [(DONE, 19), (UNDER_WAY, 6)],
        ),
        (
            "涉及的697个具体问题，完成整改688个，基本完成4个，未完成5个。",
            697,
            (697,),
            [(DONE, 688), (MOSTLY, 4), (NOT_DONE, 5)],
        ),
        ("梳理出3个方面11类问题30项。", 30, (3, 11, 30), []),
        ("指出问题三十项，已整改到位二十八项，长期坚持两项", 30, (30,), [(DONE, 28), (CONTINUING, 2)]),
        ("反馈25个问题，制定措施80条，已完成25个。", 25, (25,), [(DONE, 25)]),
        ("反馈2个问题，未完成0个", 2, (2,), [(NOT_DONE, 0)]),
    ],
)
def test_totals_and_what_they_fall_into(
    text: str, total: int, levels: tuple[int, ...], parts: list[tuple[Progress, int]]
) -> None:
    (found,) = totals(text)
    assert (found.total, found.levels, [(part.progress, part.number) for part in found.parts]) == (total, levels, parts)
    assert text[found.start :].startswith(found.words)


@pytest.mark.parametrize("text", ["", "完成制度12项，正在修订3项", "召开会议5次", "问题较多", "十余项问题"])
def test_what_is_no_total_of_problems(text: str) -> None:
    assert totals(text) == []


def test_each_sentence_has_its_own_total() -> None:
    found = totals("反馈3个问题，已完成2个，正在整改1个。另有移交问题5件，办结5件。")
    assert [(one.total, len(one.parts)) for one in found] == [(3, 2), (5, 1)]


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("整改完成率76%", "整改完成率", "76"),
        ("总体完成率达98.71％", "总体完成率", "98.71"),
        ("整改率为 100 %", "整改率", "100"),
        ("完成率：９５%", "完成率", "95"),
    ],
)
def test_rates_keep_the_digits_given(text: str, label: str, value: str) -> None:
    (found,) = percentages(text)
    assert (found.label, found.value, found.words) == (label, Decimal(value), text)


def test_a_per_cent_that_is_no_rate_is_left_alone() -> None:
    assert percentages("收视份额提高3%，效率明显提高") == []
