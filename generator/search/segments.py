"""The files of the index: a segment for each year, or for months of a running one, titles across them, and the list.

A segment's files follow from its own notices alone.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate, groupby
from typing import Any

import numpy as np

from generator.files import DataFile
from generator.model import NoticeSummary
from generator.period import local
from generator.search.indexed_notice import deflate
from generator.search.packing import Merged, join_titles, merge
from generator.search.records import encoded, read_encoded, whole
from generator.search.shards import shards

_FOLDER = "search/"
# So few notices of a year are read whole sooner than looked up.
_FEW = 10
# A running year with more notices is in several segments, so that a new notice costs those of its month; those of
# earlier months have at most so many together, since each segment costs a reader requests.
_MANY, _MOST = 100, 300
# A shard is to be about as large as a quarter of a notice's text, and files are to stay below nine a notice. Shards of
# titles are few, and every query reads some.
_POSTINGS_IN_SHARD = 800
_TITLE_POSTINGS_IN_SHARD = 400
_SHARDS_PER_NOTICE = 4.85

ReadTexts = Callable[[int], Sequence[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFacts:
    """All that the rest of the index needs of a segment.

    `closes` has, for each notice, the last day of its period as in `IndexRecord`; `titles` are the postings of titles.
    """

    name: str
    shards: int
    stamp: str
    closes: tuple[int, ...]
    titles: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A segment: its facts, its files, and the folders in which the texts of its notices lie, in their order.

    A small one has the texts in its one file, and no folders.
    """

    facts: SegmentFacts
    files: tuple[DataFile, ...]
    folders: tuple[str, ...]


def divide(summaries: Iterable[NoticeSummary], now: datetime) -> Iterator[tuple[str, tuple[NoticeSummary, ...]]]:
    """Yield the names of segments with their notices, both in the order of publication; each year apart.

    A year that is over is one segment, "2024", and so is any year with few notices. Another that is running has one for
    the latest month, "2026-11", and others for the months before, each of as many as have some hundred notices:
    "2026-03" may hold those of April and May too. What was published in error is in none.
    """
    kept = sorted((one for one in summaries if not one.text_removed), key=_order)
    for year, grouped in groupby(kept, key=lambda one: one.year):
        own = tuple(grouped)
        if len(own) > _MANY and is_running(year, now):
            yield from _months(year, own)
        else:
            yield year, own


def _months(year: str, summaries: Sequence[NoticeSummary]) -> Iterator[tuple[str, tuple[NoticeSummary, ...]]]:
    *earlier, (latest, newest) = [(month, tuple(own)) for month, own in groupby(summaries, key=_month)]
    first, held = 0, tuple[NoticeSummary, ...]()
    for month, own in earlier:
        if held and len(held) + len(own) > _MOST:
            yield f"{year}-{first:02}", held
            held = ()
        first, held = first if held else month, held + own
    if held:
        yield f"{year}-{first:02}", held
    yield f"{year}-{latest:02}", newest


def is_running(year: str, now: datetime) -> bool:
    """Whether a year is that of an instant, or a later one."""
    return int(year) >= local(now).year


def _order(summary: NoticeSummary) -> tuple[str, datetime, str]:
    return summary.year, summary.publishes_at, summary.id


def _month(summary: NoticeSummary) -> int:
    """Return the month of publication; that of a day in an earlier year than the id has is January."""
    day = local(summary.publishes_at)
    return day.month if str(day.year) == summary.year else 1 if str(day.year) < summary.year else 12


