"""Kill pushes, reconciles and rollbacks: ten times at each step, 300 times at random; print what became of them.

python tests/torture/kills.py [a step's kills] [random kills] [seed]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.publish.progress import Step
from tests.support.publish.faults import Case, works
from tests.support.publish.hosts import own, quick
from tests.support.publish.kills import (
    LATE,
    Figures,
    build_killed,
    git_killed_at,
    many,
    push_killed_anywhere,
    push_killed_at,
    push_steps,
    run_killed_at,
    run_steps,
    usual,
)

_SEED = 20251121
_LONGEST = 45 * 60.0
_HOSTS = 2


@dataclass(slots=True)
class Campaign:
    """Kills on one host of its own, one after the other, until they are done or the time is up."""

    case: Case
    end: float
    steps: Figures = field(default_factory=Figures)
    anywhere: Figures = field(default_factory=Figures)
    failures: list[str] = field(default_factory=list)
    undone: int = 0
    number: int = 0

    def run(self, kill: Callable[[int], object]) -> None:
        """Do one kill, and note what goes wrong."""
        if time.monotonic() > self.end:
            self.undone += 1
            return
        self.number += 10
        try:
            kill(self.number)
        except Exception:  # noqa: BLE001  (a campaign goes on, and tells of all failures at its end)
            self.failures.append(traceback.format_exc())


def _each_step(campaign: Campaign, times: int) -> None:
    case, figures = campaign.case, campaign.steps
    passed, run = push_steps(case, 0), run_steps(case, "reconcile")
    for _ in range(times):
        for step, hook in passed.items():
            campaign.run(partial(push_killed_at, case, step, hook, figures=figures))
            for part in ("client", "receive-pack"):
                campaign.run(partial(git_killed_at, case, step, hook, part, figures=figures))
        own(case.host)
        for part in ("build", "pre-receive"):
            campaign.run(partial(build_killed, case, wanted=part, figures=figures))
        quick(case.host)
        for step in run:
            campaign.run(lambda _, step=step: run_killed_at(case, "reconcile", step, figures))  # type: ignore[misc]
        campaign.run(lambda number: _rollback_killed(case, number, figures))


def _rollback_killed(case: Case, number: int, figures: Figures) -> None:
    run_killed_at(case, "rollback", Step.SWITCH, figures)
    works(case, number)  # what was rolled back to stays until then


def _anywhere(campaign: Campaign, times: int, seed: int) -> None:
    own(campaign.case.host)
    chance, long = random.Random(seed), usual(campaign.case)  # noqa: S311  (chance, not secrecy)
    for _ in range(times):
        campaign.run(lambda number: push_killed_anywhere(campaign.case, chance, long, number, campaign.anywhere))


def main(times: int = 10, number: int = 300, seed: int = _SEED) -> int:
    """Kill, on two hosts at a time, print the figures, and return how many kills were not survived."""
    print(f"seed {seed}; {times} kills a step, {number} at random", flush=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary, ThreadPoolExecutor(_HOSTS) as pool:
        campaigns = []
        for index in range(_HOSTS):
            folder = Path(temporary) / str(index)
            folder.mkdir()
            campaigns.append(Campaign(many(folder), start + _LONGEST))
        shares = [(times + _HOSTS - 1 - index) // _HOSTS for index in range(_HOSTS)]
        list(pool.map(_each_step, campaigns, shares))
        shares = [(number + _HOSTS - 1 - index) // _HOSTS for index in range(_HOSTS)]
        list(pool.map(_anywhere, campaigns, shares, [seed, seed + 1]))
    steps, anywhere = Figures(), Figures()
    for campaign in campaigns:
        steps.add(campaign.steps)
        anywhere.add(campaign.anywhere)
    for name, figures in (("at a step", steps), ("at random", anywhere)):
        late = figures.hits[LATE]
        print(f"\n{name}: {figures.hits.total() - late} kills\n{figures.table()}")
    failures = [failure for campaign in campaigns for failure in campaign.failures]
    undone = sum(campaign.undone for campaign in campaigns)
    print(f"\n{time.monotonic() - start:.0f} s; not survived {len(failures)}; no time left for {undone}")
    for failure in failures[:10]:
        print(f"\n{failure}")
    return len(failures) + undone


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
