"""Killed at any instant while it archives or enters a publication, nothing is lost and the next run completes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

from generator.archive import verify
from generator.period import parse_now
from tests.archive.conftest import ARCHIVED, Story, write
from tests.program import command, environment, tree

KILLS = 5


def _environment(at: str) -> dict[str, str]:
    plain = environment(SOURCE_DATE_EPOCH=str(int(parse_now(at).timestamp())))
    # A process that is killed must not take what is measured of others with it.
    plain.pop("COVERAGE_PROCESS_CONFIG", None)
    return plain


def _killed(arguments: list[str], root: Path, at: str, seconds: float) -> bool:
    """Run the program and kill it after a while; whether it was still running."""
    process = subprocess.Popen(
        command(*arguments),
        cwd=root,
        env=_environment(at),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def _run(arguments: list[str], root: Path, at: str) -> float:
    """Run the program to its end and return the seconds that it took."""
    start = time.monotonic()
    done = subprocess.run(command(*arguments), cwd=root, env=_environment(at), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return time.monotonic() - start


def test_an_archive_is_whole_or_not_there(story: Story, tmp_path: Path) -> None:
    arguments = ["archive", "2025", "-o", str(tmp_path / "bag"), "--key", str(story.key)]
    seconds = _run(arguments, story.root, ARCHIVED)
    whole = tree(tmp_path / "bag")
    assert whole == tree(story.bag)
    dice = random.Random(time.monotonic_ns())  # noqa: S311
    for _ in range(KILLS):
        shutil.rmtree(tmp_path / "bag")
        # The last moments are those in which it is written.
        if _killed(arguments, story.root, ARCHIVED, seconds * dice.uniform(0.4, 1.0)):
            assert not (tmp_path / "bag").exists() or tree(tmp_path / "bag") == whole
        shutil.rmtree(tmp_path / "bag", ignore_errors=True)
        _run(arguments, story.root, ARCHIVED)
        assert tree(tmp_path / "bag") == whole
    assert [place.name for place in tmp_path.iterdir() if "build" in place.name] == [], "the next run cleans up"


def test_an_entry_is_whole_or_not_there(story: Story, tmp_path: Path) -> None:
    """Versions come first, then the ledger in one step: what is on record is always all there."""
    arguments = ["build", "--live", "--records", "records"]
    pattern = Path(shutil.copytree(story.root, tmp_path / "pattern"))
    text = (pattern / "content/notices/2025/er.yml").read_text("utf-8")
    write(pattern, {f"notices/2025/n{number}.yml": text for number in range(30)})
    dice = random.Random(time.monotonic_ns())  # noqa: S311
    root = Path(shutil.copytree(pattern, tmp_path / "timed"))
    seconds = _run(arguments, root, ARCHIVED)
    entered = tree(root / "records")
    for number in range(KILLS):
        root = Path(shutil.copytree(pattern, tmp_path / f"office-{number}"))
        _killed(arguments, root, ARCHIVED, seconds * dice.uniform(0.5, 1.0))
        flaws = [flaw for flaw in verify(root / "records", None, None).flaws if "多出来的" not in flaw]
        assert flaws == []
        _run(arguments, root, ARCHIVED)
        assert tree(root / "records") == entered
        assert verify(root / "site", root / "records", None).flaws == ()
        shutil.rmtree(root)
