"""Every surface of a site says the same of a disclosure, and nothing that the records do not know."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.check import PackedNotice
from generator.files import DataFile
from generator.html.fragment import Fragments
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.model import canonical_json
from generator.pages import by_year, figures_of, frame, public_notices, render
from generator.pages.disclosed import counting
from generator.pages.page import Page
from generator.pages.view import NoticeView
from generator.period import full_date, month_day, parse_now
from generator.records import history
from generator.search import search_page
from tests.support.pages import at, content
from tests.support.records.disclosures import SCENARIOS, Disclosed, collected, collected_without_a_period, on_time
from tests.support.search.index import index_files

Scenario = Callable[[], Disclosed]
ALL = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)


@dataclass(frozen=True, slots=True)
class Surfaces:
    """A site of one notice: its pages by address, their words, the files beside them, what the search reads."""

    case: Disclosed
    pages: dict[str, Page]
    words: dict[str, str]
    heads: dict[str, str]
    files: dict[str, DataFile]
    fragment: str
    found: list[str]
    choices: dict[str, str]

    @property
    def view(self) -> NoticeView:
        """The view of the notice's own page."""
        view = self.pages[f"notices/{self.case.notice.id}/"].view
        assert isinstance(view, NoticeView)
        return view

    @property
    def own(self) -> str:
        """The words of the notice's own page."""
        return self.words[f"notices/{self.case.notice.id}/"]

    @property
    def proof(self) -> str:
        """The words of its proof, "" where there is none."""
        return self.words.get(f"notices/{self.case.notice.id}/proof/", "")

    @property
    def lists(self) -> list[str]:
        """The words of all pages that list the notice."""
        return [self.words[address] for address in ("", f"archive/{self.case.notice.id[:4]}/", "organs/tsg/")]


@cache
def surfaces(scenario: Scenario) -> Surfaces:
    """Make everything that a site shows of a scenario."""
    case = scenario()
    made, moment = content(case.notice), at(case.today)
    pages = {page.address: (page, files) for page, files in render(made, moment, case.records)}
    around = frame(made, moment)
    renderer = Renderer(theme_folder(), around, made.site, "/")
    html = {address: renderer.render(page) for address, (page, _) in pages.items()}
    page = pages[f"notices/{case.notice.id}/"][0]
    assert isinstance(page.view, NoticeView)
    index = {file.path: file.data for file in index_files(made, moment, 1, case.records)}
    record = zlib.decompress(index[f"search/{case.notice.id[:4]}.bin"], -15).decode("gb18030")
    heads = [entry.summary for entry in public_notices(made, moment, case.records)]
    choices = search_page(made.organs, figures_of(by_year(heads), moment.now)).view
    return Surfaces(
        case=case,
        pages={address: page for address, (page, _) in pages.items()},
        words={address: _words(pieces["body"]) for address, pieces in html.items()},
        heads={address: pieces["head"] for address, pieces in html.items()},
        files={file.path: file for _, files in pages.values() for file in files},
        fragment=_words(Fragments(theme_folder(), around).make(page, page.view)),
        found=record.split("\n")[0].split("\x1f"),
        choices={one.value: one.text for one in getattr(choices, "states", ())},
    )


def _words(html: str) -> str:
    parsed = LexborHTMLParser(html)
    for hidden in parsed.css("[hidden]"):
        hidden.decompose()
    assert parsed.root is not None
    return re.sub(r"\s+", " ", parsed.root.text(separator=""))


@ALL
def test_the_page_says_for_how_long_the_notice_was_public(scenario: Scenario) -> None:
    made = surfaces(scenario)
    assert made.view.over.startswith(made.case.over)
    if made.view.status.state == "closed" and made.case.over:
        assert made.case.over in made.own
    if not made.case.days:
        assert "公开了" not in made.own


@ALL
def test_the_day_is_the_same_on_page_lists_search_fragment_and_in_meta_tags(scenario: Scenario) -> None:
    """It is the first public one on record, or else the one that the notice itself names, and says which."""
    made, case = surfaces(scenario), surfaces(scenario).case
    said, label = full_date(case.day) + case.made, "首次公开" if case.made == "公开" else "发布"
    assert said in made.own
    assert f"{label}{full_date(case.day)}" in made.own
    assert f"{label}：{full_date(case.day)}" in made.fragment
    if made.view.status.state in ("closed", "withdrawn"):
        assert all(said in words for words in made.lists)
    assert (made.found[3], made.found[8]) == (case.day.isoformat(), "1" if case.made == "公开" else "")
    head = made.heads[f"notices/{case.notice.id}/"]
    assert f'<meta name="PubDate" content="{case.day.isoformat()} ' in head
    assert f'<meta property="article:published_time" content="{case.day.isoformat()}">' in head


@ALL
def test_first_public_is_claimed_only_where_the_records_know_it(scenario: Scenario) -> None:
    made, case = surfaces(scenario), surfaces(scenario).case
    known = case.made == "公开"
    for words in (made.own, made.fragment, made.proof, *made.lists):
        for told in re.findall(r"([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)首次公开|首次公开：?([0-9年月日]{9,11})", words):
            assert known
            assert "".join(told) == full_date(case.day)
    assert ("首次公开" in made.own) is known


