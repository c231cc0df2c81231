"""Over histories by chance: no text that was public is missing without an entry, none published in error is left."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from generator.archive import make_archive
from generator.build.request import BuildError, BuildRequest
from generator.clock import clock
from tests.support.archive.story import clock_at, write
from tests.support.building import make_site
from tests.support.records.histories import FACTS, History

HISTORIES, STEPS = 4, 12


@dataclass(slots=True)
class Local:
    """A folder whose site is built with its records beside it."""

    root: Path
    last: str = ""

    def publish(self, files: dict[str, str | bytes], today: date) -> bool:
        """Build the site as a publication does."""
        shutil.rmtree(self.root / "content", ignore_errors=True)
        write(self.root, files)
        self.last = f"{today} 12:00"
        with clock_at(self.last):
            try:
                records = self.root / "records"
                make_site(self.root, self.root / "site", None, live=True, records=records)
            except BuildError as failure:
                if any(code in str(failure) for code in ("silent-change", "notice-gone")):
                    return False
                raise
        return True

    def clear(self) -> None:
        """Remove the content: the last step may have been refused, and left what was not published."""
        shutil.rmtree(self.root / "content")

    def outputs(self) -> Iterator[Path]:
        """Yield the site and the records."""
        yield self.root / "site"
        yield self.root / "records"

    def bag(self, out: Path) -> Path:
        """Archive the year."""
        with clock_at(self.last) as now:
            order = BuildRequest(now=clock(), root=self.root)
            make_archive(order, "2025", out, now, site=None, key=None, previous=None, progress=lambda *_: None)
        return out


@pytest.mark.parametrize("number", range(HISTORIES))
def test_no_text_goes_without_a_word_and_none_in_error_stays(number: int, tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311  (another history each time)
    print(f"history {number}, seed {seed}")
    publisher = Local(tmp_path)
    history = History(random.Random(seed), publisher)  # noqa: S311
    for _ in range(STEPS):
        history.step()
    publisher.clear()
    files = {f"notices/{id_}.yml": draft.text() for id_, draft in history.accepted.items()}
    write(tmp_path, {**FACTS, **files})
    history.hold(iter([publisher.bag(tmp_path / "bag")]))
