"""Pages of the search before an index of any content; made once in each worker."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.check import Content
from generator.pages import BuildTime
from tests.support.search.many import THREE_HUNDRED, many
from tests.support.search.session import AT, Open, Search, build_frame, opened


@pytest.fixture(scope="session")
def frame(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with a notice of each organ: its search page knows them all."""
    return build_frame(tmp_path_factory.mktemp("frame"))


@pytest.fixture(scope="session")
def open_search(browser: Browser, frame: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open the search page before any content, and close all of them at the end."""
    with ExitStack() as stack:

        def open_(content: Content, at: BuildTime = AT) -> Search:
            return stack.enter_context(opened(browser, frame, tmp_path_factory.mktemp("searched"), content, at))

        yield open_


@pytest.fixture(scope="session")
def three_hundred(open_search: Open, tmp_path_factory: pytest.TempPathFactory) -> Search:
    """Generate three hundred notices of five years."""
    return open_search(many(tmp_path_factory.mktemp("nothing"), THREE_HUNDRED))


@pytest.fixture
def dice() -> random.Random:
    """Return the same dice in every run."""
    return random.Random(20251201)  # noqa: S311
