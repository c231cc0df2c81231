"""The script words a notice's status as Python does, whatever the reader's clock and time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.check import Content, PackedNotice, check_content
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.pages import PublicNotice, choose_build_time, frame, notice_page
from generator.pages.states import status
from generator.pages.view import State
from generator.period import SHANGHAI, Period, full_date, local, month_day
from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS
from tests.support.browser.watch import watching
from tests.support.building import make_site

NOTICE = """\
格式: 1
标题: 示例县办公室关于巡察整改情况的通报
单位: bangongshi
发布: {published}
公开期限:
  开始: {opens}
  结束: {closes}
联系方式:
  - 电话: 0000-2000000
正文:
  段落:
    - 公开期限：{opens_text}至{closes_text}。联系电话：0000-2000000。
落款:
  - 示例县办公室
  - {opens_text}
"""
ZONES = ("America/New_York", "Asia/Shanghai", "Pacific/Auckland")
_DAY = timedelta(days=1)
_LAST = time(23, 59, 59)
# Words and classes of a box, hidden ones left out; the classes sorted, since only which ones matters.
_BOX = """\
box => {
  const copy = box.cloneNode(true);
  copy.querySelectorAll("[hidden]").forEach(element => element.remove());
  return [
    copy.textContent.replace(/\\s+/g, " ").trim(),
    [...copy.classList].sort(),
    [...copy.querySelectorAll("[class]")].map(element => [...element.classList].sort().join(" ")),
    [...copy.querySelectorAll("path")].map(path => path.getAttribute("d")),
  ];
}
"""


@dataclass(frozen=True, slots=True)
class Office:
    """A site built without a day of its own: its content, where it is served, the periods of its notices by id."""

    content: Content
    origin: str
    renderer: Renderer

    def entry(self, name: str) -> tuple[PackedNotice, Period]:
        """Return a notice by the last part of its id, and its period."""
        entry = next(entry for entry in self.content.entries if entry.summary.id.endswith(f"/{name}"))
        assert entry.summary.period is not None
        return entry, entry.summary.period

    def expected(self, entry: PackedNotice, now: datetime) -> str:
        """Return a notice's body as a build at `now` would have it."""
        page, _ = notice_page(PublicNotice.of(entry, self.content.organs, self.content.site, now))
        return self.renderer.render(page)["body"]


