"""The search page as readers meet it: results, what is said, filters, the way back, and where there is no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page

from generator.search.grams import fold
from tests.support.browser.nginx import Serve
from tests.support.browser.watch import Watch, settle, watching
from tests.support.search.session import SHOWN, said

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def watch(browser: Browser, serve: Serve, demo: Path) -> Iterator[Watch]:
    with watching(browser, serve({"/xcgk/": demo}), viewport=PHONE) as opened:
        yield opened
    assert opened.complaints == []


@pytest.fixture
def twelve(browser: Browser, serve: Serve, frame: Path) -> Iterator[Watch]:
    """Watch a site of twelve notices, more than are listed at once."""
    with watching(browser, serve({"/xcgk/": frame}), viewport=PHONE) as opened:
        yield opened
    assert opened.complaints == []


def ask(watch: Watch, query: str, **filters: str) -> Page:
    """Open the search page by its address, and wait until it has answered."""
    return watch.visit(f"/xcgk/search/?{urlencode({'q': query, **filters}, quote_via=quote)}")


def titles(page: Page) -> list[str]:
    return [link.inner_text() for link in page.locator(".gk-item__title").all()]


def test_a_result_says_what_it_is_and_leads_to_the_place(watch: Watch) -> None:
    """Status, organ, day; and a place whose element on the notice's page begins the line."""
    page = ask(watch, "台账")
    item = page.locator("#gk-hits > li").first
    assert re.search("公开中|已结束|即将公开|已撤回", item.inner_text())
    assert re.search("[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(公开|发布)", item.inner_text().replace(" ", ""))
    words = item.locator(".gk-places mark").first.inner_text()
    link = item.locator(".gk-places a").filter(has_text=words).first
    link.click()
    page.wait_for_load_state()
    assert page.evaluate("document.querySelectorAll(':target').length") == 1
    anchor = page.evaluate("location.hash.slice(1)")
    line = page.evaluate("document.querySelector(':target').textContent")
    assert anchor
    assert fold(words) in fold(line) or "gk-runs-in" in page.locator(f"[id='{anchor}']").get_attribute("class")  # type: ignore[operator]
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") >= 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("，。", "只有标点"),
        ("没有人说过的话", "没有通报提到“没有人说过的话”。可以少输几个字再试，或者看全部通报、按单位查找。"),
        ("整改 台账", "份通报提到“整改”和“台账”。"),
        ("<b>$&*…", "没有通报提到“<b>$&*…”"),
    ],
)
def test_the_page_says_what_was_found(watch: Watch, query: str, words: str) -> None:
    """In a status that screen readers announce, in the title of the page too."""
    page = ask(watch, query)
    assert words in said(page)
    assert page.locator("#gk-find").input_value() == query
    assert page.title().startswith(f"“{query}”的搜索结果_")


def test_more_is_shown_on_demand(twelve: Watch) -> None:
    page = ask(twelve, "通报")
    assert said(page) == "先列出 10 份提到“通报”的通报，后面可能还有。可以多输几个字，或者缩小范围。"
    assert len(titles(page)) == 10
    page.get_by_role("button", name="再列 10 份").click()
    settle(page)
    assert said(page) == "有 12 份通报提到“通报”。"
    assert len({one["address"] for one in page.evaluate(SHOWN)}) == 12
    assert not page.get_by_role("button", name="再列 10 份").is_visible()


def test_other_ways_lead_on(watch: Watch) -> None:
    page = ask(watch, "没有人说过的话")
    assert page.get_by_role("link", name="看全部通报").is_visible()
    assert page.get_by_role("link", name="按单位找").is_visible()
    assert not page.get_by_text("这个浏览器不能搜索").is_visible()


def test_filters_narrow_a_search(watch: Watch) -> None:
    """Organ, year, status; each alone and together; the address tells them, and what isn't chosen stays out of it."""
    all_ = set(ask(watch, "整改").locator("#gk-hits > li .gk-item__title").all_inner_texts())
    page = ask(watch, "整改", organ="shili-media")
    assert 0 < len(titles(page)) < len(all_)
    assert all("融媒体" in title for title in titles(page))
    assert page.locator("#gk-narrow").get_attribute("open") is not None
    page = ask(watch, "整改", year="2024")
    assert all("/2024/" in one["address"] for one in page.evaluate(SHOWN))
    assert len(titles(page)) == 1
    for state, tag in (("open", "公开中"), ("before", "即将公开"), ("closed", "已结束"), ("withdrawn", "已撤回")):
        page = ask(watch, "整改", state=state)
        assert set(page.locator("#gk-hits .gk-tag").all_inner_texts()) == {tag}
    page = ask(watch, "整改", organ="shili-media", state="withdrawn")
    assert titles(page) == []
    assert said(page).startswith("选定的范围里，没有通报提到“整改”。")
    page.locator("#gk-organ").select_option("")
    page.locator("#gk-year").select_option("2025")
    page.get_by_role("button", name="按选定的范围搜索").click()
    page.wait_for_url(re.compile("year=2025"))
    settle(page)
    assert re.search(r"search/\?q=[^&]+&year=2025&state=withdrawn$", page.url)
    assert len(titles(page)) == 1


