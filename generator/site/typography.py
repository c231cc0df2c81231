"""Typography within a notice's text, by elements that add no character to it.

Headings break at their commas, titles between the words of an organ's name too, and no line begins with a closing mark.
The style sheet keeps the characters of a heading together (`word-break: keep-all`), so that lines end where its words
do. What is longer than a line breaks anywhere all the same, and only the spans made here keep a mark from the start of
a line there, and a number from its end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from markupsafe import Markup, escape

_UNIT = r"(?:&#?[A-Za-z0-9]{1,8};|.)"
_CLOSING = "[，。、；：？！）》」』】”’…]"
_NUMBER = r"^(?:（[一二三四五六七八九十百]{1,5}）|[0-9]{1,3}(?:&#46;|[.．、]))"
_OPENING = "[（《「『【“‘]"
_BOUND = re.compile(
    f"(?:{_NUMBER}{_OPENING}{{0,4}}|{_OPENING}{{1,4}}){_UNIT}{_CLOSING}{{0,4}}|{_UNIT}{_CLOSING}{{1,4}}"
)
# Characters that a line of a heading holds on a phone, and in large type there.
_LONG = ((17, "gk-long"), (12, "gk-longish"))
_CLAUSE = re.compile(f"[^，；。]{{0,2000}}(?:[，；。]{_CLOSING}{{0,20}}|$)|.{{1,2000}}")
# Telephone numbers and spans of hours; their marks are references, as `escape` left them.
_NUMBERS = re.compile(
    r"(?<![0-9])(?:[0-9]{3,4}&#45;[0-9]{7,8}"
    r"|[0-9]{1,2}(?:&#58;|：)[0-9]{2}(?:(?:&#45;){1,2}|[—–～]{1,2}|至)[0-9]{1,2}(?:&#58;|：)[0-9]{2})(?![0-9])"
)
_ORDINAL = re.compile("^([^：。<]{0,12}：)?([一二三四五六七八九十]{1,3}是)")
_SPAN = r'<span class="gk-bound">\g<0></span>'
_BREAKS = re.compile(
    "(?<=^中共.{3}[市县区旗])|(?<=^中共.{2}[市县区省旗])|(?=委员会|党组|有限公司|有限责任公司|关于|整改|专项)"
)


@lru_cache(maxsize=4096)
def heading(escaped: str) -> Markup:
    """Bind the marks of a heading that is HTML already to their characters, and mark clauses longer than a line."""
    return Markup("").join(_clause(clause) for clause in _CLAUSE.findall(escaped))


def prose(escaped: str) -> Markup:
    """Keep each telephone number and each span of hours on one line, in a paragraph that is HTML already."""
    return Markup(_NUMBERS.sub(_SPAN, escaped))  # noqa: S704  (spans around safe HTML)


def measure(escaped: str) -> Markup:
    """Let the number stand out with which a measure begins (一是), after its label where it has one (整改情况：)."""
    return prose(_ORDINAL.sub(r"\1<b>\2</b>", escaped))


def heading_of(text: str) -> Markup:
    """Escape a heading and bind its marks."""
    return heading(str(escape(text)))


def _clause(escaped: str) -> Markup:
    bound = _bound(escaped)
    length = len(unescape(escaped))
    shown = next((name for least, name in _LONG if length >= least), "")
    return Markup('<span class="{}">{}</span>').format(shown, bound) if shown else bound


def _bound(escaped: str) -> Markup:
    return Markup(_BOUND.sub(_SPAN, escaped))  # noqa: S704  (spans around safe HTML)


def title_of(text: str) -> Markup:
    """Escape a notice's title, bind its marks, and let it break between the words that most titles are made of."""
    return Markup(_BREAKS.sub("<wbr>", _bound(str(escape(text)))))  # noqa: S704  (of safe HTML, which has none of these words)
