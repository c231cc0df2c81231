"""The tree of a YAML file: text, lists and maps, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from generator.problems import Span


@dataclass(frozen=True, slots=True)
class TextNode:
    """A value or a key: its characters and the place of the first of them, inside quotes and below a `|-`."""

    value: str
    span: Span
    end_line: int


@dataclass(frozen=True, slots=True)
class List:
    """Items in order; the place is that of the first dash."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Map:
    """Keys and values in order, each key once; the place is that of the first key."""

    entries: tuple[tuple[TextNode, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return next((node for name, node in self.entries if name.value == key), None)


Node: TypeAlias = TextNode | List | Map
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


def plain(node: Node) -> Plain:
    """Return the node as text, lists and dictionaries, for a validator."""
    if isinstance(node, TextNode):
        return node.value
    if isinstance(node, List):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.entries}


def at(node: Node, path: tuple[str | int, ...]) -> Span:
    """Find the place that a path of keys and indexes means, as far as it resolves.

    It is the value's place, or its key's where the value is empty. A step that leads nowhere, such as a
    validator's union tag or a missing key, is skipped: what remains is the place of the map that lacks it.
    """
    span = node.span
    for step in path:
        if isinstance(node, Map) and isinstance(step, str) and (value := node.get(step)) is not None:
            empty = isinstance(value, TextNode) and not value.value
            span = key_span(node, step) if empty else value.span
            node = value
        elif isinstance(node, List) and isinstance(step, int) and 0 <= step < len(node.items):
            node = node.items[step]
            span = node.span
    return span


def key_span(node: Map, key: str) -> Span:
    """Return the place of a key, or of the whole map where it has no such key."""
    return next((name.span for name, _ in node.entries if name.value == key), node.span)
