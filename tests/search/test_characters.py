"""Program and script compare characters alike."""

from __future__ import annotations

import random
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator.search.grams import COMMON, SILENT, fold, hashed
from generator.search.records import encoded
from tests.support.browser.nginx import Serve
from tests.support.browser.watch import Watch, watching

_PLANES = [chr(code) for code in range(0x20, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


@pytest.fixture(scope="module")
def searching(browser: Browser, serve: Serve, demo: Path) -> Iterator[Watch]:
    """Watch a search page: its script is what is asked. What goes there is one text, since lists take minutes."""
    with watching(browser, serve({"/xcgk/": demo})) as watch:
        watch.visit("/xcgk/search/")
        yield watch
    assert watch.complaints == []


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    """One character for one; folded once or twice is the same."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper().lower()) == fold(fold(text.upper()).lower()) or not text.isascii()


def test_the_script_folds_as_the_program(searching: Watch) -> None:
    """Every character of Unicode, and the same number of UTF-16 units before and after."""
    whole = "".join(_PLANES)
    folded = searching.page.evaluate("text => window.gongkai.fold(text)", whole)
    assert folded == fold(whole)


def test_the_script_looks_up_what_the_program_indexes(searching: Watch) -> None:
    """The same characters are silent, the same are common, and a gram's hash is the same."""
    folded = sorted(set(fold("".join(_PLANES))))
    silent = [char for char in folded if SILENT.fullmatch(char) and not char.isspace()]
    dice = random.Random(7)  # noqa: S311  (reproducible, not secret)
    grams = ["".join(dice.choices(folded, k=size)) for size in (1, 2, 3, 4) for _ in range(500)]
    source = searching.page.evaluate("fetch('../assets/search.js').then(answer => answer.text())")
    assert f'"{COMMON}"' in source
    # The functions as they were shipped, taken out of the script's own scope.
    head = source[source.index("  const SILENT") : source.index("  const GRAM")]
    script = head + source[source.index("  function hash(") : source.index("  function grams(")]
    look = f"([chars, grams]) => {{ {script}; const sound = new RegExp(SOUND, 'u');"
    look += " return [[...chars].filter(char => !sound.test(char)).join(''), grams.map(hash)]; }"
    found, hashes = searching.page.evaluate(look, ["".join(folded), grams])
    assert [char for char in found if not char.isspace()] == silent
    assert hashes == [hashed(gram) for gram in grams]


def test_browsers_read_what_the_program_encodes(searching: Watch) -> None:
    """Each character alone, of all planes: what the encodings disagree on goes as UTF-8."""
    decode = """\
    packed => packed.split(" ").map(row => {
      const data = Uint8Array.from(atob(row), char => char.charCodeAt(0));
      return new TextDecoder(data[0] === 0xef ? "utf-8" : "gb18030").decode(data);
    }).join("\\n")
    """
    # A file begins with the year of a notice.
    rows = [f"2{char}" for char in _PLANES[:0x10000]]
    rows += ["2" + "".join(_PLANES[start : start + 500]) for start in range(0x10000, len(_PLANES), 500)]
    packed = " ".join(b64encode(encoded(row)).decode() for row in rows)
    assert searching.page.evaluate(decode, packed).split("\n") == rows
