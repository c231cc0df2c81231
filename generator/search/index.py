"""The files of the index: a segment for each year, one for all titles, and a list of the segments.

A year's files follow from that year's notices alone.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, groupby
from types import MappingProxyType
from typing import Any

import numpy as np

from generator.check import Content, PackedNotice
from generator.files import DataFile
from generator.model.site import AfterClosing
from generator.pages import BuildTime, public_notices, public_units
from generator.period import local
from generator.records import Records
from generator.search.grams import IndexedText, Postings, postings
from generator.search.records import PARTS, SearchableNotice, encoded, lines, parts, written
from generator.search.shards import shards

_FOLDER = "search/"
# So few notices are read whole sooner than looked up.
_FEW = 10
# A shard is to be about as large as a quarter of a notice's text, and files are to stay below nine a notice.
_POSTINGS_IN_SHARD = 800
_SHARDS_PER_NOTICE = 4.85
_QUARTERS = 4
_AT_ONCE = 64

Raw = Iterator[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Some files of the index: a year's, or, without a key, those that span all years and the list.

    `key` stands for all that a year's files follow from; `summary` is what the rest of the index needs of the year.
    """

    name: str
    key: str = ""
    files: tuple[DataFile, ...] = ()
    summary: str = ""


def index_files(content: Content, at: BuildTime, cores: int, records: Records | None = None) -> Iterator[DataFile]:
    """Yield the files of the index over what is public at the moment, year by year, made on so many cores.

    The last of them, index.json, lists the segments for the script; its stamps change with what they hold.
    """
    for segment in segments(content, at, cores, {}, lambda *_: None, records):
        yield from segment.files


def segments(
    content: Content,
    at: BuildTime,
    cores: int,
    keys: Mapping[str, str],
    find: Callable[[str, str], str | None],
    records: Records | None = None,
    kept: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Segment]:
    """Yield the index in segments, year by year and then what spans all years.

    `keys` holds, by id, what stands for all that is shown of a notice. `find` is asked with a year and its key for the
    summary of an earlier index; where it has one, the year's segment comes without files: the earlier ones hold. `kept`
    are the summaries of other years, which are not in the content.
    """
    years: list[dict[str, Any]] = []
    titles: list[Postings] = []
    first, across = 0, None
    with ThreadPoolExecutor(cores) as pool:
        there = {
            name: [entry for entry in grouped if not entry.summary.text_removed]
            for name, grouped in groupby(
                sorted(public_notices(content, at, records), key=_order), key=lambda entry: entry.summary.year
            )
        }
        for name in sorted({*there, *kept}):
            if name in kept:
                listed, heads = _unpacked(kept[name])
                if not listed["count"]:
                    continue
                years.append(listed | {"running": [], "first": first})
                titles.append(heads + np.uint64(first << PARTS))
                first += listed["count"]
                continue
            entries = there[name]
            key = hashlib.sha256("".join(keys.get(entry.summary.id, "") for entry in entries).encode()).hexdigest()
            summary = find(name, key) if keys else None
            files: list[DataFile] = []
            if summary is None:
                files, listed, heads = _year(name, entries, content, at, pool)
                summary = _packed(listed, heads)
            else:
                listed, heads = _unpacked(summary)
            yield Segment(name=name, key=key, files=tuple(files), summary=summary)
            if entries:
                years.append(listed | {"running": _running(entries, at), "first": first})
                titles.append(heads + np.uint64(first << PARTS))
                first += len(entries)
        if first > _FEW:
            whole = np.sort(np.concatenate(titles))
            count = _shares(whole, first)
            files = _deflated(_shards("titles", whole, count), pool)
            yield Segment(name="titles", files=tuple(files))
            across = _listed("titles", count, files)
    taken_down = content.site.after_closing is AfterClosing.TAKE_DOWN
    all_ = {"years": years[::-1], "titles": across, "taken_down": taken_down}
    list_ = DataFile(f"{_FOLDER}index.json", json.dumps(all_, separators=(",", ":")).encode())
    yield Segment(name="index", files=(list_,))


