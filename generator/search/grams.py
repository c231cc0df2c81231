"""A text becomes postings: which short runs of characters (grams) occur in it, and in which parts of it.

Looked up are single characters, pairs, pairs with the mark between them, triples with an ASCII character, triples of
very common characters, and runs of four ASCII characters. No gram reaches from one line into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

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


HASH_BITS = 32
Codes = NDArray[np.uint32]
Masks = NDArray[np.uint8]
Positions = NDArray[np.int64]

_LAST = 0x10FFFF
_COUNTED, _MARK, _COMMON, _ASCII = 1, 2, 4, 8
_OFFSET, _PRIME, _MIXER = np.uint32(2166136261), np.uint32(16777619), np.uint32(0x2C1B3C6D)


@dataclass(frozen=True, slots=True)
class Postings:
    """The grams of a text: hashes in order, each with a bit for each part of the text where it is.

    `of_title` are the places of those that the first line has.
    """

    hashes: Codes
    masks: Masks
    of_title: Codes


def postings(lines: Sequence[str], parts: Sequence[int], tokens: Iterable[str] = ()) -> Postings:
    """Return the postings of a text.

    `parts` says in which part of the text, 0 to 7, each line lies; `tokens` are words that stand for the whole of it.
    """
    lengths = [len(line) + 1 for line in lines]
    spread = np.repeat(np.array([1 << part for part in parts], np.uint8), lengths)
    values, places = zip(*_grams("".join(f"{line}\n" for line in lines)), strict=True)
    words = [hashed(token) for token in tokens]
    own = _mixed(np.concatenate(values))
    hashes = np.concatenate([own, np.array(words, np.uint32)])
    where = np.concatenate(places)
    masks = np.concatenate([spread.take(where), np.full(len(words), 255, np.uint8)])
    # Numbers of 16 bits are sorted without being compared.
    order = np.argsort(hashes.astype(np.uint16), kind="stable")
    order = order.take(np.argsort((hashes >> np.uint32(16)).astype(np.uint16).take(order), kind="stable"))
    hashes = hashes.take(order)
    firsts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1])))
    hashes = hashes.take(firsts)
    of_title = np.unique(np.searchsorted(hashes, own[where < lengths[0]])).astype(np.uint32)
    return Postings(hashes, np.bitwise_or.reduceat(masks.take(order), firsts), of_title)


@cache
def hashed(gram: str) -> int:
    """Hash one gram, or a word that stands for a whole notice, to 32 bits."""
    value = np.full(1, _OFFSET)
    for code in _codes(gram):
        value = (value ^ code) * _PRIME
    return int(_mixed(value)[0])


def _grams(row: str) -> Iterator[tuple[Codes, Positions]]:
    """Yield, by size, the unfinished hashes of the grams to be looked up, and where in the row they begin."""
    folds, kinds = _tables()
    codes = folds[_codes(row)]
    kind = kinds[codes]
    counted, mark, common, ascii_ = (kind & flag > 0 for flag in (_COUNTED, _MARK, _COMMON, _ASCII))
    two, plain = counted[:-1] & counted[1:], ascii_[:-1] & ascii_[1:]
    three = two[:-1] & counted[2:]
    often = three & common[:-2] & common[1:-1] & common[2:]
    spelled = three & (plain[:-1] | ascii_[2:] | ascii_[:-2] | ascii_[1:-1])
    over = counted[:-2] & mark[1:-1] & counted[2:]
    four = two[:-2] & two[2:] & plain[:-2] & plain[2:]
    value = np.full(len(codes), _OFFSET)
    for size, wanted in enumerate((counted, two, over | spelled | often, four)):
        value = (value[: len(wanted)] ^ codes[size:]) * _PRIME
        places = np.flatnonzero(wanted)
        yield value.take(places), places


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def _mixed(value: Codes) -> Codes:
    """Finish hashes of FNV-1a: shards go by the first bits."""
    value = (value ^ (value >> np.uint32(15))) * _MIXER
    return value ^ (value >> np.uint32(13))


@cache
def _tables() -> tuple[Codes, Masks]:
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
    kinds[:128] |= _ASCII
    return folds, kinds
