"""Two small notices as Markdown, text and data, and as the page that another engine would build."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check import check_content
from generator.pages import PublicNotice, choose_build_time, exported, frame, notice_page
from generator.period import SHANGHAI, parse_now
from generator.problems import show
from tests.support.content import SmallContent
from tests.support.goldens import check_golden

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "cases").glob("pages-*/content.yml"))
ORGANS = "shuiwuju:\n  名称: 示例县水务局\n  简称: 县水务局\n  类型: 机关\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_forms_of_a_notice(case: Path, small_content: SmallContent) -> None:
    files: dict[str, str | bytes] = {
        "organs.yml": ORGANS,
        "notices/2025/yi.yml": (case / "content.yml").read_bytes(),
        "notices/2025/yi/台账 (1).pdf": b"%PDF-1.7\n",
    }
    checked = check_content(small_content(files) / "content")
    content = checked.content
    assert content is not None
    assert len(content.entries) == 1, show(checked.problems, checked.sources)
    at = choose_build_time("2025-12-01", content.site, parse_now("2025-12-01").astimezone(SHANGHAI))
    page, forms = notice_page(PublicNotice.of(content.entries[0], content.organs, content.site, at.now))
    for form in forms:
        check_golden(form.data.decode(), case / form.path.rpartition("/")[2])
    check_golden(exported(page, frame(content, at)).data.decode(), case / "page.md")


def test_there_are_cases() -> None:
    assert len(CASES) == 2
