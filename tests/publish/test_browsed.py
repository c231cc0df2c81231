"""The demo, pushed and served by the written configuration, in a browser."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.period import SHANGHAI, local
from generator.publish.host import Host
from tests.support.browser.page_kinds import PAGES, status
from tests.support.browser.watch import watching
from tests.support.program import ROOT
from tests.support.publish.hosts import new_host, new_office
from tests.support.publish.web import KINDS, serving

_PATH = "/xcgk/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """Push the demo, without the day at which it stands still, to a host."""
    folder = tmp_path_factory.mktemp("browsed")
    host = new_host(folder / "host", f"https://www.example.com{_PATH}")
    files = {str(place.relative_to(ROOT)): place.read_bytes() for place in _demo()}
    site = files["content/site.yml"].decode()
    kept = [line for line in site.splitlines() if not line.startswith("示例日期:")]
    # Their periods are over: as the first publication on this host they can only be collected ones.
    today = local(datetime.now(SHANGHAI))
    collected = f"来源:\n  网址: https://www.example.com/old.html\n  收录: {today}\n".encode()
    files |= {
        path: data + collected
        for path, data in files.items()
        if path.startswith("content/notices/") and path.endswith(".yml") and "来源:".encode() not in data
    }
    new_office(host, folder / "office", files | {"content/site.yml": "\n".join([*kept, ""]).encode()})
    return host


def _demo() -> list[Path]:
    return [place for place in (ROOT / "content").rglob("*") if place.is_file()]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_refused_and_search_finds(kind: str, browser: Browser, published: Host, tmp_path: Path) -> None:
    """On every kind of page: nothing against the policy, no error on the console, no request elsewhere."""
    with (
        serving(kind, published, tmp_path) as server,
        watching(browser, f"http://127.0.0.1:{server.port}") as watch,
    ):
        for name, address in PAGES.items():
            page = watch.visit(f"{_PATH}{address}", status(name))
            assert page.locator("h1").count() == 1, name
        page = watch.visit(f"{_PATH}search/?q=巡察整改")
        assert page.locator("#gk-hits > li").count() > 1
    assert watch.complaints == []
    assert watch.requests > len(PAGES)
