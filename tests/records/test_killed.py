"""Killed before any one act on a file, the records are true, and the next publication completes them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import verify
from generator.records import Records, load
from tests.support.pages import notice
from tests.support.program import ROOT, environment, tree
from tests.support.records.killed_publication import enter
from tests.support.records.publications import SITE, published, yi

ACTS = 40


def _one_part(before: Path) -> None:
    other = yi(标题="关于另一件事的通报").model_copy(update={"id": "2025/er"})
    attached = {"附件": [{"文件": "tai.pdf"}]}
    first = {"notices/2025/yi/tai.pdf": b"%PDF-1.7 one"}
    published(Records(before), other, yi(**attached), at="2025-11-21 09:00", files=first)


def _single_file(before: Path) -> None:
    """Leave records as a program wrote them that knew no parts."""
    _one_part(before)
    (before / "ledger/000001.jsonl").rename(before / "ledger.jsonl")
    (before / "ledger").rmdir()


def _full_part(before: Path) -> None:
    """Fill a part but for one line: other notices moved again and again."""
    _one_part(before)
    others = [notice(f"2024/n{number}") for number in range(82)]
    for number in range(12):
        moved = SITE.model_copy(update={"address": f"https://www.example.com/{number}/"})
        published(load(before), *others, at="2025-11-22 09:00", site=moved)
    assert (before / "ledger/000001.jsonl").read_bytes().count(b"\n") == 999


@pytest.mark.parametrize(("begin", "kept"), [(_one_part, {3}), (_single_file, {3}), (_full_part, {999, 1000})])
def test_at_every_act_nothing_is_lost_and_the_next_run_completes(
    begin: Callable[[Path], None], kept: set[int], tmp_path: Path
) -> None:
    """Lines for one part are entered all or none; those for two, part by part."""
    before = tmp_path / "before"
    begin(before)
    after = Path(shutil.copytree(before, tmp_path / "after"))
    enter(after)
    whole, lines = tree(after), len(load(after).ledger.lines)
    survived = 0
    for act in range(1, ACTS):
        folder = Path(shutil.copytree(before, tmp_path / f"killed-{act}"))
        command = [sys.executable, "-m", "tests.support.records.killed_publication", str(folder), str(act)]
        done = subprocess.run(command, cwd=ROOT, env=environment(), check=False, capture_output=True)
        if done.returncode == 0:
            break
        assert done.returncode == -9, done.stderr
        survived += 1
        ledger = load(folder).ledger
        assert len(ledger.lines) in {*kept, lines}
        assert [flaw for flaw in verify(folder, None, None).flaws if "多出来的" not in flaw] == []
        enter(folder)
        assert {path: of for path, of in tree(folder).items() if "/.writing-" not in path} == whole
    print(f"killed at {survived} acts")
    assert survived >= 8
