"""A publishing host: one folder, and where everything in it lies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import GongkaiError
from generator.files import flush, replace_file

SETTINGS = "server.yml"


class RefusedError(GongkaiError):
    """Something that is not done, and nothing was changed; its text says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Host:
    """The folder of a publishing host.

    `repo.git` receives pushes; `releases/NAME` is a finished site with its papers, `current` a link to one of them;
    `previews/` is served apart; `state/` holds the lock and small notes.
    """

    root: Path

    @property
    def settings(self) -> Path:
        """The one file that IT edits."""
        return self.root / SETTINGS

    @property
    def repository(self) -> Path:
        """The bare repository."""
        return self.root / "repo.git"

    @property
    def releases(self) -> Path:
        """The folder of all releases."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """The link to the release that the public sees."""
        return self.root / "current"

    @property
    def named(self) -> Path:
        """The name of that release in a file, for servers that follow a link more than once in a request."""
        return self.root / "current.txt"

    @property
    def previews(self) -> Path:
        """The folder of previews, each under an address that nobody guesses."""
        return self.root / "previews"

    @property
    def state(self) -> Path:
        """The folder of the lock and of notes from one run to the next."""
        return self.root / "state"

    @property
    def log(self) -> Path:
        """Where the program failed, for those who maintain it."""
        return self.state / "errors.log"

    @property
    def configuration(self) -> Path | None:
        """IT's own mkdocs.yml, where there is one."""
        own = self.root / "mkdocs.yml"
        return own if own.is_file() else None


def account(place: Path) -> str:
    """Return the account that owns a file or folder: its name, or its number where it has none."""
    try:
        return place.owner()
    except KeyError:
        return str(place.stat().st_uid)


def write_note(path: Path, note: dict[str, Any]) -> None:
    """Write a small JSON file, whole or not at all, and see it onto the disk."""
    text = json.dumps(note, ensure_ascii=False, indent=1) + "\n"
    replace_file(path, text.encode())


def read_note(path: Path) -> dict[str, Any]:
    """Return what a note says; nothing where it is absent or unreadable, since a note can always be made again."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def remove_note(path: Path) -> None:
    """Remove a note, if it is there."""
    if path.exists():
        path.unlink()
        flush(path.parent)
