"""What may be said of an inspection: only what the notice's own text bears out."""

from __future__ import annotations

from dataclasses import dataclass

from generator.check.rules.places import joined, opening
from generator.model import Notice, Organ
from generator.prose import inspected, inspection_kind, whole_team


@dataclass(frozen=True, slots=True)
class CertainInspection:
    """Who was inspected, by which kind of inspection, and by whom; no teams where it isn't certain which came here."""

    whom: str
    kind: str
    teams: tuple[str, ...]


def kind_of(notice: Notice) -> str:
    """Return 巡察, 巡视 or 巡视巡察, as a notice's title or its opening says; "" where neither does."""
    teams = notice.inspection.teams if notice.inspection else ()
    return inspection_kind(notice.title, "、".join(teams), joined(opening(notice)))


def certain_inspection(notice: Notice, organ: Organ) -> CertainInspection | None:
    """Return the inspection of the organ that publishes a notice; None where the opening doesn't say that it was one.

    Teams are those of the field whose whole names stand in the text.
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
