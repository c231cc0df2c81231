"""A publishing host: one folder, and where everything in it lies."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.errors import GongkaiError, reason
from generator.publish.folder_store import FOLDERS, FolderStore

SETTINGS = "server.yml"
_LARGEST_LOG = 1_000_000


class RefusedError(GongkaiError):
    """A refusal, after which all is as before; its text says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Host:
    """The folder of a publishing host.

    `repo.git` receives pushes; `releases/NAME` is a finished site, made of links into `folders/`, `current` a link to
    one of them; `previews/` is served apart; `state/` holds the lock, small notes, and the index of what was made.
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
    def folders(self) -> FolderStore:
        """The immutable folders that releases share."""
        return FolderStore(self.root / FOLDERS)

    @property
    def index(self) -> Path:
        """The index of what was made, which a build may go without."""
        return self.state / "index.db"

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
    def lock(self) -> Path:
        """The lock that one publication at a time holds, whoever began it."""
        return self.state / "lock"

    @property
    def log(self) -> Path:
        """The log of failures of the program, for its maintainers."""
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


def record_defect(host: Host, now: datetime, trace: str = "") -> str:
    """Append a traceback, by default the current one, to the log, and return a sentence in Chinese that says so.

    The log keeps within about two megabytes: beyond one it becomes `errors.log.1`, and the one before goes.
    """
    from generator.version import version  # noqa: PLC0415  (it takes long to import, and a failure is rare)

    entry = f"== {now.isoformat(timespec='seconds')} gongkai {version()}\n{trace or traceback.format_exc()}\n"
    try:
        if host.log.is_file() and host.log.stat().st_size > _LARGEST_LOG:
            host.log.replace(host.log.with_name(f"{host.log.name}.1"))
        with host.log.open("a", encoding="utf-8") as opened:
            opened.write(entry)
    except OSError as error:
        return f"程序出错，也记不下来：{reason(error)}。请找管理主机的人。"
    return f"程序出错。请管理主机的人把 {host.log} 交给维护程序的人。"
