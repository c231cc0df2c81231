"""Which notices are seen when, where and in what order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator.check import Content
from generator.model import Notice
from generator.pages import (
    Page,
    by_year,
    choose_build_time,
    figures_of,
    frame,
    list_pages,
    next_instant,
    public_notices,
    render,
)
from generator.pages.list_view import HomeView, ListView
from generator.pages.view import NoticeView, State
from generator.period import SHANGHAI, parse_now
from generator.search import search_page
from tests.support.pages import at, content, notice


def _home(*notices: Notice, day: str) -> HomeView:
    view = list_pages(content(*notices), at(day))[0].view
    assert isinstance(view, HomeView)
    return view


def _search(made: Content, day: str) -> Page:
    moment = at(day)
    notices = by_year(entry.summary for entry in public_notices(made, moment))
    return search_page(made.organs, figures_of(notices, moment.now))


def _page(one: Notice, day: str, **site: Any) -> tuple[Page, NoticeView, list[str]]:
    made = {page.address: (page, files) for page, files in render(content(one, **site), at(day))}
    page, files = made[f"notices/{one.id}/"]
    assert isinstance(page.view, NoticeView)
    return page, page.view, [file.path.rpartition("/")[2] for file in files]


def test_home_shows_open_notices_soonest_to_close_first() -> None:
    late, soon = notice("2025/late", closes="2025-12-20"), notice("2025/soon", closes="2025-12-05")
    assert [card.address for card in _home(late, soon, day="2025-12-01").notices.open] == [
        "notices/2025/soon/",
        "notices/2025/late/",
    ]


def test_home_parts_open_from_upcoming_and_closed() -> None:
    view = _home(
        notice("2025/open"),
        notice("2025/coming", opens="2025-12-03", closes="2025-12-25", 发布="2025-11-30 09:00"),
        notice("2025/over", opens="2025-10-09", closes="2025-10-31"),
        notice("2025/back", 撤回={"日期": "2025-11-25", "说明": "数字有误。"}),
        day="2025-12-01",
    )
    assert [card.address for card in view.notices.open] == ["notices/2025/open/"]
    assert [card.address for card in view.notices.upcoming] == ["notices/2025/coming/"]
    assert {card.address for card in view.notices.over} == {"notices/2025/over/", "notices/2025/back/"}


def test_home_says_when_the_last_one_ended_if_none_is_open() -> None:
    view = _home(notice("2025/over", opens="2025-10-09", closes="2025-10-31"), day="2025-12-01")
    assert view.notices.none_open == "现在没有正在公开的通报。最近一份在2025年10月31日结束。"


@pytest.mark.parametrize(("now", "seen"), [("2025-11-20 08:59", False), ("2025-11-20 09:00", True)])
def test_a_notice_is_in_no_output_before_its_publication(now: str, *, seen: bool) -> None:
    one = notice("2025/secret", 发布="2025-11-20 09:00")
    made = content(one)
    outputs = [str(page) + str([file.data.decode() for file in files]) for page, files in render(made, at(now))]
    assert any("secret" in output for output in outputs) is seen


def test_a_notice_published_before_it_opens_is_announced_with_its_contacts() -> None:
    one = notice("2025/coming", opens="2025-12-03", closes="2025-12-25", 发布="2025-11-30 09:00")
    _, view, _ = _page(one, "2025-12-01")
    assert (view.status.state, view.status.tag, view.status.sentence) == (State.BEFORE, "即将公开", "12月3日 0:00 开始")
    assert [contact.icon for contact in view.contacts] == ["phone", "post"]


def test_contacts_are_gone_after_closing() -> None:
    _, view, _ = _page(notice("2025/one"), "2025-12-13")
    assert view.contacts == ()
    assert view.status.sentence == "公开期限到2025年12月12日为止"
    assert view.over == "公开期限从2025年11月21日到12月12日。现在不再收集意见，通报全文继续保留。"


def test_the_last_day_is_open_to_its_end() -> None:
    _, view, _ = _page(notice("2025/one"), "2025-12-12 23:59")
    assert (view.status.state, view.status.tag, view.status.urgent) == (State.OPEN, "公开中", True)


def test_an_extension_keeps_the_first_closing_day_in_sight() -> None:
    one = notice("2025/one", 延期=[{"日期": "2025-12-10", "至": "2025-12-19", "说明": "电话线路中断两天。"}])
    _, view, _ = _page(one, "2025-12-13")
    assert view.status.state is State.OPEN
    assert view.status.extended == "原定12月12日截止，延长到12月19日。原因：电话线路中断两天。"
    assert [event.kind for event in view.events] == ["延期", "发布"]


def test_nothing_is_known_before_its_day() -> None:
    one = notice(
        "2025/one",
        延期=[{"日期": "2025-12-10", "至": "2025-12-19", "说明": "电话线路中断两天。"}],
        更正=[{"日期": "2025-12-11", "说明": "改了一个数。"}],
        反馈结果={"日期": "2025-12-30", "段落": ["收到意见三条。"]},
        撤回={"日期": "2025-12-12", "说明": "数字有误。"},
    )
    early, view, _ = _page(one, "2025-12-09")
    assert early.updated == date(2025, 11, 21)
    assert (view.status.extended, view.events, view.outcome, view.withdrawal) == ("", (), None, None)
    _, view, _ = _page(one, "2025-12-11")
    assert [event.kind for event in view.events] == ["更正", "延期", "发布"]
    assert view.changes == "更正过 1 次，延期 1 次，最近一次是2025年12月11日"
    _, view, _ = _page(one, "2025-12-12")
    assert view.withdrawal is not None
    made = content(one)
    assert next_instant(made, parse_now("2025-12-29")) == parse_now("2025-12-30 00:00")


def test_a_text_published_in_error_goes_at_once_whatever_the_day_of_its_withdrawal() -> None:
    one = notice("2025/one", 撤回={"日期": "2025-12-25", "说明": "不该公开。", "类型": "误发"})
    page, _, files = _page(one, "2025-12-01")
    assert (page.blocks, files) == ((), [])


def test_a_withdrawn_text_stays_under_the_reason() -> None:
    one = notice("2025/one", 撤回={"日期": "2025-11-25", "说明": "数字有误。"})
    page, view, files = _page(one, "2025-12-01")
    assert view.withdrawal is not None
    assert view.withdrawal.paragraphs == ("数字有误。",)
    assert "2025/one的正文。" in page.verbatim
    assert files == ["notice.txt", "notice.md", "notice.json"]


def test_a_text_published_in_error_is_in_no_output_but_its_withdrawal_is() -> None:
    one = notice("2025/one", 撤回={"日期": "2025-11-25", "说明": "不该公开。", "类型": "误发"})
    page, view, files = _page(one, "2025-12-01")
    assert files == []
    assert page.blocks == ()
    assert "的正文" not in str(page)
    assert "关于2025/one的通报" not in str(page) + str(list_pages(content(one), at("2025-12-01")))
    assert (view.removed, view.fingerprint) == ("这份通报属于误发，正文已经移除。", "")


@pytest.mark.parametrize(("day", "kept"), [("2025-12-12", True), ("2025-12-13", False)])
def test_a_site_may_take_texts_down_after_closing(day: str, *, kept: bool) -> None:
    page, view, files = _page(notice("2025/one"), day, 期满="撤下正文")
    assert bool(page.blocks) is kept
    assert bool(files) is kept
    assert (view.removed == "") is kept


def test_a_withdrawn_text_goes_too_where_texts_go_after_closing() -> None:
    """Withdrawing a notice keeps its text no longer than its period would have."""
    one = notice("2025/one", 撤回={"日期": "2025-11-25", "说明": "数字有误。"})
    kept, _, _ = _page(one, "2025-12-12", 期满="撤下正文")
    page, view, files = _page(one, "2025-12-13", 期满="撤下正文")
    assert kept.blocks
    assert (page.blocks, files, view.removed) == ((), [], "公开期限已满，正文按规定撤下。")
    made = content(one, 期满="撤下正文")
    assert next_instant(made, parse_now("2025-12-12 10:00")) == parse_now("2025-12-13 00:00")


def test_of_a_text_published_in_error_lists_tell_nothing_but_that() -> None:
    one = notice(
        "2025/one",
        延期=[{"日期": "2025-12-01", "至": "2025-12-19", "说明": "线路中断。"}],
        更正=[{"日期": "2025-12-01", "说明": "改了一个数。"}],
        反馈结果={"日期": "2025-12-02", "段落": ["收到三条。"]},
        撤回={"日期": "2025-12-03", "说明": "不该公开。", "类型": "误发"},
    )
    (view,) = (page.view for page in list_pages(content(one), at("2025-12-05")) if page.template == "year")
    assert isinstance(view, ListView)
    (card,) = view.groups[0].cards
    assert (card.marks, card.counts, card.status.tag) == ((), (), "已移除")


def test_findings_are_summed_up_where_every_notice_has_a_number_of_them() -> None:
    """A sum of some is no sum of all; what was taken back is no part of it."""
    body = {"问题": [{"标题": "1.学习不到位。", "段落": ["已改。"]}, {"标题": "2.服务不到位。", "段落": ["已改。"]}]}
    one, other = notice("2025/one", 正文=body), notice("2025/other", 正文=body)
    back = notice("2025/back", 撤回={"日期": "2025-11-25", "说明": "数字有误。"}, 正文=body)
    prose = notice("2025/prose")
    figures = {
        held: [(figure.number, figure.label) for figure in _home(*held, day="2025-12-01").figures]
        for held in ((one, other, back), (one, prose))
    }
    assert list(figures.values()) == [[("3", "份通报"), ("4", "个问题")], [("2", "份通报")]]


def test_a_period_is_kept_with_its_years() -> None:
    """What is kept and printed names them; what is read today names the year only where it isn't this one."""
    one = notice("2025/one", "2026-12-30", "2027-01-20", 发布="2025-11-30 09:00")
    _, view, _ = _page(one, "2025-12-01")
    assert view.period == "2026年12月30日至2027年1月20日（含当天）"
    assert view.status.sentence == "2026年12月30日 0:00 开始"
    _, view, _ = _page(notice("2025/day", "2025-12-05", "2025-12-05"), "2025-12-08")
    assert view.over == "公开期限是2025年12月5日。现在不再收集意见，通报全文继续保留。"


