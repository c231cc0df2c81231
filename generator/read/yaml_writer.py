"""Text, lists and maps to YAML in the one dialect that staff see: block style, plain words or `|-`."""

from __future__ import annotations

import re

from generator.problems import show
from generator.read import Plain, parse, plain

_LONGEST_PLAIN = 60
_SAFE_START = re.compile(r"[0-9A-Za-z\u4e00-\u9fff(（《“〔【①-⑳]")
_DELICATE = re.compile(r"[\n\t]|:(?:\s|\Z)|\s#")


def write(data: Plain, place: str, schema: str) -> str:
    """Write a map as a YAML file that names its schema in the first line, and prove that it reads back the same.

    `place` is the file's path below content/, `schema` the name of its schema in content/schema/. ValueError for
    what the dialect cannot hold: an empty list or map, blanks at the ends of a line, characters that `read` refuses.
    """
    lines = [schema_line(place, schema), *_lines(data)]
    written = "\n".join(lines) + "\n"
    node, problems = parse(written, place)
    if node is None or plain(node) != data:
        raise ValueError("what was written does not read back:\n" + show(problems, {place: written}))
    return written


def schema_line(place: str, schema: str) -> str:
    """Return the comment by which an editor finds the schema of the file at `place` below content/."""
    return f"# yaml-language-server: $schema={'../' * place.count('/')}schema/{schema}.json"


def entry(key: str, data: Plain) -> str:
    """Write one key and its value, to be put at the end of a file."""
    return "\n".join(_lines({key: data})) + "\n"


def _lines(data: Plain) -> list[str]:
    if isinstance(data, str):
        return _text(data)
    if not data:
        raise ValueError("an empty list or map has no block style")
    written: list[str] = []
    if isinstance(data, list):
        for item in data:
            first, *rest = _lines(item)
            indent = "" if isinstance(item, str) else "  "
            written += [f"- {first}", *(indent + line for line in rest)]
        return written
    for key, value in data.items():
        below = _lines(value)
        if isinstance(value, str):
            written += [f"{key}: {below[0]}", *below[1:]]
        else:
            written += [f"{key}:", *("  " + line for line in below)]
    return written


def _text(text: str) -> list[str]:
    """Write a text plainly where that is short and safe, else as a block; its lines are indented below `|-`."""
    if not text:
        return ["''"]
    if len(text) <= _LONGEST_PLAIN and _SAFE_START.match(text) and not _DELICATE.search(text):
        return [text]
    return ["|-", *(f"  {line}" for line in text.split("\n"))]
