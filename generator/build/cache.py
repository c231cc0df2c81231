"""What a build may take over from an earlier one: the files of each part that would come out the same."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from generator.files import entries, replacing
from generator.html.resources import theme_folder

_PACKAGE = Path(__file__).resolve().parents[1]
# What has a part in the bytes of a page or of the index.
_ENGINES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "markupsafe", "chinesecalendar", "numpy")


@dataclass(frozen=True, slots=True)
class Part:
    """Files of a site that were made from one value: the key stands for the value and for the program that made them.

    `files` are paths below the site's folder; `extra` is whatever else came of making them.
    """

    key: str
    files: tuple[str, ...]
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier site: its folder, and its parts by name."""

    folder: Path
    parts: Mapping[str, Part]

    def find(self, name: str, key: str) -> Part | None:
        """Return a part that was made from the same, if all its files are there and are files."""
        part = self.parts.get(name)
        whole = part is not None and part.key == key and all(map(self._is_file, part.files))
        return part if whole else None

    def link(self, part: Part, folder: Path) -> None:
        """Let a part's files appear in another site, as the same files where the file system can do that.

        Nobody may write into them afterwards: they are the earlier site's too.
        """
        for path in part.files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            _link(self.folder / path, target)

    def share(self, folder: Path) -> None:
        """Put the earlier site's own file in the place of each new one that is equal to it."""
        for path, entry in entries(folder):
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
    """Return what stands for values: another key for any other values."""
    digest = hashlib.sha256()
    for value in values:
        data = value.encode() if isinstance(value, str) else value
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def program() -> str:
    """Return what stands for the program: its own files, the engines that it uses, and the Python that runs it."""
    engines = (f"{name} {version(name)}" for name in _ENGINES)
    return key_of(sys.version, *engines, *contents(_PACKAGE), *contents(theme_folder()))


def engine(configuration: str, theme: str | None) -> Iterator[str | bytes]:
    """Yield what a site's own mkdocs.yml and theme add to what a page is made of."""
    yield Path(configuration).read_bytes()
    if theme:
        yield from contents(Path(theme))


def contents(folder: Path) -> Iterator[str | bytes]:
    """Yield the path and the bytes of every file below a folder, but for what Python caches there."""
    for place in sorted(folder.rglob("*")):
        if place.is_file() and "__pycache__" not in place.parts:
            yield place.relative_to(folder).as_posix()
            yield place.read_bytes()


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Another file system, or one without links, or one file with too many of them.
        shutil.copy2(source, target)
