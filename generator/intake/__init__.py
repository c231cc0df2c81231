"""From a notice as it was published to a draft that a person reviews: guessing happens here, once, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from generator.intake.blank import blank
from generator.intake.draft import NOTHING_GIVEN, Draft, make_draft
from generator.intake.entries import EntryError, removed, with_item, with_map
from generator.intake.schemes import SCHEMES, LevelScheme
from generator.model import Organs
from generator.read import Plain, decode_any
from generator.read.yaml_writer import entry, write

__all__ = [
    "SCHEMES",
    "Draft",
    "EntryError",
    "LevelScheme",
    "blank",
    "entry",
    "import_text",
    "removed",
    "with_item",
    "with_map",
    "write",
]


def import_text(
    data: bytes,
    *,
    slug_id: str,
    organs: Organs,
    organs_text: str,
    organ: str | None,
    file: str,
    given: Mapping[str, Plain] = NOTHING_GIVEN,
) -> Draft:
    """Make a draft of the bytes of a plain text, without touching any file.

    `slug_id` is `<year>/<slug>`, `organs` and `organs_text` are organs.yml ("" where there is none), `organ` the key
    that a person gave, `file` the name of the source in problems; `given` are keys that a person knows better. Whatever
    is in doubt is in the report; what cannot be imported whole is a problem, and there is no draft.
    """
    source, problems = decode_any(data, file)
    if source is None or problems:
        return Draft(problems=problems)
    return make_draft(
        source, slug_id=slug_id, organs=organs, organs_text=organs_text, organ=organ, file=file, given=given
    )
