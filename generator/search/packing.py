"""The postings of one notice become a row of bytes to keep; those of several are merged."""

from __future__ import annotations

from collections.abc import Sequence
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


def merge(records: Sequence[IndexRecord]) -> Merged:
    """Return the sorted postings of several notices, which have the numbers of their places."""
    return _merge([(one.postings.hashes, one.postings.masks) for one in records])


def merge_titles(records: Sequence[IndexRecord]) -> Merged:
    """Return the sorted postings of the grams that the notices' titles have, each with all parts of the text."""
    all_ = [one.postings for one in records]
    return _merge([(own.hashes[own.of_title], own.masks[own.of_title]) for own in all_])


def _merge(rows: Sequence[tuple[Codes, Masks]]) -> Merged:
    found = np.empty(sum(len(hashes) for hashes, _ in rows), np.uint64)
    start = 0
    for number, (hashes, masks) in enumerate(rows):
        own = found[start : start + len(hashes)]
        np.left_shift(hashes, np.uint64(HASH_SHIFT), out=own, dtype=np.uint64)
        own |= np.uint64(number << PARTS) | masks
        start += len(hashes)
    found.sort(kind="stable")  # Each notice's own are sorted already.
    return found


def renumbered(found: Merged, first: int) -> Merged:
    """Return the postings of notices that are numbered from `first` on instead of from 0."""
    return found + np.uint64(first << PARTS)