def _year(
    name: str, entries: Sequence[PackedNotice], content: Content, at: BuildTime, pool: Executor
) -> tuple[list[DataFile], dict[str, Any], Postings]:
    """Make a year's files, what the list says of it, and the postings of its titles.

    Nothing else of a year outlives it: there may be many, and each fills memory.
    """
    records = [
        SearchableNotice(entry.summary, lines(public_units(entry.notice, content.site, at.now))) for entry in entries
    ]
    texts = [_text(record) for record in records]
    found = postings(texts, pool)
    count = _shares(found, len(records)) if len(records) > _FEW else 0
    raw = chain(_quarters(name, records), _shards(name, found, count)) if count else _whole(name, records)
    files = _deflated(raw, pool) if records else []
    return files, _listed(name, count, files) | {"count": len(records)}, _of_titles(found, texts, pool)


def _packed(listed: dict[str, Any], heads: Postings) -> str:
    """Write what is to be known of a year whose files are kept."""
    return json.dumps({"listed": listed, "heads": b64encode(zlib.compress(heads.tobytes())).decode()})


def _unpacked(summary: str) -> tuple[dict[str, Any], Postings]:
    held = json.loads(summary)
    return held["listed"], np.frombuffer(zlib.decompress(b64decode(held["heads"])), dtype=np.uint64)


def _order(entry: PackedNotice) -> tuple[str, datetime, str]:
    return entry.summary.year, entry.summary.publishes_at, entry.summary.id


def _text(record: SearchableNotice) -> IndexedText:
    withdrawn = ("withdrawn",) if record.summary.withdrawal else ()
    words = tuple(line.text for line in record.lines)
    return IndexedText(words, parts(record.lines), (f"organ:{record.summary.organ}", *withdrawn))


def _running(entries: Iterable[PackedNotice], at: BuildTime) -> list[int]:
    """Return the numbers of notices whose period is not over: only they can be open or to come, now or later."""
    today, summaries = local(at.now), (entry.summary for entry in entries)
    return [
        number
        for number, summary in enumerate(summaries)
        if summary.period and summary.period.closes >= today and not summary.withdrawal
    ]


def _of_titles(found: Postings, texts: Sequence[IndexedText], pool: Executor) -> Postings:
    """Return the postings of the grams that a notice's title has, each with all parts of the text where the gram is."""
    heads = postings([replace(text, lines=text.lines[:1], parts=text.parts[:1]) for text in texts], pool)
    return found[np.searchsorted(found, heads >> np.uint64(PARTS) << np.uint64(PARTS))]


def _whole(name: str, records: Iterable[SearchableNotice]) -> Raw:
    yield f"{name}.bin", encoded("\x1e".join(written(record, 0, len(record.lines)) for record in records))


def _quarters(name: str, records: Iterable[SearchableNotice]) -> Raw:
    for number, record in enumerate(records):
        places = parts(record.lines)
        for quarter in range(_QUARTERS):
            start, stop = (bisect_left(places, PARTS // _QUARTERS * edge) for edge in (quarter, quarter + 1))
            # One that holds no line is there all the same: who looks for two words may ask for it.
            yield f"{name}/{number}-{quarter}.bin", encoded(written(record, start, stop))


def _shards(name: str, found: Postings, count: int) -> Raw:
    return ((f"{name}/{count}/{number}.bin", data) for number, data in enumerate(shards(found, count)))


def _shares(found: Postings, notices: int) -> int:
    """Return how many shards to make: up to an eighth fewer than wanted, so that few new notices change the number."""
    wanted = max(1, int(min(len(found) / _POSTINGS_IN_SHARD, notices * _SHARDS_PER_NOTICE)))
    step = max(1, 1 << wanted.bit_length() >> 4)
    return wanted // step * step


def _deflated(raw: Raw, pool: Executor) -> list[DataFile]:
    held = list(raw)
    batches = [held[start : start + _AT_ONCE] for start in range(0, len(held), _AT_ONCE)]
    return list(chain.from_iterable(pool.map(_deflate, batches)))


def _deflate(batch: Iterable[tuple[str, bytes]]) -> list[DataFile]:
    """Compress without header and checksum (RFC 1951): the script inflates it, whatever a server does with its type."""
    files = []
    for path, data in batch:
        made = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_FILTERED)
        files.append(DataFile(f"{_FOLDER}{path}", made.compress(data) + made.flush()))
    return files


def _listed(name: str, shares: int, files: Iterable[DataFile]) -> dict[str, Any]:
    stamp = hashlib.sha256(b"".join(hashlib.sha256(file.data).digest() for file in files)).hexdigest()[:12]
    return {"name": name, "shards": shares, "stamp": stamp}
