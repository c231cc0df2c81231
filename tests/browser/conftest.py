"""Real pages behind a real server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.browser.axe import Axe
from tests.support.building import make_site
from tests.support.program import ROOT


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Return axe-core, one for all pages of a worker: it remembers what it has found good."""
    return Axe.shipped()


@pytest.fixture(scope="session")
def demo_at_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demo site for the root of a host and return its folder."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(ROOT / "content", root / "content")
    site = root / "content" / "site.yml"
    kept = [line for line in site.read_text(encoding="utf-8").splitlines() if not line.startswith("网址:")]
    site.write_text("\n".join([*kept, "网址: https://www.example.com/", ""]), encoding="utf-8")
    make_site(root, root / "site", None)
    return root / "site"
