"""The whole index over what is public at the moment, made of its parts."""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from generator.check import Content, PackedNotice
from generator.files import DataFile
from generator.model.site import AfterClosing, Site
from generator.pages import BuildTime, public_notices, public_units
from generator.parallel import map_in_processes
from generator.period import local
from generator.records import Records
from generator.search.indexed_notice import IndexedNotice, index_notice
from generator.search.segments import Segment, SegmentFacts, divide, index_head, make_segment, make_titles, title_groups

_SHARE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart:
    """Some files of the index: a segment's, or, without a key, those that span segments and the list.

    `key` stands for all that a segment's files follow from; `summary` is what the rest of the index needs of it.
    """

    name: str
    key: str = ""
    files: tuple[DataFile, ...] = ()
    summary: str = ""


def index_files(content: Content, at: BuildTime, cores: int, records: Records | None = None) -> Iterator[DataFile]:
    """Yield the files of the index over what is public at the moment, segment by segment, made on so many cores.

    The last of them, index.json, lists the segments for the script; its stamps change with what they hold.
    """
    for part in index_parts(content, at, cores, {}, lambda *_: None, records):
        yield from part.files


def index_parts(
    content: Content,
    at: BuildTime,
    cores: int,
    keys: Mapping[str, str],
    find: Callable[[str, str], str | None],
    records: Records | None = None,
) -> Iterator[IndexPart]:
    """Yield the index in parts, segment by segment and then what spans them.

    `keys` holds, by id, what stands for all that is shown of a notice. `find` is asked with a segment and its key for
    the summary of an earlier index; where it has one, the segment comes without files: the earlier ones hold.
    """
    entries = {entry.summary.id: entry for entry in public_notices(content, at, records)}
    facts = []
    for name, summaries in divide((entry.summary for entry in entries.values()), at.now):
        own = [entries[one.id] for one in summaries]
        key = hashlib.sha256("".join(keys.get(one.id, "") for one in summaries).encode()).hexdigest()
        summary = find(name, key) if keys else None
        files: tuple[DataFile, ...] = ()
        if summary is None:
            segment, files = _segment(name, own, content.site, at.now, cores)
            summary = _dump(segment.facts)
        facts.append(_load(summary))
        yield IndexPart(name=name, key=key, files=files, summary=summary)
    titles = [make_titles(name, own) for name, own in title_groups(facts, at.now).items()]
    yield from (IndexPart(name=one.listed["name"], files=one.files) for one in titles)
    taken_down = content.site.after_closing is AfterClosing.TAKE_DOWN
    yield IndexPart(name="index", files=(index_head(facts, titles, local(at.now), taken_down=taken_down),))


def _segment(
    name: str, entries: Sequence[PackedNotice], site: Site, now: datetime, cores: int
) -> tuple[Segment, tuple[DataFile, ...]]:
    """Make a segment, and return it with all of its files."""
    shares = [entries[start : start + _SHARE] for start in range(0, len(entries), _SHARE)]
    made = list(chain.from_iterable(map_in_processes(partial(_indexed, site, now), shares, cores)))
    segment = make_segment(name, [one.packed for one in made], lambda place: [file.data for file in made[place].texts])
    texts = (
        DataFile(f"{folder}/{file.path}", file.data)
        for folder, one in zip(segment.folders, made, strict=False)
        for file in one.texts
    )
    return segment, (*texts, *segment.files)


def _indexed(site: Site, now: datetime, entries: Iterable[PackedNotice]) -> list[IndexedNotice]:
    return [index_notice(entry.summary, public_units(entry.notice, site, now)) for entry in entries]


def _dump(facts: SegmentFacts) -> str:
    return json.dumps(asdict(facts) | {"titles": b64encode(zlib.compress(facts.titles, 1)).decode()})


def _load(summary: str) -> SegmentFacts:
    held = json.loads(summary)
    titles, closes = zlib.decompress(b64decode(held.pop("titles"))), tuple(held.pop("closes"))
    return SegmentFacts(**held, closes=closes, titles=titles)
