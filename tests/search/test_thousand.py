"""The shipped script and page before a thousand notices of five years: in one file, since they take long to make."""

from __future__ import annotations

import random
from urllib.parse import quote

from generator.search.characters import fold
from tests.search.test_page import SHOWN, said
from tests.search.test_recall import compare
from tests.support.browser.watch import settle
from tests.support.search.corpus import scan_all
from tests.support.search.queries import queries
from tests.support.search.session import Search


def test_a_thousand_notices(thousand: Search, dice: random.Random) -> None:
    """Three hundred queries of thirteen kinds; the hits of a few common ones are followed to their end."""
    texts = ["\n".join(one.lines) for one in thousand.notices]
    asked = list(queries(texts, 300, dice))
    told = compare(thousand, [query for _, query in asked])
    assert told["queries"] == 300
    assert told["hits"] > 5_000
    told += compare(thousand, ["整改", "的", "台账"], most=len(texts))
    assert told["hits"] > 7_000
    print(told)


def test_forty_queries_through_the_page(thousand: Search, dice: random.Random) -> None:
    """What the page shows is what a plain scan finds: notices in order, words marked, places that have them."""
    texts = ["\n".join(one.lines) for one in thousand.notices]
    page = thousand.watch.page
    marks = 0
    for _, query in queries(texts, 40, dice):
        page.goto(f"{thousand.watch.origin}/search/?q={quote(query)}")
        settle(page)
        expected, terms = scan_all(thousand.notices, query), fold(query).split()
        wanted = min(20, len(expected))
        while page.locator("#gk-hits > li").count() < wanted and page.locator("#gk-again").is_visible():
            page.locator("#gk-again").click()
            settle(page)
        shown = page.evaluate(SHOWN)
        count = len(shown)
        assert count >= wanted, query
        assert [one["address"] for one in shown] == [f"../notices/{id_}/" for id_ in expected[:count]], query
        for one in shown:
            assert one["marks"], query
            assert all(fold(mark) in terms for mark in one["marks"]), query
            assert all(href.startswith(one["address"] + "#") for href, _ in one["places"])
            assert all(any(term in fold(words) for term in terms) for _, words in one["places"]), query
            marks += len(one["marks"])
        if not expected:
            assert "没有通报提到" in said(page)
    assert marks > 500


def test_a_long_quotation_is_marked(thousand: Search) -> None:
    """A whole sentence pasted in, longer than what is shown of a line; of a late notice, for those are read first."""
    line = next(line for one in reversed(thousand.notices) for line in one.lines if len(line) > 100)
    thousand.watch.page.goto(f"{thousand.watch.origin}/search/?q={quote(line[:100])}")
    settle(thousand.watch.page)
    assert len(thousand.watch.page.locator(".gk-places mark").first.inner_text()) > 60
