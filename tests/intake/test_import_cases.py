"""Each case folder is one variant of a notice: what is imported, the draft that comes out, the report beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from generator.check import CheckContext, check_notice
from generator.intake import SCHEMES, Draft, LevelScheme, import_text
from generator.intake.notice_lines import divide_lines
from generator.intake.schemes import mark
from generator.model import Organs, Site, notice_text
from generator.problems import Severity, show
from generator.read import parse, plain, source_of
from tests.support.goldens import check_golden

FOLDER = Path(__file__).parents[1] / "cases"
CASES = sorted(path.parent for path in FOLDER.glob("*/input.txt"))
LISTED = "shili-hospital:\n  名称: 示例县人民医院\n  类型: 医院\n"
ORGANS = TypeAdapter(Organs)


def organs_of(organs_text: str) -> Organs:
    """Read organs.yml as `check` does."""
    tree, problems = parse(organs_text, "organs.yml")
    assert tree is not None, problems
    return ORGANS.validate_python(plain(tree), by_alias=True, by_name=False)


def draft_of(case: Path) -> Draft:
    """Import a case into a site that knows one hospital."""
    return import_text(
        (case / "input.txt").read_bytes(),
        slug_id=f"2025/{case.name}",
        organs=organs_of(LISTED),
        organs_text=LISTED,
        organ=None,
        file="input.txt",
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_draft_and_the_report_are_those_on_record(case: Path) -> None:
    draft = draft_of(case)
    assert draft.problems == ()
    check_golden(draft.yaml or "", case / "notice.yml")
    check_golden(str(draft.report), case / "report.txt")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_draft_passes_the_check(case: Path) -> None:
    """What intake takes from the prose is what the rules find there: warnings remain, no error does."""
    draft = draft_of(case)
    assert draft.yaml is not None
    around = CheckContext(organs=organs_of(draft.organs or LISTED), site=Site.model_validate({"网站名称": "示例"}))
    _, problems = check_notice(source_of(draft.yaml.encode(), "a.yml"), f"2025/{case.name}", around)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    assert not errors, show(errors, {"a.yml": draft.yaml})


@pytest.mark.parametrize("row", SCHEMES, ids=lambda row: row.case)
def test_each_row_of_the_table_has_a_case_with_such_a_line(row: LevelScheme) -> None:
    lines = [line.text for line in divide_lines((FOLDER / row.case / "input.txt").read_text("utf-8")).body]
    assert row in mark(lines)
    following = {None: "", "（一）": "（一）加强领导", "1.": "1.台账不全"}[row.before]
    assert mark([row.example, following])[0] is row


def test_furniture_is_left_out_and_listed_line_by_line() -> None:
    draft = draft_of(FOLDER / "furniture")
    assert draft.notice is not None
    assert draft.report is not None
    left_out = [sentence for sentence in draft.report.unsure if "网页上的文字" in sentence]
    assert [sentence.partition("行")[0] for sentence in left_out] == [f"第{n}" for n in (1, 2, 3, 5, 6, 17, 18, 19)]
    assert "浏览量" not in notice_text(draft.notice)
    assert "GB18030" in draft.report.recognised[0]
