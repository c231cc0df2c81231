"""Reading aloud, with voices as a browser may have them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser.measurements import SHIFTS
from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS
from tests.support.browser.watch import Watch, watching

# The browser's speech, whose voices come late, as they do: it says nothing and notes what it was given.
SPEECH = """\
(voices => {
  const speech = Object.assign(new EventTarget(), {
    known: [], said: [], cancelled: 0, onvoiceschanged: null,
    getVoices() { return this.known; },
    speak(utterance) { this.said.push(utterance); },
    cancel() { this.cancelled += 1; },
    finish() { const last = this.said[this.said.length - 1]; last.onend({ target: last }); },
  });
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.voicesCame = new Promise(done => addEventListener("load", () => setTimeout(() => {
    speech.known = voices;
    if (speech.onvoiceschanged) { speech.onvoiceschanged(); }
    setTimeout(done, 100);
  }, 100)));
})(VOICES);
"""
LOCAL = {"lang": "zh-CN", "localService": True, "name": "本机"}
REMOTE = {"lang": "zh-CN", "localService": False, "name": "远处"}
FOREIGN = {"lang": "en-GB", "localService": True, "name": "Local"}
Open = Callable[[int], AbstractContextManager[Watch]]


@pytest.fixture(scope="module")
def opened(browser: Browser, serve: Serve, demo: Path) -> Open:
    """Return what opens a browser of a width at the demo."""
    origin = serve({"/xcgk/": demo})
    return lambda width: watching(browser, origin, viewport={"width": width, "height": 740})


def speak(watch: Watch, *voices: dict[str, Any], kind: str = "open-with-progress") -> Page:
    """Visit a notice in a browser with these voices and wait for them."""
    watch.page.add_init_script(SHIFTS + SPEECH.replace("VOICES", json.dumps(voices)))
    page = watch.visit(f"/xcgk/{KINDS[kind]}")
    page.evaluate("voicesCame")
    return page


def said(page: Page) -> list[str]:
    """Return all that was handed to the voice."""
    texts: list[str] = page.evaluate("speechSynthesis.said.map(utterance => utterance.text)")
    return texts


@pytest.mark.parametrize("voices", [[], [REMOTE, FOREIGN]])
def test_without_a_chinese_voice_of_its_own_nothing_offers_to_read(opened: Open, voices: list[dict[str, Any]]) -> None:
    """A voice from elsewhere would send the text there."""
    with opened(360) as watch:
        page = speak(watch, *voices)
        assert page.locator("#gk-aloud").is_hidden()
        assert page.evaluate("shifts") == []
    assert watch.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_notice_is_read_in_order_until_told_to_stop(opened: Open, width: int) -> None:
    """Title, status, then the text, sentence by sentence; its button comes late and moves nothing."""
    with opened(width) as watch:
        page = speak(watch, FOREIGN, REMOTE, LOCAL)
        button = page.get_by_role("button", name="朗读")
        button.press("Enter")
        assert page.locator("#gk-aloud").text_content() == "停止"
        for _ in range(7):
            page.evaluate("speechSynthesis.finish()")
        title = page.locator("h1").text_content()
        assert said(page)[:6] == [
            title,
            "公开中",
            "还剩 8 个工作日",
            "12月10日（星期三） 23:59 截止",
            "根据市委统一部署，2025年3月10日至5月30日，市委第六巡察组对示例市人民医院党委进行了巡察。",
            "2025年7月22日，市委第六巡察组向示例市人民医院党委反馈了巡察意见。",
        ]
        assert page.evaluate("speechSynthesis.said.every(utterance => utterance.voice.name === '本机')")
        assert page.locator(".gk-said").count() == 1
        page.get_by_role("button", name="停止").press("Space")
        assert page.evaluate("speechSynthesis.cancelled") == 1
        assert page.locator(".gk-said").count() == 0
        assert page.locator("#gk-aloud").text_content() == "朗读"
        number = len(said(page))
        page.evaluate("speechSynthesis.finish()")
        assert len(said(page)) == number
        assert page.evaluate("shifts") == []
    assert watch.complaints == []


def test_of_a_notice_that_is_over_it_is_read_how_long_it_was_public_and_whom_to_ask(opened: Open) -> None:
    """What waits in the page for another state is not read."""
    with opened(360) as watch:
        page = speak(watch, LOCAL, kind="closed-with-outcome")
        page.get_by_role("button", name="朗读").press("Enter")
        for _ in range(4):
            page.evaluate("speechSynthesis.finish()")
        assert said(page)[1:5] == [
            "已结束",
            "公开期限从2025年9月1日到9月23日。",
            "现在不再收集意见，通报全文继续保留。",
            "对整改还有疑问，可以找示例市住房和城乡建设局（电话 0000-2000501）。",
        ]
    assert watch.complaints == []


def test_reading_starts_where_the_reader_is(opened: Open) -> None:
    """From the first paragraph in view to the end, where the button offers to read again."""
    with opened(360) as watch:
        page = speak(watch, LOCAL)
        last = page.locator(".gk-text [data-verbatim]").all()[-3:]
        last[0].evaluate("element => element.scrollIntoView()")
        page.locator("#gk-aloud").evaluate("button => button.click()")
        while page.locator("#gk-aloud").text_content() == "停止":
            page.evaluate("speechSynthesis.finish()")
        read = "".join(said(page))
        assert read == "".join(element.text_content() or "" for element in last)
    assert watch.complaints == []
