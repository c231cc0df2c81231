"""Typography within a notice's text, by elements that add no character to it.

Headings break at their commas, titles between the words of an organ's name too, and no line begins with a closing mark.
The style sheet keeps the characters of a heading together (`word-break: keep-all`), so that lines end where its words
do. What is longer than a line breaks anywhere all the same, and only the spans made here keep a mark from the start of
a line there, and a number from its end.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

_UNIT = r"(?:&#?[A-Za-z0-9]{1,8};|.)"
_CLOSING = "[，。、；：？！）》」』】”’…]"
_NUMBER = r"^(?:（[一二三四五六七八九十百]{1,5}）|[0-9]{1,3}(?:&#46;|[.．、]))"
_OPENING = "[（《「『【“‘]"
_BOUND = re.compile(
    f"(?:{_NUMBER}{_OPENING}{{0,4}}|{_OPENING}{{1,4}}){_UNIT}{_CLOSING}{{0,4}}|{_UNIT}{_CLOSING}{{1,4}}"
)
_ORDINAL = re.compile("^([^：。<]{0,12}：)?([一二三四五六七八九十]{1,3}是)")
_BEFORE = re.compile("(?=委员会|党组|有限公司|有限责任公司|关于|整改)")


@lru_cache(maxsize=4096)
def heading(escaped: str) -> Markup:
    """Bind the marks of a heading that is HTML already to the characters that they belong to."""
    return Markup(_BOUND.sub(r'<span class="gk-bound">\g<0></span>', escaped))  # noqa: S704  (spans around safe HTML)


def measure(escaped: str) -> Markup:
    """Let the number stand out with which a measure begins (一是), after its label where it has one (整改情况：)."""
    return Markup(_ORDINAL.sub(r"\1<b>\2</b>", escaped))  # noqa: S704  (an element around safe HTML)


def heading_of(text: str) -> Markup:
    """Escape a heading and bind its marks."""
    return heading(str(escape(text)))


def title_of(text: str) -> Markup:
    """Escape a notice's title, bind its marks, and let it break before the words that most titles are made of."""
    return Markup(_BEFORE.sub("<wbr>", heading_of(text)))  # noqa: S704  (of safe HTML, which has none of these words)