def test_an_organ_is_named_and_leads_to_its_page(watch: Watch) -> None:
    page = ask(watch, "市人民医院")
    link = page.locator("#gk-organs").get_by_role("link", name="市人民医院")
    assert link.get_attribute("href") == "../organs/shili-hospital/"
    assert not ask(watch, "台账").locator("#gk-organs").is_visible()


def test_the_way_back_leads_to_where_the_reader_was(twelve: Watch) -> None:
    """As many results as before, at the same height; and the query before the last one; kept when loaded anew."""
    page = ask(twelve, "委员会 一是")
    first = titles(page)
    page = ask(twelve, "通报")
    page.get_by_role("button", name="再列 10 份").click()
    settle(page)
    assert len(titles(page)) == 12
    page.locator(".gk-item__title").last.scroll_into_view_if_needed()
    height = page.evaluate("scrollY")
    assert height > 1000
    page.locator(".gk-item__title").last.click()
    page.wait_for_url(re.compile("/notices/"))
    page.go_back()
    page.wait_for_url(re.compile(r"/search/\?q="))
    settle(page)
    assert len(titles(page)) == 12
    assert abs(page.evaluate("scrollY") - height) < 50
    page.go_back()
    # A page that notes its height just now ends the wait of `go_back` too early.
    page.wait_for_url(re.compile(re.escape(quote("一是"))))
    settle(page)
    assert titles(page) == first
    page.reload()
    settle(page)
    assert titles(page) == first
    page = ask(twelve, "通报")
    page.get_by_role("button", name="再列 10 份").click()
    settle(page)
    page.reload()
    settle(page)
    assert len(titles(page)) == 12


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_header_leads_to_the_search(browser: Browser, serve: Serve, demo: Path, size: dict[str, int]) -> None:
    """A box on wide screens, a link on phones; where the page has a box of its own, the link at every size."""
    with watching(browser, serve({"/xcgk/": demo}), viewport=size) as watch:
        page = watch.visit("/xcgk/notices/2025/shili-media/")
        header = page.get_by_role("banner")
        if size is DESK:
            header.get_by_role("searchbox", name="找通报").fill("台账")
            page.keyboard.press("Enter")
            page.wait_for_url(re.compile(r"/xcgk/search/\?q="))
            settle(page)
            assert "“台账”" in said(page)
        else:
            header.get_by_role("link", name="搜索").click()
            page.wait_for_url(re.compile("/xcgk/search/$"))
        for address in ("/xcgk/", "/xcgk/search/"):
            page = watch.visit(address)
            assert page.get_by_role("searchbox").count() == 1
            assert page.get_by_role("banner").get_by_role("searchbox").count() == 0
            assert page.get_by_role("banner").get_by_role("link", name="搜索").count() == 1
    assert watch.complaints == []


def test_without_script_the_box_leads_on(browser: Browser, serve: Serve, demo: Path) -> None:
    """To the search page, which says that this browser can't search, and from there to the archive."""
    with watching(browser, serve({"/xcgk/": demo}), viewport=DESK, java_script_enabled=False) as watch:
        page = watch.page
        page.goto(f"{watch.origin}/xcgk/notices/2025/shili-media/")
        page.get_by_role("searchbox").fill("台账")
        page.get_by_role("banner").get_by_role("button", name="搜索").click()
        assert "/search/?q=" in page.url
        assert page.get_by_text("这个浏览器不能搜索。请看全部通报，或者按单位查找。").is_visible()
        page.get_by_role("link", name="看全部通报").click()
        assert page.url.endswith("/archive/")
    assert watch.complaints == []


def test_a_lost_file_is_told_with_a_way_out(browser: Browser, serve: Serve, demo: Path) -> None:
    """Whether the network failed or the site was replaced meanwhile; a second try begins afresh."""
    with watching(browser, serve({"/xcgk/": demo}), viewport=PHONE) as watch:
        page = watch.page
        page.route("**/*.bin?*", lambda route: route.abort())
        page.goto(f"{watch.origin}/xcgk/search/?q={quote('台账')}")
        settle(page)
        assert "没有读到搜索要用的文件" in said(page)
        page.unroute_all()
        page.get_by_role("button", name="再试一次").click()
        page.locator("#gk-hits > li").first.wait_for()
        settle(page)
        assert "份通报提到“台账”" in said(page)


def test_by_keyboard_alone(watch: Watch) -> None:
    """Type, Enter, then Tab to the first result and its places."""
    page = watch.visit("/xcgk/search/")
    page.locator("#gk-find").focus()
    page.keyboard.type("台账")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    settle(page)
    page.locator("#gk-narrow summary").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "gk-item__title"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.gk-places') !== null")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/notices/.*#"))
