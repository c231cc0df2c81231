"""The files below a folder, none of them outside it, and every name that would break somewhere."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from generator.addresses import year_of_path
from generator.characters import printable
from generator.file_names import name_flaw
from generator.problems import Problem, file_problem, in_order

_IGNORED = {"thumbs.db", "desktop.ini"}
_JUNCTION = 0xA0000003


@dataclass(frozen=True, slots=True)
class File:
    """A file: its path below the folder, with `/`, its size in bytes, and a stamp that differs once it was changed.

    The stamp is when it last changed, in nanoseconds, or, of a file that git holds, its id there.
    """

    path: str
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of a folder, sorted by path, and its problems.

    `fetch` brings a file, by its path, that is listed and not there yet; None where all are.
    """

    root: Path
    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    fetch: Callable[[str], None] | None = None


class ContentFiles(Protocol):
    """The files of a content folder, which may be had year by year."""

    def years(self) -> Mapping[str, str]:
        """Return the years that have notices, each with a stamp that differs once a file of it was changed."""

    def folder(self, years: Collection[str]) -> Folder:
        """Return the files of these years, and those of no year."""

    def prefetch(self, files: Iterable[File]) -> None:
        """Bring files that will be read."""


def folder_of(root: Path, files: Iterable[File], fetch: Callable[[str], None]) -> Folder:
    """Make a folder of files that are listed elsewhere; names are passed over and refused as by `scan`."""
    problems: list[Problem] = []
    # By folder: the names seen in it; by path of a folder: whether what lies in it is taken.
    seen: dict[str, dict[str, str]] = {}
    entered: dict[str, bool] = {"": True}

    def enter(path: str) -> bool:
        """Whether all names on the way to a path, and its own, are ones that are taken."""
        if path not in entered:
            below, _, name = path.rpartition("/")
            entered[path] = enter(below) and not _is_passed_over(name)
            problem = None
            if entered[path]:
                problem = _name_problem(name, path) or _same_name(name, path, seen.setdefault(below, {}))
            if problem is not None:
                problems.append(problem)
                entered[path] = False
        return entered[path]

    taken = [file for file in files if enter(file.path)]
    return Folder(root, tuple(sorted(taken, key=lambda file: file.path)), in_order(problems), fetch)


def scan(root: Path, apart: frozenset[str] = frozenset()) -> Folder:
    """List the regular files below `root`; links are never followed, but `root` itself may be one.

    Hidden files, what Windows, macOS and Word leave behind, and the paths `apart` are passed over. A name that is
    refused is not listed, nor is anything below it. Problems name paths below the root; a missing root is a problem
    too.
    """
    files: list[File] = []
    problems: list[Problem] = []
    waiting = [""]
    root = Path(os.path.realpath(root))
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(root / below) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(_unreadable(below.rstrip("/") or root.name, error))
            continue
        seen: dict[str, str] = {}
        for entry in entries:
            path = below + entry.name
            problem = _nested_repository(entry.name, path) if below else None
            if problem is None and (path in apart or _is_passed_over(entry.name)):
                continue
            problem = problem or _name_problem(entry.name, path) or _same_name(entry.name, path, seen)
            if problem is None:
                problem = _take(entry, path, files, waiting)
            if problem is not None:
                problems.append(problem)
    return Folder(root, tuple(sorted(files, key=lambda file: file.path)), in_order(problems))


def read_bytes(folder: Folder, path: str, limit: int = -1) -> bytes:
    """Return what a scanned file holds, its first `limit` bytes if given.

    Raises KeyError for a path that the scan did not list, and OSError where it is no longer the file that was scanned.
    """
    index = bisect_left(folder.files, path, key=lambda file: file.path)
    if index == len(folder.files) or folder.files[index].path != path:
        raise KeyError(path)
    flags = os.O_RDONLY
    for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, name, 0)
    if folder.fetch is not None and not (folder.root / path).exists():
        folder.fetch(path)
    with os.fdopen(os.open(folder.root / path, flags), "rb") as stream:
        status = os.fstat(stream.fileno())
        scanned = folder.files[index]
        same = folder.fetch is not None or str(status.st_mtime_ns) == scanned.stamp
        if not stat.S_ISREG(status.st_mode) or status.st_size != scanned.size or not same:
            raise OSError(errno.ESTALE, "文件刚刚被改动，请再运行一次", path)
        return stream.read(limit)


@dataclass(frozen=True, slots=True)
class LocalFiles:
    """The files of a folder on this machine."""

    all: Folder

    def years(self) -> dict[str, str]:
        """Return the years with their stamps."""
        digests: dict[str, Any] = {}
        for file in self.all.files:
            if year := year_of_path(file.path):
                digests.setdefault(year, sha256()).update(f"{file.path}\0{file.size}\0{file.stamp}\0".encode())
        return {year: digest.hexdigest() for year, digest in digests.items()}

    def folder(self, years: Collection[str]) -> Folder:
        """Return the files of these years, and those of no year."""
        files = tuple(file for file in self.all.files if year_of_path(file.path) in {"", *years})
        return replace(self.all, files=files)

    def prefetch(self, files: Iterable[File]) -> None:
        """Do nothing: all are there."""


def _take(entry: os.DirEntry[str], path: str, files: list[File], waiting: list[str]) -> Problem | None:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return _unreadable(path, error)
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        return _problem("symlink", path, "这是一个链接，指向别处的文件", "文件本身", "删掉链接，把文件本身复制到这里。")
    if stat.S_ISDIR(status.st_mode):
        waiting.append(path + "/")
        return None
    if not stat.S_ISREG(status.st_mode):
        return _problem("not-a-file", path, "这是设备、管道或套接字，不是文件", "普通文件", "删掉它。")
    if not os.access(entry.path, os.R_OK):
        return _unreadable(path, PermissionError())
    files.append(File(path, status.st_size, str(status.st_mtime_ns)))
    return None


def _is_passed_over(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _IGNORED


def _nested_repository(name: str, path: str) -> Problem | None:
    if name.casefold() != ".git":
        return None
    place = path.rpartition("/")[0]
    return _problem(
        "submodule",
        place,
        "这个文件夹里另有一个 git 仓库",
        "普通文件夹",
        "删掉它里面的 .git；它是子模块的话，把文件直接复制进来。",
    )


def _name_problem(name: str, path: str) -> Problem | None:
    flaw = name_flaw(name)
    return None if flaw is None else _problem(flaw.code, path, flaw.found, flaw.expected, flaw.mend)


def _same_name(name: str, path: str, seen: dict[str, str]) -> Problem | None:
    """Refuse a second name that Windows or macOS would take for the first."""
    other = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
    if other == name:
        return None
    return _problem(
        "same-name",
        path,
        f"与同一文件夹里的“{other}”只差大小写",
        "换一台电脑也分得清的名称",
        "给其中一个改名，或者删掉一个。",
    )


def _unreadable(path: str, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return _problem("unreadable", path, "没有这个文件或文件夹", "可以读取", "看看是不是改了名、移走了。")
    if isinstance(error, PermissionError):
        return _problem("unreadable", path, "没有读取的权限", "可以读取", "请管理员给你读取的权限。")
    reason = f"（错误号 {error.errno}）"
    return _problem("unreadable", path, f"读不出来{reason}", "可以读取", "看看磁盘或网络盘是不是正常，再试一次。")


def _problem(code: str, path: str, found: str, expected: str, mend: str) -> Problem:
    return file_problem(code, printable(path), found, expected, mend)
