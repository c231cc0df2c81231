"""A notice's summary, and what may be said of its inspection: only what its own text bears out."""

from __future__ import annotations

from dataclasses import dataclass

from generator.check.rules.counting import shown_counts
from generator.check.rules.places import joined, opening
from generator.model import Counts, Dated, Notice, NoticeSummary, Organ
from generator.model.notice import REMOVED_TITLE
from generator.prose import inspected, inspection_kind, whole_team


@dataclass(frozen=True, slots=True)
class CertainInspection:
    """Who was inspected, by which kind of inspection, and by whom; no teams where it isn't certain which came here."""

    whom: str
    kind: str
    teams: tuple[str, ...]


def stated_kind(notice: Notice) -> str:
    """Return 巡察, 巡视 or 巡视巡察, as a notice's title or its opening says; "" where neither does."""
    teams = notice.inspection.teams if notice.inspection else ()
    return inspection_kind(notice.title, "、".join(teams), joined(opening(notice)))


def certain_inspection(notice: Notice, organ: Organ) -> CertainInspection | None:
    """Return the inspection of the organ that publishes a notice; None where the opening doesn't say that it was one.

    Teams are those of the field whose whole names occur in the text.
    """
    field, text = notice.inspection, joined(opening(notice))
    if field is None:
        return None
    names = (organ.name, *([organ.short] if organ.short else []), *(former.name for former in organ.former))
    found = inspected(text, names, "\n".join((notice.title, *notice.signature)))
    if found is None:
        return None
    named = field.teams and all(whole_team(text, team) and found.kind in team for team in field.teams)
    return CertainInspection(found.words or organ.shown, found.kind, field.teams if named and found.alone else ())


def summarize(notice: Notice) -> NoticeSummary:
    """Return what lists need of a notice, as far as its text bears it out."""
    events: list[Dated | None] = [*notice.extensions, *notice.corrections, notice.withdrawal, notice.outcome]
    last = max(notice.extensions, key=lambda extension: extension.until, default=None)
    return NoticeSummary(
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
        inspection_kind="" if notice.text_removed else stated_kind(notice),
        counts=Counts(0, 0, 0, 0, 0) if notice.text_removed else shown_counts(notice),
        events=tuple(event.on for event in events if event is not None),
        collected=notice.provenance is not None,
    )