def test_years_and_organs_list_their_notices_newest_first() -> None:
    made = content(
        notice("2024/old", opens="2024-05-06", closes="2024-05-31"),
        notice("2025/first", opens="2025-03-03", closes="2025-03-28"),
        notice("2025/second"),
    )
    lists = {page.address: page.view for page in list_pages(made, at("2025-12-01"))}
    year, organ = lists["archive/2025/"], lists["organs/tsg/"]
    assert isinstance(year, ListView)
    assert isinstance(organ, ListView)
    months = [(group.title, [card.address for card in group.cards]) for group in year.groups]
    assert months == [("11月", ["notices/2025/second/"]), ("3月", ["notices/2025/first/"])]
    assert organ.notices is not None
    assert [card.address[-7:] for card in organ.notices.open] == ["second/"]
    assert [card.address[-7:] for card in organ.notices.over] == ["/first/", "24/old/"]


def test_an_organ_is_public_only_with_a_notice_that_is() -> None:
    """No page, list, number or filter tells of an organ of which no notice is due; at that very instant, all do."""
    made = content(notice("2025/first"), notice("2025/later", 发布="2025-12-02 09:00", 单位="yy"))
    for now, organs in (("2025-12-02 08:59", 1), ("2025-12-02 09:00", 2)):
        pages = {page.address: page for page in (*list_pages(made, at(now)), _search(made, now))}
        assert ("organs/yy/" in pages) is (organs == 2)
        for address in ("organs/", "search/"):
            assert ("示例县医院" in repr(pages[address])) is (organs == 2)
        for address in ("", "archive/", "organs/"):
            assert f"{organs} 个单位" in repr(pages[address])
        assert organs == 2 or "示例县医院" not in repr(pages)


def test_a_site_without_notices_lists_no_organ() -> None:
    pages = {page.address: page.view for page in list_pages(content(), at("2025-12-01"))}
    organs = pages["organs/"]
    assert isinstance(organs, ListView)
    assert (organs.lead, organs.groups) == ("还没有单位公开过通报。", ())
    assert not [address for address in pages if address.startswith("organs/") and address != "organs/"]


def test_the_demo_day_wins_over_the_clock_and_the_request_over_both() -> None:
    clock = parse_now("2026-07-01")
    made = content(demo_day=date(2025, 12, 1))
    assert choose_build_time(None, content().site, clock).now == clock
    assert frame(made, choose_build_time(None, made.site, clock)).pinned == "2025-12-01"
    assert frame(made, choose_build_time("2025-12-24", made.site, clock)).pinned == "2025-12-24"
    assert frame(content(), choose_build_time(None, content().site, clock)).banner == ""


def test_next_instant_is_the_next_publication_or_midnight() -> None:
    made = content(notice("2025/one", 发布="2025-11-20 09:00"))
    assert next_instant(made, parse_now("2025-11-19")) == parse_now("2025-11-20 09:00").astimezone(SHANGHAI)
    assert next_instant(made, parse_now("2025-12-13")) is None
