"""The mark of a site: a PNG picture that lies beside site.yml."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from struct import unpack

from generator.check.violation import Violation
from generator.errors import GongkaiError

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEY = "标志"
# Of a phone's home screen, and no more than a phone should have to fetch with every page.
SMALLEST, LARGEST, MOST_BYTES = 180, 1024, 200_000
# Four channels of 16 bits, and a byte for each line of the seven passes of an interlaced picture.
_MOST_INFLATED = LARGEST * LARGEST * 8 + LARGEST * 14
_AS_PNG = "用做图的软件打开，另存为 PNG，再放进来。"


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A mark that was found good: the name of its file beside site.yml, and how many pixels wide and high it is."""

    file: str
    side: int


class _PngError(GongkaiError):
    """Data that is no whole PNG picture, with the `flaw` in Chinese."""

    def __init__(self, flaw: str) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def check_mark(file: str, data: bytes) -> tuple[SiteMark | None, tuple[Violation, ...]]:
    """Make the mark of a picture, of which no more than `MOST_BYTES` and one byte need be given, or list what is wrong.

    The picture is square, of a middling size, whole, and does not move (W3C PNG, third edition).
    """
    width, height, faults = 0, 0, [*_too_much(file, data)]
    if not faults:
        try:
            width, height, moves = _read(data)
        except _PngError as error:
            faults = [_violation("mark-content", f"{file}：{error.flaw}", "完好的 PNG 图片", _AS_PNG)]
        else:
            faults = [*_shape(file, width, height), *([_moves(file)] if moves else [])]
    return (None if faults else SiteMark(file, width)), tuple(faults)


def absent_mark(file: str) -> Violation:
    """Return the violation of a picture that is not there."""
    mend = "把图片放到 site.yml 旁边，文件名和这里写的一样；没有标志，就删掉这一行。"
    return _violation("mark-absent", f"没有 {file} 这个文件", f"{file} 和 site.yml 放在一起", mend)


def _too_much(file: str, data: bytes) -> Iterator[Violation]:
    if len(data) > MOST_BYTES:
        mend = "换一张小些的：宽和高各 512 像素就够了，颜色少的图片存成 8 位的 PNG。"
        yield _violation("mark-bytes", f"{file} 比 {MOST_BYTES // 1000} KB 大", f"不超过 {MOST_BYTES // 1000} KB", mend)


def _shape(file: str, width: int, height: int) -> Iterator[Violation]:
    if width != height or not SMALLEST <= width <= LARGEST:
        yield _violation(
            "mark-size",
            f"{file} 宽 {width} 像素，高 {height} 像素",
            f"正方形，宽和高在 {SMALLEST} 到 {LARGEST} 像素之间",
            "长条形的，四周留白补成正方形；大小用做图的软件改，512 像素最合适。",
        )


def _moves(file: str) -> Violation:
    return _violation("mark-moves", f"{file} 是会动的图片", "不动的图片", _AS_PNG)


def _violation(code: str, found: str, expected: str, mend: str) -> Violation:
    return Violation(path=(_KEY,), code=code, found=found, expected=expected, mend=mend)


def _read(data: bytes) -> tuple[int, int, bool]:
    """Return the width and height of a PNG picture and whether it moves; _PngError where it is none."""
    if not data.startswith(_SIGNATURE):
        raise _PngError("不是 PNG 图片")
    chunks = [*_chunks(data)] or [(b"", b"")]
    kinds = [kind for kind, _ in chunks]
    if len(chunks[0][1]) != 13 or kinds[0] != b"IHDR" or kinds[-1] != b"IEND" or b"IEND" in kinds[:-1]:
        raise _PngError("不完整，或者后面多了东西")
    width, height = unpack(">II", chunks[0][1][:8])
    pixels = [number for number, kind in enumerate(kinds) if kind == b"IDAT"]
    if not pixels or any(two - one != 1 for one, two in pairwise(pixels)):
        raise _PngError("里面没有图像")
    _inflate(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    return width, height, b"acTL" in kinds


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the body of each chunk; _PngError where the data is cut or damaged."""
    place = len(_SIGNATURE)
    while place < len(data):
        head = data[place : place + 8]
        size = int.from_bytes(head[:4])
        body, sum_ = data[place + 8 : place + 8 + size], data[place + 8 + size : place + 12 + size]
        if len(head) + len(body) + len(sum_) != size + 12 or zlib.crc32(head[4:] + body) != int.from_bytes(sum_):
            raise _PngError("不完整，或者坏了")
        yield head[4:], body
        place += 12 + size


def _inflate(packed: bytes) -> None:
    inflater = zlib.decompressobj()
    try:
        inflater.decompress(packed, _MOST_INFLATED)
    except zlib.error:
        raise _PngError("坏了") from None
    if not inflater.eof:
        raise _PngError("不完整，或者坏了")
