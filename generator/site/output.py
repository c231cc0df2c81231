"""The one way in which the program writes a file of its own into a site."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written: path below the folder with `/`, SHA-256 in hexadecimal, size in bytes."""

    path: str
    sha256: str
    size: int


def write_file(folder: Path, path: str, data: bytes) -> Written:
    """Write `data` to `path` below `folder`, whole or not at all; ValueError where the path leads outside."""
    target = folder.joinpath(*path.split("/"))
    if not target.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{path} leads out of {folder}")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes files for the owner alone; a web server must read these.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Written(path, hashlib.sha256(data).hexdigest(), len(data))


def make_readable(folder: Path) -> None:
    """Let a web server read everything below a folder, whatever the umask under which it was written."""
    for place, _, names in os.walk(folder):
        Path(place).chmod(0o755)
        for file in (Path(place, name) for name in names):
            if not file.is_symlink():
                file.chmod(0o644)
