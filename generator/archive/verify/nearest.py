"""Which version of which notice a text is, or is most like: found in bounded time, whoever wrote the text."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from generator.characters import without_forbidden
from generator.model import Notice, notice_text
from generator.records import LedgerLine, Records

# Passages that are looked for in every version; a text shares them with few that it is not made of.
_PASSAGES, _PASSAGE = 40, 6
# Versions that are compared whole with the text.
_CLOSER = 5
_GRAM = 4
# A sentence that every notice ends with makes two texts no kin.
_FEWEST, _NEAR = 40, 0.6
# No notice is longer; what follows in a text is not compared.
MOST_COMPARED = 200_000
# JSON writes these with a backslash.
_ESCAPED = frozenset('"\\')


@dataclass(frozen=True, slots=True)
class Nearest:
    """A version, its notice, and how much is common: the share of the text that is found there, and of it in the text.

    `same` says that the two are equal but for line breaks and blanks at the edges of paragraphs. `near` says whether
    they share enough for one to be made of the other; `ties` are other versions that are as like.
    """

    line: LedgerLine
    notice: Notice
    given_share: float
    version_share: float
    same: bool = False
    near: bool = True
    ties: tuple[LedgerLine, ...] = ()


def nearest_version(lines: Sequence[str], records: Records, id_: str = "") -> Nearest | None:
    """Return the version that a text is or is most like, given its lines without blanks at their edges.

    None where no version has any of its passages. Of versions with the same text the newest is returned, those of the
    notice `id_` first. RecordsError where a version of the records is not at hand or was altered.
    """
    seen = _seen("\n".join(lines)).split("\n")
    passages, flat = _passages(seen), run_together(lines)
    scored: list[tuple[int, bool, int, LedgerLine]] = []
    for line in _shown(records):
        data = records.canonical(line)
        score = sum(passage in data for passage in passages)
        if score == len(passages) and run_together(notice_text(records.notice(line)).splitlines()) == flat:
            score += 1
        if score:
            scored.append((score, line.id == id_, line.number, line))
    closer = [line for *_, line in heapq.nlargest(_CLOSER, scored)]
    grams = _grams(run_together(seen))
    found = [_compared(flat, grams, line, records.notice(line)) for line in closer]
    found.sort(key=lambda one: (one.same, _likeness(one), one.line.id == id_, one.line.number))
    ties = (one.line for one in reversed(found[:-1]) if _likeness(one) == _likeness(found[-1]))
    return replace(found[-1], ties=tuple(ties)) if found else None


def run_together(lines: Sequence[str]) -> str:
    """Return a text without line breaks, and without blanks at the edges of its paragraphs and cells."""
    return "".join(cell.strip() for line in lines for cell in line.split("\t"))


def _shown(records: Records) -> Iterator[LedgerLine]:
    for id_ in records.ledger.by_id:
        if not records.ledger.is_removed(id_):
            yield from records.ledger.kept(id_)


def _passages(lines: Sequence[str]) -> tuple[bytes, ...]:
    """Choose passages from a whole text, evenly and each once, such that JSON would hold them as they are."""
    size = sum(map(len, lines))
    step = max(_PASSAGE, size // (2 * _PASSAGES))
    starts = ((line, at) for line in lines for at in range(0, len(line) - _PASSAGE + 1, step))
    found = dict.fromkeys(line[at : at + _PASSAGE] for line, at in starts)
    usable = [one for one in found if one.isprintable() and _ESCAPED.isdisjoint(one)]
    chosen = usable[:: max(1, len(usable) // _PASSAGES)][:_PASSAGES]
    return tuple(one.encode() for one in chosen)


def _compared(flat: str, given: AbstractSet[str], line: LedgerLine, notice: Notice) -> Nearest:
    published = run_together(notice_text(notice).splitlines())
    if published == flat:
        return Nearest(line, notice, 1.0, 1.0, same=True)
    held = _grams(published)
    common = len(given & held)
    given_share, version_share = common / max(1, len(given)), common / max(1, len(held))
    near = common >= _FEWEST and max(given_share, version_share) >= _NEAR
    return Nearest(line, notice, given_share, version_share, near=near)


def _seen(whole: str) -> str:
    """Leave out what nobody sees: strewn over a text, it would hide what the text is made of."""
    return without_forbidden(whole).replace("\ufffd", "")


def _grams(flat: str) -> set[str]:
    kept = flat[:MOST_COMPARED]
    return {kept[at : at + _GRAM] for at in range(len(kept) - _GRAM + 1)}


def _likeness(one: Nearest) -> float:
    return one.given_share + one.version_share
