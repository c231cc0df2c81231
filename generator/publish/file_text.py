"""The text in a file of any kind, as far as the standard library and pypdf can extract it."""

from __future__ import annotations

import io
import logging
import re
import zipfile
import zlib
from dataclasses import dataclass

from pypdf import PdfReader

from generator.read import decode_leniently

# What is packed in a file may be a thousand times as large as the file.
_LARGEST = 200_000_000
_DEEP = 3
_TAG = re.compile(r"<[^<>]{0,4000}>")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Pictures, fonts and packed folders that the standard library does not open.
_CLOSED = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"wOF2", b"wOFF", b"Rar!", b"7z\xbc\xaf", b"RIFF", b"\x00\x01\x00\x00")


@dataclass(frozen=True, slots=True)
class FileText:
    """The texts found in a file, and whether that is all: a scan, a picture or an encrypted file may say more."""

    texts: tuple[str, ...]
    whole: bool


def read_text(data: bytes, name: str = "") -> FileText:
    """Take the text out of a file: plain in any usual encoding, HTML and XML also without tags, Word, OFD and other zip
    files, PDF, gzip, and the raw deflate of a search index (`.bin`).
    """  # noqa: D205  (a list)
    found = _Found()
    found.take(data, name, 0)
    return FileText(tuple(found.texts), found.whole)


class _Found:
    """The texts taken out so far, and how many bytes may still be inflated."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.whole = True
        self._left = _LARGEST

    def take(self, data: bytes, name: str, depth: int) -> None:
        if depth > _DEEP:
            self.whole = False
        elif data.startswith(b"\x1f\x8b"):
            self._inflated(data, name.removesuffix(".gz"), 31, depth)
        elif data.startswith(b"PK\x03\x04"):
            self._zip(data, depth)
        elif b"%PDF-" in data[:1024]:
            self._pdf(data, depth)
        elif name.endswith(".bin"):
            self._inflated(data, "", -15, depth)
        elif data.startswith(_OLE):
            self.whole = False
            # Word and Excel before 2007 keep text in one of these, mostly in one piece.
            self.texts += [data.decode(kind, "ignore") for kind in ("utf-16-le", "gb18030")]
            self.texts.append(data[1:].decode("utf-16-le", "ignore"))
        else:
            self._plain(data)

    def _plain(self, data: bytes) -> None:
        closed = data.startswith(_CLOSED)
        text, exact = (data.decode("utf-8", "ignore"), False) if closed else decode_leniently(data, "ignore")
        if not exact:
            self.whole = False
            self.texts.append(data.decode("gb18030", "ignore"))
        self.texts.append(text)
        if "</" in text:
            self.texts.append(_TAG.sub("", text))

    def _inflated(self, data: bytes, name: str, bits: int, depth: int) -> None:
        inflater = zlib.decompressobj(bits)
        try:
            inner = inflater.decompress(data, self._left)
        except zlib.error:
            self._plain(data)
            return
        self._left -= len(inner)
        self.whole = self.whole and inflater.eof and not inflater.unused_data
        self.take(inner, name, depth + 1)

    def _zip(self, data: bytes, depth: int) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for entry in packed.infolist():
                    self.texts.append(entry.filename)
                    with packed.open(entry) as opened:
                        inner = opened.read(self._left)
                        self.whole = self.whole and not opened.read(1)
                    self._left -= len(inner)
                    self.take(inner, entry.filename, depth + 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error, ValueError):
            # Encrypted, damaged, or packed by a method that the standard library lacks.
            self.whole = False

    def _pdf(self, data: bytes, depth: int) -> None:
        before = len(self.texts)
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                reader.decrypt("")
            for page in reader.pages:
                self.texts.append(page.extract_text())
            self.texts += [str(value) for value in (reader.metadata or {}).values()]
            for attached in [one for many in reader.attachments.values() for one in many]:
                self.take(attached, "", depth + 1)
        except Exception:  # noqa: BLE001  (a damaged PDF breaks its reader in any way)
            self.whole = False
        # One page without a text is a picture of a page.
        self.whole = self.whole and all(text.strip() for text in self.texts[before:] or [""])
        self.texts.append(data.decode("utf-8", "ignore"))
