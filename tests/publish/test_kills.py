"""Whatever is killed, and whenever: the public sees a whole site, old or new, and one reconcile mends the rest."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from generator.publish.lock import locked
from tests.publish import dying
from tests.publish.faults import (
    converged,
    copied,
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
from tests.publish.hosting import shown
from tests.publish.killing import (
    PUSH_STEPS,
    RECONCILE_STEPS,
    Figures,
    build_killed,
    many,
    push_killed_anywhere,
    push_killed_at,
    run_killed_at,
    usual,
)

_SEED = 20251121
_RANDOM = 20


@pytest.mark.parametrize("half", [0, 1])
def test_a_push_killed_at_each_step(pattern: Path, tmp_path: Path, half: int) -> None:
    case, figures = copied(pattern, tmp_path), Figures()
    for number, step in enumerate(PUSH_STEPS[half::2]):
        push_killed_at(case, step, 10 * number, figures)
    assert figures.hits.total() == len(PUSH_STEPS[half::2])
    print(figures.table())


def test_a_push_killed_while_it_waits(pattern: Path, tmp_path: Path) -> None:
    """The lock that it waits for is ours; it has none to leave behind."""
    case = copied(pattern, tmp_path)
    old, _ = case.tip(), case.commit(1)
    set_hook(case.host, "pre-receive", *python("-m", dying.__name__, "pre-receive", str(case.host.root), "WAIT"))
    with locked(case.host, 0), pushing(case.office) as (push, words):
        pushed = waited(push, words)
        assert pushed.code != 0
        whole(case, old)
        over(push.pid)
    restored(case.host)
    assert case.office.push().code == 0
    converged(case)


def test_a_push_killed_at_random(pattern: Path, tmp_path: Path) -> None:
    """Any process of it: client, receive-pack, hook, build; the seed is printed."""
    case, figures = copied(pattern, tmp_path), Figures()
    chance, long = random.Random(_SEED), usual(case)  # noqa: S311  (chance, not secrecy)
    for number in range(_RANDOM):
        push_killed_anywhere(case, chance, long, 10 * number, figures)
    assert figures.accepted + figures.refused == _RANDOM
    print(f"seed {_SEED}\n{figures.table()}")


def test_a_build_with_workers_killed(tmp_path: Path) -> None:
    """Workers hold what their parent held, the lock and the pipe that the hook waits on: they must end with it."""
    case, figures = many(tmp_path), Figures()
    words = build_killed(case, 1, "build", figures)
    assert "没有发布，网站和以前一样。" in words
    assert "被系统中断（信号 9）" in words
    build_killed(case, 2, "pre-receive", figures)


def test_a_hook_whose_git_was_killed_promises_nothing_of_a_living_process(pattern: Path, tmp_path: Path) -> None:
    """Its parent is then the system's first process, which lives for ever: nobody is to wait for that to move a ref."""
    case = copied(pattern, tmp_path)
    old, _ = case.tip(), case.commit(1)
    with pushing(case.office) as (push, words):
        everybody = session(push.pid)
        while "build" not in (parts := {kind(process, everybody, push.pid): process for process in everybody}):
            everybody = session(push.pid)
        kill(next(process for process in everybody if process.id == parts["pre-receive"].parent))
        assert waited(push, words).code != 0
        over(push.pid)
    note = json.loads((case.host.state / "pending.json").read_text())
    assert not Path(f"/proc/{note['process']}").exists()
    whole(case, old)
    reconcile(case.host)
    converged(case)
    assert case.office.push().code == 0


def test_a_reconcile_killed_at_each_step(pattern: Path, tmp_path: Path) -> None:
    case, figures = copied(pattern, tmp_path), Figures()
    for step in RECONCILE_STEPS:
        run_killed_at(case, "reconcile", step, figures)
        converged(case)
    works(case, 1)


def test_a_rollback_killed_at_its_step_is_done_by_the_next_reconcile(pattern: Path, tmp_path: Path) -> None:
    case, figures = copied(pattern, tmp_path), Figures()
    goal = shown(case.host)
    works(case, 1)
    run_killed_at(case, "rollback", "SWITCH", figures)
    assert shown(case.host).name == goal.name
    works(case, 2)
    converged(case)
