"""Immutable folders named by their content: a release is one of them, and shares with the others what is the same."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.folder_tree import NAME_LENGTH, Tree, name_of_folder

FOLDERS = "folders"


@dataclass(frozen=True, slots=True)
class FolderStore:
    """A folder of immutable folders, each named by a hash of its files and of the names of the folders below it.

    A folder below another is a link to where it lies in the store, so that a site of ten thousand notices with one new
    one is a few new folders.
    """

    root: Path

    def place(self, made: Path, tree: Tree, stamp: int, earlier: Path | None, damaged: Collection[str] = ()) -> str:
        """Move what a tree is to be from the folder `made` into the store, and return its name there.

        Files that `made` lacks, or that are the same, are shared with those at the same place below `earlier`. New ones
        bear the time `stamp`, in seconds. What the store has already is left alone, but for the `damaged`.
        """
        folders = {
            name: below
            if isinstance(below, str)
            else self.place(made / name, below, stamp, earlier and earlier / name, damaged)
            for name, below in tree.folders.items()
        }
        name = name_of_folder(tree.files, folders)
        place = self.root / name
        if name in damaged or not place.is_dir():
            self._fill(made, tree.files, folders, stamp, None if name in damaged else earlier)
            if place.exists():
                place.rename(place.with_name(f".{name}-damaged"))
            made.rename(place)
        return name

    def _fill(
        self, made: Path, files: Mapping[str, str], folders: Mapping[str, str], stamp: int, earlier: Path | None
    ) -> None:
        made.mkdir(parents=True, exist_ok=True)
        made.chmod(0o755)
        for name in files:
            place = made / name
            if earlier is not None and (not place.exists() or _is_same(earlier / name, place)):
                # It keeps its time, so that readers may keep their copies.
                place.unlink(missing_ok=True)
                os.link(earlier / name, place)
            else:
                os.utime(place, (stamp, stamp))
                place.chmod(0o644)
        for name, target in folders.items():
            place = made / name
            if place.is_dir():
                # Another release had the same.
                shutil.rmtree(place)
            place.symlink_to(f"../{target}")

    def has(self, path: str, name: str, site: str) -> bool:
        """Whether the store has a folder with a name, or else the site with its name a file at a path."""
        if len(name) == NAME_LENGTH:
            return (self.root / name).is_dir()
        return bool(site) and (self.root / site / path).is_file()

    def folders(self, name: str) -> dict[str, str]:
        """Return the folders below a folder: their names in the store by their own."""
        with os.scandir(self.root / name) as found:
            return {entry.name: _target(entry)[1] for entry in found if entry.is_symlink()}

    def files(self, name: str, below: str = "") -> Iterator[tuple[str, Path]]:
        """Yield every file of a folder by its path there, with where it lies in the store."""
        with os.scandir(self.root / name) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_symlink():
                yield from self.files(_target(entry)[1], f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", Path(entry.path)

    def first_missing(self, name: str) -> str:
        """Return the first path, of a folder and two levels below it, that leads nowhere; "" for none."""
        folders = self.folders(name)
        folders |= {f"{own}/{lower}": last for own, one in folders.items() for lower, last in self._held(one).items()}
        return next((path for path, one in folders.items() if not (self.root / one).is_dir()), "")

    def _held(self, name: str) -> dict[str, str]:
        return self.folders(name) if (self.root / name).is_dir() else {}

    def damaged(self, name: str, apart: str = "") -> Iterator[tuple[str, str]]:
        """Read every file of a folder and below it; yield each folder that is not what its name says, and why.

        What the folder `apart` has at the same place is left out.
        """
        waiting, known = [(name, apart, "")], {name, apart}
        while waiting:
            folder, other, below = waiting.pop()
            try:
                others = self.folders(other) if other else {}
                flaw, folders = self._read(folder)
            except OSError as error:
                yield folder, f"{below or '网站的文件夹'}：读不出来（{error.strerror}）"
                continue
            if flaw:
                yield folder, f"{below}{flaw}"
            for own, target in folders.items():
                if target not in known and target != others.get(own):
                    known.add(target)
                    waiting.append((target, others.get(own, ""), f"{below}{own}/"))

    def _read(self, name: str) -> tuple[str, dict[str, str]]:
        """Return what is wrong with a folder itself, "" for nothing, and the folders below it."""
        files, folders, flaw = {}, {}, ""
        for entry in os.scandir(self.root / name):
            if entry.is_symlink():
                place, target = _target(entry)
                if place == "..":
                    folders[entry.name] = target
                else:
                    flaw = f"{entry.name}：链接通向别处"
            elif entry.is_file():
                with open(entry.path, "rb") as opened:  # noqa: PTH123  (thousands of them)
                    files[entry.name] = hashlib.file_digest(opened, "sha256").hexdigest()
            else:
                flaw = f"{entry.name}：不是文件"
        changed = name_of_folder(files, folders) != name
        return flaw or ("里面的文件被改动过，和发布时不一样" if changed else ""), folders

    def discard(self, names: Iterable[str]) -> None:
        """Take folders out of the store."""
        for name in list(names):
            if (self.root / name).exists():
                (self.root / name).rename(self.root / f".{name}-damaged")

    def sweep(self, kept: Iterable[str]) -> int:
        """Delete all folders to which none of `kept` leads; return how many."""
        reached = self._reached(kept)
        gone = [entry.path for entry in os.scandir(self.root) if entry.name not in reached]
        for place in gone:
            shutil.rmtree(place, ignore_errors=True)
        return len(gone)

    def _reached(self, names: Iterable[str]) -> set[str]:
        reached: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in reached and (self.root / name).is_dir():
                reached.add(name)
                waiting += self.folders(name).values()
        return reached


def _target(link: os.DirEntry[str]) -> tuple[str, str]:
    """Return the folder in which the target of a link lies, and its name there."""
    place, _, name = os.readlink(link.path).rpartition("/")  # noqa: PTH115  (thousands of them)
    return place, name


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
    except OSError:
        return False
