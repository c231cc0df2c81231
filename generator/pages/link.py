"""Words that lead somewhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words and where they lead; `note` stands beside them."""

    text: str
    address: str
    note: str = ""
