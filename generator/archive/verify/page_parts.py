"""The text that a page shows and the addresses that it links to, whatever its markup."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from generator.characters import printable

_UNSEEN = frozenset({"script", "style", "template", "noscript"})
# Attributes that are shown, read aloud, or followed.
_READ = (
    "alt",
    "title",
    "aria-label",
    "placeholder",
    "value",
    "content",
    "datetime",
    "label",
    "data-opens",
    "data-closes",
    "data-workdays",
)
_FOLLOWED = ("href", "src", "srcset", "action", "formaction", "poster", "data", "http-equiv")
_AROUND = 12
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class PageParts:
    """The text of a page without blanks, with what is shown of attributes; what it leads to, runs or hides, sorted."""

    text: str
    addresses: tuple[str, ...]


def page_parts(html: bytes) -> PageParts:
    """Take a page apart."""
    texts, addresses = [], []
    root = LexborHTMLParser(html.decode(errors="replace")).root
    for node in root.traverse(include_text=True) if root is not None else ():
        parent = node.parent
        if node.tag == "-text":
            if parent is None or parent.tag not in _UNSEEN:
                texts.append(node.text_content or "")
            elif (node.text_content or "").strip():
                addresses.append(f"<{parent.tag}>")
            continue
        attributes = node.attributes
        texts += [attributes[name] or "" for name in _READ if name in attributes]
        addresses += [f"{name}={attributes[name]}" for name in _FOLLOWED if name in attributes]
        addresses += [
            f"{name}={value}" for name, value in attributes.items() if name in {"style", "hidden"} or name[:2] == "on"
        ]
    return PageParts("".join("".join(texts).split()), tuple(sorted(addresses)))


def page_difference(given: bytes, expected: bytes) -> str:
    """Say in Chinese what a page shows instead of what it should, "" where both show the same."""
    now, was = page_parts(given), page_parts(expected)
    if now.text != was.text:
        return _first_difference(now.text, was.text)
    more = [address for address in now.addresses if address not in was.addresses]
    if more:
        return f"多了“{printable(more[0], 80)}”"
    less = [address for address in was.addresses if address not in now.addresses]
    return f"少了“{printable(less[0], 80)}”" if less else ""


def _first_difference(now: str, was: str) -> str:
    start = 0
    while start < min(len(now), len(was)) and now[start] == was[start]:
        start += 1
    end = 0
    while end < min(len(now), len(was)) - start and now[-1 - end] == was[-1 - end]:
        end += 1
    here, there = now[start : len(now) - end], was[start : len(was) - end]
    before = now[max(0, start - _AROUND) : start]
    if not there:
        return f"“{printable(before)}”后面多了“{_cut(here)}”"
    return f"“{printable(before)}”后面应当是“{_cut(there)}”，现在是“{_cut(here)}”"


def _cut(text: str) -> str:
    return printable(text, _SHOWN)
