"""Rendering: the outputs of a plan become files, in several processes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.addresses import id_of_address
from generator.build.cache import CacheEntry, PreviousSite
from generator.build.material import Shell
from generator.build.plan import Output, SitePlan, has_fragment
from generator.files import DataFile, write_files
from generator.html.fragment import Fragments
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.pages.view import NoticeView
from generator.parallel import Workers
from generator.search import index_parts

_SHARE = 20

Entries = dict[str, CacheEntry]


def reuse(plan: SitePlan, previous: PreviousSite | None, folder: Path) -> Entries:
    """Link into a new site's folder the outputs that would come out as in the previous site; return their entries."""
    entries: Entries = {}
    for output in plan.outputs if previous else ():
        assert previous is not None
        entry = previous.find(output.name, output.key) if output.key else None
        if entry is not None:
            previous.link(entry, folder)
            entries[output.name] = entry
    return entries


def render_outputs(
    plan: SitePlan, reused: Entries, shell: Shell, folder: Path, workers: Workers, on_page: Callable[[int, int], None]
) -> Entries:
    """Write all outputs that were not reused below a folder; return their entries.

    `on_page` is called with how many pages are done, and of how many.
    """
    renderer = Renderer(theme_folder(), plan.frame, plan.source.content.site, plan.root)
    work = _Work(plan, shell, folder, renderer, Fragments(theme_folder(), plan.frame))
    numbers = [number for number, output in enumerate(plan.outputs) if output.name not in reused]
    shares = [numbers[start : start + _SHARE] for start in range(0, len(numbers), _SHARE)]
    total, done = count_pages(plan, reused), 0
    entries: Entries = {}
    for made, pages in workers.map(work.render, shares):
        entries |= made
        done += pages
        on_page(done, total)
    return entries


def render_search(plan: SitePlan, previous: PreviousSite | None, folder: Path, cores: int) -> Entries:
    """Write the search index below a folder, or link what would come out as in the previous site; return its entries.

    A year's files follow from the keys of its notices.
    """

    def find(name: str, key: str) -> str | None:
        entry = previous.find(f"search/{name}", key) if previous else None
        return entry.extra if entry else None

    source, made = plan.source, Entries()
    keys = {id_of_address(output.name): output.key for output in plan.outputs if output.key}
    for segment in index_parts(source.content, source.at, cores, keys, find, source.records):
        name = f"search/{segment.name}"
        entry = previous.find(name, segment.key) if previous and segment.key and not segment.files else None
        if previous and entry:
            previous.link(entry, folder)
        else:
            paths = tuple(written.path for written in write_files(folder, segment.files))
            entry = CacheEntry(segment.key, paths, segment.summary)
        made[name] = entry
    return made


def count_pages(plan: SitePlan, reused: Entries) -> int:
    """Return how many pages are to be made."""
    return sum(output.page_count for output in plan.outputs if output.name not in reused)


@dataclass(frozen=True, slots=True)
class _Work:
    """All that a process needs to render outputs, which are given by their numbers in the plan."""

    plan: SitePlan
    shell: Shell
    folder: Path
    renderer: Renderer
    fragments: Fragments

    def render(self, numbers: Sequence[int]) -> tuple[Entries, int]:
        """Write some outputs; return their entries, and how many pages there are in them."""
        outputs = [self.plan.outputs[number] for number in numbers]
        entries = {
            output.name: CacheEntry(
                output.key, tuple(written.path for written in write_files(self.folder, self._files(output)))
            )
            for output in outputs
        }
        return entries, sum(output.page_count for output in outputs)

    def _files(self, output: Output) -> Iterator[DataFile]:
        for page, beside in output.make():
            if page is not None:
                html = self.shell.fill(page.address, self.renderer.render(page))
                yield DataFile(page.path, html.encode())
                if has_fragment(page, beside):
                    assert isinstance(page.view, NoticeView)
                    yield DataFile(f"{page.address}fragment.html", self.fragments.make(page, page.view).encode())
            yield from beside
