"""The postings of one notice become a row of bytes to keep; those of several are merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.grams import HASH_BITS, Codes, Masks, Postings
from generator.search.records import PARTS

# A merged posting is one number: hash of the gram, number of the notice, a bit for each part of its text with the gram.
Merged = NDArray[np.uint64]
NOTICE_BITS = 20
HASH_SHIFT = NOTICE_BITS + PARTS
# Of a hash's four bytes the first is not kept: it is known how many begin with a smaller one.
_KEPT = 3
_TOPS: Codes = np.arange(1 << (HASH_BITS - 8 * _KEPT), dtype=np.uint32) << np.uint32(8 * _KEPT)
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """The part of a notice in an index: its postings, the last day of its period, and a digest of 16 bytes of its text.

    `closes` is an ordinal of the calendar (`date.toordinal`), 0 for a notice without a period and a withdrawn one.
    """

    postings: Postings
    closes: int
    digest: bytes

    def pack(self) -> bytes:
        """Write it as bytes, four for each posting and some 1,300 more."""
        own = self.postings
        head = np.array([self.closes, len(own.of_title)], "<u4")
        edges = np.searchsorted(own.hashes, _TOPS).astype("<u4")
        kept = own.hashes.astype("<u4", copy=False).view(np.uint8).reshape(-1, 4)[:, :_KEPT]
        rows = (head, own.of_title.astype("<u4", copy=False), edges, kept, own.masks)
        return self.digest + b"".join(row.tobytes() for row in rows)

    @classmethod
    def unpack(cls, data: bytes) -> IndexRecord:
        """Read what `pack` wrote."""
        closes, titles = np.frombuffer(data, "<u4", 2, _DIGEST).tolist()
        numbers = np.frombuffer(data, "<u4", titles + len(_TOPS), _DIGEST + 8)
        start = _DIGEST + 8 + numbers.nbytes
        count = (len(data) - start) // (_KEPT + 1)
        bytes_ = np.zeros((count, 4), np.uint8)
        bytes_[:, :_KEPT] = np.frombuffer(data, np.uint8, _KEPT * count, start).reshape(-1, _KEPT)
        edges = np.append(numbers[titles:], np.uint32(count)).astype(np.int64)
        low: Codes = bytes_.view("<u4")[:, 0]
        hashes = low | np.repeat(_TOPS, np.diff(edges))
        masks: Masks = np.frombuffer(data, np.uint8, count, start + _KEPT * count)
        return cls(Postings(hashes, masks, numbers[:titles]), closes, data[:_DIGEST])


@dataclass(frozen=True, slots=True)
class MergedRecords:
    """Several records as one: the sorted postings of all and of their titles, and of each the other values."""

    postings: Merged
    titles: Merged
    closes: tuple[int, ...]
    digests: tuple[bytes, ...]


def merge(packed: Sequence[bytes]) -> MergedRecords:
    """Merge packed records, numbered by their places; no more is held of each than goes into the result."""
    room = np.empty(sum(map(len, packed)) // (_KEPT + 1), np.uint64)
    size, titles, closes, digests = 0, list[Merged](), list[int](), list[bytes]()
    for number, data in enumerate(packed):
        record = IndexRecord.unpack(data)
        own = record.postings
        row = room[size : size + len(own.hashes)]
        np.left_shift(own.hashes, np.uint64(HASH_SHIFT), out=row, dtype=np.uint64)
        row |= np.uint64(number << PARTS) | own.masks
        titles.append(row[own.of_title])
        closes.append(record.closes)
        digests.append(record.digest)
        size += len(row)
    return MergedRecords(_sorted(room[:size]), _sorted(np.concatenate(titles)), tuple(closes), tuple(digests))


def join_titles(rows: Iterable[tuple[Merged, int]]) -> Merged:
    """Return the sorted postings of titles of several segments, each to be numbered from its own first number on."""
    return _sorted(np.concatenate([found + np.uint64(first << PARTS) for found, first in rows]))


def _sorted(found: Merged) -> Merged:
    """Sort in place what consists of rows that are sorted already."""
    found.sort(kind="stable")
    return found
