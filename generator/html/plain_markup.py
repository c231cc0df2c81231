"""Pages as our own templates write them, read without a parser of HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

_BLANK = b" \t\n"
_COMMENT = "!--"
_VOID = frozenset(["br", "img", "input", "link", "meta", "wbr", _COMMENT])
_INLINE = frozenset(
    ["a", "b", "br", "button", "del", "img", "input", "ins", "label", "span", "strong", "svg", "time", "wbr", _COMMENT]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_FLOW = (
    _INLINE
    | _HEADINGS
    | frozenset(
        [
            "article",
            "aside",
            "details",
            "div",
            "dl",
            "footer",
            "form",
            "header",
            "main",
            "nav",
            "ol",
            "p",
            "section",
            "table",
            "ul",
        ]
    )
)
# The elements that may stand in each element. An element in which a parser of HTML would close another by itself, move
# it elsewhere or leave it out has no place here.
_CHILDREN: Mapping[str, frozenset[str]] = {
    "html": frozenset(["head", "body", _COMMENT]),
    "head": frozenset(["link", "meta", "script", "title"]),
    "details": _FLOW | {"summary"},
    "div": _FLOW | {"dd", "dt"},
    "dl": frozenset(["dd", "div", "dt"]),
    "table": frozenset(["caption", "tbody", "tfoot", "thead"]),
    "tr": frozenset(["td", "th"]),
    "svg": frozenset(["path", "pattern", "rect", "svg"]),
    "pattern": frozenset(["path", "rect"]),
    **dict.fromkeys(["ol", "ul"], frozenset(["li"])),
    **dict.fromkeys(["tbody", "tfoot", "thead"], frozenset(["tr"])),
    **dict.fromkeys(["path", "rect", "script", "title", *_VOID], frozenset[str]()),
    **dict.fromkeys(
        ["article", "aside", "body", "dd", "dt", "footer", "form", "header", "li", "main", "nav", "section"], _FLOW
    ),
    **dict.fromkeys([*(_INLINE - _VOID - {"svg"}), *_HEADINGS, "caption", "p", "summary", "td", "th"], _INLINE),
}
_DRAWN = frozenset(["path", "pattern", "rect", "svg"])
_WITHOUT_TEXT = frozenset(["", "head", "html", "script", "table", "tbody", "tfoot", "thead", "tr", *_DRAWN])
# Blanks around them are moved or lost.
_NEVER_VERBATIM = frozenset(["body", "head", "html", "script", "title", *_DRAWN])
# Stands for a place where a line may break: the most frequent tag, and one that says nothing.
_BREAK = b"\0"
_ONCE_OPEN = frozenset(["a", "button", "form"])
_WITH_CARE = _ONCE_OPEN | {"dd", "dt"}
_REFERENCES = re.compile(b"&(?:amp|lt|gt|quot|#(?:3[2-79]|[4-9][0-9]|1[01][0-9]|12[0-6]));")
_DOCTYPE = re.compile(rb"[ \t\n]{0,9}<!(?:doctype|DOCTYPE) html>[ \t\n]{0,9}<")
_TAG = re.compile(
    r"""([a-z][a-z0-9]{0,20})"""
    r"""((?:[ \t\n]{1,200}+[A-Za-z][A-Za-z0-9-]{0,60}+(?:="[^"\0]*+")?+)*+)"""
    r"""[ \t\n]{0,200}(/?)"""
)
_PLAIN_COMMENT = re.compile("!--[^<>\0-]{0,200}--")
_ATTRIBUTE = re.compile(r"""([A-Za-z][A-Za-z0-9-]{0,60})(?:="([^"]*+)")?+""")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tag:
    """The start of an element: its name, its attributes, and how to read on.

    `end` is the tag that ends it, b"" where nothing can stand in it; `blank` says that no text may stand in it, `noted`
    that it has more than a class, `choosy` that what stands around its parent matters too.
    """

    name: str
    attributes: Mapping[str, str]
    end: bytes
    children: frozenset[str]
    blank: bool
    noted: bool
    verbatim: bool
    choosy: bool


def read_plain(html: str) -> list[tuple[Tag, str]] | None:
    """Return in their order the elements with more than a class, with the text of those that are verbatim.

    None where the page is not plain. Plain is a page in that part of HTML which our templates write and which has one
    reading: names in small letters, values in double quotes, few references to characters, every element closed where
    it should be, and only in an element where a parser keeps it. Nothing else is trusted.
    """
    data = html.encode()
    begun = _DOCTYPE.match(data)
    references = _REFERENCES.findall(data)
    if (
        begun is None
        or b"\r" in data
        or _BREAK in data
        or data.count(b"&") != len(references)
        or not _has_one_body(data)
    ):
        return None
    # An ampersand comes last, so that what it makes is not read again.
    known = {one.decode(): unescape(one.decode()) for one in sorted({*references}, key=lambda one: one == b"&amp;")}
    return _read(data[begun.end() :].replace(b"<wbr>", _BREAK).split(b"<"), known)


def _read(pieces: list[bytes], references: Mapping[str, str]) -> list[tuple[Tag, str]] | None:
    found: list[tuple[Tag, str]] = []
    begun: list[tuple[int, int]] = []
    open_, now = [_DOCUMENT], _DOCUMENT
    for number, piece in enumerate(pieces):
        written, bracket, text = piece.partition(b">")
        if written == now.end:
            if now.verbatim:
                at, first = begun.pop()
                found[at] = now, _text(pieces[first:number], references)
            open_.pop()
            now = open_[-1]
        else:
            tag = _tag(written)
            if tag is None or tag.name not in now.children or (tag.choosy and not _has_place(tag.name, open_)):
                return None
            if tag.noted:
                if tag.verbatim:
                    begun.append((len(found), number))
                found.append((tag, ""))
            if tag.end:
                open_.append(tag)
                now = tag
        if not bracket or (text and now.blank and text.strip(_BLANK)):
            return None
    return found if now is _DOCUMENT else None


def _text(pieces: list[bytes], references: Mapping[str, str]) -> str:
    text = b"".join([piece.partition(b">")[2] for piece in pieces]).replace(_BREAK, b"").decode()
    if "&" in text:
        for reference, char in references.items():
            text = text.replace(reference, char)
    return text


def _has_place(name: str, open_: list[Tag]) -> bool:
    if name in _ONCE_OPEN:
        return all(tag.name != name for tag in open_)
    return any(tag.name == "dl" for tag in open_[-2:])


def _has_one_body(html: bytes) -> bool:
    once = html.count(b"<html") == html.count(b"<head>") == html.count(b"<body") == 1
    return once and html.index(b"<head>") < html.index(b"<body")


@lru_cache(maxsize=4096)
def _tag(written: bytes) -> Tag | None:
    """Read a start tag without its brackets; None where it is not plain."""
    text = written.decode()
    if _PLAIN_COMMENT.fullmatch(text):
        return _NOTE
    matched = _TAG.fullmatch(text)
    if matched is None or matched[1] not in _CHILDREN:
        return None
    name, pairs = matched[1], _ATTRIBUTE.findall(matched[2])
    attributes = {key.lower(): unescape(value) for key, value in pairs}
    empty = name in _VOID or (name in _DRAWN and bool(matched[3]))
    if len(attributes) != len(pairs) or (matched[3] and not empty) or (name == "script" and not attributes):
        return None
    if "data-verbatim" in attributes and (empty or name in _NEVER_VERBATIM):
        return None
    return _made(name, attributes, b"" if empty else f"/{name}".encode(), _CHILDREN[name])


def _made(name: str, attributes: Mapping[str, str], end: bytes, children: frozenset[str]) -> Tag:
    return Tag(
        name=name,
        attributes=attributes,
        end=end,
        children=children,
        blank=name in _WITHOUT_TEXT,
        noted=bool(attributes.keys() - {"class"}),
        verbatim="data-verbatim" in attributes,
        choosy=name in _WITH_CARE,
    )


# Nothing ends the one, nothing stands in the other.
_DOCUMENT = _made("", {}, b">", frozenset(["html"]))
_NOTE = _made(_COMMENT, {}, b"", frozenset())
