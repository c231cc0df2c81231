"""What templates use: elements and attributes, whichever branch of a template writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.support.theme.features import Use, problems

_JINJA = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LEVEL = re.compile(r"(?<=<h)\{\{.*?\}\}")
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_FREE = ("aria-", "data-")


def template_problems(path: Path) -> list[str]:
    """Return the elements and attributes of a template that are unknown or too new."""
    text = _JINJA.sub(_lines, _LEVEL.sub("1", path.read_text("utf-8")))
    tags = _Tags()
    tags.feed(_VALUE.sub(_lines, text))
    return [f"{path.name}:{line}: {words}" for line, words in problems(tags.uses)]


def _lines(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.uses: list[Use] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.uses += _uses(self.getpos()[0], tag, [name for name, _ in attrs])


def _uses(line: int, tag: str, attributes: list[str]) -> Iterator[Use]:
    yield Use(line, "element", tag)
    yield from (Use(line, "attribute", name) for name in attributes if not name.startswith(_FREE))
