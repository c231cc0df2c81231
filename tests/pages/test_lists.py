"""Lists by year and by organ: each page follows from its own notices, and the rest from figures of each year."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.model import Notice, NoticeSummary
from generator.pages import Page, by_year, figures_of, head_pages, list_pages, pages_of_years, public_notices
from generator.pages.list_view import HomeView, ListView
from tests.support.pages import at, content, notice

TODAY = "2026-03-01"
_DAY = timedelta(days=1)


def _notices(number: int, **more: str) -> list[Notice]:
    """Make notices, one every ten days up to March 2026; the last one is open."""
    opens = [date(2026, 2, 20) - 10 * back * _DAY for back in range(number)]
    return [notice(f"{day.year}/n{day:%m%d}", str(day), str(day + 9 * _DAY), **more) for day in opens]


def _pages(*notices: Notice) -> dict[str, Page]:
    return {page.address: page for page in list_pages(content(*notices), at(TODAY))}


def _list(page: Page) -> ListView:
    assert isinstance(page.view, ListView)
    return page.view


def _summaries(*notices: Notice) -> dict[str, list[NoticeSummary]]:
    return by_year(entry.summary for entry in public_notices(content(*notices), at(TODAY)))


def test_an_organ_with_fifty_that_are_over_has_one_page() -> None:
    pages = _pages(*_notices(51))
    view = _list(pages["organs/tsg/"])
    assert view.notices is not None
    assert (len(view.notices.open), len(view.notices.over), view.notices.over_title) == (1, 50, "已经结束")
    assert (view.lead, view.years) == ("公开了 51 份通报。", ())
    assert [address for address in pages if address.startswith("organs/tsg/")] == ["organs/tsg/"]


def test_of_more_its_page_lists_the_latest_and_a_page_of_each_year_all() -> None:
    """The pages of its years are those in which it has notices itself; they lead back to it."""
    notices = _notices(60)
    pages = _pages(*notices, notice("2020/other", "2020-03-02", "2020-03-20", 单位="yy"))
    view = _list(pages["organs/tsg/"])
    assert view.notices is not None
    assert (len(view.notices.open), view.notices.over_title) == (1, "最近结束")
    assert [card.address for card in view.notices.over] == [f"notices/{one.id}/" for one in notices[1:51]]
    assert view.lead == "公开了 60 份通报。已经结束的，这里只列最近的 50 份，全部的按年份看。"
    assert [(link.address, link.note) for link in view.years] == [
        ("organs/tsg/2026/", "6 份"),
        ("organs/tsg/2025/", "36 份"),
        ("organs/tsg/2024/", "18 份"),
    ]
    listed: list[str] = []
    for link in view.years:
        page = pages[link.address]
        assert [crumb.address for crumb in page.crumbs] == ["", "organs/", "organs/tsg/"]
        assert [year.address for year in _list(page).years] == [year.address for year in view.years]
        listed += [card.address for group in _list(page).groups for card in group.cards]
    assert listed == [f"notices/{one.id}/" for one in notices]


def test_a_text_published_in_error_is_on_the_page_of_its_year_alone_where_many_are_over() -> None:
    error = notice("2025/error", 撤回={"日期": "2025-11-25", "说明": "不该公开。", "类型": "误发"})
    pages = _pages(*_notices(51), error)
    held = {address: "notices/2025/error/" in repr(page) for address, page in pages.items() if address[:7] == "organs/"}
    assert held == {
        "organs/": False,
        "organs/tsg/": False,
        "organs/tsg/2026/": False,
        "organs/tsg/2025/": True,
        "organs/tsg/2024/": False,
    }


@pytest.mark.parametrize("change", [lambda one: replace(one, title="改过的标题"), None], ids=["altered", "gone"])
def test_a_notice_is_on_pages_of_its_own_year_and_on_those_over_the_archive(
    change: Callable[[NoticeSummary], NoticeSummary] | None,
) -> None:
    """No other page changes with it, as long as the years are the same."""
    made, now = content(*_notices(90)), at(TODAY).now
    before = _summaries(*_notices(90))
    one = before["2025"][7]
    after = before | {"2025": [change(other) if other is one and change else other for other in before["2025"]]}
    if change is None:
        after["2025"].remove(one)
    pages = [{page.address: page for page in pages_of_years(notices, made.organs, now)} for notices in (before, after)]
    assert {address for address, page in pages[0].items() if page != pages[1][address]} <= {
        "archive/2025/",
        "organs/tsg/2025/",
        "organs/tsg/",
    }
    assert pages[0]["archive/2025/"] != pages[1]["archive/2025/"]


def test_the_home_page_follows_from_figures_that_were_kept() -> None:
    """Of each year the figures hold what is open, and of what is over no more than the page shows."""
    body = {"问题": [{"标题": "1.学习不到位。", "段落": ["已改。"]}]}
    made = content(*_notices(120, 正文=body), notice("2026/later", "2026-03-09", "2026-03-20", 正文=body))  # type: ignore[arg-type]
    notices, now = _summaries(*(entry.notice for entry in made.entries)), at(TODAY).now
    years = figures_of(notices, now)
    kept = pickle.dumps(years)
    assert len(kept) < 20_000
    home = head_pages(made, pickle.loads(kept), now, None)[0]  # noqa: S301  (pickled by this test)
    assert isinstance(home.view, HomeView)
    over = sorted((one for held in notices.values() for one in held), key=lambda one: one.day, reverse=True)
    assert [card.address for card in home.view.notices.over] == [one.address for one in over[1:11]]
    assert [card.address for card in home.view.notices.open] == [over[0].address]
    assert [(figure.number, figure.label) for figure in home.view.figures] == [("120", "份通报"), ("120", "个问题")]
    assert [(bar.link.text, bar.number) for bar in home.view.years] == [
        ("2026年", 6),
        ("2025年", 36),
        ("2024年", 37),
        ("2023年", 36),
        ("2022年", 5),
    ]
