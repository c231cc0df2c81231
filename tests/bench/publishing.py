"""A publishing host: pushes until they are live, what the timer does, midnights, the way back."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from generator.publish.host import Host
from tests.bench.archive import FLIPS, Archive, Edit
from tests.bench.building import GONGKAI
from tests.bench.measure import Cost, measure, page_text, require_pages, require_words
from tests.support.publish.hosts import Office, shown, started

_ADDRESS = "https://www.example.com/xcgk/"
_PUSH = ("git", "push", "--quiet", "origin", "main")


@dataclass(frozen=True, slots=True)
class Hosted:
    """A host and the clone of the office that pushes to it, below `root`."""

    archive: Archive
    root: Path

    @property
    def _host(self) -> Host:
        return Host(self.root / "host")

    @property
    def _office(self) -> Office:
        return Office(self.root / "office")

    def measure(self, turn: int, *, cold: bool) -> Iterator[tuple[str, Cost]]:
        """Yield the name and the cost of each step; a first push only where `cold` says so."""
        if turn == 0:
            yield "host/cold", self._first_push()
            # The day's work, which is due on a new host.
            self._run("server", "reconcile")
        elif cold:
            again = Hosted(self.archive, self.root / "again")
            yield "host/cold", again._first_push()
            shutil.rmtree(again.root)
        edits = self.archive.edits(turn)
        was = shown(self._host).name
        yield "host/nothing", self._run("server", "reconcile")
        assert shown(self._host).name == was
        yield "host/changed", self._push(edits["changed"])
        yield "host/rollback", self._run("server", "rollback")
        assert shown(self._host).name == was
        for kind in ("new", "old", "correction"):
            yield f"host/{kind}", self._push(edits[kind])
        yield "host/full", self._run("server", "reconcile", "--full")

    def midnights(self, number: int) -> Iterator[tuple[str, Cost]]:
        """Yield what the timer costs at so many midnights at which notices come to their end.

        The day's work is done in the evening before, as on a host whose timer runs each minute.
        """
        closing = [self.archive.closing(midnight) for midnight in range(number)]
        files = {f"content/notices/{id_}.yml": text for one in closing for id_, text in one.items()}
        self._office.commit(files)
        measure(_PUSH, self._office.folder, self._host.root)
        for midnight, ids in enumerate(closing):
            over = self.archive.midnight(midnight)
            self._run("server", "reconcile", at=over - timedelta(hours=1))
            assert self._over(ids) == 0
            yield "host/midnight", self._run("server", "reconcile", at=over)
            assert self._over(ids) == FLIPS

    def _first_push(self) -> Cost:
        self.archive.write(self._office.folder / "content")
        done = started("server", "init", str(self._host.root), "--address", _ADDRESS)
        if done.returncode:
            sys.exit(done.stderr)
        self._office.git("init", "--quiet", "--initial-branch=main")
        self._office.git("remote", "add", "origin", str(self._host.repository))
        self._office.commit({})
        cost = measure(_PUSH, self._office.folder, self._host.root)
        require_pages(self._host.current / "site", self.archive.number)
        return cost

    def _push(self, edit: Edit) -> Cost:
        self._office.commit({edit.path: edit.text})
        cost = measure(_PUSH, self._office.folder, self._host.root)
        require_words(self._host.current / "site" / edit.address, edit.words)
        return cost

    def _run(self, *verb: str, at: datetime | None = None) -> Cost:
        command = (sys.executable, "-m", "tests.bench.at", at.isoformat()) if at else GONGKAI
        return measure((*command, *verb, self._host.root), self._host.root)

    def _over(self, ids: Iterable[str]) -> int:
        """Return how many of the notices have come to their end."""
        return sum("已结束" in page_text(self._host.current / "site" / "notices" / id_) for id_ in ids)
