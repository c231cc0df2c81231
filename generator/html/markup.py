"""The anchors and addresses in the markup of a page, and the elements and attributes that no page may have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from generator.html.plain_markup import Tag, read_plain

_FORBIDDEN = frozenset(
    [
        "animate",
        "animatemotion",
        "animatetransform",
        "applet",
        "base",
        "embed",
        "foreignobject",
        "frame",
        "frameset",
        "iframe",
        "noembed",
        "noscript",
        "object",
        "plaintext",
        "portal",
        "set",
        "style",
        "template",
        "xmp",
    ]
)
# Attributes that hold an address which a browser fetches by itself, or sends a form to.
_FETCHING = frozenset({"src", "href", "xlink:href", "poster", "action"})
_LISTS = frozenset({"srcset", "imagesrcset"})
_REFUSED = frozenset(
    [
        "archive",
        "attributionsrc",
        "background",
        "classid",
        "codebase",
        "data",
        "dynsrc",
        "formaction",
        "lowsrc",
        "manifest",
        "ping",
        "srcdoc",
        "style",
    ]
)
# Presentation attributes of SVG that may lead elsewhere.
_PAINTING = frozenset(
    ["clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start", "mask", "stroke"]
)
_LINKING = frozenset({"a", "area"})
_META = frozenset({"content-security-policy", "x-ua-compatible", "content-type"})
_PICTURES = frozenset({"img", "source", "image", "link"})
_IN_STYLES = re.compile(
    r"""url\(\s{0,9}["']?([^"')]{0,2000})|@import\s{1,9}["']([^"']{0,2000})|image-set\(\s{0,9}["']([^"']{0,2000})""",
    re.IGNORECASE,
)
_IN_SCRIPTS = re.compile(r"""["'`]((?:https?:)?//[A-Za-z0-9][^"'`]{0,200})""", re.IGNORECASE)
_SOURCE_MAP = re.compile(r"[#@]\s{0,9}sourceMappingURL\s{0,9}=")
# No function but max, no quotes, no escapes: nothing that could hold an address.
_PLAIN_STYLE = re.compile(r"(?:max\(|[a-z0-9#%.,:;!/) -]){0,2000}")
_NAMESPACE = "http://www.w3.org/"


@dataclass(slots=True)
class Markup:
    """A page as a browser reads it: texts of verbatim elements, ids, addresses fetched and linked, and its flaws."""

    verbatim: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)


def read_markup(html: str, *, styled: bool = False) -> Markup:
    """Read a page or an SVG picture; `styled` says that elements may have styles of their own, which fetch nothing.

    A page that is plain needs no parser of HTML (`read_plain`); what else there is, lexbor reads as a browser does.
    """
    plain = read_plain(html)
    return parsed_markup(html, styled=styled) if plain is None else _plain_markup(plain, styled=styled)


def parsed_markup(html: str, *, styled: bool = False) -> Markup:
    """Read as `read_markup` does, whatever the page, by a parser of HTML."""
    markup = Markup()
    root = LexborHTMLParser(html).root
    for node in root.traverse() if root is not None else ():
        tag = (node.tag or "").lower()
        attributes = {name.lower(): value or "" for name, value in node.attributes.items()}
        _element(tag, attributes, node.text() if tag == "script" else "", markup, styled=styled)
        if "data-verbatim" in attributes:
            markup.verbatim.append(node.text())
    return _with_anchors_judged(markup)


def _plain_markup(found: list[tuple[Tag, str]], *, styled: bool) -> Markup:
    markup = Markup()
    for tag, text in found:
        judged = _judged(tag, styled=styled)
        if judged is not None:
            markup.anchors += judged.anchors
            markup.fetched += judged.fetched
            markup.linked += judged.linked
            markup.flaws += judged.flaws
        if tag.verbatim:
            markup.verbatim.append(text)
    return _with_anchors_judged(markup)


@lru_cache(maxsize=4096)
def _judged(tag: Tag, *, styled: bool) -> Markup | None:
    """Judge a tag once for all pages; None where nothing is to be said of it."""
    markup = Markup()
    _element(tag.name, tag.attributes, "", markup, styled=styled)
    return None if markup == Markup() else markup


def _element(tag: str, attributes: Mapping[str, str], script: str, markup: Markup, *, styled: bool) -> None:
    if tag in _FORBIDDEN:
        markup.flaws.append(f"有不该有的元素 <{tag}>。")
    if tag == "script" and ("src" not in attributes or script.strip() or attributes.get("type")):
        markup.flaws.append("有写在网页里的脚本，安全策略会拦住它。")
    for name, value in attributes.items():
        if not (styled and name == "style"):
            _attribute(tag, attributes, name, value, markup)
        elif not _is_plain(value):
            markup.flaws.append(f"style 属性里有不该有的内容：{value[:80]}")


def _with_anchors_judged(markup: Markup) -> Markup:
    if len(markup.anchors) != len(set(markup.anchors)):
        markup.flaws.append("有重复的锚点。")
    return markup


def style_addresses(css: str) -> Iterator[str]:
    """Yield the addresses that a style sheet fetches."""
    return (next(filter(None, match.groups()), "") for match in _IN_STYLES.finditer(css))


def script_flaws(script: str) -> Iterator[str]:
    """Yield the foreign addresses that a script holds, but for names of vocabularies."""
    for match in _IN_SCRIPTS.finditer(script):
        if not match.group(1).startswith(_NAMESPACE):
            yield f"脚本里有别处的网址：{match.group(1)[:80]}"


def has_source_map(text: str) -> bool:
    """Say whether a script or a style sheet names a source map."""
    return _SOURCE_MAP.search(text) is not None


def is_picture(address: str) -> bool:
    """Say whether an address is itself a picture, so that nothing is fetched."""
    return address.lower().startswith("data:image/")


@lru_cache(maxsize=256)
def _is_plain(style: str) -> bool:
    return _PLAIN_STYLE.fullmatch(style) is not None


def _attribute(tag: str, attributes: Mapping[str, str], name: str, value: str, markup: Markup) -> None:
    if name == "id":
        markup.anchors.append(value)
    elif name == "style":
        markup.flaws.append("有 style 属性，安全策略会拦住它。")
    elif name.startswith("on"):
        markup.flaws.append(f"有写在元素上的脚本（{name}），安全策略会拦住它。")
    elif name in _REFUSED:
        markup.flaws.append(f"有不该有的属性 {name}。")
    elif name == "http-equiv" and value.strip().lower() not in _META:
        markup.flaws.append(f"有不该有的属性 http-equiv={value[:40]}。")
    elif name in _PAINTING:
        markup.fetched += style_addresses(value)
    elif name in _LISTS:
        markup.fetched += [part.split()[0] for part in value.split(",") if part.strip()]
    elif name in _FETCHING:
        _address(tag, attributes, value, markup)


def _address(tag: str, attributes: Mapping[str, str], value: str, markup: Markup) -> None:
    if tag in _LINKING:
        markup.linked.append(value)
    elif is_picture(value.strip()) and tag in _PICTURES:
        return
    elif not (tag == "link" and attributes.get("rel") == "canonical"):
        markup.fetched.append(value)