@pytest.fixture(scope="module")
def office(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Build at the clock's own time: an open notice, one to come, into a year without holiday plan, over New Year."""
    today = local(datetime.now(SHANGHAI))
    periods = {
        "open": (today - 6 * _DAY, today + 9 * _DAY),
        "before": (today + 3 * _DAY, today + 24 * _DAY),
        "long": (today - 2 * _DAY, today + 390 * _DAY),
        "turning": (date(today.year, 12, 31), date(today.year + 1, 1, 12)),
    }
    root = tmp_path_factory.mktemp("office")
    files = {"site.yml": "网站名称: 示例县公开\n", "organs.yml": "bangongshi:\n  名称: 示例县办公室\n"}
    for name, (opens, closes) in periods.items():
        published = min(opens, today) - _DAY
        files[f"notices/{published.year}/{name}.yml"] = NOTICE.format(
            published=published,
            opens=opens,
            closes=closes,
            opens_text=full_date(opens),
            closes_text=full_date(closes),
        )
    for path, text in files.items():
        place = root / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    content = check_content(root / "content").content
    assert content is not None
    make_site(root, root / "site", None)
    at = choose_build_time(None, content.site, datetime.now(SHANGHAI))
    return Office(content, serve({"/": root / "site"}), Renderer(theme_folder(), frame(content, at), content.site, "/"))


def instants(period: Period) -> list[datetime]:
    """Return the instants around which the words change, and some between."""
    opens, closes = period.opens, period.closes
    days = (
        (opens - _DAY, _LAST),
        (opens, time()),
        (opens, time(12)),
        (opens + _DAY, _LAST),
        (closes - 5 * _DAY, time(8)),
        (closes - 3 * _DAY, time(8)),
        (closes - 2 * _DAY, time(8)),
        (closes - _DAY, _LAST),
        (closes, time()),
        (closes, _LAST),
        (closes + _DAY, time()),
        (closes + 400 * _DAY, time(20)),
    )
    return [datetime.combine(day, at, SHANGHAI) for day, at in days]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("name", ["open", "before", "long", "turning"])
def test_the_box_says_what_a_build_at_that_instant_says(browser: Browser, office: Office, name: str, zone: str) -> None:
    """Words, tags, contacts and bar of the page built now equal, by script, those of a page built then."""
    entry, period = office.entry(name)
    seen = set()
    with watching(browser, office.origin, timezone_id=zone) as watch:
        for now in instants(period):
            watch.page.clock.set_fixed_time(now)
            page = watch.visit(f"/{entry.summary.address}")
            assert page.evaluate("Date.now()") == now.timestamp() * 1000
            shown: list[Any] = page.evaluate(f"({_BOX})(document.querySelector('#comment'))")
            parsed = f"html => ({_BOX})(new DOMParser().parseFromString(html, 'text/html').querySelector('#comment'))"
            assert shown == page.evaluate(parsed, office.expected(entry, now)), now
            words = status(entry.summary, now)
            if words.state is not State.BEFORE:
                assert shown[0].count(month_day(period.closes)) == 1, now
            assert shown[0].count("截止") == (words.state is not State.CLOSED), now
            assert (page.locator("a[href^='tel:']").count() == 1) == (words.state is not State.CLOSED), now
            seen.add(words.tag)
    assert seen == {"即将公开", "公开中", "已结束"}
    assert watch.complaints == []


@pytest.mark.parametrize("zone", ZONES)
def test_the_cards_of_the_home_page_go_with_the_clock(browser: Browser, office: Office, zone: str) -> None:
    """Each card says what Python says of its notice at that instant."""
    with watching(browser, office.origin, timezone_id=zone) as watch:
        for name in ("open", "before", "long"):
            entry, period = office.entry(name)
            for now in instants(period)[::3]:
                watch.page.clock.set_fixed_time(now)
                page = watch.visit("/")
                card = page.locator(".gk-card", has=page.locator(f"a[href='{entry.summary.address}']"))
                words = status(entry.summary, now)
                assert card.locator("[data-gk=tag]").inner_text() == words.tag
                assert card.locator("[data-gk=sentence]").inner_text() == words.sentence
                assert card.inner_text().count("截止") == (words.state is not State.CLOSED)
                assert card.locator("xpath=ancestor::section").get_attribute("data-gk-list") == words.state
    assert watch.complaints == []


def test_lists_by_state_show_what_a_build_at_that_instant_shows(browser: Browser, office: Office) -> None:
    """Before all, between and after all: each list holds the notices that belong there, and no empty list shows."""
    periods = {entry.summary.address: entry.summary.period for entry in office.content.entries}
    ends = [period.first_moment - _DAY for period in periods.values() if period]
    ends += [period.last_moment + _DAY for period in periods.values() if period]
    seen = set()
    with watching(browser, office.origin) as watch:
        for now in sorted(ends):
            watch.page.clock.set_fixed_time(now)
            page = watch.visit("/")
            for section in page.locator("[data-gk-list]").all():
                state = section.get_attribute("data-gk-list")
                links = section.locator("li a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
                due = {address for address, period in periods.items() if period and period.status(now) == state}
                assert set(links) == due, (state, now)
                assert section.is_visible() == (bool(due) or state == "open"), (state, now)
                assert section.get_by_text("现在没有正在公开的通报。").is_visible() == (state == "open" and not due)
                seen.add((state, bool(due)))
    assert len(seen) == 6
    assert watch.complaints == []


def test_a_text_that_must_go_goes_from_an_open_page(browser: Browser, serve: Serve, tmp_path: Path) -> None:
    """With 期满: 撤下正文, nothing of the text is left in a page at midnight, built though it was before."""
    today = local(datetime.now(SHANGHAI))
    period = Period(today - 2 * _DAY, today + 3 * _DAY)
    files = {
        "site.yml": "网站名称: 示例县公开\n期满: 撤下正文\n",
        "organs.yml": "bangongshi:\n  名称: 示例县办公室\n",
        f"notices/{period.opens.year}/one.yml": NOTICE.format(
            published=period.opens,
            opens=period.opens,
            closes=period.closes,
            opens_text=full_date(period.opens),
            closes_text=full_date(period.closes),
        ),
    }
    for path, text in files.items():
        place = tmp_path / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    make_site(tmp_path, tmp_path / "site", None)
    with watching(browser, serve({"/": tmp_path / "site"})) as watch:
        page = watch.page
        page.clock.install(time=period.last_moment - timedelta(hours=9))
        watch.visit(f"/notices/{period.opens.year}/one/")
        page.clock.pause_at(period.last_moment - timedelta(seconds=9))
        full = page.locator(".gk-text")
        assert "公开期限" in full.inner_text()
        page.clock.fast_forward(12_000)
        assert full.count() == 0
        assert "0000-2000000" not in page.locator("#main").inner_text()
        assert "正文按规定撤下" in page.locator("#comment").inner_text()
        assert page.locator("a[href*='notice.'], a[href*='fragment.']").count() == 0
        assert "SHA-256" not in page.locator("#main").inner_text()
        gone = (
            "[...document.querySelectorAll('main a[href^=\"#\"]')].filter(link => !document.querySelector(link.hash))"
        )
        assert page.evaluate(f"{gone}.map(link => link.hash)") == []
    assert watch.complaints == []


def test_an_open_page_turns_at_midnight_in_shanghai(browser: Browser, office: Office) -> None:
    """A page left open in New York closes in its reader's morning, and its contacts go."""
    entry, period = office.entry("open")
    with watching(browser, office.origin, timezone_id="America/New_York") as watch:
        page = watch.page
        page.clock.install(time=period.last_moment - timedelta(hours=9))
        watch.visit(f"/{entry.summary.address}")
        # From here on time stands still but where it is told to go on.
        page.clock.pause_at(period.last_moment - timedelta(seconds=9))
        tag, call = page.locator("#comment [data-gk=tag]"), page.locator("a[href^='tel:']")
        assert (tag.inner_text(), call.count()) == ("公开中", 1)
        page.clock.fast_forward(8_000)
        assert (tag.inner_text(), call.count()) == ("公开中", 1)
        page.clock.fast_forward(4_000)
        assert (tag.inner_text(), call.count()) == ("已结束", 0)
    assert watch.complaints == []


def test_a_page_that_slept_wakes_to_the_right_status(browser: Browser, office: Office) -> None:
    """A phone stops the timers of a page in the background; coming back brings it up to date."""
    entry, period = office.entry("before")
    with watching(browser, office.origin) as watch:
        page = watch.page
        page.clock.set_fixed_time(period.first_moment - _DAY)
        watch.visit(f"/{entry.summary.address}")
        tag = page.locator("#comment [data-gk=tag]")
        assert tag.inner_text() == "即将公开"
        page.clock.set_fixed_time(period.first_moment)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert tag.inner_text() == "公开中"
    assert watch.complaints == []


def test_a_site_fixed_to_a_day_keeps_it(browser: Browser, serve: Serve, demo: Path) -> None:
    """No clock corrects a demo: years later its pages say what was built."""
    with watching(browser, serve({"/xcgk/": demo})) as watch:
        watch.page.clock.set_fixed_time(datetime(2031, 5, 1, tzinfo=SHANGHAI))
        for kind in ("open", "before", "closed-with-outcome", "home", "archive"):
            page = watch.visit(f"/xcgk/{KINDS[kind]}")
            built = "fetch(location).then(answer => answer.text()).then(html => new DOMParser()"
            fresh = page.evaluate(f"{built}.parseFromString(html, 'text/html').querySelector('#main').outerHTML)")
            assert page.evaluate("document.querySelector('#main').outerHTML") == fresh
            assert fresh.count("data-gk-period") == len(page.locator("[data-gk-period]").all())
    assert watch.complaints == []
