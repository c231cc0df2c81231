"""The one way in which the program writes a file of its own into a site."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from errno import EACCES
from pathlib import Path

from generator.read import inside


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: path below the folder with `/`, SHA-256 in hexadecimal, size in bytes."""

    path: str
    sha256: str
    size: int


def write_file(folder: Path, path: str, data: bytes) -> Written:
    """Write `data` to `path` below `folder`, whole or not at all; OSError where the path leads outside."""
    target = folder / path
    if not (inside(path) and target.parent.resolve().is_relative_to(folder.resolve())):
        raise PermissionError(EACCES, "通向别的文件夹", path)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".writing-{target.name}")
    try:
        temporary.write_bytes(data)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return Written(path, hashlib.sha256(data).hexdigest(), len(data))


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
        if not entry.is_symlink():
            os.chmod(entry.path, 0o755 if entry.is_dir() else 0o644)  # noqa: PTH101  (thousands of them)
