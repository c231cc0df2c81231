"""A notice made ready for the index, whatever other notices there are."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from generator.files import DataFile
from generator.model import NoticeSummary, Unit
from generator.search.grams import postings
from generator.search.packing import IndexRecord
from generator.search.records import encoded, lines, parts, quarters


@dataclass(frozen=True, slots=True)
class IndexedNotice:
    """A notice ready for the index: its text in files of a folder of their own, and what a segment is made of."""

    texts: tuple[DataFile, ...]
    packed: bytes


def index_notice(summary: NoticeSummary, reading: Iterable[Unit]) -> IndexedNotice:
    """Make a notice ready for the index; `reading` are the units of its text that are public."""
    found = lines(reading)
    texts = [line.text for line in found]
    places = parts(texts)
    withdrawn = ("withdrawn",) if summary.withdrawal else ()
    own = postings(texts, places, (f"organ:{summary.organ}", *withdrawn))
    written = enumerate(quarters(summary, found, places))
    files = tuple(DataFile(f"{number}.bin", deflate(encoded(text))) for number, text in written)
    digest = hashlib.sha256(b"".join(hashlib.sha256(file.data).digest() for file in files)).digest()[:16]
    closes = summary.period.closes.toordinal() if summary.period and not summary.withdrawal else 0
    return IndexedNotice(files, IndexRecord(own, closes, digest).pack())


def deflate(data: bytes, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """Compress without header and checksum (RFC 1951): the script inflates it, whatever a server does with its type."""
    made = zlib.compressobj(6, zlib.DEFLATED, -15, 8, strategy)
    return made.compress(data) + made.flush()
