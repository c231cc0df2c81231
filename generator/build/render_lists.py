"""The outputs that follow from other outputs: the search index, and the lists of all files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from generator.addresses import id_of_address, year_of_path
from generator.build.cache import key_of
from generator.build.manifest import MANIFEST, head_listings, list_of, listing
from generator.build.plan import Output, PageFiles, SitePlan
from generator.build.render import Rendered, RenderWork, render, reuse
from generator.build.years import Memory
from generator.files import DataFile
from generator.pages import sitemaps
from generator.parallel import Workers
from generator.search import segments


def render_search(
    plan: SitePlan, made: Mapping[str, Rendered], work: RenderWork, workers: Workers
) -> dict[str, Rendered]:
    """Write the search index, but for the segments that are at hand."""
    source, memory = plan.source, plan.source.memory
    keys = {id_of_address(name): one.made.key for name, one in made.items() if year_of_path(name)}
    kept = {year: state.search for year, state in memory.kept.items() if state.search} if memory else {}
    found: dict[str, Rendered] = {}

    def find(name: str, key: str) -> str | None:
        held = memory.index.get(f"segment/{name}", key) if memory else None
        output = Output(name=f"search/{name}", folder=f"search/{name}", load=list, make=list, key=key)
        reused = reuse([output], memory) if held is not None else {}
        found.update(reused)
        return held if reused else None

    for segment in segments(
        source.content, source.at, workers.cores, keys if memory else {}, find, source.records, kept
    ):
        if segment.files:
            found |= render([_search_output(segment.name, segment.key, segment.files)], work, workers)
            if memory and segment.key:
                memory.index.put(f"segment/{segment.name}", segment.key, segment.summary)
    return found


def _search_output(name: str, key: str, files: Iterable[DataFile]) -> Output:
    held = tuple(files)
    below = f"search/{name}"
    own = below if all(file.path.startswith(f"{below}/") for file in held) else ""
    return Output(name=below, folder=own, load=partial(_alone, held), make=list, key=key)


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
    return found | render([last], work, workers)


def _render(
    outputs: Sequence[Output], memory: Memory | None, work: RenderWork, workers: Workers
) -> dict[str, Rendered]:
    found = reuse(outputs, memory)
    return found | render([output for output in outputs if output.name not in found], work, workers)


def _add(digests: dict[str, dict[str, str]], files: Mapping[str, tuple[str, int]]) -> None:
    for path, (digest, _) in files.items():
        # A compressed copy follows from the file beside it, and not every server has them.
        if not path.endswith(".gz"):
            digests.setdefault(list_of(path), {})[path] = digest


def _files_output(file: DataFile) -> Output:
    return Output(name=file.path, load=partial(_alone, (file,)), make=list, key=key_of(file.data))
