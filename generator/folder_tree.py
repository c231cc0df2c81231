"""A folder as a value: its files by their digests, and the name that follows from all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

# Long enough for nobody to find two contents with one name, short enough that the file system keeps a link in place.
NAME_LENGTH = 40


@dataclass(slots=True)
class Tree:
    """A folder that is to be: the SHA-256 of each file by its name, and each folder, by name, as a tree or by its own.

    A folder given by its name was made before.
    """

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, Tree | str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the folder, which stands for all of its content."""
        below = {own: one if isinstance(one, str) else one.name for own, one in self.folders.items()}
        return name_of_folder(self.files, below)

    @classmethod
    def of(cls, files: Mapping[str, str], folders: Mapping[str, str]) -> Tree:
        """Make a tree of the SHA-256 of files, and of the names in the store of folders, each by its path."""
        root = cls()
        known: dict[str, Tree] = {"": root}
        for path, digest in files.items():
            parent, _, name = path.rpartition("/")
            _below(known, parent).files[name] = digest
        for path, folder in folders.items():
            parent, _, name = path.rpartition("/")
            _below(known, parent).folders[name] = folder
        return root


def _below(known: dict[str, Tree], path: str) -> Tree:
    if path not in known:
        parent, _, name = path.rpartition("/")
        known[path] = Tree()
        _below(known, parent).folders[name] = known[path]
    return known[path]


def name_of_folder(files: Mapping[str, str], folders: Mapping[str, str]) -> str:
    """Return the name of a folder: the hash of one line for each entry, sorted.

    For a file that is its SHA-256, two blanks and its name; for a folder its name, two blanks, its own name, a slash.
    """
    lines = [f"{digest}  {name}\n" for name, digest in files.items()]
    lines += [f"{target}  {name}/\n" for name, target in folders.items()]
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()[:NAME_LENGTH]
