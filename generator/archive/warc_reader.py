"""The records of a WARC that others made, read one after the other within bounds; payloads go to files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from generator.archive.foreign import MOST_FILES, inflate
from generator.characters import printable
from generator.file_names import inside
from generator.records import RecordsError

_VERSION = b"WARC/1.0\r\n"
_INFO, _RESPONSE = "warcinfo", "response"
_LONGEST_HEAD = 2**16
_LENGTH = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """A record: its type, the address that it answers for, and all its bytes but the payload of a response."""

    kind: str
    address: str
    date: str
    head: bytes


def read_warc(warc: Path, name: str, folder: Path | None, base: str) -> tuple[list[WarcRecord], list[str]]:
    """Return the records of a WARC, and in Chinese what no archive of a site holds.

    The payload of each response goes to the path below `folder`, where one is given, that its address has below
    `base`, the address of the site. RecordsError, with `name`, where it is no WARC, and where there is too much of it.
    """
    records: list[WarcRecord] = []
    flaws: list[str] = []
    stream = _Stream(inflate(warc, name), name)
    seen: set[str] = set()
    while not stream.ended:
        fields, head = _fields(stream)
        kind, address = fields.get("warc-type", ""), fields.get("warc-target-uri", "")
        length = fields.get("content-length", "")
        if not _LENGTH.fullmatch(length):
            raise stream.broken()
        path = path_of(address, base)
        told = printable(path or address) or f"第 {len(records) + 1} 条"
        flaw = _flaw(kind, path, len(records), known=path in seen)
        if flaw:
            flaws.append(f"{told}：{flaw}")
        if kind == _RESPONSE:
            http, left = _http_head(stream, int(length))
            place = folder / path if folder and path is not None and not flaw else None
            _payload(stream, left, place)
            head += http
        else:
            head += stream.exactly(min(int(length), _LONGEST_HEAD))
            _payload(stream, max(0, int(length) - _LONGEST_HEAD), None)
        if stream.exactly(4) != b"\r\n\r\n":
            raise stream.broken()
        if path is not None and kind == _RESPONSE:
            seen.add(path)
        records.append(WarcRecord(kind, address, fields.get("warc-date", ""), head))
        if len(records) > MOST_FILES:
            raise RecordsError(f"{name} 里的记录太多，最多 {MOST_FILES} 条。没有往下看。")
    if not records:
        raise stream.broken()
    return records, flaws


def path_of(address: str, base: str) -> str | None:
    """Return the file of a site that an address means, None where it is none of the site's."""
    if not address.startswith(base):
        return None
    path = unquote(address.removeprefix(base))
    path = f"{path}index.html" if path.endswith("/") or not path else path
    return path if inside(path) else None


def _flaw(kind: str, path: str | None, number: int, *, known: bool) -> str:
    if number == 0 and kind != _INFO:
        return f"第一条记录是“{printable(kind)}”，应当是 {_INFO}"
    if number and kind != _RESPONSE:
        return f"有一条“{printable(kind)}”记录，只应当有网页的回答（{_RESPONSE}）"
    if number and path is None:
        return "不是这个网站的网址"
    return "存了两份，只应当有一份" if known else ""


def _fields(stream: _Stream) -> tuple[dict[str, str], bytes]:
    """FindFile the head of a record: its fields by their names in small letters, and its bytes."""
    if stream.exactly(len(_VERSION)) != _VERSION:
        raise stream.broken()
    rest = stream.until(b"\r\n\r\n", _LONGEST_HEAD)
    lines = rest.decode(errors="replace").split("\r\n")[:-2]
    pairs = [line.partition(":") for line in lines]
    fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
    if len(fields) != len(pairs):
        raise stream.broken()
    return fields, _VERSION + rest


def _http_head(stream: _Stream, length: int) -> tuple[bytes, int]:
    """FindFile the head of the answer in a block of so many bytes; return it, and how many are left."""
    head = stream.until(b"\r\n\r\n", min(length, _LONGEST_HEAD))
    return head, length - len(head)


def _payload(stream: _Stream, length: int, place: Path | None) -> None:
    if place is None:
        for _ in stream.pieces(length):
            pass
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as opened:
        opened.writelines(stream.pieces(length))


class _Stream:
    """Bytes that arrive in pieces, taken by number or up to a mark."""

    def __init__(self, pieces: Iterable[bytes], name: str) -> None:
        self._pieces, self._held, self._name = iter(pieces), bytearray(), name

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return not self._held and not self._more()

    def broken(self) -> RecordsError:
        """Return what says that this is no WARC."""
        return RecordsError(f"{self._name} 不是完好的网页存档。")

    def exactly(self, number: int) -> bytes:
        """Take so many bytes."""
        while len(self._held) < number:
            if not self._more():
                raise self.broken()
        taken = bytes(self._held[:number])
        del self._held[:number]
        return taken

    def until(self, mark: bytes, most: int) -> bytes:
        """Take the bytes up to and with a mark, which must come within so many."""
        while (at := self._held.find(mark, 0, most)) < 0:
            if len(self._held) >= most or not self._more():
                raise self.broken()
        return self.exactly(at + len(mark))

    def pieces(self, number: int) -> Iterator[bytes]:
        """Take so many bytes piece by piece."""
        while number:
            if not self._held and not self._more():
                raise self.broken()
            taken = bytes(self._held[:number])
            del self._held[:number]
            number -= len(taken)
            yield taken

    def _more(self) -> bool:
        piece = next(filter(None, self._pieces), b"")
        self._held += piece
        return bool(piece)
