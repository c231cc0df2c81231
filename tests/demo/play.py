"""Play the demo's publications, one after the other, and keep the records that they leave: make demo."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.period import SHANGHAI
from tests.support.program import ROOT, gongkai

RECORDS = Path(__file__).with_name("records")
_LIBRARY = "notices/2025/shili-library.yml"
# On the day itself the text was public for twenty-five minutes.
_IN_ERROR = """\
撤回:
  日期: 2025-11-20
  说明: 误把送审稿当作定稿发布。正式通报在审定以后另行公开。
  类型: 误发
"""
# Instants in Shanghai at which something is published; between them the content is what the office had by then.
STEPS = (
    "2024-06-03 09:00",
    "2025-09-01 09:00",
    "2025-10-13 09:00",
    "2025-10-16 16:20",
    "2025-10-17 10:05",
    "2025-10-27 00:00",
    "2025-10-29 14:40",
    "2025-11-10 10:00",
    "2025-11-11 09:00",
    "2025-11-12 11:15",
    "2025-11-13 09:30",
    "2025-11-14 15:10",
    "2025-11-17 08:30",
    "2025-11-18 09:00",
    "2025-11-20 08:30",
    "2025-11-20 08:55",
    "2025-11-24 09:00",
    "2025-11-28 09:00",
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a file of the content said until an instant: `was` where it says `now` today; no `now`: no file yet."""

    until: str
    file: str
    now: str = ""
    was: str = ""


# Entries that bear a date (更正, 延期, 撤回 …) need none: until their day the program leaves them out by itself.
EARLIER = (
    Earlier("2025-10-17 10:05", _LIBRARY, "周二至周日9:00—17:00\n", "工作日9:00—17:00\n"),
    Earlier("2025-10-17 10:05", _LIBRARY, "（周二至周日9:00—17:00）", "（工作日9:00—17:00）"),
    Earlier("2025-10-29 14:40", _LIBRARY, "平均38天缩短到12天", "平均38天缩短到10天"),
    Earlier("2025-11-12 11:15", "notices/2023/shili-library.yml"),
    Earlier("2025-11-20 08:55", "notices/2025/shili-school-draft.yml", _IN_ERROR),
)


def play(records: Path, steps: Sequence[str] = STEPS) -> None:
    """Publish the demo at each of the steps, as an office would, into the folder `records`, which becomes new."""
    shutil.rmtree(records, ignore_errors=True)
    with tempfile.TemporaryDirectory() as working:
        for step in steps:
            root = Path(working) / "office"
            shutil.rmtree(root, ignore_errors=True)
            _content_at(step, root / "content")
            instant = datetime.fromisoformat(step).replace(tzinfo=SHANGHAI)
            epoch = {"SOURCE_DATE_EPOCH": str(int(instant.timestamp()))}
            run = gongkai("-C", root, "build", "--live", "--records", records, env=epoch)
            if run.returncode:
                sys.exit(f"{step}\n{run.stdout}{run.stderr}")


def _content_at(step: str, content: Path) -> None:
    """Write the demo's content as it was at a step, without the day at which the demo stands still."""
    shutil.copytree(ROOT / "content", content)
    for one in EARLIER:
        place = content / one.file
        if step >= one.until:
            continue
        if not one.now:
            place.unlink()
            continue
        text = place.read_text(encoding="utf-8")
        assert text.count(one.now) == 1, f"{one.file}: {one.now!r}"
        place.write_text(text.replace(one.now, one.was), encoding="utf-8")
    facts = content / "site.yml"
    lines = facts.read_text(encoding="utf-8").splitlines(keepends=True)
    facts.write_text("".join(line for line in lines if not line.startswith("示例日期:")), encoding="utf-8")


if __name__ == "__main__":
    play(RECORDS)
