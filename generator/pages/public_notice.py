"""A notice at an instant, with all that its pages follow from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from generator.check import PackedNotice
from generator.model import Notice, NoticeSummary, Organs, Site
from generator.records import NO_HISTORY, History

TAKEN_DOWN = "公开期限已满，正文按规定撤下。"


@dataclass(frozen=True, slots=True)
class PublicNotice:
    """A notice at the aware instant `now`; `past` is its history on record, which `summary` takes into account."""

    notice: Notice
    summary: NoticeSummary
    organs: Organs
    site: Site
    now: datetime
    past: History

    @classmethod
    def of(cls, entry: PackedNotice, organs: Organs, site: Site, now: datetime, past: History = NO_HISTORY) -> Self:
        """Take what is known of a notice together, once for all of its pages."""
        summary = replace(entry.summary, first_public=past.first_public)
        return cls(entry.notice, summary, organs, site, now, past)

    @property
    def removed(self) -> str:
        """The reason why no text is public, "" where it is."""
        if self.notice.text_removed:
            return "这份通报属于误发，正文已经移除。"
        return "" if self.site.shows_text(self.summary, self.now) else TAKEN_DOWN
