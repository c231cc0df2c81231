"""Files: written whole or not at all, flushed to the disk, listed."""

from __future__ import annotations

import ctypes
import hashlib
import os
import posixpath
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EACCES
from pathlib import Path

from generator.file_names import inside


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file in memory; `path` is relative to some folder, with `/`."""

    path: str
    data: bytes


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
        parent = posixpath.dirname(file.path)
        within = parent in known or (folder / parent).resolve().is_relative_to(root)
        if not (inside(file.path) and within):
            raise PermissionError(EACCES, "通向别的文件夹", file.path)
        if parent not in known:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            known.add(parent)
        with replacing(posixpath.join(folder, file.path)) as temporary, open(temporary, "wb") as opened:  # noqa: PTH123
            opened.write(file.data)
        yield Written(file.path, hashlib.sha256(file.data).hexdigest(), len(file.data))


def replace_file(place: Path, data: bytes, mode: int | None = None) -> None:
    """Write one file whole or not at all, with the permissions `mode`, and flush it and its name to the disk."""
    with replacing(place, durable=True) as temporary:
        Path(temporary).write_bytes(data)
        if mode is not None:
            Path(temporary).chmod(mode)


@contextmanager
def replacing(target: str | Path, *, durable: bool = False) -> Iterator[str]:
    """Give the path of a temporary file beside `target` to write: it becomes `target`, or goes on an exception.

    `durable` flushes the bytes before the rename and the name after it (fsync).
    """
    parent, name = os.path.split(target)
    temporary = os.path.join(parent, f".writing-{name}")  # noqa: PTH118  (tens of thousands of them)
    try:
        yield temporary
        if durable:
            flush(temporary)
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if durable:
        flush(parent or ".")


def flush(place: str | Path) -> None:
    """Flush a file's bytes, or the names in a folder, to the disk; Windows keeps names safe by itself."""
    if os.name != "posix" and Path(place).is_dir():
        return
    opened = os.open(place, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def flush_file_system(folder: Path) -> None:
    """Flush the whole file system that holds `folder` (syncfs), because one fsync per file takes seconds."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(opened):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(opened)


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
