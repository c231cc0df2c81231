"""What tests of several rooms build upon; made once in each worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from generator.check import Content, check_content
from tests.demo.play import RECORDS
from tests.support.browser.chromium import chromium
from tests.support.browser.nginx import Serve, serving
from tests.support.building import make_site
from tests.support.content import SmallContent, write_small
from tests.support.fork.runs import MEASURED
from tests.support.program import ROOT
from tests.support.samples import SAMPLES, Imported, ImportOnce, Sample, import_sample

# Rooms with long files, the longest first.
_LONG_ROOMS = ("publish", "browser", "publish_elsewhere", "search", "archive", "build", "cli", "shots")

# What is made here is made and measured elsewhere: these look at it, repeat it, kill it, or do it at volume. Some may
# not be measured at all, because that writes files and holds memory of its own.
_UNMEASURED = (
    "tests/bench/",
    "tests/browser/",
    "tests/publish_elsewhere/test_interrupted.py",
    "tests/publish_elsewhere/test_workflows.py",
    "tests/shots/",
    "tests/archive/test_bag_forgeries.py",
    "tests/archive/test_flips.py",
    "tests/archive/test_hostile.py",
    "tests/archive/test_killed.py",
    "tests/archive/test_site_forgeries.py",
    "tests/prose/test_limits.py",
    "tests/publish/test_concurrent.py",
    "tests/publish/test_disk_faults.py",
    "tests/publish/test_error_guide.py",
    "tests/publish/test_exhaustion.py",
    "tests/publish/test_guides_followed.py",
    "tests/publish/test_history.py",
    "tests/publish/test_kills.py",
    "tests/publish/test_switching.py",
    "tests/records/test_histories.py",
    "tests/records/test_killed.py",
    "tests/search/test_recall.py",
    "tests/search/test_many.py",
    "tests/build/test_export.py",
    "tests/build/test_interrupted.py",
    "tests/build/test_reproducible.py",
    "tests/build/test_reuse_history.py",
)


# What an example does is judged, not how long it or its making takes on a busy machine.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")

# A shell starts its background jobs with Ctrl+C ignored, and programs that tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long files first, so that at the end of a run no worker is left with one while the others wait."""
    ranks = {room: rank for rank, room in enumerate(_LONG_ROOMS)}
    items.sort(key=lambda item: ranks.get(item.path.parent.name, len(ranks)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure no coverage where others do: it makes a test, and each process that it starts, half as slow again."""
    if not item.nodeid.startswith(_UNMEASURED) or MEASURED not in os.environ:
        return (yield)
    configuration, stopped = os.environ.pop(MEASURED), []
    # In a worker there are two: the one that every process starts with, and that of pytest-cov.
    while measuring := Coverage.current():
        measuring.stop()
        stopped.append(measuring)
    try:
        return (yield)
    finally:
        while stopped:
            stopped.pop().start()
        os.environ[MEASURED] = configuration


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests of a worker: Playwright starts no second one in a process."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serve folders below paths until the session ends."""
    with ExitStack() as servers:
        yield lambda sites: servers.enter_context(serving(sites, tmp_path_factory.mktemp("nginx")))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo site once and return its folder; tests that alter it work on a copy."""
    out = tmp_path_factory.mktemp("demo") / "site"
    make_site(ROOT, out, None)
    return out


@pytest.fixture(scope="session")
def recorded_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo site with its records once, as `make site` does, and return its folder."""
    out = tmp_path_factory.mktemp("recorded") / "site"
    make_site(ROOT, out, None, records=RECORDS)
    return out


@pytest.fixture(scope="session")
def demo_content() -> Content:
    """Return the demo content, checked."""
    content = check_content(ROOT / "content").content
    assert content is not None
    return content


@pytest.fixture(scope="session")
def import_once(tmp_path_factory: pytest.TempPathFactory) -> ImportOnce:
    """Import, check, build and print a sample as a clerk would, once in each worker."""
    return cache(lambda sample: import_sample(sample, tmp_path_factory.mktemp(sample.name)))


@pytest.fixture(scope="session", params=SAMPLES, ids=lambda sample: sample.name)
def imported(request: pytest.FixtureRequest, import_once: ImportOnce) -> Imported:
    """Import each of the samples."""
    sample: Sample = request.param
    return import_once(sample)


@pytest.fixture
def small_content(tmp_path: Path) -> SmallContent:
    """Write a site's folder with one notice, 2025/yi, and return it; `files` adds or replaces files below content/."""
    return lambda files=None, name="small": write_small(tmp_path / name, files)
