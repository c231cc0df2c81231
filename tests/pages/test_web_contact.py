"""A web address to comment at is a button that leads out, where and while comments are collected."""

from __future__ import annotations

import json
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.html.fragment import Fragments
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.model import canonical_json, notice_of
from generator.pages import Page, frame, render
from generator.pages.view import NoticeView
from tests.support.pages import at, content, notice

ADDRESS = "https://liuyan.example.com/12345/write?dept=tsg&kind=2"
WEB = {"网址": ADDRESS}
PHONE = {"电话": "0000-2195262"}


def _page(day: str, *contacts: dict[str, Any]) -> tuple[Page, NoticeView, LexborHTMLParser]:
    made, moment = content(notice("2025/one", 联系方式=[*contacts])), at(day)
    renderer = Renderer(theme_folder(), frame(made, moment), made.site, "/")
    (page,) = (page for page, _ in render(made, moment) if page.template == "notice")
    assert isinstance(page.view, NoticeView)
    return page, page.view, LexborHTMLParser(renderer.render(page)["body"])


def _buttons(body: LexborHTMLParser) -> list[LexborNode]:
    return body.css("#comment a.gk-call")


def test_it_opens_as_a_plain_link_and_names_where_it_leads() -> None:
    page, _, body = _page("2025-12-01", WEB)
    (button,) = _buttons(body)
    attributes = {name: value for name, value in button.attributes.items() if name != "class"}
    assert attributes == {"href": ADDRESS, "rel": "noopener"}
    assert button.text(strip=True) == "网上留言liuyan.example.com"
    assert page.outside == {ADDRESS}


@pytest.mark.parametrize(
    ("contacts", "filled"),
    [
        ([WEB, PHONE], ["打电话"]),
        ([PHONE, WEB, PHONE], ["打电话"]),
        ([{"通信地址": "示例县滨河街1号"}, WEB], ["网上留言"]),
        ([{"电话": "办公室"}, WEB], ["网上留言"]),
        ([{"电子邮箱": "a@example.cn"}], []),
    ],
)
def test_one_action_is_filled_the_telephone_where_there_is_one(
    contacts: list[dict[str, Any]], filled: list[str]
) -> None:
    _, view, body = _page("2025-12-01", *contacts)
    first = [button for button in _buttons(body) if "gk-call--second" not in (button.attributes["class"] or "")]
    assert [button.text(strip=True)[: len(words)] for button, words in zip(first, filled, strict=True)] == filled
    kinds = [contact.icon for contact in view.contacts]
    assert kinds == sorted(kinds, key=["phone", "web", "post", "email"].index)


def test_it_is_gone_when_the_period_is_over() -> None:
    page, _, body = _page("2025-12-13", WEB)
    assert _buttons(body) == []
    assert page.outside == frozenset()


@pytest.mark.parametrize(("day", "there"), [("2025-12-01", True), ("2025-12-13", False)])
def test_a_fragment_links_to_it_while_the_period_lasts(day: str, *, there: bool) -> None:
    page, view, _ = _page(day, WEB)
    around = frame(content(notice("2025/one")), at(day))
    parsed = LexborHTMLParser(Fragments(theme_folder(), around).make(page, view))
    assert (ADDRESS in [link.attributes["href"] for link in parsed.css("a[href]")]) is there


def test_the_canonical_notice_holds_it_and_comes_back_from_it() -> None:
    one = notice("2025/one", 联系方式=[WEB])
    canonical = canonical_json(one)
    assert json.loads(canonical)["contacts"] == [{"web": ADDRESS}]
    assert notice_of(canonical) == one
