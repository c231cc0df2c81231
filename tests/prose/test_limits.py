"""Prose of strangers: no pattern runs away, and the real sample reads as a person reads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from generator import prose
from generator.check.rules.counting import is_finding
from generator.model import ContactKind
from generator.prose import contacts, inspection, periods
from tests.support.effort import effort
from tests.support.samples import SAMPLES, Sample

LENGTH = 100_000
SEEDS = [
    *["1", "一", "a", "@", "a@", "a.", "（", "(", "-", " ", "　", "是", "%", "1%", "率1%", "２", "转", "电", "电  "],
    *[
        "电话：",
        "电话：1234567、",
        "手机1",
        "邮箱",
        "邮箱：",
        "邮编1",
        "地址：",
        "地址：x邮编：1",
        "工作时间：",
        "邮政信箱1",
    ],
    *["自", "自1", "自2025年1月1日起至止", "公示期", "公示期：1月1日至", "公开期限：2025年1月1日至", "2025年1月1日至"],
    *[
        "2025-1-1",
        "年月日",
        "12:00-",
        "反馈",
        "巡察反馈1月1日",
        "巡察",
        "第一",
        "市委第一、",
        "届市委第",
        "根据市委",
        "第一、巡",
    ],
    *["问题1个", "1个问题", "问题1个完成1个", "完成1个", "一是", "1.", "（一", "十余"],
    *[
        "对",
        "对开展",
        "开展",
        "对县水务局",
        "对县水务局进行",
        "接受",
        "接受巡",
        "巡察了",
        "《",
        "措施1",
        "我",
        "重",
        "不",
    ],
]


def inspected(text: str) -> object:
    return prose.inspected(text, ["示例县水务局"], "示例县水务局")


def inspection_kind(text: str) -> object:
    return prose.inspection_kind(text)


READERS: list[Callable[[str], object]] = [
    prose.periods,
    prose.contacts,
    prose.inspection,
    prose.totals,
    prose.percentages,
    prose.days,
    prose.ranges,
    prose.exact_numbers,
    prose.numbering,
    prose.numeral,
    prose.finding_totals,
    prose.aspect_totals,
    prose.measure_totals,
    inspected,
    inspection_kind,
    is_finding,
]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_hostile_text_is_read_in_time(reader: Callable[[str], object]) -> None:
    """Twice the text takes about twice as long: 100,000 characters take less than a hundred million steps of a loop."""
    for seed in SEEDS:
        text = (seed * LENGTH)[:LENGTH]
        assert effort(partial(reader, text)) < 100, seed


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda sample: sample.name)
def sample(request: pytest.FixtureRequest) -> Sample:
    chosen: Sample = request.param
    return chosen


@pytest.fixture(scope="module")
def paragraphs(sample: Sample) -> list[str]:
    return [line for line in sample.text().splitlines() if line.strip()]


def test_the_opening_of_the_sample(sample: Sample, paragraphs: list[str]) -> None:
    found = inspection(next(line for line in paragraphs if "巡察组" in line))
    assert (found.authority, found.teams) == ("市委", (sample.team,))
    assert (str(found.begins), str(found.ends)) == sample.inspected
    assert str(found.findings_on) == sample.findings_on


def test_the_closing_of_the_sample(sample: Sample, paragraphs: list[str]) -> None:
    text = paragraphs[-3]
    (period,) = periods(text)
    assert (str(period.opens), str(period.closes)) == sample.period
    phone, post = contacts(text)
    assert (phone.kind, phone.value, phone.hours) == (ContactKind.PHONE, sample.phone, "工作日9:00--17:00")
    assert post.kind is ContactKind.POST
    assert post.value in text
    assert post.value.endswith("党群工作部")
    assert "邮政信箱" not in post.value


def test_only_the_frame_of_the_sample_speaks_of_period_and_contacts(paragraphs: list[str]) -> None:
    """The measures mention telephones, mailboxes and dates; none of it is mistaken."""
    body = "\n".join(paragraphs[3:-3])
    assert (periods(body), contacts(body)) == ([], [])
