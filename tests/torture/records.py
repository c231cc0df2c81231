"""Flip a thousand bits over a bag, a site and the records; tell a hundred histories by chance; print what was found.

python tests/torture/records.py [flips of each] [histories] [seed]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.records.test_histories import Local
from tests.support.archive.flips import flips
from tests.support.archive.story import archived, tell_story, write
from tests.support.records.histories import FACTS, History

_SEED = 20251121
_STEPS = 18


def main(times: int = 1000, histories: int = 100, seed: int = _SEED) -> None:
    """Do both, and exit 1 where anything was not as it must be."""
    dice = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    with tempfile.TemporaryDirectory() as temporary:
        missed = _flips(Path(temporary), times, dice)
        failures = _histories(Path(temporary), histories, dice)
    print("\n".join([*missed, *failures]))
    sys.exit(1 if missed or failures else 0)


def _flips(home: Path, times: int, dice: random.Random) -> list[str]:
    root, site = home / "office", home / "site"
    tell_story(root, site)
    missed = []
    for folder in (archived(root, home / "bag"), site, root / "records"):
        start = time.monotonic()
        found = flips(folder, times, dice)
        print(f"{folder.name}: {times} flips, {len(found)} not seen or not named, {time.monotonic() - start:.0f} s")
        missed += found
    return missed


def _histories(home: Path, number: int, dice: random.Random) -> list[str]:
    failures, publications = [], 0
    for index in range(number):
        folder = home / f"history-{index}"
        folder.mkdir()
        publisher = Local(folder)
        seed = dice.randrange(2**32)
        history = History(random.Random(seed), publisher)  # noqa: S311  (the same)
        try:
            _tell(history, publisher, folder)
        except AssertionError as error:
            failures.append(f"history {index}, seed {seed}: {error}")
        publications += len(history.told)
    print(f"{number} histories, {publications} publications or refusals, {len(failures)} with something wrong")
    return failures


def _tell(history: History, publisher: Local, folder: Path) -> None:
    for _ in range(_STEPS):
        history.step()
    publisher.clear()
    files = {f"notices/{id_}.yml": draft.text() for id_, draft in history.accepted.items()}
    write(folder, {**FACTS, **files})
    history.hold(iter([publisher.bag(folder / "bag")]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
