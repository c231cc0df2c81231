"""How characters are compared: which count as one, and which are looked up at all.

The script of the search page (theme/assets/search.js) follows the same two tables.
"""

from __future__ import annotations

import re

# One character for one, so that places in the folded text are places in the text.
_SAME = {
    " ": "\u00a0\u3000",
    '"': "“”„‟",
    "'": "‘’‚‛",
    "-": "‐‑‒–—―−﹣",
    "~": "〜",
    ":": "∶",
    "·": "•‧・",
}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDS = {ord(char): ord(plain) for plain, chars in _SAME.items() for char in chars} | _FULL_WIDTH
FOLDS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {
    code: plain + 32 if ord("A") <= plain <= ord("Z") else plain for code, plain in _FOLDS.items()
}
# Punctuation and blanks: found with the words around them, never looked up by themselves.
SILENT = re.compile(
    "[\\0-/:-@\\[-`{-\u00bf\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\ufe10-\ufe6f\uff00-\uff65]"
)


def fold(text: str) -> str:
    """Make full and half width, upper and lower case, and the forms of quotes and dashes one; the length stays."""
    return text.translate(FOLDS)


# The commonest characters of such notices: three in a row are looked up together, since two say too little.
COMMON = "是一不工进的党整改部和二中人委市成日作会对展年完关设三开题员公有组巡方察出度面通"
