"""The zip file of a bag, unpacked within bounds."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from generator.archive.bag import DECLARATION
from generator.archive.foreign import DEEPEST, too_many, unpacked_bound
from generator.characters import printable
from generator.file_names import inside
from generator.records import RecordsError

_MOST = 100_000
# PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
_ENTRY, _END, _LOCATOR, _END64 = b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
_END_SIZE, _LOCATOR_SIZE, _END64_SIZE = 22, 20, 56 + 20
_LONGEST_END = _END_SIZE + 0xFFFF
_LOCAL_HEADER, _ENTRY_HEADER = 30, 46
_ENCRYPTED = 1
_PIECE = 2**18


@contextmanager
def unpacked_zip(target: Path) -> Iterator[Path]:
    """Unpack the one folder of a zip file for as long as it is looked at; RecordsError where it is no such file."""
    shown = printable(str(target))
    with TemporaryDirectory(prefix="gongkai-zip-") as working:
        try:
            with target.open("rb") as opened:
                _refuse_many(opened, target)
                with zipfile.ZipFile(opened) as packed:
                    members = packed.infolist()
                    _refuse_hostile(members, target)
                    _extract(packed, members, Path(working), target)
        except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, struct.error, ValueError) as error:
            raise RecordsError(f"{shown} 解不开：不是压缩包，或者坏了、没有下载完。请另找一份。") from error
        tops = list(Path(working).iterdir())
        if len(tops) != 1 or not (tops[0] / DECLARATION).is_file():
            raise RecordsError(f"{shown} 里不是一个归档包。")
        yield tops[0]


def _refuse_many(opened: BinaryIO, target: Path) -> None:
    """Count the entries in the file itself: what it says of their number binds nobody who reads it."""
    start, size = _directory(opened)
    opened.seek(start)
    count = 0
    left = size
    while left >= _ENTRY_HEADER:
        header = opened.read(_ENTRY_HEADER)
        if header[:4] != _ENTRY:
            break
        count += 1
        if count > _MOST:
            raise too_many(target.name, "", _MOST)
        more = sum(struct.unpack("<3H", header[28:34]))
        opened.seek(more, 1)
        left -= _ENTRY_HEADER + more
    opened.seek(0)


def _directory(opened: BinaryIO) -> tuple[int, int]:
    """Return where the list of entries begins, and its size, as zipfile finds them."""
    length = opened.seek(0, 2)
    opened.seek(max(0, length - _LONGEST_END))
    tail = opened.read()
    plain_end = tail[-_END_SIZE:]
    at = len(tail) - _END_SIZE if plain_end[:4] == _END and plain_end[-2:] == b"\0\0" else tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile("no end of a zip file")
    end = length - len(tail) + at
    opened.seek(max(0, end - _END64_SIZE))
    before = opened.read(min(end, _END64_SIZE))
    if before[:4] == _END64 and before[-_LOCATOR_SIZE:][:4] == _LOCATOR:
        size = struct.unpack("<Q", before[40:48])[0]
        return max(0, end - _END64_SIZE - size), size
    size = struct.unpack("<I", tail[at + 12 : at + 16])[0]
    return max(0, end - size), size


def _refuse_hostile(members: list[zipfile.ZipInfo], target: Path) -> None:
    names: set[str] = set()
    shown = printable(str(target))
    for member in members:
        name = member.filename.removesuffix("/")
        mode = stat.S_IFMT(member.external_attr >> 16)
        if member.orig_filename != member.filename or not inside(name) or name.count("/") > DEEPEST:
            raise RecordsError(f"{shown} 里有不能用的文件名“{printable(member.orig_filename)}”，没有解开。")
        if name in names:
            raise RecordsError(f"{shown} 里有两个“{printable(name)}”，没有解开。")
        if mode not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise RecordsError(f"{shown} 里的“{printable(name)}”是链接或者设备，不是文件，没有解开。")
        if member.flag_bits & _ENCRYPTED:
            raise RecordsError(f"{shown} 里的“{printable(name)}”加了密，没有解开。归档包不加密。")
        names.add(name)
    placed = sorted((one.header_offset, one.compress_size, one.filename) for one in members)
    for (start, size, _), (following, _, name) in pairwise(placed):
        if start + _LOCAL_HEADER + size > following:
            raise RecordsError(f"{shown} 里的“{printable(name)}”和前一个文件叠在一起，没有解开。")
    if sum(one.file_size for one in members) > unpacked_bound(target.stat().st_size):
        raise RecordsError(f"{shown} 解开以后比应有的大得多，没有解开。")


def _extract(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path, target: Path) -> None:
    left, shown = unpacked_bound(target.stat().st_size), printable(str(target))
    for member in members:
        place = folder / member.filename
        if member.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with packed.open(member) as opened, place.open("xb") as written:
            while piece := opened.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    raise RecordsError(f"{shown} 解开以后比应有的大得多，没有解开。")
                written.write(piece)
