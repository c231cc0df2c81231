"""Records leave by the exit door too: a stock engine builds versions, proofs and the ledger."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.archive.story import SECRET, Story
from tests.support.program import environment, gongkai


def test_a_stock_engine_builds_what_is_on_record(story: Story, tmp_path: Path) -> None:
    done = gongkai("pages", "--out", tmp_path / "plain", cwd=story.root)
    assert done.returncode == 0, done.stderr
    docs = tmp_path / "plain/docs"
    assert "会议三次" in (docs / "notices/2025/yi/v1.md").read_text("utf-8")
    assert "公开情况证明" in (docs / "notices/2025/yi/proof.md").read_text("utf-8")
    assert (docs / "data/ledger/000001.jsonl").read_bytes() == (story.records / "ledger/000001.jsonl").read_bytes()
    assert not any(SECRET in place.read_text("utf-8") for place in docs.rglob("*.md"))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    built = subprocess.run(
        command, cwd=tmp_path / "plain", env=environment(), capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "plain/site/notices/2025/yi/v1/index.html").is_file()
