"""The cache of a build: a previous site, whose files are taken where they would come out the same."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from generator.files import entries as list_entries
from generator.files import replacing
from generator.html.resources import theme_folder

_PACKAGE = Path(__file__).resolve().parents[1]
# The packages of which the bytes of a page or of the index depend.
_ENGINES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "markupsafe", "chinesecalendar", "numpy")


@dataclass(frozen=True, slots=True)
class CacheEntry:
    """Files of a site that were made from one value: the key is a hash of the value and of the program.

    `files` are paths below the site's folder; `extra` is whatever else came of making them.
    """

    key: str
    files: tuple[str, ...]
    extra: str = ""


@dataclass(frozen=True, slots=True)
class PreviousSite:
    """A previous site: its folder, and its entries by name."""

    folder: Path
    entries: Mapping[str, CacheEntry]

    def find(self, name: str, key: str) -> CacheEntry | None:
        """Return an entry that was made from the same, if all its files are there and are files."""
        entry = self.entries.get(name)
        whole = entry is not None and entry.key == key and all(map(self._is_file, entry.files))
        return entry if whole else None

    def link(self, entry: CacheEntry, folder: Path) -> None:
        """Link an entry's files into another site, or copy them where the file system has no links.

        Nobody may write into them afterwards: they are the previous site's too.
        """
        for path in entry.files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(self.folder / path, target)

    def share(self, folder: Path) -> None:
        """Replace each new file that equals the previous site's by a link to that one."""
        for path, entry in list_entries(folder):
            if not entry.is_file(follow_symlinks=False) or entry.stat().st_nlink > 1 or not self._is_file(path):
                continue
            source, target = self.folder / path, folder / path
            if source.stat().st_size == entry.stat().st_size and source.read_bytes() == target.read_bytes():
                with replacing(target) as temporary:
                    _link(source, Path(temporary))

    def _is_file(self, path: str) -> bool:
        try:
            return stat.S_ISREG((self.folder / path).lstat().st_mode)
        except OSError:
            return False


def key_of(*values: str | bytes) -> str:
    """Hash the values into a cache key."""
    digest = hashlib.sha256()
    for value in values:
        data = value.encode() if isinstance(value, str) else value
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def program_key() -> str:
    """Hash the program: its own files, the engines that it uses, and the Python that runs it."""
    return key_of(sys.version, *_engine_versions(), *folder_values(_PACKAGE), *folder_values(theme_folder()))


def _engine_versions() -> Iterator[str]:
    """Yield the name and version of each engine: the name of the folder that its installer wrote (PEP 376).

    `importlib.metadata` takes longer to import than the rest of the key takes to be made.
    """
    for folder in sys.path:
        for name in sorted(place.name for place in Path(folder).glob("*.dist-info")):
            if re.sub("[-_.]+", "-", name.partition("-")[0]).lower() in _ENGINES:
                yield name


def folder_values(folder: Path) -> Iterator[str | bytes]:
    """Yield the path and the bytes of every file below a folder, but for what Python caches there."""
    for path, entry in sorted(list_entries(folder) if folder.is_dir() else (), key=itemgetter(0)):
        if entry.is_file() and "__pycache__" not in path.split("/"):
            yield path
            yield Path(entry.path).read_bytes()


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Another file system, or one without links, or one file with too many of them.
        shutil.copy2(source, target)
