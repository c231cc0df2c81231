"""Other engines on the same notices: Hugo alone and with Pagefind, plain Material, Zensical."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.archive import Archive
from tests.bench.building import GONGKAI
from tests.bench.hugo import HUGO, PAGEFIND, require_same_text, write_hugo_site
from tests.bench.measure import Cost, measure, require_pages, require_words

# Programs that build what `gongkai pages` writes as it is.
ENGINES = ("mkdocs", "zensical")
_COMPARED = 20


@dataclass(frozen=True, slots=True)
class Hugo:
    """A site for Hugo below `root`, made from `plain`, what `gongkai pages` wrote."""

    archive: Archive
    plain: Path
    root: Path

    def measure(self, turn: int, *, cold: bool) -> Iterator[tuple[str, Cost]]:
        """Yield the name and the cost of each step; from nothing only where `cold` says so."""
        if turn == 0:
            write_hugo_site(self.plain, self.root)
        edit = self.archive.edits(turn)["changed"]
        if cold:
            shutil.rmtree(self.root / "public", ignore_errors=True)
            yield from self._whole("cold")
            require_pages(self.root / "public", self.archive.number)
        with (self.root / "content" / f"{edit.address}.md").open("a", encoding="utf-8") as page:
            page.write(f"\n{edit.words}\n")
        yield from self._whole("changed")
        require_words(self.root / "public" / edit.address, edit.words)

    def compare(self, ours: Path) -> int:
        """Hold the pages of some notices that were not edited against ours, and return how many."""
        pages = sorted((self.root / "public" / "notices").glob("*/*/index.html"))
        edited = {edit.address for edit in self.archive.edits(0).values()}
        addresses = [page.parent.relative_to(self.root / "public").as_posix() for page in pages]
        chosen = [address for address in addresses if address not in edited]
        chosen = chosen[:: -(-len(chosen) // _COMPARED)]
        for address in chosen:
            require_same_text(*(site / address / "index.html" for site in (ours, self.root / "public")))
        return len(chosen)

    def _whole(self, step: str) -> Iterator[tuple[str, Cost]]:
        made = measure(HUGO, self.root)
        yield f"hugo/{step}", made
        yield f"pagefind/{step}", made + measure(PAGEFIND, self.root)


@dataclass(frozen=True, slots=True)
class Plain:
    """What `gongkai pages` wrote, copied to `root` and built by one of ENGINES."""

    archive: Archive
    plain: Path
    root: Path
    name: str

    def measure(self, turn: int, *, cold: bool) -> Iterator[tuple[str, Cost]]:
        """Yield the name and the cost of each step; from nothing only where `cold` says so."""
        command = (sys.executable, "-m", self.name, "build")
        if turn == 0:
            shutil.copytree(self.plain, self.root)
        edit = self.archive.edits(turn)["changed"]
        if cold:
            for made in ("site", ".cache"):
                shutil.rmtree(self.root / made, ignore_errors=True)
            yield f"{self.name}/cold", measure(command, self.root)
            require_pages(self.root / "site", self.archive.number)
        with (self.root / "docs" / f"{edit.address}.md").open("a", encoding="utf-8") as page:
            page.write(f"\n{edit.words}\n")
        yield f"{self.name}/changed", measure(command, self.root)
        require_words(self.root / "site" / edit.address, edit.words)


def write_plain(content: Path, root: Path) -> None:
    """Write the notices as Markdown, which the other engines start from."""
    measure((*GONGKAI, "pages", "--out", root), content.parent)
