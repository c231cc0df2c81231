"""Killing pushes, reconciles and rollbacks; the public and the next run must see nothing of it."""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from generator.publish.install import HOOKS
from generator.publish.progress import Step
from tests.support.content import NOTICE
from tests.support.fork import runs
from tests.support.publish.faults import (
    Case,
    Process,
    converged,
    halted,
    kill,
    kind,
    over,
    pushing,
    reconcile,
    session,
    waited,
    whole,
    works,
)
from tests.support.publish.hosts import FILES, new_host, new_office, own, quick

LATE = "(too late)"
_TRIES = 9
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
    office = new_office(host, folder / "office", MANY)
    return Case(own(host), office)


def usual(case: Case) -> float:
    """Return how long a push takes here, in seconds."""
    taken = []
    for number in range(3):
        start = time.monotonic()
        works(case, 900 + number)
        taken.append(time.monotonic() - start)
    return statistics.median(taken)


def push_steps(case: Case, number: int) -> dict[Step, str]:
    """Push without killing anything; return the steps that were passed, in order, each with its hook."""
    passed: dict[Step, str] = {}
    for hook in HOOKS:
        log = _new_log(case)
        quick(case.host, hook, log=str(log))
        number += 1
        works(case, number)
        passed |= {step: hook for step, _ in runs.steps(log)}
    quick(case.host)
    return passed


def run_steps(case: Case, what: str) -> list[Step]:
    """Do a reconcile that builds anew, or a rollback, without killing it; return its steps in order."""
    log = _new_log(case)
    assert runs.run(what, str(case.host.root), log=str(log)).returncode == 0
    return [step for step, _ in runs.steps(log)]


def _new_log(case: Case) -> Path:
    log = case.host.root.with_name("steps")
    log.unlink(missing_ok=True)
    return log


def push_killed_at(case: Case, step: Step, hook: str, number: int, figures: Figures) -> None:
    """Kill the hook of a push at a step; then the public, one reconcile and one more push are as they should be."""
    old, new = case.tip(), case.commit(number)
    log = _new_log(case)
    quick(case.host, hook, die=step.name, log=str(log))
    with pushing(case.office) as (push, words):
        pushed = waited(push, words)
        assert runs.steps(log)[-1][0] is step, f"the hook was not killed at {step.name}"
        accepted = pushed.code == 0
        assert accepted == (hook == "post-receive"), f"{step.name}: {pushed.words}"
        quick(case.host)
        _recovers(case, old, new, push.pid, figures, accepted=accepted)
    figures.hits[f"{hook} at {step.name}"] += 1
    _goes_on(case, new, number, accepted=accepted)


def git_killed_at(case: Case, step: Step, hook: str, part: str, number: int, figures: Figures) -> None:
    """Kill the client or the receiving git of a push while its hook is at a step; then all is as above."""
    old, new = case.tip(), case.commit(number)
    log = _new_log(case)
    quick(case.host, hook, halt=step.name, log=str(log))
    with pushing(case.office) as (push, words):
        hooked = halted(push, log, step)
        everybody = session(push.pid)
        victims = [process for process in everybody if kind(process, everybody, push.pid) == part]
        assert victims, f"no {part} at {step.name}: {everybody}"
        kill(victims[-1])
        whole(case, old, new)
        os.kill(hooked, signal.SIGCONT)
        accepted = waited(push, words).code == 0
        quick(case.host)
        _recovers(case, old, new, push.pid, figures, accepted=accepted)
    figures.hits[f"{part} at {step.name}"] += 1
    _goes_on(case, new, number, accepted=accepted)


def push_killed_anywhere(case: Case, chance: random.Random, usual: float, number: int, figures: Figures) -> None:
    """Kill any process of a push after a random time; then all is as above.

    Where the push was over by then, another one is tried.
    """
    for attempt in range(_TRIES):
        old, new = case.tip(), case.commit(number + attempt)
        with pushing(case.office) as (push, words):
            time.sleep(chance.uniform(0, usual))
            everybody = session(push.pid)
            if not everybody:
                figures.hits[LATE] += 1
                assert waited(push, words).code == 0
                continue
            part = chance.choice(sorted({kind(process, everybody, push.pid) for process in everybody}))
            kill(chance.choice([process for process in everybody if kind(process, everybody, push.pid) == part]))
            figures.hits[part] += 1
            whole(case, old, new)
            # A client that was killed could not hear whether its push was accepted.
            accepted = waited(push, words).code == 0
            _recovers(case, old, new, push.pid, figures, accepted=accepted)
        _goes_on(case, new, number + attempt, accepted=accepted)
        return
    raise AssertionError(f"{_TRIES} pushes were over before anything of them was killed")


def build_killed(case: Case, number: int, wanted: str, figures: Figures) -> str:
    """Kill a push's build, or its hook, while the build has workers; return what the pusher read.

    They are looked for by the clock: where they were gone before they were found, another push is tried.
    """
    for attempt in range(_TRIES):
        old, new = case.tip(), case.commit(number + attempt)
        with pushing(case.office) as (push, words):
            victim = _victim(push, wanted)
            if victim is not None:
                kill(victim)
            pushed = waited(push, words)
            if pushed.code == 0:
                continue
            figures.hits[f"{wanted} with workers"] += 1
            _recovers(case, old, new, push.pid, figures, accepted=False)
        _goes_on(case, new, number, accepted=False)
        return pushed.words
    raise AssertionError(f"no {wanted} with workers was found in {_TRIES} pushes")


def run_killed_at(case: Case, what: str, step: Step, figures: Figures) -> None:
    """Kill a reconcile that builds anew, or a rollback, at a step; the next reconcile brings the site to its goal."""
    commits = case.office.git("log", "--format=%H").split()
    code = runs.run(what, str(case.host.root), die=step.name).returncode
    assert code == -signal.SIGKILL, f"{what} did not come to {step.name}: {code}"
    whole(case, *commits)
    _reconciled(case, figures)
    figures.hits[f"{what} at {step.name}"] += 1


def _victim(push: subprocess.Popen[bytes], wanted: str) -> Process | None:
    while push.poll() is None:
        everybody = session(push.pid)
        parts = {kind(process, everybody, push.pid): process for process in everybody}
        if "worker" in parts and wanted in parts:
            return parts[wanted]
    return None


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
