"""What a reader's phone must fetch and redraw for a page, and that the home page stays light as the archive grows."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.check import Content, check_content
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.model import NoticeSummary
from generator.pages import frame
from generator.pages.build_time import BuildTime
from generator.pages.figures import by_year, figures_of
from generator.pages.head_pages import home_page
from generator.period import SHANGHAI, Period
from tests.support.browser.measurements import SHIFTS
from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS
from tests.support.browser.watch import watching
from tests.support.corpus import write_content
from tests.support.samples import SAMPLES, ImportOnce, Sample

MOST_BYTES = 40 * 1024
MOST_REQUESTS = 8
NOW = datetime(2025, 12, 1, 10, tzinfo=SHANGHAI)
# Icons come late, and not in every mode of the browser: asked for here, they are counted in any case.
_ICONS = "Promise.all([...document.querySelectorAll('link[rel=icon]')].map(link => fetch(link.href)))"
_PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))))"


@dataclass(slots=True)
class Load:
    """What came over the wire by address, in bytes with headers, and how far things moved on the page."""

    sizes: dict[str, float] = field(default_factory=dict)
    shift: float = 0


def load(page: Page, address: str) -> Load:
    """Visit a page with all that its reader's browser fetches for it."""
    found, asked = Load(), {}

    def started(event: dict[str, Any]) -> None:
        asked[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        url = asked[event["requestId"]]
        found.sizes[url] = found.sizes.get(url, 0) + event["encodedDataLength"]

    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.requestWillBeSent", started)
    devtools.on("Network.loadingFinished", finished)
    page.goto(address)
    page.evaluate(f"{_ICONS}.then(() => {_PAINTED})")
    found.shift = sum(page.evaluate("shifts"))
    devtools.detach()
    return found


@pytest.fixture(scope="module", params=[*SAMPLES, None], ids=lambda sample: sample.name if sample else "demo")
def notice(request: pytest.FixtureRequest, serve: Serve, demo: Path, import_once: ImportOnce) -> str:
    """Return the address of each sample's page, and of the demo's largest."""
    sample: Sample | None = request.param
    if sample:
        return f"{serve({'/': import_once(sample).root / 'site'})}/notices/{sample.id}/"
    sizes = {
        address: (demo / address / "index.html").stat().st_size for kind, address in KINDS.items() if kind != "missing"
    }
    return f"{serve({'/': demo})}/{max(sizes, key=lambda address: sizes[address])}"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_first_visit_is_light_and_nothing_moves(browser: Browser, notice: str, width: int) -> None:
    """All that a notice's page needs, compressed, is within 40 KB and 8 requests, and stays where it was painted."""
    origin = "/".join(notice.split("/", 3)[:3])
    with watching(browser, origin, viewport={"width": width, "height": 740}) as watch:
        watch.page.add_init_script(SHIFTS)
        first = load(watch.page, notice)
        size = sum(first.sizes.values())
        print(f"{notice} at {width} px: {len(first.sizes)} requests, {size / 1024:.1f} KB")
        assert 10_000 < size <= MOST_BYTES
        assert 6 <= len(first.sizes) <= MOST_REQUESTS
        assert first.shift == 0
        for setting in ("large", "contrast"):
            watch.page.locator(f"#gk-{setting}").set_checked(checked=True, force=True)
        again = load(watch.page, notice)
        assert watch.page.evaluate("getComputedStyle(document.body).fontSize") == "24.75px"
        assert again.shift == 0
    assert watch.complaints == []


def test_moves_would_be_noticed(browser: Browser, notice: str) -> None:
    """Something that comes late and pushes the page down counts."""
    late = (
        "addEventListener('load', () => setTimeout(() => document.querySelector('h1').before('迟到'.repeat(99)), 10));"
    )
    with watching(browser, notice, viewport={"width": 360, "height": 740}) as watch:
        watch.page.add_init_script(SHIFTS + late)
        assert load(watch.page, notice).shift > 0.05


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Make a site of forty organs with a notice each."""
    root = tmp_path_factory.mktemp("organs")
    write_content(root / "content", 40)
    found = check_content(root / "content").content
    assert found is not None
    return found


def summaries(content: Content, number: int) -> list[NoticeSummary]:
    """Return so many notices: three still open, ten that ended last, and others of the eight years before."""
    models = [entry.summary for entry in content.entries]
    found = []
    for index in range(number):
        back = index if index < 3 else 40 + index if index < 13 else 60 + 2900 * (index - 12) // (number - 12)
        opens = date(2025, 11, 24) - timedelta(days=back)
        period = Period(opens, opens + timedelta(days=30))
        model = models[index % len(models)]
        found.append(
            replace(
                model,
                id=f"{opens.year}/notice-{index}",
                title=model.title.replace("第", f"第{index}"),
                publishes_at=period.first_moment,
                announced=period,
                period=period,
            )
        )
    return found


def test_the_home_page_does_not_grow_with_the_archive(content: Content) -> None:
    """With a thousand and with ten thousand notices it weighs what it does with 25, but for longer numbers."""
    renderer = Renderer(theme_folder(), frame(content, BuildTime(NOW, pinned=True)), content.site, "/")
    weights = {}
    for number in (25, 1_000, 10_000):
        years = figures_of(by_year(summaries(content, number)), NOW)
        page = home_page(years, content.organs, content.site, NOW)
        html = "".join(renderer.render(page).values())
        assert html.count('class="gk-card ') == 3
        assert html.count('class="gk-item"') == 10
        assert f"<b>{number}</b> 份通报" in html
        weights[number] = len(gzip.compress(html.encode(), 6, mtime=0))
    print(weights)
    assert max(weights.values()) <= weights[25] + 100
