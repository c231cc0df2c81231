"""The outputs that follow from other outputs: the search index, and the lists of all files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from generator.addresses import year_of_path
from generator.build.keys import key_of
from generator.build.manifest import MANIFEST, head_listings, list_of, listing
from generator.build.plan import NO_KEY, Output, PageFiles, SitePlan
from generator.build.render import Rendered, RenderWork, render_outputs, reuse
from generator.build.years import LostEntryError, MadeFiles, Memory
from generator.files import DataFile
from generator.model.site import AfterClosing
from generator.pages import sitemaps
from generator.parallel import Workers
from generator.period import local
from generator.search import (
    IndexedNotice,
    Segment,
    SegmentFacts,
    divide,
    index_head,
    make_segment,
    make_titles,
    title_groups,
)


def render_search(plan: SitePlan, made: Mapping[str, Rendered], work: RenderWork, workers: Workers) -> SearchIndex:
    """Write the search index, but for the parts that are at hand."""
    source, memory = plan.source, plan.source.memory
    now, found = source.at.now, dict[str, Rendered]()
    facts: dict[str, Sequence[SegmentFacts]] = (
        {year: state.search for year, state in memory.kept.items()} if memory else {}
    )
    for year, summaries in plan.years.summaries.items():
        segments = [
            _Segment.of(name, [made[one.address.rstrip("/")] for one in notices], memory)
            for name, notices in divide(summaries, now)
        ]
        facts[year] = tuple(one.facts for one in segments)
        for one in segments:
            found |= _render(one.outputs, memory, work, workers)
    every = [one for year in sorted(facts) for one in facts[year]]
    titles = [make_titles(name, own) for name, own in title_groups(every, now).items()]
    taken_down = source.content.site.after_closing is AfterClosing.TAKE_DOWN
    head = index_head(every, titles, local(now), taken_down=taken_down)
    outputs = [_output(f"search/{one.listed['name']}", one.files, key_of(repr(one.listed))) for one in titles]
    found |= _render([*outputs, _files_output(head)], memory, work, workers)
    return SearchIndex(found, facts)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The outputs of the search index by name, and the facts of its segments by year."""

    outputs: Mapping[str, Rendered]
    facts: Mapping[str, Sequence[SegmentFacts]]


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment's facts, and its outputs: shards, and the texts of each notice in a folder of their own."""

    facts: SegmentFacts
    outputs: tuple[Output, ...]

    @classmethod
    def of(cls, name: str, notices: Sequence[Rendered], memory: Memory | None) -> _Segment:
        """Make a segment of notices, which are in order, or take its facts from memory."""
        key = key_of(name, *(one.made.key for one in notices)) if memory else NO_KEY

        def indexed(place: int) -> IndexedNotice:
            one = notices[place]
            return one.indexed or _remembered(memory, one.made)

        @cache
        def made() -> Segment:
            packed = [indexed(place).packed for place in range(len(notices))]
            return make_segment(name, packed, lambda place: [file.data for file in indexed(place).texts])

        held: tuple[SegmentFacts, tuple[str, ...]] | None = memory.index.get(f"segment/{name}", key) if memory else None
        if held is None:
            segment = made()
            held = segment.facts, segment.folders
            if memory:
                memory.index.put(f"segment/{name}", key, held)
        facts, folders = held
        shards = f"search/{name}/grams-{facts.shards}" if facts.shards else ""
        main = shards or f"search/{name}.bin"
        outputs = [Output(name=main, folder=shards, load=lambda: _alone(made().files), make=list, key=key)]
        for place, folder in enumerate(folders):
            load = partial(_texts, indexed, place, folder)
            own = key_of(notices[place].made.key) if memory else NO_KEY
            outputs.append(Output(name=folder, folder=folder, load=load, make=list, key=own))
        return cls(facts, tuple(outputs))


def _texts(indexed: Callable[[int], IndexedNotice], place: int, folder: str) -> list[PageFiles]:
    return _alone(tuple(DataFile(f"{folder}/{file.path}", file.data) for file in indexed(place).texts))


def _remembered(memory: Memory | None, made: MadeFiles) -> IndexedNotice:
    assert memory is not None
    held: IndexedNotice | None = memory.index.get(f"search/{made.folder}", made.key)
    if held is None:
        raise LostEntryError(f"search/{made.folder}")
    return held


def _output(name: str, files: Sequence[DataFile], key: str) -> Output:
    return Output(name=name, folder=name, load=partial(_alone, tuple(files)), make=list, key=key)


def _alone(files: tuple[DataFile, ...]) -> list[PageFiles]:
    return [(None, files)]


def render_lists(
    plan: SitePlan, made: Mapping[str, Rendered], work: RenderWork, workers: Workers
) -> dict[str, Rendered]:
    """Write the sitemaps, and the lists of all files with their digests: one for each year, one for all else."""
    memory = plan.source.memory
    kept = memory.kept.values() if memory else ()
    dated = (page for name, one in made.items() if not year_of_path(name) for page in one.made.dated)
    maps = sitemaps(plan.years.summaries, plan.years.figures, dated, plan.frame.address)
    found = _render([_files_output(file) for file in maps], memory, work, workers)
    digests: dict[str, dict[str, str]] = {MANIFEST: {}}
    for one in (*made.values(), *found.values()):
        _add(digests, one.made.files)
    head = digests.pop(MANIFEST)
    lists = [_files_output(DataFile(path, listing(held))) for path, held in sorted(digests.items())]
    found |= _render(lists, memory, work, workers)
    below = {MANIFEST: head}
    for files in (*(found[one.name].made.files for one in lists), *(state.loose for state in kept)):
        _add(below, files)
    last = Output(name=MANIFEST, load=partial(_alone, head_listings(below[MANIFEST])), make=list)
    return found | render_outputs([last], work, workers)


def _render(
    outputs: Sequence[Output], memory: Memory | None, work: RenderWork, workers: Workers
) -> dict[str, Rendered]:
    found = reuse(outputs, memory)
    return found | render_outputs([output for output in outputs if output.name not in found], work, workers)


def _add(digests: dict[str, dict[str, str]], files: Mapping[str, tuple[str, int]]) -> None:
    for path, (digest, _) in files.items():
        # A compressed copy follows from the file beside it, and not every server has them.
        if not path.endswith(".gz"):
            digests.setdefault(list_of(path), {})[path] = digest


def _files_output(file: DataFile) -> Output:
    return Output(name=file.path, load=partial(_alone, (file,)), make=list, key=key_of(file.data))
