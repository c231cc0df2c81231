"""The lists of a site's files with their digests, in the site itself: whoever has a copy can check it alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping

from generator.files import DataFile

# As sha256sum writes and reads them: sha256sum -c data/manifest.txt, from the site's own folder.
_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]{1,1000})")
_OF_YEAR = re.compile(r"(?:notices|search)/([0-9]{4})[-./]")
_YEARS = "data/manifest/"
MANIFEST, SEAL = "data/manifest.txt", "data/manifest-of-manifest.txt"


def list_of(path: str) -> str:
    """Return the path of the list that has a file: that of a year for its notices and its part of the search index."""
    found = _OF_YEAR.match(path)
    return f"{_YEARS}{found[1]}.txt" if found else MANIFEST


def is_list(path: str) -> bool:
    """Whether a file of a site is a list of files, or the digest of one."""
    return path in {MANIFEST, SEAL} or path.startswith(_YEARS)


def head_listings(digests: Mapping[str, str]) -> tuple[DataFile, DataFile]:
    """Return the list of the files that are in no year's list, with those lists, and the digest of that list."""
    data = listing(digests)
    return DataFile(MANIFEST, data), DataFile(SEAL, listing({MANIFEST: hashlib.sha256(data).hexdigest()}))


def read_lists(read: Callable[[str], bytes | None]) -> dict[str, str]:
    """Return the digests of all files by path, from the lists that `read` returns by their paths.

    The lists of the years are among the files. A list that is missing or none adds nothing; ValueError where the head
    is such a one.
    """
    head = listed(read(MANIFEST) or b"")
    found = dict(head)
    for path in filter(is_list, head):
        try:
            found |= listed(read(path) or b"")
        except ValueError:
            continue
    return found


def listing(digests: Mapping[str, str]) -> bytes:
    """Write digests by path as sha256sum does, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def listed(data: bytes) -> dict[str, str]:
    """Read a list as `listing` writes it: digests by path; ValueError where it is none."""
    matched = [_LINE.fullmatch(line) for line in data.splitlines()]
    found = {line[2].decode(): line[1].decode() for line in matched if line}
    if not found or listing(found) != data:
        raise ValueError("no list of digests")
    return found
