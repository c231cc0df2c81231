"""What a check against the records found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, what is not as published, and what nothing vouches for, each in words, one line each.

    With `flaws` the copy is not as published. Without, it is as published only where nothing is `unproven`: what
    neither the records nor a trusted signature vouches for may have been altered, though nothing shows it.
    `more` counts flaws that are not listed. `other_version` are differences that another version of the program may
    have made, or whoever claims so.
    """

    looked_at: tuple[str, ...]
    flaws: tuple[str, ...] = ()
    unproven: tuple[str, ...] = ()
    more: int = 0
    other_version: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether all of it is as published."""
        return not (self.flaws or self.other_version or self.unproven)
