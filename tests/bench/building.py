"""`gongkai build` on one's own computer, with records, and `gongkai check` of one notice."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.archive import Archive
from tests.bench.measure import Cost, measure, require_pages, require_words

GONGKAI = (sys.executable, "-m", "generator")
_BUILD = (*GONGKAI, "build", "--live", "--records", "records")


@dataclass(frozen=True, slots=True)
class Local:
    """A site's folder on somebody's computer, below `root`."""

    archive: Archive
    root: Path

    def measure(self, turn: int, *, cold: bool) -> Iterator[tuple[str, Cost]]:
        """Yield the name and the cost of each step; from nothing only where `cold` says so."""
        if cold:
            shutil.rmtree(self.root, ignore_errors=True)
            self.archive.write(self.root / "content")
            yield "build/cold", measure(_BUILD, self.root)
            require_pages(self.root / "site", self.archive.number)
        yield "build/nothing", measure(_BUILD, self.root)
        edit = self.archive.edits(turn)["changed"]
        (self.root / edit.path).write_text(edit.text, encoding="utf-8")
        yield "check/one", measure((*GONGKAI, "check", edit.path), self.root)
        yield "build/changed", measure(_BUILD, self.root)
        require_words(self.root / "site" / edit.address, edit.words)
