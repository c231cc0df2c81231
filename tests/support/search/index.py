"""The whole index over some content, put together as a build does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain

from generator.check import Content, PackedNotice
from generator.files import DataFile
from generator.model import AfterClosing, Site
from generator.pages import BuildTime, public_notices, public_units
from generator.parallel import map_in_processes
from generator.period import local
from generator.records import Records
from generator.search import IndexedNotice, divide, index_head, index_notice, make_segment, make_titles, title_groups

_SHARE = 25


def index_files(content: Content, at: BuildTime, cores: int, records: Records | None = None) -> Iterator[DataFile]:
    """Yield the files of the index over what is public at the moment, segment by segment, made on so many cores."""
    entries = {entry.summary.id: entry for entry in public_notices(content, at, records)}
    facts = []
    for name, summaries in divide((entry.summary for entry in entries.values()), at.now):
        own = [entries[one.id] for one in summaries]
        shares = [own[start : start + _SHARE] for start in range(0, len(own), _SHARE)]
        made = list(chain.from_iterable(map_in_processes(partial(_indexed, content.site, at.now), shares, cores)))
        segment = make_segment(name, [one.packed for one in made], partial(_texts, made))
        for place, folder in enumerate(segment.folders):
            yield from (DataFile(f"{folder}/{file.path}", file.data) for file in made[place].texts)
        yield from segment.files
        facts.append(segment.facts)
    titles = [make_titles(name, own) for name, own in title_groups(facts, at.now).items()]
    for one in titles:
        yield from one.files
    taken_down = content.site.after_closing is AfterClosing.TAKE_DOWN
    yield index_head(facts, titles, local(at.now), taken_down=taken_down)


def _indexed(site: Site, now: datetime, entries: Iterable[PackedNotice]) -> list[IndexedNotice]:
    return [index_notice(entry.summary, public_units(entry.notice, site, now)) for entry in entries]


def _texts(made: Sequence[IndexedNotice], place: int) -> list[bytes]:
    return [file.data for file in made[place].texts]
