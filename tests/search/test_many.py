"""The shipped script and page before three hundred notices: in one file, since they take long to make.

`make torture` asks more of a thousand.
"""

from __future__ import annotations

import random
from urllib.parse import quote

from tests.support.browser.watch import settle
from tests.support.search.many import ask_page, ask_script
from tests.support.search.session import Search


def test_the_script_finds_what_a_scan_finds(three_hundred: Search, dice: random.Random) -> None:
    assert ask_script(three_hundred, 130, dice) > 3_000


def test_the_page_shows_what_a_scan_finds(three_hundred: Search, dice: random.Random) -> None:
    assert ask_page(three_hundred, 26, dice) > 300


def test_a_long_quotation_is_marked(three_hundred: Search) -> None:
    """A whole sentence pasted in, longer than what is shown of a line; of a late notice, for those are read first."""
    line = next(line for one in reversed(three_hundred.notices) for line in one.lines if len(line) > 100)
    three_hundred.watch.page.goto(f"{three_hundred.watch.origin}/search/?q={quote(line[:100])}")
    settle(three_hundred.watch.page)
    assert len(three_hundred.watch.page.locator(".gk-places mark").first.inner_text()) > 60
