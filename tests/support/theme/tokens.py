"""The style sheet's colour tokens: what each is worth by scheme, contrast and medium, and which rules use which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import tinycss2
from tinycss2.ast import AtRule, Declaration, FunctionBlock, HashToken, IdentToken, Node, QualifiedRule
from tinycss2.color3 import RGBA, parse_color

from tests.support.theme.styles import split

Values = dict[str, str]
Scheme = Literal["light", "dark"]
Wish = Literal["usual", "class", "switch", "system"]


@dataclass(frozen=True, slots=True)
class Context:
    """How a reader looks at the site; `switch` stands for the same wish without the script that sets the class."""

    scheme: Scheme
    contrast: Wish = "usual"
    medium: Literal["screen", "print"] = "screen"


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with its declarations; `media` is what must hold of the reader for it, in words of the sheet."""

    media: tuple[str, ...]
    selector: str
    declarations: tuple[tuple[str, tuple[Node, ...]], ...]
    line: int

    @property
    def tokens(self) -> Values:
        return {name: text(value) for name, value in self.declarations if name.startswith("--")}


# Selectors of tokens: specificity, and the contrast that they are for.
_SELECTORS = {
    ":root": ((0, 1, 0), None),
    "html.gk-contrast": ((0, 1, 1), "class"),
    "html:has(#gk-contrast:checked)": ((1, 0, 1), "switch"),
}


def text(value: tuple[Node, ...]) -> str:
    return tinycss2.serialize(value).strip()


def read_rules(css: str) -> list[Rule]:
    """Return a sheet's rules in their order, one for each selector."""
    return list(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ()))


def _rules(nodes: Iterable[Node], media: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        if isinstance(node, AtRule) and node.lower_at_keyword == "media" and node.content is not None:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inner, (*media, *text(tuple(node.prelude)).split(" and ")))
        elif isinstance(node, QualifiedRule):
            contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            pairs = tuple((one.lower_name, tuple(one.value)) for one in contents if isinstance(one, Declaration))
            for part in split(node.prelude):
                yield Rule(media, text(tuple(part)), pairs, node.source_line)


def values(rules: list[Rule], context: Context) -> dict[str, RGBA]:
    """Return the colours that the tokens have in a context; tokens that are no colours are left out."""
    cascade: dict[str, tuple[tuple[int, int, int], str]] = {}
    for rule in rules:
        for name, value in rule.tokens.items() if _holds(rule, context) else ():
            specificity = _SELECTORS[rule.selector][0]
            if name not in cascade or specificity >= cascade[name][0]:
                cascade[name] = specificity, value
    found = {name: _resolved(name, {key: value for key, (_, value) in cascade.items()}) for name in cascade}
    return {name: color for name, value in found.items() if isinstance(color := parse_color(value), RGBA)}


def _holds(rule: Rule, context: Context) -> bool:
    """Whether a rule that sets tokens is for a context; what it depends on must be one of the few things known here."""
    if not rule.tokens:
        return False
    assert rule.selector in _SELECTORS, f"line {rule.line}: tokens are set on {rule.selector}, beside the cascade"
    facts = {
        "screen": context.medium == "screen",
        "print": context.medium == "print",
        "(prefers-color-scheme: dark)": context.scheme == "dark",
        "(prefers-contrast: more)": context.contrast == "system",
    }
    assert facts.keys() >= set(rule.media), f"line {rule.line}: tokens depend on {' and '.join(rule.media)}"
    contrast = _SELECTORS[rule.selector][1]
    return all(facts[condition] for condition in rule.media) and contrast in {None, context.contrast}


def _resolved(name: str, cascade: Values) -> str:
    value = cascade[name]
    for _ in cascade:
        if not value.startswith("var("):
            break
        value = cascade[value.removeprefix("var(").removesuffix(")").strip()]
    return value


def contrast(one: RGBA, other: RGBA) -> float:
    """Return the contrast of two opaque colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    assert one.alpha == other.alpha == 1
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: RGBA) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.red, color.green, color.blue)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colors_of(value: tuple[Node, ...]) -> Iterator[str]:
    """Yield the tokens and the colours by number that a value names."""
    for node in value:
        if isinstance(node, HashToken):
            yield f"#{node.value.lower()}"
        elif isinstance(node, FunctionBlock) and node.lower_name == "var":
            yield from (part.value for part in node.arguments if isinstance(part, IdentToken))
