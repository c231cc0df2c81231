"""A notice's reading order, its text, its canonical form and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from generator.model.body import (
    Body,
    Finding,
    Heading,
    Labelled,
    Paragraph,
    Part,
    Progress,
    Section,
    Table,
    anchor_of,
    headings_of,
    measures_of,
    walk,
)
from generator.model.notice import Notice
from generator.strict_json import read_object


class Kind(StrEnum):
    """The kind of a unit of the text."""

    TITLE = "title"
    PART = "part"
    SECTION = "section"
    FINDING = "finding"
    PARAGRAPH = "paragraph"
    MEASURE = "measure"
    ROW = "row"
    SIGNATURE = "signature"


_SCHEMA = "gongkai-notice-1"
HEADINGS = frozenset({Kind.PART, Kind.SECTION, Kind.FINDING})


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph, heading or table row of the text, in reading order.

    `cells` holds a row's cells, else the one text. `id` is its place on the page: a heading's own (p2-s5-f1), for all
    else the heading above and a number (p2-s5-f1-n3). `depth` (from 1) is set on headings, `first` on the head row of a
    table. `runs_in` says that the next unit's text follows on the same line. `progress_on` is the day of a progress
    that was added after publication.
    """

    kind: Kind
    cells: tuple[str, ...]
    id: str = ""
    depth: int = 0
    first: bool = False
    runs_in: bool = False
    progress: Progress | None = None
    progress_on: date | None = None

    @property
    def text(self) -> str:
        """The unit's text on one line."""
        return "\t".join(self.cells)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each the text holds; `sections` are those with findings, or all where there is no finding."""

    parts: int
    sections: int
    findings: int
    measures: int
    findings_with_measures: int


def units(notice: Notice) -> tuple[Unit, ...]:
    """Return the notice's text unit by unit, from title to signature, whatever the order of keys in its file."""
    reading = _Reading()
    # The title has no place: it is the page's own.
    reading.units.append(Unit(Kind.TITLE, (notice.title,)))
    reading.level(notice.body, "", 0)
    for line in notice.signature:
        reading.add(Kind.SIGNATURE, (line,))
    return tuple(reading.units)


def notice_text(notice: Notice) -> str:
    """Return the bare text, one paragraph a line, equal to the source but for line breaks and blanks at their edges."""
    return text_of(units(notice))


def text_of(reading: Iterable[Unit]) -> str:
    """Return the bare text of units in reading order."""
    return "\n".join("".join(unit.text for unit in line) for line in lines_of(reading)) + "\n"


def lines_of(reading: Iterable[Unit]) -> Iterator[tuple[Unit, ...]]:
    """Yield the units of each line of the bare text: one, or a heading with what runs into it."""
    line: tuple[Unit, ...] = ()
    for unit in reading:
        line = (*line, unit)
        if not unit.runs_in:
            yield line
            line = ()
    if line:
        yield line


def counts_of(notice: Notice) -> Counts:
    """Count parts, sections, findings and measures."""
    headings = [heading for _, heading in walk(notice.body)]
    sections = [heading for heading in headings if isinstance(heading, Section)]
    findings = [heading for heading in headings if isinstance(heading, Finding)]
    measures = [_measures(finding) for finding in findings]
    with_findings = [section for section in sections if section.findings]
    return Counts(
        parts=len(notice.body.parts),
        sections=len(with_findings if findings else sections),
        findings=len(findings),
        measures=sum(measures),
        findings_with_measures=sum(map(bool, measures)),
    )


def canonical_json(notice: Notice) -> bytes:
    """Return the canonical notice: English names, sorted keys, UTF-8, empty keys left out, nothing of today."""
    data = notice.model_dump(mode="json", exclude_defaults=True)
    data["schema"] = _SCHEMA
    return (json.dumps(data, ensure_ascii=False, sort_keys=True) + "\n").encode()


def notice_of(canonical: bytes) -> Notice:
    """Make the notice of a canonical one; ValueError where it is none, or not written as we write it."""
    data = read_object(canonical)
    if data.pop("schema", None) != _SCHEMA:
        raise ValueError(f"no {_SCHEMA}")
    notice = Notice.model_validate(data)
    if canonical_json(notice) != canonical:
        raise ValueError(f"not {_SCHEMA} as it is written")
    return notice


def fingerprint(canonical: bytes) -> str:
    """Return the SHA-256 of a canonical notice, in hexadecimal."""
    return hashlib.sha256(canonical).hexdigest()


def _measures(finding: Finding) -> int:
    labelled = (paragraph for paragraph in (*finding.paragraphs, *finding.closing) if isinstance(paragraph, Labelled))
    return len(finding.measures) + sum(len(paragraph.measures) for paragraph in labelled)


class _Reading:
    """The units read so far; one that is no heading has its place by the heading above it and a number."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._above, self._number = "", 0

    def add(self, kind: Kind, cells: tuple[str, ...], *, first: bool = False) -> None:
        """Add a unit that is no heading."""
        self._number += 1
        self.units.append(Unit(kind, cells, f"{self._above}n{self._number}", first=first))

    def level(self, level: Body | Heading, above: str, depth: int) -> None:
        """Add what a level holds, and all below it."""
        self._paragraphs(level.paragraphs)
        for number, child in enumerate(headings_of(level), 1):
            self._heading(child, anchor_of(child, number, above), depth + 1)
        for measure in measures_of(level):
            self._lines(measure, Kind.MEASURE)
        self._paragraphs(level.closing)

    def _heading(self, heading: Heading, id_: str, depth: int) -> None:
        at = len(self.units)
        self._above, self._number = f"{id_}-", 0
        self.level(heading, id_, depth)
        below = self.units[at].kind if at < len(self.units) else None
        runs_in = heading.title.endswith(("。", "：")) and below in _RUN_INTO
        progress, on = (heading.progress, heading.progress_on) if isinstance(heading, Finding) else (None, None)
        unit = Unit(_KINDS[type(heading)], (heading.title,), id_, depth, False, runs_in, progress, on)
        self.units.insert(at, unit)

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> None:
        for paragraph in paragraphs:
            if isinstance(paragraph, Table):
                for index, row in enumerate(paragraph.rows):
                    self.add(Kind.ROW, row, first=index == 0)
            elif isinstance(paragraph, Labelled):
                self._labelled(paragraph)
            else:
                self._lines(paragraph, Kind.PARAGRAPH)

    def _labelled(self, paragraph: Labelled) -> None:
        kind = Kind.MEASURE if paragraph.measures else Kind.PARAGRAPH
        first, *rest = paragraph.measures or paragraph.paragraphs
        runs_in = paragraph.label.endswith(("。", "：", ":"))
        if not runs_in:
            self.add(Kind.PARAGRAPH, (paragraph.label,))
        self._lines(paragraph.label * runs_in + first, kind)
        for prose in rest:
            self._lines(prose, kind)

    def _lines(self, prose: str, kind: Kind) -> None:
        for line in prose.split("\n"):
            self.add(kind, (line,))


_KINDS = {Part: Kind.PART, Section: Kind.SECTION, Finding: Kind.FINDING}
_RUN_INTO = frozenset({Kind.PARAGRAPH, Kind.MEASURE})
