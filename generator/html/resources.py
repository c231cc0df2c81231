"""Where the program's own theme and default configuration lie."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def theme_folder() -> Path:
    """Return the folder of templates and assets: in the wheel beside the code, in a checkout beside the package."""
    return _first(_PACKAGE / "_theme", _PACKAGE.parent / "theme")


def default_configuration() -> Path:
    """Return the default mkdocs.yml."""
    return _first(_PACKAGE / "_mkdocs.yml", _PACKAGE.parent / "mkdocs.yml")


def relative(folder: Path) -> Path:
    """Name a folder as a person in this folder would."""
    try:
        return Path(os.path.relpath(folder)) if folder.is_relative_to(Path.cwd()) else folder
    except OSError:
        return folder


def _first(*places: Path) -> Path:
    return next((place for place in places if place.exists()), places[-1])