@ALL
def test_the_proof_counts_what_the_page_says(scenario: Scenario) -> None:
    made, case = surfaces(scenario), surfaces(scenario).case
    if case.records is None:
        assert made.proof == ""
        return
    if case.notice.provenance:
        assert "实际公开了" not in made.proof
        return
    assert case.works is not None
    first, without = case.works
    counted = f"实际公开了 {case.days} 天，工作日算上第一天是 {first} 个，不算第一天是 {without} 个。"
    assert counted in made.proof
    assert "从 0:00 到 24:00 一直能看到全文的，才算公开了一天" in made.proof


@ALL
def test_the_state_is_called_the_same_on_page_lists_and_search(scenario: Scenario) -> None:
    """And the search's filter has it under the name that the page gives it."""
    made = surfaces(scenario)
    status = made.view.status
    assert ("这份通报已经撤回" if status.state == "withdrawn" else status.tag) in made.own
    assert all(status.tag in words for words in made.lists)
    fixed = made.found[7]
    assert fixed == (status.state if made.case.notice.withdrawal or not made.case.notice.period else "")
    assert made.choices[status.state].startswith(status.tag)


@ALL
def test_the_canonical_notice_holds_what_was_announced_alone(scenario: Scenario) -> None:
    made, case = surfaces(scenario), surfaces(scenario).case
    data = made.files[f"notices/{case.notice.id}/notice.json"].data
    assert data == canonical_json(case.notice)
    days = set(re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}", data.decode()))
    announced, notice = case.notice.announced_period, case.notice
    own = {notice.publishes_at.date(), *(day for one in notice.extensions for day in (one.on, one.until))}
    own |= {announced.opens, announced.closes} if announced else set()
    own |= {notice.withdrawal.on} if notice.withdrawal else set()
    own |= {notice.provenance.collected_on} if notice.provenance else set()
    assert days <= {day.isoformat() for day in own}


@ALL
def test_dates_that_are_read_together_bear_their_years_where_these_differ(scenario: Scenario) -> None:
    """No day without its year stands in a sentence beside a day of another year."""
    made = surfaces(scenario)
    for words in (made.own, made.proof, made.fragment, *made.lists):
        for sentence in re.split("[。；]", words):
            years = set(re.findall(r"([0-9]{4})年[0-9]{1,2}月", sentence))
            bare = re.findall(r"(?<![年0-9])[0-9]{1,2}月[0-9]{1,2}日", sentence)
            assert len(years) < 2 or not bare, sentence


@pytest.mark.parametrize("scenario", [collected, collected_without_a_period], ids=lambda scenario: scenario.__name__)
def test_a_collected_notice_names_its_origin_first_and_no_outcome(scenario: Scenario) -> None:
    """Above the state, on the page and in the fragment; what became of comments elsewhere is nobody's knowledge."""
    made = surfaces(scenario)
    address = made.case.notice.provenance.address if made.case.notice.provenance else ""
    origin = f"以前公开过，2025年11月20日收录。原来的网页：{address}"
    assert made.own.index(origin) < made.own.index("已结束")
    assert f"以前公开过：2025年11月20日收录，原来的网页 {address}" in made.fragment
    assert "没有公布公开的结果" not in made.own
    assert made.view.status.tag == "已结束"


@pytest.mark.parametrize("scenario", [collected, collected_without_a_period], ids=lambda scenario: scenario.__name__)
def test_the_proof_of_a_collected_notice_says_what_is_known(scenario: Scenario) -> None:
    made = surfaces(scenario)
    assert "收录2025年11月20日 15:00（发布记录的第一行" in made.proof
    assert "首次公开" not in made.proof
    assert "能看到全文：" not in made.proof


def test_a_late_notice_says_so_while_it_is_open_and_its_bar_begins_with_its_first_day() -> None:
    case = next(one for one in SCENARIOS if one.__name__ == "first_on_a_weekend")
    made = surfaces(case)
    assert "公开期限从11月26日算起，11月28日才首次公开。" in made.own
    status = made.view.status
    assert (status.since, status.begins, status.elapsed) == ("2026-11-28", "11月28日首次公开", 0)
    assert f"还剩 {status.figure} 个工作日" in made.own


def test_an_extension_names_both_years() -> None:
    case = next(one for one in SCENARIOS if one.__name__ == "extended_after_closing")
    made = surfaces(case)
    assert "原定2025年12月12日截止，延长到2026年1月9日。原因：来信较多。" in made.fragment
    assert month_day(case().day) in made.own


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2025-12-01 10:00", "现在"),
        ("2025-12-01 00:00", "现在"),
        ("2025-12-13 00:00", "2025年12月12日 24:00"),
        ("2025-12-20 10:00", "2025年12月12日 24:00"),
    ],
)
def test_a_proof_ends_with_the_period_and_not_at_the_midnight_when_the_site_is_made(now: str, until: str) -> None:
    case = on_time()
    assert case.records is not None
    past = history(case.records, case.notice.id)
    told = list(counting(case.notice, PackedNotice.of(case.notice).summary, past, parse_now(now)))
    assert f"期限里能看到全文：从2025年11月21日 09:00到{until}。" in told
