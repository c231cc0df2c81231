"""Killed before any one act on a file, the records are true, and the next publication completes them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from generator.archive import verify
from generator.records import Records, load
from tests.support.program import ROOT, environment, tree
from tests.support.records.killed_publication import enter
from tests.support.records.publications import published, yi

ACTS = 40


def test_at_every_act_nothing_is_lost_and_the_next_run_completes(tmp_path: Path) -> None:
    before = tmp_path / "before"
    other = yi(标题="关于另一件事的通报").model_copy(update={"id": "2025/er"})
    attached = {"附件": [{"文件": "tai.pdf"}]}
    first = {"notices/2025/yi/tai.pdf": b"%PDF-1.7 one"}
    published(Records(before), other, yi(**attached), at="2025-11-21 09:00", files=first)
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
        assert len(ledger.lines) in {3, lines}, "all of a publication is entered, or nothing"
        assert [flaw for flaw in verify(folder, None, None).flaws if "多出来的" not in flaw] == []
        enter(folder)
        assert {path: of for path, of in tree(folder).items() if "/.writing-" not in path} == whole
    print(f"killed at {survived} acts")
    assert survived >= 8
