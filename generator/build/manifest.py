"""The list of a site's files with their digests, in the site itself: whoever has a copy can check it alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from generator.addresses import year_of_path
from generator.files import DataFile

# As sha256sum writes and reads them: sha256sum -c data/manifest.txt, from the site's own folder.
_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]{1,1000})")
MANIFEST, SEAL = "data/manifest.txt", "data/manifest-of-manifest.txt"
YEAR_LISTS = "data/manifest/"


def list_of(path: str) -> str:
    """Return the path of the list that names a file: its year's, or the one that names those lists too."""
    year = year_of_path(path)
    return f"{YEAR_LISTS}{year}.txt" if year else MANIFEST


def seal_file(listed: bytes) -> DataFile:
    """Return the file that names the list of all files that no year's list has."""
    return DataFile(SEAL, listing({MANIFEST: hashlib.sha256(listed).hexdigest()}))


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
