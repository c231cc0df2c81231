"""Whatever is killed, and whenever: the public sees a whole site, old or new, and one reconcile mends the rest."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from generator.locks import locked
from generator.publish.progress import Step
from tests.support.publish.faults import (
    build_halted,
    converged,
    copied,
    halted,
    kill,
    kind,
    over,
    own_script,
    pushing,
    reconcile,
    session,
    waited,
    whole,
    works,
)
from tests.support.publish.hosts import own, quick, set_hook, shown
from tests.support.publish.kills import (
    Figures,
    build_killed,
    git_killed_at,
    many,
    push_killed_at,
    push_steps,
    run_killed_at,
    run_steps,
)

_SEED = 20251121
_CHOSEN = 6


def test_every_step_is_passed_by_what_is_killed_at_its_steps(pattern: Path, tmp_path: Path) -> None:
    """The steps at which the tests below kill are those that a push and a reconcile name, and no step is left out."""
    case = copied(pattern, tmp_path)
    push, run = push_steps(case, 0), run_steps(case, "reconcile")
    assert {*push, *run, Step.WAIT} == set(Step)
    assert set(Step) - set(push) == {Step.WAIT}
    assert set(Step) - set(run) == {Step.WAIT, Step.ACCEPT, Step.PENDING}


def test_a_push_killed_at_each_step(pattern: Path, tmp_path: Path) -> None:
    case, figures = copied(pattern, tmp_path), Figures()
    passed = push_steps(case, 0)
    for number, (step, hook) in enumerate(passed.items(), 1):
        push_killed_at(case, step, hook, 10 * number, figures)
    assert figures.hits.total() == len(passed)
    assert figures.accepted == list(passed.values()).count("post-receive")
    print(figures.table())


def test_a_push_whose_client_or_git_is_killed(pattern: Path, tmp_path: Path) -> None:
    """While its hook is at a step, of which some are chosen by chance; the hook goes on alone."""
    case, figures = copied(pattern, tmp_path), Figures()
    passed, chance = push_steps(case, 0), random.Random(_SEED)  # noqa: S311  (chance, not secrecy)
    chosen = [(step, hook, part) for step, hook in passed.items() for part in ("client", "receive-pack")]
    for number, (step, hook, part) in enumerate(chance.sample(chosen, _CHOSEN), 1):
        git_killed_at(case, step, hook, part, 10 * number, figures)
    assert figures.hits.total() == _CHOSEN
    print(f"seed {_SEED}\n{figures.table()}")


def test_a_push_killed_while_it_waits(pattern: Path, tmp_path: Path) -> None:
    """The lock that it waits for is ours; it has none to leave behind."""
    case, log = copied(pattern, tmp_path), tmp_path / "steps"
    old, _ = case.tip(), case.commit(1)
    quick(case.host, "pre-receive", halt=Step.WAIT.name, log=str(log))
    with locked(case.host.lock, 0), pushing(case.office) as (push, words):
        os.kill(halted(push, log, Step.WAIT), signal.SIGKILL)
        assert waited(push, words).code != 0
        whole(case, old)
        over(push.pid)
    quick(case.host)
    assert case.office.push().code == 0
    converged(case)


def test_a_build_with_workers_killed(tmp_path: Path) -> None:
    """Workers hold what their parent held, the lock and the pipe that the hook waits on: they must end with it."""
    case, figures = many(tmp_path), Figures()
    words = build_killed(case, 10, "build", figures)
    assert "没有发布，网站和以前一样。" in words
    assert "被系统中断（信号 9）" in words
    build_killed(case, 20, "pre-receive", figures)
    assert figures.hits.total() == 2


def test_a_hook_whose_git_was_killed_promises_nothing_of_a_living_process(pattern: Path, tmp_path: Path) -> None:
    """Its parent is then the system's first process, which lives for ever: nobody is to wait for that to move a ref."""
    case = copied(pattern, tmp_path)
    own(case.host)
    old, _ = case.tip(), case.commit(1)
    with build_halted(case) as build, pushing(case.office) as (push, words):
        halt = build(push)
        everybody = session(push.pid)
        parts = {kind(process, everybody, push.pid): process for process in everybody}
        kill(next(process for process in everybody if process.id == parts["pre-receive"].parent))
        os.kill(halt, signal.SIGCONT)
        assert waited(push, words).code != 0
        over(push.pid)
    note = json.loads((case.host.state / "pending.json").read_text())
    assert not Path(f"/proc/{note['process']}").exists()
    whole(case, old)
    reconcile(case.host)
    converged(case)
    assert case.office.push().code == 0


def test_the_second_hook_reports_what_the_first_went_on_to_publish(pattern: Path, tmp_path: Path) -> None:
    case = copied(pattern, tmp_path)
    own(case.host)
    script = own_script(case.host, "post-receive")
    set_hook(case.host, "post-receive", "sh", "-c", script.replace(sys.executable, "false"))
    new = case.commit(1)
    pushed = case.office.push()
    assert pushed.code == 0
    assert "https://www.example.com/gk/about/" in pushed.lines
    assert "没有换上" not in pushed.words
    assert whole(case, new)
    assert not list(case.host.state.glob("report-*"))
    converged(case)


@pytest.mark.parametrize("after", [0, 0.02, 0.05, 0.1, 0.2])
def test_where_the_process_that_publishes_is_killed_the_second_hook_does_it(
    pattern: Path, tmp_path: Path, after: float
) -> None:
    case = copied(pattern, tmp_path)
    own(case.host)
    script = own_script(case.host, "post-receive")
    victim = f"read -r _ process <{case.host.state / 'publishing'}; kill -9 $process 2>/dev/null"
    set_hook(case.host, "post-receive", "sh", "-c", f"sleep {after}; {victim}\n{script}")
    new = case.commit(1)
    pushed = case.office.push()
    assert pushed.code == 0, pushed.words
    assert any(line.startswith("https://www.example.com/gk/") for line in pushed.lines), pushed.words
    assert whole(case, new)
    reconcile(case.host)
    own(case.host)
    works(case, 2)
    converged(case)


def test_a_reconcile_killed_at_each_step(pattern: Path, tmp_path: Path) -> None:
    case, figures = copied(pattern, tmp_path), Figures()
    passed = run_steps(case, "reconcile")
    for step in passed:
        run_killed_at(case, "reconcile", step, figures)
        converged(case)
    assert figures.hits.total() == len(passed)
    works(case, 1)


def test_a_rollback_killed_at_each_step_is_done_by_the_next_reconcile(pattern: Path, tmp_path: Path) -> None:
    case, figures = copied(pattern, tmp_path), Figures()
    goal = shown(case.host)
    works(case, 1)
    passed = run_steps(case, "rollback")
    assert shown(case.host).name == goal.name
    for number, step in enumerate(passed, 2):
        works(case, number)
        was = shown(case.host).name
        works(case, 10 + number)
        run_killed_at(case, "rollback", step, figures)
        assert shown(case.host).name == was, f"{step.name}: not done"
    assert passed == [Step.RECORD, Step.SWITCH]
    works(case, 100)
    converged(case)
