"""A notice's headline: what lists say of it, as far as its text bears it out."""

from __future__ import annotations

from generator.check.inspection import kind_of
from generator.check.rules.counting import shown_counts
from generator.model import Counts, Dated, Headline, Notice
from generator.model.notice import REMOVED_TITLE


def headline(notice: Notice) -> Headline:
    """Take from a notice what lists need of it."""
    events: list[Dated | None] = [*notice.extensions, *notice.corrections, notice.withdrawal, notice.outcome]
    last = max(notice.extensions, key=lambda extension: extension.until, default=None)
    return Headline(
        id=notice.id,
        title=REMOVED_TITLE if notice.text_removed else notice.title,
        organ=notice.organ,
        publishes_at=notice.publishes_at,
        announced=notice.period if notice.text_removed else notice.announced_period,
        period=notice.period,
        extension_reason=last.reason if last else "",
        withdrawal=notice.withdrawal,
        corrected=0 if notice.text_removed else len(notice.corrections),
        has_outcome=notice.outcome is not None and not notice.text_removed,
        inspection_kind="" if notice.text_removed else kind_of(notice),
        counts=Counts(0, 0, 0, 0, 0) if notice.text_removed else shown_counts(notice),
        events=tuple(event.on for event in events if event is not None),
        collected=notice.provenance is not None,
    )