def make_segment(name: str, packed: Sequence[bytes], read_texts: ReadTexts) -> Segment:
    """Make a segment of notices, given by their packed records in order.

    `read_texts` is asked for a notice's files of text, by its place; only where a segment is small enough for one file.
    """
    merged, number = merge(packed), len(packed)
    count, folders = 0, tuple[str, ...]()
    if number > _FEW or "-" in name:
        count = _shares(len(merged.postings) / _POSTINGS_IN_SHARD, number)
        files = _shards(name, merged.postings, count)
        folders = tuple(f"{_FOLDER}{name}/{place}" for place in range(number))
    else:
        texts = "\x1e".join(_record(read_texts(place)) for place in range(number))
        files = (DataFile(f"{_FOLDER}{name}.bin", deflate(encoded(texts))),)
    facts = SegmentFacts(
        name=name,
        shards=count,
        stamp=_stamp([*merged.digests, *(file.data for file in files)]),
        closes=merged.closes,
        titles=merged.titles.astype("<u8", copy=False).tobytes(),
    )
    return Segment(facts=facts, files=files, folders=folders)


def _record(texts: Iterable[bytes]) -> str:
    return whole([read_encoded(zlib.decompress(data, -15)) for data in texts])


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleIndex:
    """The index of the titles of some segments that follow each other: its entry in the list, and its files."""

    listed: dict[str, Any]
    files: tuple[DataFile, ...]


def title_groups(facts: Sequence[SegmentFacts], now: datetime) -> dict[str, tuple[SegmentFacts, ...]]:
    """Return, by name, which segments have a common index of titles: those of years that are over, and the others.

    `facts` are in the order of publication. There is none where all of them have few notices.
    """
    if sum(len(one.closes) for one in facts) <= _FEW:
        return {}
    named = groupby(facts, key=lambda one: "titles-running" if is_running(one.name[:4], now) else "titles")
    return {name: tuple(own) for name, own in named}


def make_titles(name: str, facts: Sequence[SegmentFacts]) -> TitleIndex:
    """Make the index of the titles of segments, which are in the order of publication.

    It follows from the name and the stamps of the segments alone.
    """
    counts = [len(one.closes) for one in facts]
    firsts = accumulate(counts, initial=0)
    found = join_titles((np.frombuffer(one.titles, "<u8"), first) for one, first in zip(facts, firsts, strict=False))
    count = _shares(len(found) / _TITLE_POSTINGS_IN_SHARD, sum(counts))
    files = _shards(name, found, count)
    stamp = _stamp([file.data for file in files])
    return TitleIndex(listed={"name": name, "shards": count, "stamp": stamp, "segments": len(facts)}, files=files)


def index_head(
    facts: Sequence[SegmentFacts], titles: Sequence[TitleIndex], today: date, *, taken_down: bool
) -> DataFile:
    """Make the list of the segments for the script; `facts` and `titles` are in the order of publication.

    `taken_down` says that texts go when their period is over.
    """
    listed = {
        "segments": [_listed(one, today) for one in reversed(facts)],
        "titles": [one.listed for one in reversed(titles)],
        "taken_down": taken_down,
    }
    return DataFile(f"{_FOLDER}index.json", json.dumps(listed, separators=(",", ":")).encode())


def _listed(facts: SegmentFacts, today: date) -> dict[str, Any]:
    """Only notices whose period is not over can be open or to come, now or later: those are `running`."""
    day = today.toordinal()
    return {
        "name": facts.name,
        "count": len(facts.closes),
        "shards": facts.shards,
        "stamp": facts.stamp,
        "running": [number for number, closes in enumerate(facts.closes) if closes >= day],
    }


def _shards(name: str, found: Merged, count: int) -> tuple[DataFile, ...]:
    """Make the shards of postings; their bytes are hardly ever repeated."""
    return tuple(
        DataFile(f"{_FOLDER}{name}/grams-{count}/{number}.bin", deflate(data, zlib.Z_HUFFMAN_ONLY))
        for number, data in enumerate(shards(found, count))
    )


def _shares(most: float, notices: int) -> int:
    """Return how many shards to make: up to an eighth fewer than wanted, so that few new notices change the number."""
    wanted = max(1, int(min(most, notices * _SHARDS_PER_NOTICE)))
    step = max(1, 1 << wanted.bit_length() >> 4)
    return wanted // step * step


def _stamp(data: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in data)).hexdigest()[:12]
