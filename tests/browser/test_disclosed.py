"""A late notice and collected ones as readers meet them: the script has the page's words, by the reader's clock."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.support.archive.story import publish, write
from tests.support.browser.nginx import Serve
from tests.support.browser.watch import Watch, watching
from tests.support.content import NOTICE

_BUILT = "2025-11-24 10:00"
_TIMED = "公开期限:\n  开始: {opens}\n  结束: {closes}\n联系方式:\n  - 电话: 0000-2195262\n"
_SOURCE = "来源:\n  网址: https://www.example.com/old/1.html\n  收录: 2025-11-24\n"
_OLD = NOTICE.replace("2025-11-21 09:00", "2021-03-01 00:00").replace("2025年11月21日", "2021年3月1日") + _SOURCE
FILES = {
    "site.yml": "网站名称: 示例县公开\n",
    "organs.yml": "bangongshi:\n  名称: 示例县办公室\n",
    "notices/2025/late.yml": NOTICE + _TIMED.format(opens="2025-11-20", closes="2025-12-12"),
    "notices/2021/timed.yml": _OLD + _TIMED.format(opens="2021-03-01", closes="2021-03-19"),
    "notices/2021/untimed.yml": _OLD,
}
LATE, TIMED, UNTIMED = "notices/2025/late/", "notices/2021/timed/", "notices/2021/untimed/"


@pytest.fixture(scope="module")
def disclosed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish for the first time on the fifth day of a period, with records."""
    root = tmp_path_factory.mktemp("disclosed")
    write(root, FILES)
    publish(root, root / "site", _BUILT)
    return root / "site"


def _visit(watch: Watch, address: str, at: str = _BUILT) -> Page:
    watch.page.clock.set_fixed_time(datetime.fromisoformat(f"{at}+08:00"))
    return watch.visit(address)


def _hits(page: Page) -> dict[str, str]:
    """Return what the search says of each of its hits, by address."""
    return {
        (hit.locator(".gk-item__title").get_attribute("href") or "").removeprefix("../"): hit.inner_text()
        for hit in page.locator("#gk-hits > li").all()
    }


@pytest.mark.parametrize("state", ["", "closed", "open"])
def test_the_search_calls_each_notice_what_its_page_calls_it(
    browser: Browser, serve: Serve, disclosed: Path, state: str
) -> None:
    """Its filter too: a collected notice is over, with a period or without one."""
    days = {LATE: "2025年11月24日公开", TIMED: "2021年3月1日发布", UNTIMED: "2021年3月1日发布"}
    with watching(browser, serve({"/": disclosed})) as watch:
        hits = _hits(_visit(watch, f"/search/?q={quote('通报')}&state={state}"))
        expected = {"closed": {TIMED, UNTIMED}, "open": {LATE}}.get(state, {LATE, TIMED, UNTIMED})
        assert set(hits) == expected
        for address, said in hits.items():
            page = _visit(watch, f"/{address}")
            assert page.locator("#comment [data-gk=tag]").inner_text() in said
            assert days[address] in said
            assert days[address] in page.locator(".gk-head__by").inner_text()
    assert watch.complaints == []


def test_the_filter_has_the_words_of_the_pages(browser: Browser, serve: Serve, disclosed: Path) -> None:
    with watching(browser, serve({"/": disclosed})) as watch:
        options = watch.visit("/search/").locator("#gk-state option").all_text_contents()
        assert options == ["全部状态", "公开中", "即将公开", "已结束"]


def test_the_bar_of_a_late_notice_begins_with_its_first_day_whatever_the_clock(
    browser: Browser, serve: Serve, disclosed: Path
) -> None:
    """Nine of the eighteen days from 24 November to 12 December are over on 3 December."""
    with watching(browser, serve({"/": disclosed})) as watch:
        page = _visit(watch, f"/{LATE}", "2025-12-03 12:00")
        assert page.locator("#comment .gk-period__gone").get_attribute("d") == "M0 6H50"
        assert "11月24日首次公开" in page.locator("#comment").inner_text()
        assert "公开期限从11月20日算起，11月24日才首次公开。" in page.locator("#comment").inner_text()


def test_a_page_that_nobody_rebuilt_counts_no_days_once_its_period_is_over(
    browser: Browser, serve: Serve, disclosed: Path
) -> None:
    with watching(browser, serve({"/": disclosed})) as watch:
        box = _visit(watch, f"/{LATE}", "2026-01-03 12:00").locator("#comment")
        assert "已结束" in box.inner_text()
        assert "公开期限从2025年11月20日到12月12日。现在不再收集意见" in box.inner_text()
        assert "公开了" not in box.inner_text()


def test_a_collected_notice_says_first_where_it_was(browser: Browser, serve: Serve, disclosed: Path) -> None:
    with watching(browser, serve({"/": disclosed}), viewport={"width": 360, "height": 740}) as watch:
        page = _visit(watch, f"/{UNTIMED}")
        origin = page.locator(".gk-head__origin")
        assert origin.inner_text() == "以前公开过，2025年11月24日收录。原来的网页：https://www.example.com/old/1.html"
        assert "没有公布公开的结果" not in page.locator("#main").inner_text()
    assert watch.complaints == []
