"""Hostile texts as a browser is given them, and plain words to stand in their places."""

from __future__ import annotations

import re

from tests.support.hostile import ALL

_STAND_IN = re.compile(r"7000-00([0-9]{4})|寻常文字([0-9]{4})(?:节:|号)")
_ALERT = "<script>alert(1)</script>"

# What only a browser acts on: leaving a title, an attribute or a comment, running, fetching, going elsewhere.
ACTING = (
    _ALERT,
    f"</title>{_ALERT}",
    f"</h1></div></main>{_ALERT}",
    f"--></style></textarea></noscript>{_ALERT}",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    '" onmouseover="alert(1)" autofocus onfocus="alert(1)" x="',
    "' onfocus='alert(1)' tabindex='0' autofocus='",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "-->",
    "<base href=//example.com/>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=//example.com'>",
    "<link rel=stylesheet href=//example.com/a.css>",
    "&lt;b&gt;",
    "javascript:alert(1)",
    "<javascript:alert(1)>",
)
# What YAML would read as something else than text, and what templates of ours might fill in.
_READ_AS = (
    *(
        "no",
        "0415",
        "9:00",
        "12:30:45",
        "2025-11-21",
        "null",
        "~",
        "0x1F",
        "!!python/object:os",
        "&x",
        "*x",
        "@甲",
        "%甲",
    ),
    *("7" * 5000, "***", "甲|乙", "GKID", "\\1 \\g<0>", "%s {0} {甲} $甲", "ﬁ①㈠"),
)
STRINGS = tuple(dict.fromkeys((*ACTING, *ALL, *_READ_AS)))


def stand_in(number: int, text: str) -> str:
    """Return plain words that occur nowhere else and are of a text's kind.

    A date can be dialled like a telephone number; a label that ends in a colon runs into what follows.
    """
    if text == "2025-11-21":
        return f"7000-{number:06d}"
    return f"寻常文字{number:04d}{'节:' if text.endswith(':') else '号'}"


def with_hostile(words: str) -> str:
    """Put each hostile text in the place of its stand-in."""
    return _STAND_IN.sub(lambda match: STRINGS[int(match[1] or match[2])], words)
