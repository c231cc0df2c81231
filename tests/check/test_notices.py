"""Many notices checked on several cores come out as on one, in order, and a killed worker loses nothing."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing import active_children
from pathlib import Path

import pytest

from generator.check import Checked, check_content
from tests.support.corpus import write_content


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write sixty notices, two of them broken in different shares."""
    root = tmp_path_factory.mktemp("many") / "content"
    write_content(root, 60)
    for file in sorted(root.glob("notices/*/*.yml"))[10:60:40]:
        file.write_text(file.read_text(encoding="utf-8").replace("格式: 1", "格式: 2"), encoding="utf-8")
    return root


def test_cores_change_nothing(many: Path) -> None:
    one, two = check_content(many), check_content(many, cores=2)
    assert one.problems == two.problems
    assert one.sources == two.sources
    assert one.content is not None
    assert two.content is not None
    assert [entry.summary for entry in one.content.entries] == [entry.summary for entry in two.content.entries]
    assert [broken.id for broken in one.content.broken] == [broken.id for broken in two.content.broken]
    assert (len(two.content.entries), len(two.content.broken)) == (58, 2)


def test_a_killed_worker_loses_nothing(many: Path) -> None:
    killed: list[int] = []
    checked: list[Checked] = []

    def kill_the_first() -> None:
        while not killed and not checked:
            for worker in active_children():
                os.kill(worker.pid or 0, signal.SIGKILL)
                killed.append(worker.pid or 0)

    killer = threading.Thread(target=kill_the_first)
    killer.start()
    checked.append(check_content(many, cores=2))
    killer.join()
    assert killed
    content = checked[0].content
    assert content is not None
    assert len(content.entries) == 58
