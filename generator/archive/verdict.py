"""What a check against the records found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, in words, and what is not as published, one line each; none is well."""

    looked_at: tuple[str, ...]
    flaws: tuple[str, ...] = ()
