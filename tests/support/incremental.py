"""A site that is built again and again from content that changes, as a host does, beside one that is built anew."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from generator.build.build import build
from generator.build.request import BuildRequest, BuildResult
from generator.publish.folder_store import FolderStore


@dataclass
class Builds:
    """A folder with content, the store of what was built of it, and the index of that."""

    root: Path
    records: Path | None = None
    configuration: Path | None = None
    store: FolderStore = field(init=False)
    made: set[str] = field(default_factory=set)
    last: BuildResult | None = None

    def __post_init__(self) -> None:
        """Make the empty store."""
        self.store = FolderStore(self.root / "folders")
        self.store.root.mkdir(exist_ok=True)

    @property
    def index(self) -> Path:
        """The file of the index."""
        return self.root / "index.db"

    def warm(self, now: datetime) -> dict[str, bytes]:
        """Build with the index, place the site in the store, and return its files."""
        name = self.publish(now)
        return {path: place.read_bytes() for path, place in self.store.files(name)}

    def publish(self, now: datetime) -> str:
        """Build with the index, place the site in the store, and return its name; `made` are the files written now."""
        out = _empty(self.root / "warm")
        request = BuildRequest(
            root=self.root,
            now=now,
            index=self.index,
            has=self.store.has,
            templates=self.root / "templates",
            records=self.records,
            configuration=self.configuration,
            live=self.records is not None,
        )
        self.last = build(request, out)
        self.made = set(contents(out))
        earlier = self.store.root / self.last.earlier if self.last.earlier else None
        name = self.store.place(out, self.last.tree, int(now.timestamp()), earlier)
        assert name == self.last.tree.name
        return name

    def cold(self, now: datetime) -> dict[str, bytes]:
        """Build without the index, from the records as they are after the warm build, and return the files."""
        out = _empty(self.root / "cold")
        build(BuildRequest(root=self.root, now=now, records=self.records, configuration=self.configuration), out)
        return contents(out)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder
