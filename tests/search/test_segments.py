"""Segments of the index: which notices are in each, and that they follow from those alone."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.check.summary import summarize
from generator.model import Notice, NoticeSummary, units
from generator.period import parse_now
from generator.search import divide, index_notice, make_segment, make_titles
from generator.search.packing import IndexRecord
from tests.support.search.corpus import content_of, notice
from tests.support.search.session import data_of

NOW = parse_now("2025-12-31 23:59")
NEW_YEAR = parse_now("2026-01-01")


@pytest.fixture
def summary(tmp_path: Path) -> NoticeSummary:
    return content_of(tmp_path, [("2025/a", data_of())]).entries[0].summary


def published(summary: NoticeSummary, months: Mapping[int, int]) -> Iterator[NoticeSummary]:
    """Yield so many notices of each month, the latest of a month first."""
    for month, count in months.items():
        for number in range(count, 0, -1):
            instant = parse_now(f"2025-{month:02}-{number % 28 + 1:02} 08:00")
            yield replace(summary, id=f"2025/n{month}-{number}", publishes_at=instant)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({}, {}),
        ({11: 1}, {"2025": 1}),
        ({1: 50, 11: 50}, {"2025": 100}),
        ({1: 50, 11: 51}, {"2025-01": 50, "2025-11": 51}),
        ({3: 400}, {"2025-03": 400}),
        ({2: 90, 3: 90, 5: 120, 6: 1, 11: 1}, {"2025-02": 300, "2025-06": 1, "2025-11": 1}),
        ({2: 400, 3: 1, 4: 1}, {"2025-02": 400, "2025-03": 1, "2025-04": 1}),
    ],
    ids=str,
)
def test_a_running_year_is_cut_at_months(
    summary: NoticeSummary, months: dict[int, int], expected: dict[str, int]
) -> None:
    """The latest month is alone; those before are together while they have three hundred notices."""
    notices = list(published(summary, months))
    segments = list(divide(notices, NOW))
    assert {name: len(own) for name, own in segments} == expected
    ordered = [one for _, own in segments for one in own]
    assert ordered == sorted(notices, key=lambda one: (one.publishes_at, one.id))
    assert list(divide(notices, NEW_YEAR)) == ([("2025", tuple(ordered))] if notices else [])


def test_a_notice_belongs_to_the_year_of_its_id(summary: NoticeSummary) -> None:
    """One that was published before that year began is the first of January; a later year runs already."""
    early = replace(summary, id="2025/early", publishes_at=parse_now("2024-12-30"))
    coming = replace(summary, id="2026/early", publishes_at=parse_now("2025-12-30"))
    segments = list(divide([coming, *published(summary, {1: 60, 2: 60}), early], NOW))
    assert [(name, len(own)) for name, own in segments] == [("2025-01", 61), ("2025-02", 60), ("2026", 1)]
    assert segments[0][1][0] == early


def test_what_is_kept_of_a_notice_is_whole() -> None:
    """Packed and read again it is the same; of a notice of 5,000 characters it has at most 20 KB."""
    made = Notice.model_validate({"编号": "2025/notice-1", **notice(1, 2025)})
    indexed = index_notice(summarize(made), units(made))
    record = IndexRecord.unpack(indexed.packed)
    assert record.pack() == indexed.packed
    assert len(indexed.packed) < 20_000
    hashes = record.postings.hashes.tolist()
    assert hashes == sorted(set(hashes))
    assert len(record.postings.masks) == len(hashes) > 3_000
    assert 0 < len(record.postings.of_title) < 200


def test_segments_are_made_in_any_process() -> None:
    """What goes in and comes out is plain, and the same again."""
    notices = [Notice.model_validate({"编号": f"2025/n{number}", **notice(number, 2025)}) for number in range(12)]
    indexed = [pickle.loads(pickle.dumps(index_notice(summarize(one), units(one)))) for one in notices]  # noqa: S301
    packed = [one.packed for one in indexed]
    segment = make_segment("2025", packed, lambda _: ())
    assert pickle.loads(pickle.dumps(segment)) == segment == make_segment("2025", packed, lambda _: ())  # noqa: S301
    assert segment.folders == tuple(f"search/2025/{number}" for number in range(12))
    other = make_segment("2025", packed[1:], lambda _: ())
    assert other.facts.stamp != segment.facts.stamp
    titles = make_titles("titles", [segment.facts, other.facts])
    assert titles.listed["segments"] == 2
