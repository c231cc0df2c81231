"""The acceptance notices, and what the verbs make of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.program import ROOT, gongkai


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A notice as its office wrote it: its text, the id to import it as, and the facts that its text states.

    Dates are ISO texts. `days_left`, `workdays_left` and `last_day` are what its page says on 2025-12-01.
    """

    name: str
    source: Path
    id: str
    team: str
    inspected: tuple[str, str]
    findings_on: str
    period: tuple[str, str]
    phone: str
    days_left: int
    workdays_left: int
    last_day: str

    def text(self) -> str:
        """Return the source; a test that asks for a notice that is not there is skipped."""
        if not self.source.is_file():
            pytest.skip(f"the real notice lies outside the repository, its twin is tested instead: {self.source}")
        return self.source.read_text(encoding="utf-8")


# Invented, in the very shape of the real notice: paragraph by paragraph of nearly the same length.
TWIN = Sample(
    name="twin",
    source=ROOT / "tests" / "cases" / "twin" / "input.txt",
    id="2025/shili-parks",
    team="市委第三巡察组",
    inspected=("2024-10-14", "2024-12-27"),
    findings_on="2025-02-24",
    period=("2025-11-24", "2025-12-15"),
    phone="0000-2000901",
    days_left=15,
    workdays_left=11,
    last_day="12月15日（星期一）",
)
REAL = Sample(
    name="real",
    source=ROOT.parent / "shared" / "samples" / "dandong-media-2025.txt",
    id="2025/dandong-media",
    team="市委第二巡察组",
    inspected=("2024-09-30", "2024-12-30"),
    findings_on="2025-02-17",
    period=("2025-11-21", "2025-12-12"),
    phone="0415-2195262",
    days_left=12,
    workdays_left=10,
    last_day="12月12日（星期五）",
)
SAMPLES = (TWIN, REAL)
CHARACTERS = 5232


@dataclass(frozen=True, slots=True)
class Imported:
    """A sample's site: where it was made, and what the verbs said."""

    sample: Sample
    root: Path
    imported: str
    checked: str
    text: str

    @property
    def id(self) -> str:
        """The notice's id."""
        return self.sample.id


ImportOnce = Callable[[Sample], Imported]


def import_sample(sample: Sample, root: Path) -> Imported:
    """Import, check, build and print a sample as a clerk would, in the empty folder `root`."""
    sample.text()
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("notices"))
    target = root / "content" / "notices" / f"{sample.id}.yml"
    verbs = (
        ("import", sample.source, "-o", target),
        ("check",),
        ("build", "--today", "2025-12-01"),
        ("text", sample.id),
    )
    outputs = []
    for verb in verbs:
        run = gongkai("-C", root, *verb)
        assert run.returncode == 0, run.stdout + run.stderr
        outputs.append(run.stdout)
    return Imported(sample, root, outputs[0], outputs[1], outputs[3])
