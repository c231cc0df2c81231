"""A release: a finished site in a folder of its own, with a list of its files and a note on how it was made."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.cache import CacheEntry, PreviousSite
from generator.build.manifest import MANIFEST as LISTED
from generator.build.manifest import listed, listing
from generator.errors import GongkaiError
from generator.files import entries, flush_file_system
from generator.media_types import COMPRESSED, kind_of
from generator.publish.notes import read_note_at, write_note_at

if TYPE_CHECKING:
    from generator.build.request import BuildResult

SITE, MANIFEST, _NOTE, _PARTS = "site", "MANIFEST", "release.json", "parts.json"
_WORTH_IT = 512
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release: its folder, and its note, which `release.json` holds.

    `now` is the instant that it was made for and `next_instant` the one at which it is to be made anew; `stamp` is the
    time, in seconds, that its new files bear, later than that of any release before. `files` and `size` count the
    site's files and bytes, `digest` is the SHA-256 of its list. `program` is the key of the program that made it.
    `records` is the commit of the records that holds what it shows, made upon the commit `base`; "" for none. `late`
    as in `BuildResult`.
    """

    folder: Path
    commit: str
    # Releases from before there were records have none.
    records: str = ""
    base: str = ""
    program: str
    now: datetime
    next_instant: datetime | None
    stamp: int
    files: int
    size: int
    digest: str
    public: tuple[str, ...]
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

    def previous_site(self) -> PreviousSite:
        """Return the site for a build to reuse."""
        return PreviousSite(self.site, read_note_at(self.folder / _PARTS, dict[str, CacheEntry]) or {})


class DamagedError(GongkaiError):
    """A file taken over from an earlier release is not what it was."""


def read_release(folder: Path) -> Release | None:
    """Return the release in a folder; None where there is none, or it is not whole."""
    return read_note_at(folder / _NOTE, Release, folder=folder)


def seal(folder: Path, made: BuildResult, commit: str, records: tuple[str, str], program: str, stamp: int) -> Release:
    """Write the list and the notes of a finished site, and flush all of it to the disk.

    `records` are the commits of the records before it and with it.
    """
    found = hash_files(folder / SITE, listed((folder / SITE / LISTED).read_bytes()))
    manifest = listing(found)
    new = [place for path in found if (place := folder / SITE / path).stat().st_nlink == 1]
    for place in new:
        # What was taken over keeps its time: its content is the same, and so may its readers' copies stay.
        os.utime(place, (stamp, stamp))
    (folder / MANIFEST).write_bytes(manifest)
    write_note_at(folder / _PARTS, dict(made.entries))
    release = Release(
        folder=folder,
        commit=commit,
        base=records[0],
        records=records[1],
        program=program,
        now=made.now,
        next_instant=made.next_instant,
        stamp=stamp,
        files=len(found),
        size=sum(folder.joinpath(SITE, path).stat().st_size for path in found),
        digest=hashlib.sha256(manifest).hexdigest(),
        public=made.public,
        removed=made.removed,
        waiting=made.waiting,
        address=made.address,
        warnings=made.warnings,
        late=made.late,
    )
    flush_file_system(folder)
    write_note_at(folder / _NOTE, release, without=frozenset({"folder"}))
    return release


def hash_files(site: Path, known: Mapping[str, str] = _NONE) -> dict[str, str]:
    """Return the SHA-256 of every file of a site by path; DamagedError where something there is no file.

    `known` are digests that were taken just now.
    """
    found = {}
    for path, entry in entries(site):
        if path in known:
            found[path] = known[path]
        elif entry.is_file(follow_symlinks=False):
            # One after the other: handing thousands of small files to threads takes longer than reading them.
            with open(entry.path, "rb") as opened:  # noqa: PTH123
                found[path] = hashlib.file_digest(opened, "sha256").hexdigest()
        elif not entry.is_dir(follow_symlinks=False):
            raise DamagedError(f"{path}：不是文件")
    return found


def compress(site: Path, earlier: Path | None) -> None:
    """Lay a compressed copy beside each file that is text; copies of what was taken over are taken over too."""
    new = [
        site / path
        for path, entry in list(entries(site))
        if entry.is_file()
        and kind_of(path) in COMPRESSED
        and entry.stat().st_size >= _WORTH_IT
        and not (earlier and _take_over(earlier / path, site / path))
    ]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(_compress, new))


def integrity_error(release: Release, *, full: bool) -> str:
    """Say what is wrong with a release, "" where it is as it was made; `full` reads every file."""
    try:
        manifest = (release.folder / MANIFEST).read_bytes()
        if hashlib.sha256(manifest).hexdigest() != release.digest:
            return "文件清单被改动过"
        pending_timings = listed(manifest)
        if full:
            return _difference(pending_timings, hash_files(release.site))
        return _changed_since(release, pending_timings)
    except (OSError, DamagedError, ValueError) as error:
        return str(error)


def shares_altered_file(release: Release, folder: Path) -> bool:
    """Whether a new site shares a file with the release that is no longer what the release's list says."""
    new = listed((folder / MANIFEST).read_bytes())
    return any(
        digest != new[path] and os.path.samestat((release.site / path).stat(), (folder / SITE / path).stat())
        for path, digest in listed((release.folder / MANIFEST).read_bytes()).items()
        if path in new and (release.site / path).exists()
    )


def _changed_since(release: Release, pending_timings: dict[str, str]) -> str:
    """Look at names, times and sizes: what was altered in place is newer than the release, or of another size."""
    size, paths = 0, set()
    for path, entry in entries(release.site):
        if entry.is_dir(follow_symlinks=False):
            continue
        status = entry.stat(follow_symlinks=False)
        if status.st_mtime > release.stamp:
            return f"{path}：发布以后被改动过"
        size += status.st_size
        paths.add(path)
    return _difference(pending_timings, dict.fromkeys(paths)) or ("" if size == release.size else "有文件的大小变了")


def _difference(listed: dict[str, str], found: dict[str, str | None] | dict[str, str]) -> str:
    for path in sorted(listed.keys() | found.keys()):
        if path not in found:
            return f"{path}：不见了"
        if path not in listed:
            return f"{path}：多出来的"
        if found[path] not in {None, listed[path]}:
            return f"{path}：内容变了"
    return ""


def _take_over(earlier: Path, place: Path) -> bool:
    """Link the compressed copy of a file that is the earlier one itself; False where it is not, or has none."""
    try:
        if os.path.samestat(earlier.stat(), place.stat()):
            os.link(_compressed(earlier), _compressed(place))
            return True
    except OSError:
        pass
    return False


def _compress(place: Path) -> None:
    _compressed(place).write_bytes(gzip.compress(place.read_bytes(), 6, mtime=0))
    _compressed(place).chmod(0o644)


def _compressed(place: Path) -> Path:
    return place.with_name(f"{place.name}.gz")
