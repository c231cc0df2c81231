"""Keys: hashes of all that something follows from."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from generator.files import entries as list_entries
from generator.html.resources import theme_folder

_PACKAGE = Path(__file__).resolve().parents[1]
# The packages of which the bytes of a page or of the index depend.
_ENGINES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "markupsafe", "chinesecalendar", "numpy")


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
