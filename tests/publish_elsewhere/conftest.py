"""A repository and a server that start afresh for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.content import SmallContent
from tests.support.repositories import Repository, new_repository


@pytest.fixture
def repository(small_content: SmallContent) -> Repository:
    """Return a repository that holds content/, with one commit."""
    return new_repository(small_content())


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """Return the folder from which a web server shows current/."""
    return tmp_path / "srv" / "xcgk"
