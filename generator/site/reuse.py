"""What a build may take over from an earlier one: the files of each part that would come out the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
