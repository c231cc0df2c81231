"""The two digests by which records know what was published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from generator.errors import GongkaiError


@dataclass(frozen=True, slots=True)
class Digest:
    """SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016) of the same bytes, in hexadecimal."""

    sha256: str
    sm3: str

    def data(self) -> dict[str, str]:
        """Return it as JSON holds it."""
        return {"sha256": self.sha256, "sm3": self.sm3}


NONE = Digest("", "")


class RecordsError(GongkaiError):
    """Records that cannot be read, trusted or added to; its text says why and what to do, in Chinese."""


def both_digests(data: bytes) -> Digest:
    """Return both digests of bytes; RecordsError where the system knows no SM3."""
    return digests_of_pieces((data,))


def digests_of_pieces(pieces: Iterable[bytes]) -> Digest:
    """Return both digests of bytes that come in pieces; RecordsError where the system knows no SM3."""
    sha256 = hashlib.sha256()
    try:
        sm3 = hashlib.new("sm3")
    except ValueError as error:
        raise RecordsError(
            "这台电脑的 Python 不会算国密 SM3，写不了也核对不了发布记录。\n"
            "请换用带 OpenSSL 1.1.1 以上版本的 Python，如系统自带的，或者 python.org 的。"
        ) from error
    for piece in pieces:
        sha256.update(piece)
        sm3.update(piece)
    return Digest(sha256.hexdigest(), sm3.hexdigest())
