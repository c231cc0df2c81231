"""Killed before any of its changes to files while it archives or enters a publication, nothing is lost.

The next run completes what was begun.
"""

from __future__ import annotations

import fnmatch
import shutil
import signal
from pathlib import Path

from generator.archive import verify
from generator.period import parse_now
from tests.support.archive.story import ARCHIVED, Story, write
from tests.support.content import NOTICE
from tests.support.fork import runs
from tests.support.program import environment, tree

_KILLS = 5


def _run(arguments: list[str], root: Path, **more: str | int) -> int:
    """Run the program in a folder to its end, or until it is killed; return its exit code."""
    around = environment(SOURCE_DATE_EPOCH=str(int(parse_now(ARCHIVED).timestamp())))
    return runs.run("verb", *arguments, folder=str(root), around=around, **more).returncode


def _like(log: Path, start: str) -> list[str]:
    return [change for change in log.read_text("utf-8").splitlines() if change.startswith(start)]


def test_an_archive_is_whole_or_not_there(story: Story, tmp_path: Path) -> None:
    """Before its files, spread over all of them, and before the folder gets its name."""
    bag, log = tmp_path / "bag", tmp_path / "changes"
    arguments = ["archive", "2025", "-o", str(bag), "--key", str(story.key)]
    assert _run(arguments, story.root, changes=str(log)) == 0
    whole = tree(bag)
    assert whole == tree(story.bag)
    written, renamed = f"open {tmp_path}/.bag-build-", f"rename {tmp_path}/.bag-build-"
    total = len(_like(log, written))
    assert total == len(whole) - 1, "all but the signature, which ssh-keygen writes"
    assert _like(log, renamed)[-1].count("/") == str(bag).count("/"), "the folder itself comes last"
    kills = [(f"{written}*", number) for number in range(1, total, total // _KILLS)]
    for pattern, number in [*kills, (f"{renamed}*", len(_like(log, renamed)))]:
        shutil.rmtree(bag)
        assert _run(arguments, story.root, kill=pattern, number=number) == -signal.SIGKILL, pattern
        assert not bag.exists()
        assert _run(arguments, story.root) == 0
        assert tree(bag) == whole
    assert [place.name for place in tmp_path.iterdir() if "build" in place.name] == [], "the next run cleans up"


def test_an_entry_is_whole_or_not_there(story: Story, tmp_path: Path) -> None:
    """Versions come first, then each part of the ledger in one step: what is on record is always all there."""
    arguments = ["build", "--live", "--records", "records"]
    pattern, log = Path(shutil.copytree(story.root, tmp_path / "pattern")), tmp_path / "changes"
    write(pattern, {f"notices/2025/n{number}.yml": NOTICE for number in range(_KILLS)})
    root = Path(shutil.copytree(pattern, tmp_path / "office"))
    assert _run(arguments, root, changes=str(log)) == 0
    entered = tree(root / "records")
    opened, renamed, shown = "open records/*", "rename records/*", "rename *.site-build-*"
    moved = _like(log, "rename records/")
    assert len(moved) == _KILLS + 1
    assert moved[-1].endswith("/.writing-000001.jsonl"), "the ledger comes last"
    kills = [(opened, 1), *((renamed, number) for number in (1, _KILLS, _KILLS + 1))]
    kills += [(shown, len(fnmatch.filter(_like(log, "rename "), shown)))]
    for change, number in kills:
        shutil.rmtree(root)
        shutil.copytree(pattern, root)
        assert _run(arguments, root, kill=change, number=number) == -signal.SIGKILL, change
        flaws = [flaw for flaw in verify(root / "records", None, None).flaws if "多出来的" not in flaw]
        assert flaws == []
        assert _run(arguments, root) == 0
        assert tree(root / "records") == entered
        assert verify(root / "site", root / "records", None).flaws == ()
