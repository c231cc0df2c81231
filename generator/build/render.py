"""Rendering: the outputs of a plan become files, audited as they are written, in several processes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.build.audit import FileFacts, PageExpectation, audit_file
from generator.build.expectations import expected_of, fragment_expected_of
from generator.build.material import Shell
from generator.build.plan import Output, PageFiles, SitePlan
from generator.build.request import BuildRequest
from generator.build.years import MadeFiles, Memory
from generator.files import DataFile, write_files
from generator.folder_tree import Tree
from generator.html.compression import compressed
from generator.html.fragment import Fragments
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.pages import Frame, Page
from generator.pages.view import NoticeView
from generator.parallel import Workers
from generator.search import IndexedNotice

_SHARE = 20


@dataclass(frozen=True, slots=True)
class Rendered:
    """An output as files, and what the audit found in each of those, by path; `fresh` where they were made just now.

    `indexed` is what the search index needs of a notice.
    """

    made: MadeFiles
    facts: Mapping[str, FileFacts]
    fresh: bool = True
    indexed: IndexedNotice | None = None


def reuse(outputs: Iterable[Output], memory: Memory | None) -> dict[str, Rendered]:
    """Return, by name, the outputs that would come out as they did before, and are at hand."""
    found: dict[str, Rendered] = {}
    for output in outputs if memory else ():
        assert memory is not None
        made = memory.made(output.name, output.key) if output.key else None
        if made is not None and _is_at_hand(output, made, memory):
            found[output.name] = Rendered(made, {}, fresh=False)
    return found


def _is_at_hand(output: Output, made: MadeFiles, memory: Memory) -> bool:
    if made.folder:
        return memory.has(output.name, made.folder)
    return all(memory.has(path, digest) for path, (digest, _) in made.files.items())


def render_outputs(
    outputs: Sequence[Output], work: RenderWork, workers: Workers, on_output: Callable[[int], None] = lambda _: None
) -> dict[str, Rendered]:
    """Write outputs; return by name what came of each. `on_output` is called with how many are done."""
    shares = [outputs[at : at + _SHARE] for at in range(0, len(outputs), _SHARE)]
    whole = replace(work, makes=tuple((output.make, output.index) for output in outputs))
    items = [[(at * _SHARE + n, output.load()) for n, output in enumerate(share)] for at, share in enumerate(shares)]
    found: dict[str, Rendered] = {}
    for share, results in zip(shares, workers.map(whole.render, items), strict=True):
        for output, rendered in zip(share, results, strict=True):
            named = replace(rendered.made, key=output.key, basis=output.basis, seal=output.seal)
            found[output.name] = replace(rendered, made=replace(named, folder=_folder_name(output, named)))
        on_output(len(found))
    return found


def _folder_name(output: Output, made: MadeFiles) -> str:
    if not output.folder:
        return ""
    below = len(output.folder) + 1
    return Tree.of({path[below:]: digest for path, (digest, _) in made.files.items()}, {}).name


@dataclass(frozen=True, slots=True)
class RenderWork:
    """All that a process needs to write outputs below `folder`.

    Without `audited` nothing is looked into; with `compresses`, compressed copies lie beside files.
    """

    folder: Path
    root: str
    shell: Shell
    renderer: Renderer
    fragments: Fragments
    frame: Frame
    audited: bool
    compresses: bool
    makes: tuple[tuple[Callable[[Any], Iterable[PageFiles]], Callable[[Any], IndexedNotice] | None], ...] = ()

    @classmethod
    def of(cls, plan: SitePlan, shell: Shell, folder: Path, request: BuildRequest) -> RenderWork:
        """Prepare the work of a plan."""
        frame = plan.frame
        return cls(
            folder=folder,
            root=plan.root,
            shell=shell,
            renderer=Renderer(theme_folder(), frame, plan.source.content.site, plan.root, request.templates),
            fragments=Fragments(theme_folder(), frame, request.templates),
            frame=frame,
            audited=not request.preview,
            compresses=request.compressed,
        )

    def render(self, items: Sequence[tuple[int, Any]]) -> list[Rendered]:
        """Write some outputs, each given by its number and what it was loaded with."""
        return [self._rendered(value, *self.makes[number]) for number, value in items]

    def _rendered(
        self,
        value: Any,
        make: Callable[[Any], Iterable[PageFiles]],
        index: Callable[[Any], IndexedNotice] | None,
    ) -> Rendered:
        facts: dict[str, FileFacts] = {}
        pages: list[Page] = []

        def written() -> Iterator[DataFile]:
            for file, expected in self._files(make(value), pages):
                if self.audited:
                    facts[file.path] = audit_file(file.path, file.data, self.root, expected)
                yield file
                packed = compressed(file.path, file.data) if self.compresses else None
                if packed is not None:
                    yield DataFile(f"{file.path}.gz", packed)

        files = {one.path: (one.sha256, one.size) for one in write_files(self.folder, written())}
        links = frozenset(path for one in facts.values() for path, _ in one.links if path not in files)
        dated = tuple((page.address, page.updated) for page in pages if page.updated)
        made = MadeFiles(key="", files=files, links=links, pages=len(pages), dated=dated)
        return Rendered(made, facts, indexed=index(value) if index else None)

    def _files(
        self, contents: Iterable[PageFiles], pages: list[Page]
    ) -> Iterator[tuple[DataFile, PageExpectation | None]]:
        for page, beside in contents:
            if page is not None:
                pages.append(page)
                html = self.shell.fill(page.address, self.renderer.render(page))
                yield DataFile(page.path, html.encode()), expected_of(page, self.frame)
                fragment = fragment_expected_of(page, beside, self.frame)
                if fragment is not None:
                    assert isinstance(page.view, NoticeView)
                    data = self.fragments.make(page, page.view).encode()
                    yield DataFile(f"{page.address}fragment.html", data), fragment
            yield from ((file, None) for file in beside)
