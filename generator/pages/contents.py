"""The headings of a notice's text as a page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How a finding is drawn: by its progress, or as a dot where the notice doesn't state the progress of each."""

    DONE = "done"
    MOSTLY = "mostly"
    GOING = "going"
    TO_DO = "to-do"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """One heading of the text with those below it; `marks` has one for each finding right below it."""

    text: str
    anchor: str
    kind: str
    marks: tuple[Mark, ...] = ()
    progress: str = ""
    below: tuple[Contents, ...] = ()
