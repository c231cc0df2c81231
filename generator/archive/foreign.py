"""Files that others made, read within bounds: no link leads out, no device is opened, nothing unpacked without end."""

from __future__ import annotations

import errno
import os
import re
import stat
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.characters import printable
from generator.folder_tree import NAME_LENGTH
from generator.records import Digest, RecordsError, digests_of_pieces

# What is read into memory; an attachment has at most 50 MB.
LARGEST_READ = 64 * 2**20
MOST_FILES, DEEPEST = 400_000, 16
_JUNCTION = 0xA0000003
_STORED = re.compile(f"[0-9a-f]{{{NAME_LENGTH}}}")
_PIECE = 2**18
# Pages and data are packed to a fifth or a tenth of their size, a bomb to a thousandth.
_ALWAYS, _RATIO = 64 * 2**20, 40


@dataclass(frozen=True, slots=True)
class ForeignFolder:
    """A folder made by others: the size of each regular file by path, and the kind of anything else, in Chinese."""

    root: Path
    files: Mapping[str, int] = field(repr=False)
    odd: Mapping[str, str]

    def read(self, path: str, largest: int = LARGEST_READ) -> bytes | None:
        """Return the bytes of a file, None where the folder has no such file; RecordsError where it is too large."""
        return b"".join(self.pieces(path, largest)) if path in self.files else None

    def digest(self, path: str) -> Digest:
        """Return the digests of a file that the folder has."""
        return digests_of_pieces(self.pieces(path, self.files[path]))

    def only(self, chosen: Callable[[str], bool]) -> ForeignFolder:
        """Return the folder with those files alone whose paths are chosen."""
        return ForeignFolder(self.root, {path: size for path, size in self.files.items() if chosen(path)}, {})

    def pieces(self, path: str, largest: int) -> Iterator[bytes]:
        """Yield the bytes of a file that the folder has, RecordsError as soon as there are more than `largest`."""
        return _pieces(self.root / path, path, largest)


def read_file(place: Path, largest: int = LARGEST_READ) -> bytes:
    """Return the bytes of a regular file; RecordsError where it is another thing, or too large."""
    return b"".join(_pieces(Path(os.path.realpath(place)), place.name, largest))


def list_folder(root: Path) -> ForeignFolder:
    """List what is below a folder; RecordsError where there is too much of it.

    Links are not followed, but for those from one folder of a host's store to another: its sites are made of these.
    """
    store = _store_of(root)
    files: dict[str, int] = {}
    odd: dict[str, str] = {}
    waiting, count = [""], 0
    while waiting:
        below = waiting.pop()
        with os.scandir(root / below) as found:
            for entry in found:
                path, count = below + entry.name, count + 1
                if count > MOST_FILES or path.count("/") >= DEEPEST:
                    raise too_many(printable(root.name), path)
                status = entry.stat(follow_symlinks=False)
                if _leads_to_store(entry, status, store):
                    waiting.append(f"{path}/")
                elif kind := _other_kind(status):
                    odd[path] = kind
                elif stat.S_ISDIR(status.st_mode):
                    waiting.append(f"{path}/")
                else:
                    files[path] = status.st_size
    return ForeignFolder(root, files, odd)


def _store_of(root: Path) -> Path | None:
    place = Path(os.path.realpath(root))
    return place.parent if _STORED.fullmatch(place.name) else None


def _leads_to_store(entry: os.DirEntry[str], status: os.stat_result, store: Path | None) -> bool:
    if store is None or not stat.S_ISLNK(status.st_mode):
        return False
    target = Path(entry.path).readlink()
    place = store / target.name
    return target == Path("..", place.name) and bool(_STORED.fullmatch(place.name)) and not place.is_symlink()


def too_many(name: str, path: str, most_files: int = MOST_FILES) -> RecordsError:
    """Return what says that there are more files or deeper folders than any site or bag has."""
    most = f"最多 {most_files} 个文件、{DEEPEST} 层文件夹"
    where = f"（{printable(path)}）" if path else ""
    return RecordsError(f"{name} 里的文件太多，或者文件夹套得太深{where}：{most}。没有往下看。")


def unpacked_bound(packed: int) -> int:
    """Return how many bytes may come of so many packed ones."""
    return _ALWAYS + _RATIO * packed


def inflate(place: Path, name: str) -> Iterator[bytes]:
    """Yield what a gzip file holds, member after member.

    RecordsError where there is more than `unpacked_bound` allows, or where it is no such file; `name` is told then.
    """
    size = place.stat().st_size
    left, inflater, whole = unpacked_bound(size), zlib.decompressobj(31), True
    for piece in _pieces(place, name, size):
        waiting, made = piece, b""
        while waiting or len(made) == _PIECE:
            try:
                made = inflater.decompress(waiting, _PIECE)
            except zlib.error as error:
                raise RecordsError(f"{name} 解不开，多半是坏了。") from error
            left -= len(made)
            if left < 0:
                raise RecordsError(f"{name} 解开以后比应有的大得多，没有往下看。")
            yield made
            waiting, whole = inflater.unused_data or inflater.unconsumed_tail, inflater.eof
            if whole:
                inflater = zlib.decompressobj(31)
    if not whole:
        raise RecordsError(f"{name} 没有写完，后面的丢了。")


def _pieces(place: Path, name: str, largest: int) -> Iterator[bytes]:
    flags = os.O_RDONLY
    for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"):
        flags |= getattr(os, flag, 0)
    try:
        descriptor = os.open(place, flags)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket, which cannot even be opened
            raise RecordsError(f"{printable(name)} 是设备、管道或套接字，不是文件。") from error
        raise
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(opened.fileno())
        if _other_kind(status) or stat.S_ISDIR(status.st_mode):
            raise RecordsError(f"{printable(name)} 是{_other_kind(status) or '文件夹'}，不是文件。")
        left = largest
        while piece := opened.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise RecordsError(f"{printable(name)} 太大，最多 {_size(largest)}。没有往下看。")
            yield piece


def _size(number: int) -> str:
    return f"{number // 2**20} MB" if number >= 2**20 else f"{number} 字节"


def _other_kind(status: os.stat_result) -> str:
    """Return what neither a file nor a folder is, "" for those two."""
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        return "一个链接"
    return "" if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode) else "设备、管道或套接字"
