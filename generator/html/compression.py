"""Compressed copies of files, which web servers hand out in their place."""

from __future__ import annotations

import gzip

from generator.media_types import COMPRESSED, kind_of

_WORTH_IT = 512


def compressed(path: str, data: bytes) -> bytes | None:
    """Return the gzip form of a file, None where it is not worth it, or compressed already."""
    if len(data) < _WORTH_IT or kind_of(path) not in COMPRESSED:
        return None
    return gzip.compress(data, 6, mtime=0)
