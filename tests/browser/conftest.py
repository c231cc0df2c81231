"""A real browser, real pages behind a real server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.site.build import build_site
from tests.browser.serving import serving
from tests.program import ROOT

Serve = Callable[[dict[str, Path]], str]
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "Chromium is missing: run sh tests/system-packages.sh"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serve folders below paths until the session ends."""
    with ExitStack() as servers:
        yield lambda sites: servers.enter_context(serving(sites, tmp_path_factory.mktemp("nginx")))


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the source of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo_at_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo site for the root of a host and return its folder."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(ROOT / "content", root / "content")
    site = root / "content" / "site.yml"
    kept = [line for line in site.read_text(encoding="utf-8").splitlines() if not line.startswith("网址:")]
    site.write_text("\n".join([*kept, "网址: https://www.example.com/", ""]), encoding="utf-8")
    build_site(root, root / "site", None, lambda done, total: None)  # noqa: ARG005
    return root / "site"
