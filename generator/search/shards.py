"""Postings become small files, each of which holds the grams whose hash begins alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search.grams import HASH_BITS
from generator.search.packing import HASH_SHIFT, NOTICE_BITS, Merged
from generator.search.records import PARTS

# What tells the grams of one shard apart; two that are told apart wrongly only cost a reader a look in vain.
_TAG_BITS = 16
_AT_ONCE = 1 << 14

Row = NDArray[np.int64]


def shards(found: Merged, count: int) -> Iterator[bytes]:
    """Yield `count` shards of sorted postings, in order; a shard may be empty.

    A shard is a row of varints. For each gram: its tag, less the one before; in how many notices it occurs; their
    numbers, each less the one before; and for each a plain byte, with a bit for each part of the text. A gram's hash,
    as a fraction of 1, times `count`: before the point stands its shard, after it the tag.
    """
    lowest = [-(-(number << HASH_BITS) // count) << HASH_SHIFT for number in range(count + 1)]
    edges = np.searchsorted(found, np.array(lowest, np.uint64)).tolist()
    first = 0
    while first < count:
        last = first + 1
        while last < count and edges[last + 1] - edges[first] <= _AT_ONCE:
            last += 1
        data, starts = _written(found[edges[first] : edges[last]], count)
        cuts = np.array(edges[first : last + 1]) - edges[first]
        ends = np.append(starts, len(data))[cuts].tolist()
        yield from (data[one:other] for one, other in pairwise(ends))
        first = last


def _written(found: Merged, count: int) -> tuple[bytes, Row]:
    """Write postings one after the other; return with the bytes where each posting's gram begins among them."""
    places = (found >> np.uint64(HASH_SHIFT)).astype(np.int64) * count
    notices = (found >> np.uint64(PARTS)).astype(np.int64) & ((1 << NOTICE_BITS) - 1)
    firsts = np.flatnonzero(np.diff(places, prepend=-1))
    counts = np.diff(firsts, append=len(found))
    grams = places[firsts]
    tags = grams >> (HASH_BITS - _TAG_BITS) & ((1 << _TAG_BITS) - 1)
    opens = np.flatnonzero(np.diff(grams >> HASH_BITS, prepend=-1))
    steps = np.diff(tags, prepend=0)
    steps[opens] = tags[opens]
    deltas = np.diff(notices, prepend=0)
    deltas[firsts] = notices[firsts]
    # Two numbers for each gram, and two for each of its notices.
    heads = 2 * np.arange(len(firsts)) + 2 * firsts
    numbers = np.arange(len(found)) + np.repeat(heads + 2 - firsts, counts)
    masks = numbers + np.repeat(counts, counts)
    values = np.empty(2 * (len(firsts) + len(found)), np.int64)
    values[heads], values[heads + 1], values[numbers], values[masks] = steps, counts, deltas, found.astype(np.uint8)
    plain = np.zeros(len(values), np.bool_)
    plain[masks] = True
    data, starts = _varints(values, plain)
    return data, np.repeat(starts[heads], counts)


def _varints(values: Row, plain: NDArray[np.bool_]) -> tuple[bytes, Row]:
    """Write numbers below 2 ** 21, seven bits a byte with the high bit where more follow; the `plain` as one byte.

    Return with the bytes where each number begins.
    """
    lengths = 1 + ((values >= 1 << 7).astype(np.int64) + (values >= 1 << 14)) * ~plain
    ends = np.cumsum(lengths)
    starts: Row = ends - lengths
    written = np.zeros(ends[-1] if len(ends) else 0, np.uint8)
    written[starts] = np.where(lengths == 1, values, values & 127 | 128)
    for index in (1, 2):
        here = lengths > index
        more = (lengths[here] > index + 1) << 7
        written[starts[here] + index] = (values[here] >> (7 * index)) & 127 | more
    return written.tobytes(), starts
