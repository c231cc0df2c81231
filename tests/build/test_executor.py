"""Pages are rendered by whatever executor is handed in."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from generator.build.build import build
from generator.build.request import BuildRequest
from generator.clock import clock
from tests.demo.play import RECORDS
from tests.support.program import ROOT, tree


def test_processes_that_know_nothing_make_the_same_bytes(recorded_demo: Path, tmp_path: Path) -> None:
    """Everything that a worker needs is sent to it: it starts afresh, without a copy of our memory."""
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        build(BuildRequest(root=ROOT, now=clock(), records=RECORDS, executor=executor), tmp_path)
    assert tree(tmp_path) == tree(recorded_demo)
