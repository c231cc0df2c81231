"""Many notices checked on several cores come out as on one, in order, and a killed worker loses nothing."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from generator.check import Surroundings, check_content
from generator.check import notices as module
from generator.model import Notice
from tests.corpus import write_content


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
    assert [entry.headline for entry in one.content.entries] == [entry.headline for entry in two.content.entries]
    assert [broken.id for broken in one.content.broken] == [broken.id for broken in two.content.broken]
    assert (len(two.content.entries), len(two.content.broken)) == (58, 2)


def test_a_killed_worker_loses_nothing(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = os.getpid()

    def deadly(notice: Notice, around: Surroundings) -> list[module.Problem]:  # noqa: ARG001
        if os.getpid() != parent and notice.title.endswith("第40服务中心委员会关于市委巡察整改进展情况的通报"):
            os.kill(os.getpid(), signal.SIGKILL)
        return []

    monkeypatch.setattr("generator.check.notice.RULES", (deadly,))
    checked = check_content(many, cores=2)
    assert checked.content is not None
    assert len(checked.content.entries) == 58
