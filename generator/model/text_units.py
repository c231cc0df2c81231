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
    signature = (Unit(Kind.SIGNATURE, (line,)) for line in notice.signature)
    return (Unit(Kind.TITLE, (notice.title,)), *_numbered((*_level(notice.body, "", 0), *signature)))


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


def _numbered(reading: Iterable[Unit]) -> Iterator[Unit]:
    """Give each unit that is no heading its place: counted from the heading above it."""
    above, number = "", 0
    for unit in reading:
        if unit.kind in HEADINGS:
            above, number = f"{unit.id}-", 0
            yield unit
        else:
            number += 1
            yield Unit(unit.kind, unit.cells, id=f"{above}n{number}", first=unit.first)


def _level(level: Body | Heading, above: str, depth: int) -> Iterator[Unit]:
    yield from _paragraphs(level.paragraphs)
    for number, child in enumerate(headings_of(level), 1):
        id_, kind = anchor_of(child, number, above), Kind(type(child).__name__.lower())
        below = list(_level(child, id_, depth + 1))
        runs_in = child.title.endswith(("。", "：")) and bool(below) and below[0].kind in _RUN_INTO
        progress, on = (child.progress, child.progress_on) if isinstance(child, Finding) else (None, None)
        yield Unit(kind, (child.title,), id=id_, depth=depth + 1, runs_in=runs_in, progress=progress, progress_on=on)
        yield from below
    for measure in measures_of(level):
        yield from _lines(measure, Kind.MEASURE)
    yield from _paragraphs(level.closing)


_RUN_INTO = frozenset({Kind.PARAGRAPH, Kind.MEASURE})


def _paragraphs(paragraphs: Iterable[Paragraph]) -> Iterator[Unit]:
    for paragraph in paragraphs:
        if isinstance(paragraph, Table):
            for index, row in enumerate(paragraph.rows):
                yield Unit(Kind.ROW, row, first=index == 0)
        elif isinstance(paragraph, Labelled):
            kind = Kind.MEASURE if paragraph.measures else Kind.PARAGRAPH
            first, *rest = paragraph.measures or paragraph.paragraphs
            runs_in = paragraph.label.endswith(("。", "：", ":"))
            if not runs_in:
                yield Unit(Kind.PARAGRAPH, (paragraph.label,))
            yield from _lines(paragraph.label * runs_in + first, kind)
            for prose in rest:
                yield from _lines(prose, kind)
        else:
            yield from _lines(paragraph, Kind.PARAGRAPH)


def _lines(prose: str, kind: Kind) -> Iterator[Unit]:
    for line in prose.split("\n"):
        yield Unit(kind, (line,))
