"""Usual YAML to plain data, without the places that only problems need; whatever is odd is left to `yaml_tree`."""

from __future__ import annotations

from collections.abc import Callable

import yaml
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from generator.characters import forbidden
from generator.read.scalars import is_odd_key, trimmed
from generator.read.tree import Plain
from generator.read.yaml_tree import LOADER, MAX_DEPTH

_ENDS = frozenset({MappingEndEvent, SequenceEndEvent})
_SILENT = frozenset({StreamStartEvent, DocumentEndEvent})
_BLANKS = frozenset({" ", "\t"})


def plain_map(text: str) -> dict[str, Plain] | None:
    """Read YAML as `decode` returned it without an error; None where `parse` must look at it, which may accept it."""
    # It opens a key of several lines; elsewhere it is rare.
    if "?" in text:
        return None
    loader = LOADER(text)
    try:
        return _built(text, loader.get_event)
    except (yaml.YAMLError, ValueError, OverflowError):
        return None
    finally:
        loader.dispose()


def _built(text: str, next_event: Callable[[], Event | None]) -> dict[str, Plain] | None:
    """Return the only document's map, or None at the first thing that is odd."""
    root: dict[str, Plain] | None = None
    opened: list[dict[str, Plain] | list[Plain] | None] = []
    here: dict[str, Plain] | list[Plain] | None = None
    key, line = None, 0
    while (event := next_event()) is not None:
        kind = type(event)
        if isinstance(event, ScalarEvent):
            value = _value(event, text)
            if value is None or here is None:
                return None
            if isinstance(here, list):
                here.append(value)
            elif key is None and value not in here and not is_odd_key(value):
                key, line = value, _line(event)
            elif key is not None and _line(event) == line:
                here[key], key = value, None
            else:
                return None
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            if event.flow_style or event.anchor is not None or event.tag is not None or len(opened) == MAX_DEPTH:
                return None
            below: dict[str, Plain] | list[Plain] = {} if kind is MappingStartEvent else []
            if isinstance(here, list):
                here.append(below)
            elif here is not None and key is not None:
                here[key], key = below, None
            elif here is None and isinstance(below, dict):
                root = below
            else:
                return None
            opened.append(here)
            here = below
        elif kind in _ENDS:
            here = opened.pop()
        elif kind is StreamEndEvent:
            return root
        elif kind not in _SILENT and not (_is_bare_start(event) and root is None):
            return None
    return None


def _is_bare_start(event: Event) -> bool:
    return isinstance(event, DocumentStartEvent) and not event.version and not event.tags


def _line(event: ScalarEvent) -> int:
    assert event.start_mark is not None
    return event.start_mark.line


def _value(event: ScalarEvent, text: str) -> str | None:
    """Return the text of a scalar that is written in a usual way."""
    if event.anchor is not None or event.tag is not None:
        return None
    style = event.style
    if style == "|":
        return trimmed(event.value)
    end = event.end_mark
    assert end is not None
    # A blank may precede what is lost as a comment.
    if style == ">" or end.line != _line(event) or text[end.index : end.index + 1] in _BLANKS:
        return None
    if not style:
        return event.value
    return None if next(forbidden(event.value), None) else trimmed(event.value)
