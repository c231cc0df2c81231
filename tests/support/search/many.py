"""The shipped script and page before many notices of five years, beside a plain scan of them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from generator.check import Content
from generator.search.grams import fold
from tests.support.browser.watch import settle
from tests.support.search.corpus import content_of, notice, scan_all
from tests.support.search.queries import queries
from tests.support.search.session import ORGANS, SHOWN, Search, compare, said

# Years that are read whole, the smallest that is looked up, a larger one, and one that is running.
THOUSAND = {2021: 3, 2022: 10, 2023: 11, 2024: 276, 2025: 700}
THREE_HUNDRED = {2021: 3, 2022: 10, 2023: 11, 2024: 76, 2025: 200}


def many(root: Path, years: Mapping[int, int]) -> Content:
    """Generate so many notices of each year; `root` is a folder of no files."""
    numbered = enumerate(year for year, count in years.items() for _ in range(count))
    notices = [(f"{year}/notice-{number}", notice(number, year, ORGANS)) for number, year in numbered]
    return content_of(root, notices)


def ask_script(search: Search, number: int, dice: random.Random) -> int:
    """Ask the script so many queries of thirteen kinds, follow a few common ones to their end; return the hits."""
    texts = ["\n".join(one.lines) for one in search.notices]
    told = compare(search, [query for _, query in queries(texts, number, dice)])
    assert told["queries"] == number
    told += compare(search, ["整改", "的", "台账"], most=len(texts))
    print(told)
    return told["hits"]


def ask_page(search: Search, number: int, dice: random.Random) -> int:
    """Hold what the page shows against the scan: notices in order, words marked, places; return the marks."""
    page, marks = search.watch.page, 0
    for _, query in queries(["\n".join(one.lines) for one in search.notices], number, dice):
        page.goto(f"{search.watch.origin}/search/?q={quote(query)}")
        settle(page)
        expected, terms = scan_all(search.notices, query), fold(query).split()
        wanted = min(20, len(expected))
        while page.locator("#gk-hits > li").count() < wanted and page.locator("#gk-again").is_visible():
            page.locator("#gk-again").click()
            settle(page)
        shown = page.evaluate(SHOWN)
        assert len(shown) >= wanted, query
        assert [one["address"] for one in shown] == [f"../notices/{id_}/" for id_ in expected[: len(shown)]], query
        for one in shown:
            assert one["marks"], query
            assert all(fold(mark) in terms for mark in one["marks"]), query
            assert all(href.startswith(one["address"] + "#") for href, _ in one["places"])
            assert all(any(term in fold(words) for term in terms) for _, words in one["places"]), query
            marks += len(one["marks"])
        if not expected:
            assert "没有通报提到" in said(page)
    return marks
