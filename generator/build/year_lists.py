"""The notices of each year without their texts, as far as the lists of a site need them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from generator.build.keys import key_of
from generator.build.load import SiteSource
from generator.build.years import LostEntryError, Memory
from generator.check import PackedNotice
from generator.model import NoticeSummary, Organ, canonical_json
from generator.pages import YearFigures, by_year, notice_changes, year_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLists:
    """The figures of all years that have public notices, in order, and the summaries of those that are looked at.

    With a `memory`, `digests` stand, by year and organ, for the notices of that organ in that year.
    """

    figures: tuple[YearFigures, ...]
    summaries: Mapping[str, Sequence[NoticeSummary]]
    digests: Mapping[str, Mapping[str, str]]
    memory: Memory | None

    @property
    def names(self) -> tuple[str, ...]:
        """The years, in order."""
        return tuple(one.year for one in self.figures)

    @property
    def organs(self) -> list[str]:
        """The keys of the organs that have notices."""
        return list(dict.fromkeys(organ for one in self.figures for organ in one.organs))

    def of_year(self, year: str) -> Sequence[NoticeSummary]:
        """Return the notices of a year, in order of address."""
        if year in self.summaries:
            return self.summaries[year]
        figures = next(one for one in self.figures if one.year == year)
        notices = (notice for organ in figures.organs for notice in self._remembered(year, organ))
        return sorted(notices, key=lambda notice: notice.address)

    def of_organ(self, organ: str) -> dict[str, Sequence[NoticeSummary]]:
        """Return the notices of an organ by year, both in order."""
        found: dict[str, Sequence[NoticeSummary]] = {}
        for one in self.figures:
            if organ in one.organs:
                held = self.summaries.get(one.year)
                here = self._remembered(one.year, organ) if held is None else [it for it in held if it.organ == organ]
                found[one.year] = here
        return found

    def removed(self, public: Iterable[PackedNotice]) -> list[bytes]:
        """Return the canonical forms of the notices that were published in error, in order of address."""
        found = {one.summary.id: removed_form(one) for one in public if one.summary.text_removed}
        for state in self.memory.kept.values() if self.memory else ():
            found |= state.removed
        return [found[id_] for id_ in sorted(found)]

    def key(self, values: Iterable[str], digests: Mapping[str, Mapping[str, str]], organs: Mapping[str, Organ]) -> str:
        """Hash what a list follows from: values, notices by their digests, facts of their organs; "" without memory."""
        if self.memory is None:
            return ""
        named = sorted({organ for held in digests.values() for organ in held})
        facts = (repr((organ, organs[organ])) for organ in named)
        return key_of(self.memory.site_key, repr(tuple(values)), repr(digests), *facts)

    def _remembered(self, year: str, organ: str) -> Sequence[NoticeSummary]:
        assert self.memory is not None
        name, digest = f"summaries/{year}/{organ}", self.digests[year][organ]
        held: Sequence[NoticeSummary] | None = self.memory.index.get(name, digest)
        if held is None:
            raise LostEntryError(name)
        return held


def removed_form(entry: PackedNotice) -> bytes:
    """Return all that stays public of a notice that was published in error, in canonical form."""
    return canonical_json(entry.notice.public_form())


def year_lists(source: SiteSource, public: Iterable[PackedNotice]) -> YearLists:
    """Make the lists of a source; `public` are its public notices, with the instants of their first publication."""
    memory, now = source.memory, source.at.now
    summaries = by_year(entry.summary for entry in public)
    figures = {year: year_figures(year, held, now) for year, held in summaries.items()}
    digests: dict[str, Mapping[str, str]] = {}
    if memory:
        figures |= {year: state.figures for year, state in memory.kept.items() if state.figures}
        digests |= {year: state.organs for year, state in memory.kept.items()}
        digests |= {year: dict(_digests(held, now)) for year, held in summaries.items()}
    return YearLists(
        figures=tuple(figures[year] for year in sorted(figures)),
        summaries=summaries,
        digests={year: dict(sorted(digests[year].items())) for year in sorted(digests)},
        memory=memory,
    )


def _digests(notices: Sequence[NoticeSummary], now: datetime) -> Iterator[tuple[str, str]]:
    """Yield by organ a digest of its notices as a list shows them now."""
    values: dict[str, list[str]] = {}
    for notice in notices:
        values.setdefault(notice.organ, []).append(f"{notice!r} {notice_changes(notice, now)[0]}")
    for organ, held in values.items():
        yield organ, key_of(*held)
