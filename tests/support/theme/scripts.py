"""What a script uses: syntax, globals of the browser, members by their names, events."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from tests.support.theme.features import FEATURES, Use, newer, problems

_PARSER = Parser(Language(tree_sitter_javascript.language()))
_FUNCTIONS = {
    "function_declaration",
    "generator_function_declaration",
    "function_expression",
    "arrow_function",
    "method_definition",
}
_NAMES = {"identifier", "property_identifier", "string_fragment"}
# Which field of a node makes names.
_MAKERS = {
    "variable_declarator": "name",
    "function_declaration": "name",
    "generator_function_declaration": "name",
    "class_declaration": "name",
    "catch_clause": "parameter",
    "for_in_statement": "left",
}
# Where an identifier makes a name instead of using one.
_TARGETS = {"identifier", "shorthand_property_identifier_pattern"}
# A regular expression's source is one token: these are its signs newer than Safari 13.
_NEW_IN_REGEX = re.compile(r"\(\?<[=!]|\(\?[a-z-]+:")


def script_problems(path: Path) -> list[str]:
    """Return what a script uses that is unknown or too new, and new members that no condition asks for."""
    tree = _PARSER.parse(path.read_bytes())
    flaws = [(_line(node), f"not understood: {_text(node)[:40]}") for node in _walk(tree.root_node) if _broken(node)]
    uses = [*_syntax(tree.root_node), *_globals(tree.root_node, set()), *_members(tree.root_node)]
    flaws += _unasked(tree.root_node)
    return [f"{path.name}:{line}: {text}" for line, text in sorted(set(flaws + problems(uses)))]


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _line(node: Node) -> int:
    return node.start_point.row + 1


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _broken(node: Node) -> bool:
    return node.is_error or node.is_missing


def _syntax(root: Node) -> Iterator[Use]:
    """Yield the kinds of nodes, signs and keywords among them, and what hides inside of a token."""
    for node in _walk(root):
        if not _broken(node):
            yield Use(_line(node), "syntax", node.type)
        text = _text(node)
        if node.type == "number" and text.endswith("n"):
            yield Use(_line(node), "syntax", "big integer")
        elif node.type == "regex_pattern" and _NEW_IN_REGEX.search(text):
            yield Use(_line(node), "syntax", "look-behind or inline flags in a regular expression")
        elif node.type == "regex_flags" and not set(text) <= set("gimsuy"):
            yield Use(_line(node), "syntax", f"regular expression flag {text}")
        elif node.type == "string_fragment":
            yield from (
                Use(_line(node), "syntax", f"{name} in a string")
                for name in FEATURES["selector"]
                if _selects(name, text)
            )


def _selects(name: str, text: str) -> bool:
    """Whether a string holds a selector that would make querySelector() throw in an old browser."""
    return newer("selector", name) and name.removesuffix(")") in text


def _made(node: Node | None) -> set[str]:
    return {_text(part) for part in _walk(node) if part.type in _TARGETS} if node else set()


def _declared(function: Node) -> set[str]:
    """Return the names that a function or the file makes: of functions in it no more than their own."""
    names = _made(function.child_by_field_name("name")) | _made(function.child_by_field_name("parameter"))
    waiting = [*function.children]
    while waiting:
        node = waiting.pop()
        if node.type == "formal_parameters":
            names |= _made(node)
        elif node.type in _MAKERS:
            names |= _made(node.child_by_field_name(_MAKERS[node.type]))
        if node.type not in _FUNCTIONS:
            waiting += node.children
    return names


def _globals(node: Node, known: set[str]) -> Iterator[Use]:
    """Yield the names that the script uses and nothing in reach makes."""
    if node.type in _FUNCTIONS or node.type == "program":
        known = known | _declared(node)
    if node.type in {"identifier", "shorthand_property_identifier"} and _text(node) not in known:
        yield Use(_line(node), "global", _text(node))
    for child in node.children:
        yield from _globals(child, known)


def _members(root: Node) -> Iterator[Use]:
    """Yield the names after a dot, in square brackets or taken apart; the file's own keys only if listed."""
    own = {_text(node.children[0]) for node in _walk(root) if node.type in {"pair", "method_definition"}}
    own |= {_text(node) for node in _walk(root) if node.type == "shorthand_property_identifier"}
    for node in _walk(root):
        name = ""
        if node.type == "member_expression" and (member := node.child_by_field_name("property")):
            name = _text(member)
        elif node.type == "subscript_expression" and (index := node.child_by_field_name("index")):
            name = _text(index)[1:-1] if index.type == "string" else ""
        elif node.type == "shorthand_property_identifier_pattern":
            name = _text(node)
        elif node.type == "pair_pattern":
            name = _text(node.children[0])
        elif node.type == "call_expression":
            yield from _events(node)
        if name and (name in FEATURES["member"] or name not in own):
            yield Use(_line(node), "member", name)


def _events(call: Node) -> Iterator[Use]:
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function and arguments and _text(function).endswith("addEventListener") and arguments.named_children:
        first = arguments.named_children[0]
        yield Use(_line(call), "event", _text(first).strip("\"'"))


def _unasked(root: Node) -> Iterator[tuple[int, str]]:
    """Yield new names that the script uses and never asks for: a member is covered by what it is a member of."""
    asked = {name for node in _walk(root) for part in _conditions(node) for name in _new(part)}
    for node in _walk(root):
        used = _new(node) if node.type in {"member_expression", "new_expression"} else set()
        if used and not used & asked and not _is_set(node):
            yield _line(node), f"no condition asks whether there is {' or '.join(sorted(used))}"


def _new(node: Node) -> set[str]:
    """Return the names below a node that are newer than the browsers for whom core reading is."""
    texts = {_text(part) for part in _walk(node) if part.type in _NAMES}
    return {text for text in texts if newer("member", text) or newer("global", text)}


def _conditions(node: Node) -> Iterator[Node]:
    """Yield what decides: `if (navigator.share)`, `"share" in navigator && …`."""
    condition = node.child_by_field_name("condition")
    if condition and node.type in {"if_statement", "ternary_expression"}:
        yield condition
    if node.type == "binary_expression" and {"&&", "||"} & {child.type for child in node.children}:
        yield node.children[0]


def _is_set(node: Node) -> bool:
    """Whether a value goes into a member: a handler that an old browser never calls does no harm."""
    return bool(node.parent and node.parent.type == "assignment_expression" and node.parent.children[0] == node)
