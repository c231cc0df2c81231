"""Pages of the search before an index of any content; made once in each worker."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.building import make_site
from tests.support.search.corpus import content_of, notice, write_notices
from tests.support.search.session import ORGANS, YEARS, Open, Search, opened


@pytest.fixture(scope="session")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with a notice of each organ: its search page knows them all."""
    root = tmp_path_factory.mktemp("frame")
    write_notices(root / "content", ((f"2019/notice-{key}", notice(key, 2019, ORGANS)) for key in range(ORGANS)))
    make_site(root, root / "site", "2025-12-01")
    return root / "site"


@pytest.fixture(scope="session")
def open_search(browser: Browser, frame: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open the search page before any content, and close all of them at the end."""
    with ExitStack() as stack:
        yield lambda content: stack.enter_context(opened(browser, frame, tmp_path_factory.mktemp("searched"), content))


@pytest.fixture(scope="session")
def thousand(open_search: Open, tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Generate a thousand notices of five years."""
    numbered = enumerate(year for year, count in YEARS.items() for _ in range(count))
    notices = [(f"{year}/notice-{number}", notice(number, year, ORGANS)) for number, year in numbered]
    return open_search(content_of(tmp_path_factory.mktemp("nothing"), notices))


@pytest.fixture
def dice() -> random.Random:
    """Return the same dice in every run."""
    return random.Random(20251201)  # noqa: S311
