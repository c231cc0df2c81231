"""The sample notice, and what the verbs make of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.program import ROOT, gongkai

SAMPLE = ROOT.parent / "shared" / "samples" / "dandong-media-2025.txt"
_ID = "2025/dandong-media"


@dataclass(frozen=True, slots=True)
class Imported:
    """The sample's site: where it was made, and what the verbs said."""

    id: str
    root: Path
    imported: str
    checked: str
    text: str


def import_sample(root: Path) -> Imported:
    """Import, check, build and print the sample as a clerk would, in the empty folder `root`."""
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("notices"))
    target = root / "content" / "notices" / f"{_ID}.yml"
    verbs = (
        ("import", SAMPLE, "-o", target),
        ("check",),
        ("build", "--today", "2025-12-01"),
        ("text", _ID),
    )
    outputs = []
    for verb in verbs:
        run = gongkai("-C", root, *verb)
        assert run.returncode == 0, run.stdout + run.stderr
        outputs.append(run.stdout)
    return Imported(_ID, root, outputs[0], outputs[1], outputs[3])
