"""The phrases that identify a text, and the search for them whatever the line breaks and blanks."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from generator.contact_grammar import MOBILE

# So many characters identify a sentence; shorter ones are said by many notices.
_LONG = 12
_LINE = 9
# Each phrase that stands in a text covers at least one of the text's windows that begin at a multiple of this.
_WINDOW = 5
_STOPS = re.compile(r"[。；！？!?;]")
_KEY = re.compile(r"[\w ()（）/.-]{1,20}[:：][ \t]*")
_ITEM = re.compile(r"^(?:[-#>*]+[ \t]+)+")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ \t-](?=[0-9])")
# Identity cards, mobile telephones, bank cards.
_NUMBER = re.compile(rf"(?<![0-9])(?:[0-9]{{17}}[0-9Xx]|[0-9]{{15,19}}|{MOBILE})(?![0-9])")


def squeezed(text: str) -> str:
    """Return a text as phrases are compared: without blanks and line breaks, colons in one form."""
    return "".join(text.split()).replace("：", ":")


def phrases_of(text: str) -> set[str]:
    """Return the phrases that identify a text: its long sentences and lines, `名称: 值` lines, and numbers of persons.

    A file of JSON is read for its values. Each phrase is squeezed.
    """
    found: set[str] = set()
    for raw in _lines(text):
        line = _ITEM.sub("", raw.strip())
        value = _KEY.sub("", line, count=1) if _KEY.match(line) else line
        found.update(_NUMBER.findall(_BETWEEN_DIGITS.sub("", line)))
        found.update(part for part in map(squeezed, [value, *_STOPS.split(value)]) if len(part) >= _LONG)
        if value != line and len(squeezed(line)) >= _LINE and len(squeezed(value)) > 1:
            found.add(squeezed(line))
    return found | {unicodedata.normalize("NFKC", phrase) for phrase in found}


def is_number(phrase: str) -> bool:
    """Whether a phrase is a person's number, which says as much as any sentence."""
    return _NUMBER.fullmatch(phrase) is not None


class Phrases:
    """Squeezed phrases that are looked for together, in time that does not grow with their number."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.all = frozenset(phrases)
        self._places: dict[str, list[tuple[str, int]]] = {}
        for phrase in self.all:
            for at in range(min(_WINDOW, len(phrase) - _WINDOW + 1)):
                self._places.setdefault(phrase[at : at + _WINDOW], []).append((phrase, at))

    def found_in(self, text: str) -> set[str]:
        """Return the phrases that stand in a text."""
        there, found = squeezed(text) if self.all else "", set()
        for start in range(0, len(there), _WINDOW):
            for phrase, at in self._places.get(there[start : start + _WINDOW], ()):
                if phrase not in found and at <= start and there.startswith(phrase, start - at):
                    found.add(phrase)
        return found

    def without(self, others: Iterable[str]) -> Phrases:
        """Return the phrases that are not among others."""
        return Phrases(self.all - set(others))


def _lines(text: str) -> Iterator[str]:
    try:
        data = json.loads(text) if text.lstrip()[:1] in {"{", "["} else None
    except (ValueError, RecursionError):
        data = None
    values = text if data is None else "\n".join(_values(data))
    yield from values.splitlines()


def _values(data: Any) -> Iterator[str]:
    """Yield all texts of JSON data, names of keys apart: they are the format's."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
