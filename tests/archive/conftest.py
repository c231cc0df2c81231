"""The story of a site, told once in each worker."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.archive.story import Story, archived, tell_story


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Tell the story once; tests that alter something work on a copy."""
    home = tmp_path_factory.mktemp("story")
    root, site, key = home / "office", home / "site", home / "key"
    tell_story(root, site)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    signers = home / "signers"
    signers.write_text(f"gongkai {key.with_suffix('.pub').read_text()}")
    return Story(root, site, archived(root, home / "bag", key=key), key, signers)


@pytest.fixture
def bag(story: Story, tmp_path: Path) -> Path:
    """Copy the bag, to be altered."""
    return Path(shutil.copytree(story.bag, tmp_path / "bag"))


@pytest.fixture(scope="session")
def unsigned_bag(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the bag once that nobody signed."""
    return archived(story.root, tmp_path_factory.mktemp("unsigned") / "bag")


@pytest.fixture
def unsigned(unsigned_bag: Path, tmp_path: Path) -> Path:
    """Copy the bag that nobody signed, to be altered."""
    return Path(shutil.copytree(unsigned_bag, tmp_path / "bag"))
