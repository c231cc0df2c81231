"""The script as it is shipped: small, and read by the browsers of those who ask."""

from __future__ import annotations

import gzip

from generator.html.resources import theme_folder
from tests.support.theme.features import FEATURES
from tests.support.theme.scripts import script_problems

SCRIPT = theme_folder() / "assets" / "search.js"
# What ES2019 lacks, and what Safari 13 lacks of it.
NEWER = ("optional_chain", "?.", "??", "private_property_identifier", "class_static_block")


def test_it_is_small() -> None:
    size = len(gzip.compress(SCRIPT.read_bytes(), 9, mtime=0))
    print(f"search.js: {size} bytes compressed")
    assert size <= 6400


def test_it_needs_no_browser_newer_than_es2019() -> None:
    """Every sign, name and member is on the list of what Chrome 80 and Safari 13 know."""
    assert script_problems(SCRIPT) == []
    assert not [name for name in NEWER if name in FEATURES["syntax"] and not FEATURES["syntax"][name].newer]
    for name in ("DecompressionStream", "BigInt", "structuredClone"):
        assert name not in FEATURES["global"]
