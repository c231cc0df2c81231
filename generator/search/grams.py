"""Texts become postings: which short runs of characters (grams) occur in which notice, and in which part of it.

Looked up are single characters, pairs, pairs with the mark between them, triples with an ASCII character, triples of
very common characters, and runs of four ASCII characters. No gram reaches from one line into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from generator.search.records import PARTS

# One character for one, so that places in the folded text are places in the text.
_SAME = {
    " ": "\u00a0\u3000",
    '"': "“”„‟",
    "'": "‘’‚‛",
    "-": "‐‑‒–—―−﹣",
    "~": "〜",
    ":": "∶",
    "·": "•‧・",
}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLDS = {ord(char): ord(plain) for plain, chars in _SAME.items() for char in chars} | _FULL_WIDTH
FOLDS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)} | {
    code: plain + 32 if ord("A") <= plain <= ord("Z") else plain for code, plain in _FOLDS.items()
}
# Punctuation and blanks: found with the words around them, never looked up by themselves.
SILENT = re.compile(
    "[\\0-/:-@\\[-`{-\u00bf\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\ufe10-\ufe6f\uff00-\uff65]"
)


def fold(text: str) -> str:
    """Make full and half width, upper and lower case, and the forms of quotes and dashes one; the length stays."""
    return text.translate(FOLDS)


# The commonest characters of such notices: three in a row are looked up together, since two say too little.
COMMON = "是一不工进的党整改部和二中人委市成日作会对展年完关设三开题员公有组巡方察出度面通"


Postings = NDArray[np.uint64]
Codes = NDArray[np.uint32]
Flags = NDArray[np.bool_]

# A posting is one number: hash of the gram, number of the notice, a bit for each part of its text where the gram is.
NOTICE_BITS = 20
HASH_BITS = 32
HASH_SHIFT = NOTICE_BITS + PARTS
_EVERYWHERE = (1 << PARTS) - 1
_BATCH = 50
_LAST = 0x10FFFF
_COUNTED, _MARK, _COMMON = 1, 2, 4


@dataclass(frozen=True, slots=True)
class IndexedText:
    """A notice's lines, the part of the text (0 to 7) in which each lies, and words that stand for the whole of it."""

    lines: tuple[str, ...]
    parts: tuple[int, ...]
    tokens: tuple[str, ...] = ()


def postings(texts: Sequence[IndexedText], pool: Executor) -> Postings:
    """Return the sorted postings of texts, numbered in their order."""
    starts = range(0, len(texts), _BATCH)
    batches = [texts[start : start + _BATCH] for start in starts]
    found = np.concatenate([np.empty(0, np.uint64), *pool.map(_postings, batches, starts)])
    found.sort()
    return found


@cache
def hashed(gram: str) -> int:
    """Hash one gram, or a word that stands for a whole notice, to 32 bits."""
    return int(_hashes(_codes(gram), np.zeros(1, np.int64), len(gram))[0])


def _postings(texts: Sequence[IndexedText], start: int) -> Postings:
    """Return the postings of some texts, numbered from `start`, with the parts of one gram in one notice united."""
    found = np.concatenate([*_grams(texts, start), _tokens(texts, start)])
    found.sort()
    keys = found >> np.uint64(PARTS)
    firsts = np.flatnonzero(np.diff(keys, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)))
    return np.bitwise_or.reduceat(found, firsts) if len(found) else found


def _tokens(texts: Sequence[IndexedText], start: int) -> Postings:
    rows = [
        (hashed(token) << HASH_SHIFT) | (number << PARTS) | _EVERYWHERE
        for number, text in enumerate(texts, start)
        for token in text.tokens
    ]
    return np.array(rows, np.uint64)


def _grams(texts: Sequence[IndexedText], start: int) -> Iterator[Postings]:
    row = "".join(f"{line}\n" for text in texts for line in text.lines)
    folds, kinds = _tables()
    codes = folds[_codes(row)]
    kind = kinds[codes]
    counted, mark, common, ascii_ = (kind & _COUNTED) > 0, (kind & _MARK) > 0, (kind & _COMMON) > 0, codes < 128
    lengths = [len(line) + 1 for text in texts for line in text.lines]
    places = [(number << PARTS) | (1 << part) for number, text in enumerate(texts, start) for part in text.parts]
    spread = np.repeat(np.array(places, np.uint64), lengths)
    for size in (1, 2, 3, 4):
        wanted = _all(counted, size)
        if size == 3:
            over = counted[:-2] & mark[1:-1] & counted[2:]
            wanted = over | (wanted & (_all(common, size) | ~_all(~ascii_, size)))
        elif size == 4:
            wanted &= _all(ascii_, size)
        chosen = np.flatnonzero(wanted)
        yield (_hashes(codes, chosen, size).astype(np.uint64) << np.uint64(HASH_SHIFT)) | spread[chosen]


def _all(flags: Flags, size: int) -> Flags:
    """Say of each run of `size` characters whether all of them have the flag."""
    count = max(len(flags) - size + 1, 0)
    found: Flags = np.logical_and.reduce([flags[offset : offset + count] for offset in range(size)])
    return found


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _hashes(codes: Codes, chosen: NDArray[np.int64], size: int) -> Codes:
    """Hash the runs that begin at the chosen places: FNV-1a, then mixed, since shards go by the first bits."""
    value: Codes = np.full(len(chosen), 2166136261, np.uint32)
    for offset in range(size):
        value = (value ^ codes[chosen + offset]) * np.uint32(16777619)
    value = (value ^ (value >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    return value ^ (value >> np.uint32(13))


@cache
def _tables() -> tuple[Codes, NDArray[np.uint8]]:
    """Return for each code point what it is folded to, and of what kind it is."""
    folds: Codes = np.arange(_LAST + 1, dtype=np.uint32)
    for code, plain in FOLDS.items():
        folds[code] = plain
    kinds = np.full(_LAST + 1, _COUNTED, np.uint8)
    silent = [code for code in range(0x10000) if SILENT.fullmatch(chr(code))]
    kinds[silent] = _MARK
    # A query is parted at blanks.
    kinds[[code for code in silent if chr(code).isspace()]] = 0
    kinds[[ord(char) for char in COMMON]] |= _COMMON
    return folds, kinds
