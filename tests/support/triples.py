"""Files of cases, one topic a file: a case has a title, an input, the input when mended, and the expected output.

    ==== title
    ---- input
    ---- mended
    ---- expected

`---- input as a literal` holds a Python literal of text or bytes, where characters would not be seen or are none.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_LITERAL = "input as a literal"


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its parts as they are written, by their names."""

    title: str
    parts: dict[str, str]

    @property
    def input(self) -> bytes:
        """What goes in."""
        if _LITERAL not in self.parts:
            return self.parts["input"].encode()
        literal = ast.literal_eval(f"({self.parts[_LITERAL]})")
        return literal if isinstance(literal, bytes) else literal.encode()


def read_cases(path: Path) -> list[Case]:
    """Read the cases of a topic."""
    cases = path.read_bytes().decode().removeprefix("==== ").split("\n==== ")
    return [_case(text if text.endswith("\n") else f"{text}\n") for text in cases]


def rewritten(path: Path, expected: Callable[[Case], str]) -> str:
    """Return the text of a topic with what its cases are now expected to give."""
    lines = []
    for case in read_cases(path):
        parts = {**case.parts, "expected": expected(case)}
        lines += [f"==== {case.title}\n", *(f"---- {name}\n{text}" for name, text in parts.items())]
    return "".join(lines)


def _case(text: str) -> Case:
    title, *parts = text.split("\n---- ")
    named = (part.partition("\n") for part in parts)
    texts = {name: f"{body}\n" if body and not body.endswith("\n") else body for name, _, body in named}
    return Case(title, texts)
