"""Program and script compare characters alike."""

from __future__ import annotations

import random
import sys

from hypothesis import given
from hypothesis import strategies as st

from generator.search.characters import COMMON, SILENT, fold
from generator.search.grams import hashed
from generator.search.records import encoded
from tests.search.conftest import Search

_PLANES = [chr(code) for code in range(0x20, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    """One character for one; folded once or twice is the same."""
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper().lower()) == fold(fold(text.upper()).lower()) or not text.isascii()


def test_the_script_folds_as_the_program(thousand: Search) -> None:
    """Every character of Unicode, and the same number of UTF-16 units before and after."""
    whole = "".join(_PLANES)
    folded = thousand.watch.page.evaluate("text => window.gongkai.fold(text)", whole)
    assert folded == fold(whole)


def test_the_script_looks_up_what_the_program_indexes(thousand: Search) -> None:
    """The same characters are silent, the same are common, and a gram's hash is the same."""
    page = thousand.watch.page
    folded = sorted({fold(char) for char in _PLANES})
    silent = [char for char in folded if SILENT.fullmatch(char) and not char.isspace()]
    dice = random.Random(7)  # noqa: S311  (reproducible, not secret)
    grams = ["".join(dice.choices(folded, k=size)) for size in (1, 2, 3, 4) for _ in range(500)]
    source = thousand.watch.page.evaluate("fetch('../assets/search.js').then(answer => answer.text())")
    assert f'"{COMMON}"' in source
    # The functions as they were shipped, taken out of the script's own scope.
    head = source[source.index("  const SILENT") : source.index("  const GRAM")]
    script = head + source[source.index("  function hash(") : source.index("  function grams(")]
    look = f"([chars, grams]) => {{ {script}; const sound = new RegExp(SOUND, 'u');"
    look += " return [chars.filter(char => !sound.test(char)), grams.map(hash)]; }"
    found, hashes = page.evaluate(look, [folded, grams])
    assert [char for char in found if not char.isspace()] == silent
    assert hashes == [hashed(gram) for gram in grams]


def test_browsers_read_what_the_program_encodes(thousand: Search) -> None:
    """Each character alone, of all planes: what the encodings disagree on goes as UTF-8."""
    decode = """\
    rows => rows.map(row => {
      const data = Uint8Array.from(row);
      return new TextDecoder(data[0] === 0xef ? "utf-8" : "gb18030").decode(data);
    })
    """
    # A file begins with the year of a notice.
    rows = [f"2{char}" for char in _PLANES[:0x10000]]
    rows += ["2" + "".join(_PLANES[start : start + 500]) for start in range(0x10000, len(_PLANES), 500)]
    assert thousand.watch.page.evaluate(decode, [list(encoded(row)) for row in rows]) == rows
