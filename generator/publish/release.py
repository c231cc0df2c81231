"""A release: a link to a finished site in the store of folders, with a note on how it was made."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.addresses import NOTICES, notice_address
from generator.files import flush_file_system
from generator.publish.folder_store import FOLDERS, FolderStore
from generator.publish.notes import read_note_at, write_note_at

if TYPE_CHECKING:
    from generator.build.request import BuildResult

SITE, _NOTE = "site", "release.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release: its folder, and its note, which `release.json` holds.

    `root` is the name of the site's folder in the store. `now` is the instant that it was made for and `next_instant`
    the one at which it is to be made anew; `stamp` is the time, in seconds, that its new files bear, later than that of
    any release before. `notices` counts those that it shows, `files` and `size` the site's files and bytes. `program`
    is the key of the program that made it. `records` is the commit of the records that holds what it shows, made upon
    the commit `base`; "" for none. `late` as in `BuildResult`.
    """

    folder: Path
    commit: str
    # Releases from before there were records, or folders to share, have none.
    records: str = ""
    base: str = ""
    root: str = ""
    program: str
    now: datetime
    next_instant: datetime | None
    stamp: int
    notices: int = 0
    files: int
    size: int
    removed: tuple[str, ...]
    waiting: dict[str, datetime]
    address: str
    warnings: int
    late: str = ""

    @property
    def name(self) -> str:
        """The name by which people call it."""
        return self.folder.name

    @property
    def site(self) -> Path:
        """The folder that a web server serves."""
        return self.folder / SITE

    @property
    def store(self) -> FolderStore:
        """The store that holds its folders."""
        return FolderStore(self.folder.parent.with_name(FOLDERS))

    @property
    def public(self) -> tuple[str, ...]:
        """The ids of the notices that it shows, in order of address, read from its folders."""
        years = sorted((self.site / NOTICES).glob("[0-9]*"))
        return tuple(
            f"{year.name}/{one}"
            for year in years
            for one in sorted(place.name for place in year.iterdir())
            if "." not in one
        )

    def shows(self, id_: str) -> bool:
        """Whether the public sees a notice, be it that no text is left of it."""
        return (self.site / notice_address(id_)).is_dir()


def read_release(folder: Path) -> Release | None:
    """Return the release in a folder; None where there is none, or it is not whole."""
    return read_note_at(folder / _NOTE, Release, folder=folder)


def seal(
    store: FolderStore,
    folder: Path,
    made: BuildResult,
    commit: str,
    records: tuple[str, str],
    program: str,
    stamp: int,
    earlier: Release | None,
    damaged: Collection[str],
) -> Release:
    """Bring a finished site into the store, and write the note beside the link to it, flushed to the disk.

    `records` are the commits of the records before it and with it; files that are the same are shared with the
    release `earlier`, and the `damaged` folders of the store are replaced.
    """
    # The bytes before the names: after a loss of power a name in the store stands for whole files.
    flush_file_system(folder)
    like = store.root / made.earlier if made.earlier else earlier.site if earlier else None
    root = store.place(folder / SITE, made.tree, stamp, like, damaged)
    shutil.rmtree(folder / SITE, ignore_errors=True)
    (folder / SITE).symlink_to(Path("../..", store.root.name, root))
    release = Release(
        folder=folder,
        commit=commit,
        base=records[0],
        records=records[1],
        root=root,
        program=program,
        now=made.now,
        next_instant=made.next_instant,
        stamp=stamp,
        notices=made.notices,
        files=made.files,
        size=made.size,
        removed=made.removed,
        waiting=made.waiting,
        address=made.address,
        warnings=made.warnings,
        late=made.late,
    )
    flush_file_system(folder)
    write_note_at(folder / _NOTE, release, without=frozenset({"folder"}))
    return release


def integrity_error(release: Release, *, full: bool = False, beyond: Release | None = None) -> str:
    """Say what is wrong with a release, "" where nothing was found.

    Looked at is whether its folders are there. With `full`, every file is read, and proves whole or not; with `beyond`,
    every file that the other release does not share.
    """
    store = release.store
    try:
        if not release.root:
            return "" if (release.site / "index.html").is_file() else "网站的文件不见了"
        if release.site.readlink().name != release.root:
            return "网站的链接被改动过"
        if full or beyond:
            return next((words for _, words in store.damaged(release.root, beyond.root if beyond else "")), "")
        lost = store.first_missing(release.root)
    except OSError as error:
        return f"网站读不出来（{error.strerror}）"
    return f"{lost}：不见了" if lost else ""
