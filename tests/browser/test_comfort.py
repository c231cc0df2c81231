"""Large type, high contrast and copying, by keyboard and with what browsers refuse."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS
from tests.support.browser.watch import Watch, watching

PHONE = {"width": 360, "height": 740}
NOTICE = f"/xcgk/{KINDS['open-with-progress']}"
# Each setting: what it changes, and that before and after.
SETTINGS = {
    "大字": ("[getComputedStyle(document.querySelector('.gk-text p')).fontSize]", ["18px"], ["24.75px"]),
    "高对比度": (
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]",
        ["rgb(246, 244, 238)", "rgb(29, 30, 28)"],
        ["rgb(255, 255, 255)", "rgb(0, 0, 0)"],
    ),
}
COPIED = {
    "复制网址": f"https://www.example.com{NOTICE}",
    "复制地址": "示例市示例区健康路2号市人民医院党委办公室",
}
NO_STORAGE = """\
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } });
"""
NO_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });"
NO_COMMAND = "document.execCommand = () => false;"
Open = Callable[..., AbstractContextManager[Watch]]


@pytest.fixture(scope="module")
def opened(browser: Browser, serve: Serve, demo: Path) -> Open:
    """Return what opens a phone's browser at the demo."""
    origin = serve({"/xcgk/": demo})
    return lambda **options: watching(browser, origin, **{"viewport": PHONE, **options})


def switch(page: Page, name: str) -> Locator:
    """Flip a setting by its key."""
    box = page.get_by_role("checkbox", name=name)
    box.focus()
    page.keyboard.press("Space")
    return box


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_is_remembered_on_every_page(opened: Open, name: str) -> None:
    """Switched by Space; it holds after a reload, on the next page and in another tab, until it is switched back."""
    measure, before, after = SETTINGS[name]
    with opened() as watch:
        page = watch.visit(NOTICE)
        assert page.evaluate(measure) == before
        assert switch(page, name).is_checked()
        assert page.evaluate(measure) == after
        page.reload()
        assert page.evaluate(measure) == after
        other = page.context.new_page()
        other.goto(f"{watch.origin}/xcgk/{KINDS['open']}")
        assert other.evaluate(measure) == after
        assert not switch(other, name).is_checked()
        assert other.evaluate(measure) == before
        page = watch.visit(f"/xcgk/{KINDS['extended']}")
        assert page.evaluate(measure) == before
        assert not page.get_by_role("checkbox", name=name).is_checked()
        page.go_back()
        page.wait_for_url(f"**{NOTICE}")
        assert page.evaluate(measure) == before
    assert watch.complaints == []


@pytest.mark.parametrize("name", SETTINGS)
def test_a_setting_works_without_script(opened: Open, name: str) -> None:
    """On the page where it is switched; what needs a script is not shown."""
    measure, before, after = SETTINGS[name]
    with opened(java_script_enabled=False) as watch:
        page = watch.page
        page.goto(f"{watch.origin}{NOTICE}")
        assert page.evaluate(measure) == before
        switch(page, name)
        assert page.evaluate(measure) == after
        assert page.get_by_role("button").count() == 0


def test_nothing_breaks_where_storage_is_refused(opened: Open) -> None:
    """Settings work on the page and are forgotten on the next; no error on any kind of page."""
    with opened() as watch:
        watch.page.add_init_script(NO_STORAGE)
        for kind in ("home", "open", "withdrawn", "about"):
            page = watch.visit(f"/xcgk/{KINDS[kind]}")
            assert page.evaluate("try { localStorage; } catch (refused) { refused.name }") == "SecurityError"
            for name in SETTINGS:
                assert not page.get_by_role("checkbox", name=name).is_checked()
                assert switch(page, name).is_checked()
            assert page.evaluate("getComputedStyle(document.body).fontSize") == "24.75px"
            page.evaluate("dispatchEvent(new Event('pageshow'))")
            assert page.evaluate("getComputedStyle(document.body).fontSize") == "24.75px"
    assert watch.complaints == []


def test_a_button_prints_a_notice(opened: Open) -> None:
    """By a finger and by a key, once each; where it stands the page can be told to print, on a phone too."""
    with opened() as watch:
        watch.page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
        page = watch.visit(NOTICE)
        button = page.get_by_role("button", name="打印")
        button.click()
        button.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("printed") == 2
        place = button.bounding_box()
        assert place is not None
        assert min(place["width"], place["height"]) >= 44
        assert place["y"] < PHONE["height"] / 2
    assert watch.complaints == []


def test_no_button_prints_where_the_browser_cannot(opened: Open) -> None:
    """As in many programs that show pages of others; and nowhere on a list."""
    with opened() as watch:
        assert watch.visit("/xcgk/").get_by_role("button", name="打印").count() == 0
        watch.page.add_init_script("window.print = undefined;")
        assert watch.visit(NOTICE).get_by_role("button", name="打印").count() == 0
    assert watch.complaints == []


@pytest.mark.parametrize("script", ["", NO_CLIPBOARD], ids=["clipboard", "command"])
def test_addresses_are_copied(opened: Open, script: str) -> None:
    """By the clipboard, or by the old command where a page over plain http has none; the button says so for a while."""
    with opened(permissions=["clipboard-read", "clipboard-write"]) as watch:
        beside = watch.page.context.new_page()
        beside.goto(f"{watch.origin}/xcgk/")
        watch.page.clock.install()
        watch.page.add_init_script(script)
        page = watch.visit(NOTICE)
        # From here on time stands still but where it is told to go on.
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
        assert page.evaluate("navigator.clipboard === undefined") == bool(script)
        for name, copied in COPIED.items():
            page.bring_to_front()
            button = page.get_by_role("button", name=name).element_handle()
            button.focus()
            page.keyboard.press("Enter")
            page.get_by_role("button", name="已复制").wait_for()
            assert button.evaluate("button => document.activeElement === button && button.ariaLive") == "polite"
            page.clock.run_for(5_000)
            assert button.text_content() == name
            beside.bring_to_front()
            assert beside.evaluate("navigator.clipboard.readText()") == copied
        assert page.locator("textarea").count() == 0
    assert watch.complaints == []


def test_where_copying_is_refused_the_button_says_what_to_do(opened: Open) -> None:
    with opened() as watch:
        watch.page.add_init_script(NO_CLIPBOARD + NO_COMMAND)
        page = watch.visit(NOTICE)
        page.get_by_role("button", name="复制网址").click()
        assert page.get_by_role("button", name="请按住文字复制").is_visible()
    assert watch.complaints == []
