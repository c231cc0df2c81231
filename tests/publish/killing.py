"""Killing pushes, reconciles and rollbacks; the public and the next run must see nothing of it."""

from __future__ import annotations

import random
import signal
import statistics
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from generator.publish.telling import Step
from tests.conftest import NOTICE
from tests.publish import dying
from tests.publish.faults import (
    Case,
    Process,
    converged,
    kill,
    kind,
    over,
    pushing,
    python,
    reconcile,
    restored,
    session,
    set_hook,
    waited,
    whole,
    works,
)
from tests.publish.hosting import FILES, new_host, new_office

_BEFORE = ("EXPORT", "CHECK", "MAKE", "AUDIT", "COMPRESS", "LIST", "SYNC", "PLACE", "ACCEPT", "PROMISE")
_AFTER = ("RECORD", "SWITCH", "PRUNE", "DONE")
PUSH_STEPS = (*_BEFORE, *_AFTER)
RECONCILE_STEPS = tuple(step.name for step in Step if step not in {Step.WAIT, Step.ACCEPT, Step.PROMISE})
# More than one worker checks as many notices as these.
MANY = {**FILES} | {f"content/notices/2025/duo-{number}.yml": NOTICE for number in range(26)}


@dataclass(slots=True)
class Figures:
    """What became of kills: how many hit which part, how many of the pushes were accepted all the same."""

    hits: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    refused: int = 0
    at_once: int = 0
    slowest: float = 0.0

    def add(self, other: Figures) -> None:
        """Add the figures of other kills."""
        self.hits += other.hits
        self.accepted += other.accepted
        self.refused += other.refused
        self.at_once += other.at_once
        self.slowest = max(self.slowest, other.slowest)

    def table(self) -> str:
        """Show the figures."""
        hits = "\n".join(f"  {name:<16}{number:>5}" for name, number in sorted(self.hits.items()))
        return (
            f"{hits}\n  pushes accepted all the same {self.accepted}, not accepted {self.refused}; live before "
            f"reconcile {self.at_once}; slowest reconcile {self.slowest:.1f} s"
        )


def many(folder: Path) -> Case:
    """Return a host with so many notices that several workers check them."""
    host = new_host(folder / "host")
    return Case(host, new_office(host, folder / "office", MANY))


def usual(case: Case) -> float:
    """Return how long a push takes here, in seconds."""
    taken = []
    for number in range(3):
        start = time.monotonic()
        works(case, 900 + number)
        taken.append(time.monotonic() - start)
    return statistics.median(taken)


def push_killed_at(case: Case, step: str, number: int, figures: Figures) -> None:
    """Kill the hook of a push at a step; then the public, one reconcile and one more push are as they should be."""
    old, new = case.tip(), case.commit(number)
    hook = "post-receive" if step in _AFTER else "pre-receive"
    set_hook(case.host, hook, *python("-m", dying.__name__, hook, str(case.host.root), step))
    with pushing(case.office) as (push, words):
        pushed = waited(push, words)
        accepted = pushed.code == 0
        assert accepted == (step in _AFTER), f"{step}: {pushed.words}"
        restored(case.host)
        _recovers(case, old, new, push.pid, figures, accepted=accepted)
    figures.hits[step] += 1
    _goes_on(case, new, number, accepted=accepted)


def push_killed_anywhere(case: Case, chance: random.Random, usual: float, number: int, figures: Figures) -> None:
    """Kill any process of a push after a random time; then all is as above."""
    old, new = case.tip(), case.commit(number)
    with pushing(case.office) as (push, words):
        time.sleep(chance.uniform(0, usual))
        everybody = session(push.pid)
        if everybody:
            part = chance.choice(sorted({kind(process, everybody, push.pid) for process in everybody}))
            kill(chance.choice([process for process in everybody if kind(process, everybody, push.pid) == part]))
            figures.hits[part] += 1
        else:
            figures.hits["(too late)"] += 1
        whole(case, old, new)
        pushed = waited(push, words)
        # A client that was killed could not hear whether its push was accepted.
        accepted = pushed.code == 0
        _recovers(case, old, new, push.pid, figures, accepted=accepted)
    _goes_on(case, new, number, accepted=accepted)


def build_killed(case: Case, number: int, wanted: str, figures: Figures) -> str:
    """Kill a push's build, or its hook, as soon as the build has workers; return what the pusher read."""
    old, new = case.tip(), case.commit(number)
    with pushing(case.office) as (push, words):
        kill(_victim(push, wanted))
        figures.hits[f"{wanted} with workers"] += 1
        pushed = waited(push, words)
        assert pushed.code != 0
        _recovers(case, old, new, push.pid, figures, accepted=False)
    _goes_on(case, new, number, accepted=False)
    return pushed.words


def run_killed_at(case: Case, what: str, step: str, figures: Figures) -> None:
    """Kill a reconcile that builds anew, or a rollback, at a step; the next reconcile brings the site to its goal."""
    commits = case.office.git("log", "--format=%H").split()
    command = python("-m", dying.__name__, what, str(case.host.root), step)
    with subprocess.Popen(command, start_new_session=True) as run:
        code = run.wait(60)
        assert code == -signal.SIGKILL, f"{what} did not come to {step}: {code}"
        whole(case, *commits)
        _reconciled(case, figures)
        over(run.pid)
    figures.hits[f"{what} {step}"] += 1


def _victim(push: subprocess.Popen[bytes], wanted: str) -> Process:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        everybody = session(push.pid)
        parts = {kind(process, everybody, push.pid): process for process in everybody}
        if "worker" in parts:
            return parts[wanted]
    raise AssertionError("the build never had workers")


def _recovers(case: Case, old: str, new: str, client: int, figures: Figures, *, accepted: bool) -> None:
    whole(case, old, new)
    # What outlives the one that was killed ends by itself: a hook whose git is gone, a git without a client.
    over(client)
    shown = whole(case, old, new)
    _reconciled(case, figures)
    tip = case.tip()
    assert tip in {old, new}
    assert tip == new or not accepted, "an accepted push is lost"
    converged(case)
    figures.at_once += shown == tip
    figures.accepted += accepted
    figures.refused += not accepted


def _reconciled(case: Case, figures: Figures) -> None:
    start = time.monotonic()
    reconcile(case.host)
    figures.slowest = max(figures.slowest, time.monotonic() - start)


def _goes_on(case: Case, new: str, number: int, *, accepted: bool) -> None:
    """Push once more: the very commit that was not accepted, or one after it."""
    if accepted:
        works(case, number + 1)
        return
    again = case.office.push()
    assert again.code == 0, again.words
    whole(case, new)
