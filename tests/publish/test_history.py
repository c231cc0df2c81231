"""A history by chance, pushed to a real host: what was public stays, what was published in error is nowhere."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from generator.period import SHANGHAI
from generator.publish.host import Host
from generator.publish.records_ref import RECORDS_REF
from tests.support.publish.hosts import Office, git, gongkai, new_host, new_office
from tests.support.records.histories import FACTS, History

STEPS = 10


@dataclass(slots=True)
class Pushing:
    """An office that pushes to a host; a rollback comes in between by chance."""

    host: Host
    office: Office
    home: Path
    dice: random.Random

    def publish(self, files: dict[str, str | bytes], today: date) -> bool:
        """Push the content; a refusal leaves the clone as the host has it."""
        del today
        if self.dice.random() < 0.25:
            # It may be refused, where it would bring back what was removed or drop what is public.
            gongkai("server", "rollback", str(self.host.root))
        shutil.rmtree(self.office.folder / "content")
        self.office.commit({f"content/{path}": text for path, text in files.items()})
        pushed = self.office.push()
        if pushed.code == 0:
            return True
        assert "[silent-change]" in pushed.words or "[notice-gone]" in pushed.words, pushed.words
        self.office.git("reset", "--quiet", "--hard", "origin/main")
        return False

    def outputs(self) -> Iterator[Path]:
        """Yield the live site and the records."""
        yield self.host.current / "site"
        yield self._records()

    def bag(self, out: Path) -> Path:
        """Archive the year with the live site and its records, once a push has ended a rollback."""
        self.office.commit({})
        pushed = self.office.push()
        assert pushed.code == 0, pushed.words
        year = str(datetime.now(SHANGHAI).year)
        site = ("--site", str(self.host.current / "site"), "--records", str(self._records()))
        done = gongkai("-C", str(self.office.folder), "archive", year, "-o", str(out), *site)
        assert done.returncode == 0, done.stderr
        return out

    def _records(self) -> Path:
        folder = self.home / "records"
        shutil.rmtree(folder, ignore_errors=True)
        git(
            self.home,
            "clone",
            "--quiet",
            "--branch",
            RECORDS_REF.rpartition("/")[2],
            str(self.host.repository),
            str(folder),
        )
        shutil.rmtree(folder / ".git")
        return folder


def test_no_push_loses_a_text_and_none_keeps_what_was_in_error(tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311  (another history each time)
    print(f"seed {seed}")
    host = new_host(tmp_path / "host")
    office = new_office(host, tmp_path / "office", {f"content/{path}": text for path, text in FACTS.items()})
    publisher = Pushing(host, office, tmp_path, random.Random(seed))  # noqa: S311
    today = datetime.now(SHANGHAI).date()
    history = History(random.Random(seed + 1), publisher, today=today, still=True)  # noqa: S311
    for _ in range(STEPS):
        history.step()
    history.hold(iter([publisher.bag(tmp_path / "bag")]))
