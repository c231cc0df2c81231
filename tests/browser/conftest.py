"""Real pages behind a real server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from generator.site.build import build_site
from tests.browser.serving import serving
from tests.program import ROOT, gongkai

Serve = Callable[[dict[str, Path]], str]
SAMPLE = ROOT.parent / "shared" / "samples" / "dandong-media-2025.txt"
_ID = "2025/dandong-media"


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


@dataclass(frozen=True, slots=True)
class Imported:
    """The sample's site: where it was made, and what the verbs said."""

    id: str
    root: Path
    imported: str
    checked: str
    text: str


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """Import, check, build and print the sample as a clerk would."""
    if not SAMPLE.is_file():
        pytest.skip(f"the sample notice is not here: {SAMPLE}")
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("notices"))
    target = root / "content" / "notices" / f"{_ID}.yml"
    verbs = (
        ("import", SAMPLE, "-o", target),
        ("check",),
        ("build", "--today", "2025-12-01"),
        ("text", _ID),
    )
    outputs = []
    for verb in verbs:
        run = gongkai("-C", root, *verb)
        assert run.returncode == 0, run.stdout + run.stderr
        outputs.append(run.stdout)
    return Imported(_ID, root, outputs[0], outputs[1], outputs[3])
