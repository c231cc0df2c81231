"""Links, and the headings of a notice's text as a page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words and where they lead; `note` stands beside them."""

    text: str
    address: str
    note: str = ""


class Mark(StrEnum):
    """How a finding is drawn: by its progress, or as a dot where the notice doesn't state the progress of each."""

    DONE = "done"
    MOSTLY = "mostly"
    GOING = "going"
    TO_DO = "to-do"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsEntry:
    """One heading of the text with those below it; `marks` has one for each finding right below it."""

    text: str
    anchor: str
    kind: str
    marks: tuple[Mark, ...] = ()
    progress: str = ""
    below: tuple[ContentsEntry, ...] = ()

    @property
    def sections(self) -> tuple[ContentsEntry, ...]:
        """The sections right below a part."""
        return self._below("section") if self.kind == "part" else ()

    @property
    def findings(self) -> tuple[ContentsEntry, ...]:
        """The findings right below it."""
        return self._below("finding")

    @property
    def more(self) -> str:
        """The words of a link to its text."""
        return f"看这一{'类' if self.kind == 'section' else '部分'}的全文"

    def _below(self, kind: str) -> tuple[ContentsEntry, ...]:
        return self.below if self.below and self.below[0].kind == kind else ()
