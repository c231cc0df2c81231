"""Typography within a notice's text, by elements that add no character to it.

Headings break at their commas, titles between the words of an organ's name too, and no line begins with a closing mark.
The style sheet keeps the characters of a heading together (`word-break: keep-all`), so that lines end where its clauses
do. A clause longer than a line has joints between its words, at which the style sheet lets lines end. Where
words are unknown it breaks anywhere, and only the spans made here keep a mark from the start of a line there, and a
number from its end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from markupsafe import Markup, escape

from generator.contact_grammar import ESCAPED_LANDLINE
from generator.html.words import joints

_UNIT = r"(?:&#?[A-Za-z0-9]{1,8};|.)"
_CLOSING = "[，。、；：？！）》」』】”’…]"
_NUMBER = r"^(?:（[一二三四五六七八九十百]{1,5}）|[0-9]{1,3}(?:&#46;|[.．、]))"
_OPENING = "[（《「『【“‘]"
_BOUND = re.compile(
    f"(?:{_NUMBER}{_OPENING}{{0,4}}|{_OPENING}{{1,4}}){_UNIT}{_CLOSING}{{0,4}}|{_UNIT}{_CLOSING}{{1,4}}"
)
# Characters that no line of a heading holds on a desk, on a phone, in large type there; titles are larger.
_LONG = ((30, "gk-longest"), (17, "gk-long"), (10, "gk-longish"))
_LONG_IN_TITLE = ((14, "gk-long"), (9, "gk-longish"))
# What stands between two joints has to fit a line of the largest type, or the joints are of no use.
_STRETCH = 10
# So that no line holds a word alone.
_LEAST = 3
_TOKEN = re.compile(f"{_BOUND.pattern}|{_UNIT}")
_CLAUSE = re.compile(f"[^，；。]{{0,2000}}(?:[，；。]{_CLOSING}{{0,20}}|$)|.{{1,2000}}")
# Telephone numbers and spans of hours; their marks are references, as `escape` left them.
_NUMBERS = re.compile(
    r"(?<![0-9])(?:"
    rf"{ESCAPED_LANDLINE}"
    r"|[0-9]{1,2}(?:&#58;|：)[0-9]{2}(?:(?:&#45;){1,2}|[—–～]{1,2}|至)[0-9]{1,2}(?:&#58;|：)[0-9]{2})(?![0-9])"
)
# Every text that has such a number has one of these: searched for first, for few have.
_SIGNS = re.compile("&#(?:45|58);|：")
_ORDINAL = re.compile("^([^：。<]{0,12}：)?([一二三四五六七八九十]{1,3}是)")
_SPAN = r'<span class="gk-bound">\g<0></span>'
_BREAKS = re.compile(
    "(?<=^中共.{3}[市县区旗])|(?<=^中共.{2}[市县区省旗])|(?=委员会|党组|有限公司|有限责任公司|关于|整改|专项)"
)


@lru_cache(maxsize=4096)
def heading(escaped: str) -> Markup:
    """Bind the marks of a heading that is HTML already to their characters, and mark clauses longer than a line."""
    return Markup("".join(map(_clause, _CLAUSE.findall(escaped))))  # noqa: S704  (spans around safe HTML)


def prose(escaped: str) -> str:
    """Keep each telephone number and each span of hours on one line, in a paragraph that is HTML already."""
    return _NUMBERS.sub(_SPAN, escaped) if _SIGNS.search(escaped) else escaped


def measure(escaped: str) -> str:
    """Let the number stand out with which a measure begins (一是), after its label where it has one (整改情况：)."""
    found = _ORDINAL.match(escaped)
    if found is None:
        return prose(escaped)
    label, ordinal = found.groups("")
    return prose(f"{label}<b>{ordinal}</b>{escaped[found.end() :]}")


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Markup:
    """Escape a heading and bind its marks."""
    return heading(str(escape(text)))


@lru_cache(maxsize=4096)
def _clause(escaped: str, long: tuple[tuple[int, str], ...] = _LONG) -> str:
    """Bind the marks of a clause, and give a long one a class and its joints, or `gk-whole` where it has too few."""
    bound = _bound(escaped)
    length = len(_unescape(escaped))
    shown = next((name for least, name in long if length >= least), "")
    if not shown:
        return bound
    pieces = _pieces(escaped)
    if max(len(_unescape(piece)) for piece in pieces) > _STRETCH:
        return f'<span class="{shown} gk-whole">{bound}</span>'
    return f'<span class="{shown}">{"<wbr>".join(map(_bound, pieces))}</span>'


def _pieces(escaped: str) -> list[str]:
    """Cut a clause at the joints of its words, but where a mark or a number has to stay, and near its ends."""
    tokens = _TOKEN.findall(escaped)
    text = _unescape(escaped)
    ends, pieces, at = joints(text), [""], 0
    for token in tokens:
        if at in ends and _LEAST <= at <= len(text.rstrip(_CLOSING)) - _LEAST:
            pieces.append("")
        pieces[-1] += token
        at += len(_unescape(token))
    return pieces


def _bound(escaped: str) -> str:
    return _BOUND.sub(_SPAN, escaped)


def _unescape(escaped: str) -> str:
    return unescape(escaped) if "&" in escaped else escaped


def title_of(text: str) -> Markup:
    """Escape a notice's title, bind its marks, and let it break between the words that most titles are made of.

    Where what lies between these is longer than a line, it breaks between its own words.
    """
    parts = (_clause(part, _LONG_IN_TITLE) for part in _BREAKS.split(str(escape(text))) if part)
    return Markup("<wbr>".join(parts))  # noqa: S704  (spans around safe HTML)
