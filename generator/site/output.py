"""The one way in which the program writes a file of its own into a site."""

from __future__ import annotations

import hashlib
import os
import posixpath
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from errno import EACCES
from pathlib import Path

from generator.pages import DataFile
from generator.read import inside


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: path below the folder with `/`, SHA-256 in hexadecimal, size in bytes."""

    path: str
    sha256: str
    size: int


def write_file(folder: Path, path: str, data: bytes) -> Written:
    """Write `data` to `path` below `folder`, whole or not at all; OSError where the path leads outside."""
    (written,) = write_files(folder, [DataFile(path, data)])
    return written


def write_files(folder: Path, files: Iterable[DataFile]) -> Iterator[Written]:
    """Write files below `folder`, each whole or not at all; OSError where a path leads outside.

    Each folder on the way is looked at once, so that files by the ten thousand cost little more than their bytes.
    """
    root, known = folder.resolve(), set[str]()
    for file in files:
        parent, name = posixpath.split(file.path)
        within = parent in known or (folder / parent).resolve().is_relative_to(root)
        if not (inside(file.path) and within):
            raise PermissionError(EACCES, "通向别的文件夹", file.path)
        if parent not in known:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            known.add(parent)
        _write(posixpath.join(folder, parent, f".writing-{name}"), posixpath.join(folder, file.path), file.data)
        yield Written(file.path, hashlib.sha256(file.data).hexdigest(), len(file.data))


def _write(temporary: str, target: str, data: bytes) -> None:
    try:
        with open(temporary, "wb") as opened:  # noqa: PTH123  (tens of thousands of them)
            opened.write(data)
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def entries(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything below a folder with its path there, with `/`; links are not followed."""
    waiting = [(folder, "")]
    while waiting:
        place, prefix = waiting.pop()
        with os.scandir(place) as found:
            for entry in found:
                yield f"{prefix}{entry.name}", entry
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((Path(entry.path), f"{prefix}{entry.name}/"))


def make_readable(folder: Path) -> None:
    """Let a web server read a folder and everything below it, whatever the umask under which it was written."""
    folder.chmod(0o755)
    for _, entry in entries(folder):
        mode = 0o755 if entry.is_dir() else 0o644
        if not entry.is_symlink() and stat.S_IMODE(entry.stat().st_mode) != mode:
            os.chmod(entry.path, mode)  # noqa: PTH101  (thousands of them)
