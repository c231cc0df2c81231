"""A host whose content is live, made once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.publish.host import Host
from tests.support.publish.hosts import Office, new_host, new_office, own, quick


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a host and the office that pushed to it."""
    folder = tmp_path_factory.mktemp("pattern")
    new_office(new_host(folder / "host"), folder / "office")
    return folder


@pytest.fixture
def host(pattern: Path, tmp_path: Path) -> Host:
    """Return a host that shows one notice, 2025/yi."""
    shutil.copytree(pattern / "host", tmp_path / "host", symlinks=True)
    host = Host(tmp_path / "host")
    return quick(own(host))


@pytest.fixture
def office(pattern: Path, host: Host, tmp_path: Path) -> Office:
    """Return the clone from which that notice was pushed."""
    shutil.copytree(pattern / "office", tmp_path / "office", symlinks=True)
    office = Office(tmp_path / "office")
    office.git("remote", "set-url", "origin", str(host.repository))
    return office
