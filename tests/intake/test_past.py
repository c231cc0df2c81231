"""Notices that were public elsewhere come in as closed, with their provenance, and go on record from today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.content import SmallContent
from tests.support.program import ROOT, gongkai

SOURCE = ROOT / "tests/cases/no-period/input.txt"
ADDRESS = "https://www.example.gov.cn/2023/x.html"
PAST = ("--past", "--published", "2023-05-10", "--source", ADDRESS)
PLACE = "content/notices/2023/jiu.yml"


@pytest.fixture
def root(small_content: SmallContent) -> Path:
    """Return a site that has taken in a notice of 2023 and was published."""
    made = small_content()
    done = gongkai("import", SOURCE, "-o", made / PLACE, *PAST, cwd=made)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "“发布”暂按" not in done.stdout, "a day that a person gave is not guessed"
    built = gongkai("build", "--live", "--records", "records", cwd=made)
    assert built.returncode == 0, built.stderr
    return made


def test_it_is_closed_and_says_where_it_comes_from(root: Path) -> None:
    page = (root / "site/notices/2023/jiu/index.html").read_text("utf-8")
    assert 'data-gk="tag">已结束</strong>' in page
    assert "现在供查阅，不再收集意见" in page
    assert "gk-call" not in page, "nobody is asked to telephone"
    assert ADDRESS in page
    assert f'href="{ADDRESS}"' not in page
    proof = (root / "site/notices/2023/jiu/proof/index.html").read_text("utf-8")
    assert f"以前公开在 {ADDRESS}" in proof
    assert "更早的情况没有记录" in proof
    assert "2023" in (root / "site/archive/2023/index.html").read_text("utf-8")


def test_the_records_begin_when_it_is_taken_in(root: Path) -> None:
    lines = [json.loads(line) for line in (root / "records/ledger/000001.jsonl").read_text("utf-8").splitlines()]
    (own,) = [line for line in lines if line["id"] == "2023/jiu"]
    assert own["event"] == "published"
    assert not own["instant"].startswith("2023")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--past",), "要用 --published 写明"),
        (("--past", "--published", "2023-05-10"), "--source 写明原来的网址"),
        (("--source", ADDRESS), "只和 --past 一起用"),
        (("--past", "--published", "2023-13-40", "--source", ADDRESS), "日历上有的日子"),
        (("--past", "--published", "2023-05-10", "--source", "javascript:alert(1)"), "完整的网址"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], words: str, small_content: SmallContent
) -> None:
    root = small_content()
    done = gongkai("import", SOURCE, "-o", root / PLACE, *arguments, cwd=root)
    assert done.returncode in {1, 2}
    assert words in done.stdout + done.stderr
    assert not (root / PLACE).exists()


def test_what_is_still_open_is_no_past_notice(root: Path) -> None:
    place = root / PLACE
    text = place.read_text("utf-8")
    place.write_text(text + "公开期限:\n  开始: 2023-05-10\n  结束: 2099-06-10\n", encoding="utf-8")
    done = gongkai("check", place, cwd=root)
    assert done.returncode == 1
