"""A page says once when comments are due, in whatever state a notice is, and afterwards whom to ask."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.model import Notice
from generator.pages import frame, render
from generator.pages.view import NoticeView
from tests.support.pages import at, content, notice

# By the day of the build: what the box says, and how often the closing day and the word for a deadline stand there.
DAYS = {
    "2025-11-20": ("即将公开11月21日 0:00 开始", 1, 1),
    "2025-12-01": ("公开中还剩 10 个工作日", 1, 1),
    "2025-12-10": ("公开中还剩 3 个工作日", 1, 1),
    "2025-12-12": ("公开中今天是最后一天", 1, 1),
    "2025-12-13": ("已结束公开期限从2025年11月21日到12月12日。", 1, 0),
}
SITE: dict[str, Any] = {"主办单位": "示例县政务公开中心", "电话": "0000-2000000"}
SITE_PHONE = "（电话 0000-2000000）"
NOBODY = {"联系方式": None}
COLLECTED = {"来源": {"网址": "https://www.example.com/x.html", "收录": "2025-12-13"}}
ERROR: dict[str, Any] = {"撤回": {"日期": "2025-11-25", "说明": "不该公开。", "类型": "误发"}}


@cache
def _site(day: str, *notices: Notice) -> dict[str, LexborHTMLParser]:
    """Return the pages of a site by address, without what is hidden."""
    made, moment = content(*notices), at(day)
    renderer = Renderer(theme_folder(), frame(made, moment), made.site, "/")
    return {page.address: _shown(renderer.render(page)["body"]) for page, _ in render(made, moment)}


def _shown(html: str) -> LexborHTMLParser:
    parsed = LexborHTMLParser(html)
    for hidden in parsed.css("[hidden]"):
        hidden.decompose()
    return parsed


def _words(parsed: LexborHTMLParser, selector: str) -> str:
    (found,) = parsed.css(selector)
    return re.sub(r"\n+", "", found.text())


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    "more", [{}, {"反馈结果": {"日期": "2026-01-05", "段落": ["都已答复。"]}}], ids=["", "outcome"]
)
def test_the_box_names_the_deadline_once(day: str, more: dict[str, Any]) -> None:
    """Not in the tag, not beside the figure and not below the bar."""
    one = notice("2025/one", 发布="2025-11-20 00:00", **more)
    words = _words(_site(day, one)["notices/2025/one/"], "#comment")
    says, days, deadlines = DAYS[day]
    assert says in words
    assert (words.count("12月12日"), words.count("截止")) == (days, deadlines)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("page", ["", "organs/tsg/", "archive/2025/"])
def test_a_card_and_a_row_name_it_once(day: str, page: str) -> None:
    one = notice("2025/one", 发布="2025-11-20 00:00")
    words = _words(_site(day, one)[page], "li.gk-card, li.gk-item")
    before = day < "2025-11-21" and page.startswith("archive")
    assert (words.count("12月12日"), words.count("截止")) == ((0, 0) if before else (1, DAYS[day][2]))


def test_an_extended_notice_names_the_new_deadline_once_and_the_first_one_as_such() -> None:
    one = notice("2025/one", 延期=[{"日期": "2025-12-01", "至": "2025-12-19", "说明": "电话线路中断。"}])
    words = _words(_site("2025-12-19", one)["notices/2025/one/"], "#comment")
    assert (words.count("12月19日"), words.count("截止")) == (1, 2)
    assert "原定12月12日截止" in words


@pytest.mark.parametrize(
    ("facts", "more", "asked"),
    [
        (SITE, {}, "可以找示例县图书馆（电话 0000-2195262）。"),
        (SITE, NOBODY, f"可以找示例县图书馆，或者示例县政务公开中心{SITE_PHONE}。"),
        ({**SITE, "主办单位": "示例县图书馆"}, NOBODY, f"可以找示例县图书馆{SITE_PHONE}。"),
        ({"电话": "0000-2000000"}, NOBODY, f"可以找示例县图书馆，或者本网站的主办单位{SITE_PHONE}。"),
        ({}, NOBODY, "可以找示例县图书馆。"),
        ({**SITE, "期满": "撤下正文"}, {}, f"可以找示例县图书馆，或者示例县政务公开中心{SITE_PHONE}。"),
        (SITE, COLLECTED, f"可以找示例县图书馆，或者示例县政务公开中心{SITE_PHONE}。"),
    ],
)
def test_after_closing_a_line_names_whom_to_ask(facts: dict[str, Any], more: dict[str, Any], asked: str) -> None:
    """As text, never as something to press."""
    made, moment = content(notice("2025/one", **more), **facts), at("2025-12-14")
    renderer = Renderer(theme_folder(), frame(made, moment), made.site, "/")
    (body,) = (renderer.render(page)["body"] for page, _ in render(made, moment) if page.template == "notice")
    box = _shown(body)
    assert f"对整改还有疑问，{asked}" in _words(box, "#comment")
    assert box.css("#comment a, #comment button") == []


@pytest.mark.parametrize("day", ["2025-11-20", "2025-12-12"])
def test_nobody_is_named_to_ask_while_comments_are_collected(day: str) -> None:
    words = _words(_site(day, notice("2025/one", 发布="2025-11-20 00:00"))["notices/2025/one/"], "#comment")
    assert "可以找" not in words


@pytest.mark.parametrize("more", [{"公开期限": None, "发布": "2025-11-21"}, ERROR], ids=["untimed", "removed"])
def test_nobody_is_named_where_nothing_closes(more: dict[str, Any]) -> None:
    pages = render(content(notice("2025/one", **more)), at("2025-12-14"))
    (view,) = (page.view for page, _ in pages if isinstance(page.view, NoticeView))
    assert view.ask == ""


def test_a_text_published_in_error_is_in_the_full_list_alone() -> None:
    """There in grey and by its own name; not among what is over on the home page, last on its organ's, still there."""
    over = notice("2025/over", opens="2025-10-09", closes="2025-10-31")
    pages = _site("2025-12-01", over, notice("2025/error", **ERROR))
    assert "移除" not in _words(pages[""], ".gk-two")
    rows = [re.sub(r"\s+", "", row.text()) for row in pages["organs/tsg/"].css("li.gk-item")]
    assert [row[:3] for row in rows] == ["已结束", "已移除"]
    (tag,) = (tag for tag in pages["archive/2025/"].css("li.gk-item .gk-tag") if tag.text() == "已移除")
    assert "gk-tag--removed" in (tag.attributes["class"] or "")
    assert "误发" in _words(pages["notices/2025/error/"], "h1")
