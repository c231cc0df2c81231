"""What a style sheet uses: properties, values, functions, units, at-rules, media features, selectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tinycss2
from tinycss2.ast import (
    AtRule,
    Comment,
    CurlyBracketsBlock,
    Declaration,
    DimensionToken,
    FunctionBlock,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    ParenthesesBlock,
    ParseError,
    PercentageToken,
    QualifiedRule,
    SquareBracketsBlock,
    URLToken,
    WhitespaceToken,
)

from tests.support.theme.features import FEATURES, Use, newer, problems

_GROUPS = {"media", "supports"}
_NAMES_FONTS = {"font", "font-family"}
# A grid knew these before a flex line did, and the declaration alone doesn't tell which of them it speaks to.
_PLACED = {"gap", "row-gap", "column-gap", "align-items: start", "align-items: end", "justify-content: start"}


@dataclass(slots=True)
class _Sheet:
    uses: list[Use] = field(default_factory=list)
    flaws: list[tuple[int, str]] = field(default_factory=list)
    displays: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    placed: list[tuple[str, Use]] = field(default_factory=list)


def style_problems(path: Path) -> list[str]:
    """Return what a style sheet uses that is unknown or too new, and what an old browser would drop with it."""
    sheet = _Sheet()
    _rules(sheet, tinycss2.parse_stylesheet(path.read_text("utf-8"), skip_comments=True, skip_whitespace=True))
    for selector, use in sheet.placed:
        displays = {name.removeprefix("inline-") for name in sheet.displays[selector]} & {"flex", "grid"}
        sheet.uses += [Use(use.line, use.kind, f"{use.name} in {display}") for display in displays or {"nothing"}]
    return [f"{path.name}:{line}: {text}" for line, text in sorted(sheet.flaws + problems(sheet.uses))]


def _rules(sheet: _Sheet, nodes: Iterable[Node]) -> None:
    for node in nodes:
        if isinstance(node, ParseError):
            sheet.flaws.append((node.source_line, node.message))
        elif isinstance(node, AtRule):
            _at_rule(sheet, node)
        elif isinstance(node, QualifiedRule):
            _rule(sheet, node)


def _at_rule(sheet: _Sheet, rule: AtRule) -> None:
    name = rule.lower_at_keyword
    sheet.uses.append(Use(rule.source_line, "at-rule", f"@{name}"))
    if name == "media":
        sheet.uses += _media(rule.prelude)
    elif name == "page":
        sheet.uses += _selector(rule.prelude)
    else:
        sheet.uses += (use for use in _value("", rule.prelude) if use.kind == "function")
    if rule.content is None or f"@{name}" not in FEATURES["at-rule"]:
        return
    if name in _GROUPS:
        _rules(sheet, tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
    else:
        _block(sheet, [], rule.content)


def _rule(sheet: _Sheet, rule: QualifiedRule) -> None:
    parts = split(rule.prelude)
    uses = [list(_selector(part)) for part in parts]
    lacks = {frozenset(use.name for use in part if newer("selector", use.name)) for part in uses}
    if len(lacks) > 1:
        names = ", ".join(sorted(frozenset.union(*lacks)))
        sheet.flaws.append((rule.source_line, f"a browser without {names} drops this whole list of selectors"))
    sheet.uses += (use for part in uses for use in part)
    _block(sheet, [tinycss2.serialize(part).strip() for part in parts], rule.content)


def split(prelude: list[Node]) -> list[list[Node]]:
    """Cut a list at its commas."""
    parts: list[list[Node]] = [[]]
    for node in prelude:
        if _sign(node) == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _sign(node: Node) -> str:
    return node.value if isinstance(node, LiteralToken) else ""


def _dense(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if not isinstance(node, WhitespaceToken | Comment)]


def _block(sheet: _Sheet, selectors: list[str], content: list[Node]) -> None:
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(node, Declaration):
            uses = list(_declaration(node))
            sheet.uses += uses
            for selector in selectors:
                sheet.placed += [(selector, use) for use in uses if use.name in _PLACED]
                if node.lower_name == "display":
                    sheet.displays[selector].add(tinycss2.serialize(node.value).strip())
        else:
            if isinstance(node, QualifiedRule):
                sheet.uses.append(Use(node.source_line, "at-rule", "a rule inside of a rule"))
            _rules(sheet, [node])


def _declaration(node: Declaration) -> Iterator[Use]:
    name = node.lower_name
    if name.startswith("--"):
        yield from (use for use in _value(name, node.value) if use.kind != "value")
        return
    yield Use(node.source_line, "property", name)
    yield from _value(name, node.value)


def _value(name: str, nodes: Sequence[Node], *, top: bool = True) -> Iterator[Use]:
    """Yield what a value uses; words count where the property reads them, not in a function or as a font's name."""
    for node in nodes:
        match node:
            case IdentToken() if top and name not in _NAMES_FONTS and node.lower_value != "inherit":
                yield Use(node.source_line, "value", f"{name}: {node.lower_value}")
            case DimensionToken():
                yield Use(node.source_line, "unit", node.lower_unit)
            case PercentageToken():
                yield Use(node.source_line, "unit", "%")
            case HashToken() if len(node.value) in {4, 8}:
                yield Use(node.source_line, "function", "#rrggbbaa")
            case URLToken():
                yield Use(node.source_line, "function", "url()")
            case FunctionBlock():
                yield Use(node.source_line, "function", f"{node.lower_name}()")
                yield from _value(name, node.arguments, top=False)
            case ParenthesesBlock() | SquareBracketsBlock() | CurlyBracketsBlock():
                yield from _value(name, node.content, top=False)


def _media(nodes: list[Node]) -> Iterator[Use]:
    """Yield the words of a media query and its features; a form newer than `feature: value` is named as it stands."""
    for node in _dense(nodes):
        if isinstance(node, ParenthesesBlock):
            first, *rest = _dense(node.content)
            plain = isinstance(first, IdentToken) and (not rest or _sign(rest[0]) == ":")
            name = tinycss2.serialize([first] if plain else [node])
            yield Use(node.source_line, "media", name)
            yield from (use for use in _value("", rest) if use.kind != "value")
        elif _sign(node) != ",":
            yield Use(node.source_line, "media", tinycss2.serialize([node]))


def _selector(nodes: list[Node]) -> Iterator[Use]:
    """Yield pseudo-classes and elements, those in brackets too, and signs that are not of selectors level 3."""
    colons = ""
    for node in nodes:
        sign = _sign(node)
        if sign == ":":
            colons += ":"
            continue
        if isinstance(node, IdentToken) and colons:
            yield Use(node.source_line, "selector", colons + node.lower_value)
        elif isinstance(node, FunctionBlock):
            yield Use(node.source_line, "selector", f"{colons}{node.lower_name}()")
            yield from _argument(node)
        elif sign and sign not in ".>+~*,":
            yield Use(node.source_line, "selector", sign)
        colons = ""


def _argument(node: FunctionBlock) -> Iterator[Use]:
    """Yield what stands in the brackets of :not(), :has() and the like; level 3 let :not() hold one simple selector."""
    inner = _dense(node.arguments)
    if node.lower_name.startswith("nth-"):
        if any(isinstance(part, IdentToken) and part.lower_value == "of" for part in inner):
            yield Use(node.source_line, "selector", f":{node.lower_name}(… of …)")
        return
    if node.lower_name == "not" and len([part for part in inner if _sign(part) not in {":", "."}]) > 1:
        yield Use(node.source_line, "selector", ":not(more than one)")
    yield from _selector(node.arguments)
