"""The empty notice is valid YAML; the check asks for what is empty in it, and for nothing else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pydantic import TypeAdapter

from generator.check import place, validate
from generator.intake import blank
from generator.model import Notice
from generator.read import parse, source_of

ID = "2025/shili"
ADAPTER = TypeAdapter(Notice)


@pytest.mark.parametrize("taken", [False, True], ids=["as written", "with the optional keys"])
def test_the_check_asks_for_just_what_is_empty(*, taken: bool) -> None:
    written = blank(ID, date(2025, 11, 1))
    if taken:
        written = re.sub(r"^# ((?:巡察|  .*?):.*|    - .*)$", r"\1", written, flags=re.MULTILINE)
    source = source_of(written.encode(), "a.yml")
    assert source.problems == ()
    assert source.data is not None
    notice, found = validate(source.data, ADAPTER, {"编号": ID}, Notice)
    assert notice is None
    assert {complaint.found for complaint in found} == {"空的"}
    asked = {problem.span.line for problem in place(found, source) if problem.span}
    empty = {number for number, line in enumerate(written.split("\n"), 1) if line.endswith("''") and line[0] != "#"}
    assert asked == empty


def test_filled_in_it_is_a_notice_of_that_day() -> None:
    written = blank(ID, date(2025, 11, 1)).replace("结束: ''", "结束: 2025-11-21").replace("单位: ''", "单位: shili")
    source = source_of(written.replace("''", "文字").encode(), "a.yml")
    assert source.data is not None
    notice, found = validate(source.data, ADAPTER, {"编号": ID}, Notice)
    assert found == []
    assert notice is not None
    assert notice.signature[-1] == "2025年11月1日"
    assert notice.publishes_at.date() == date(2025, 11, 1)


def test_the_optional_keys_are_a_notices_once_their_mark_is_taken_off() -> None:
    written = blank(ID, date(2025, 11, 1))
    lines = written.split("\n")
    start = lines.index("# 巡察:")
    tree, problems = parse("\n".join(line[2:] for line in lines[start : start + 6]), "a.yml")
    assert (tree is not None, problems) == (True, ())
