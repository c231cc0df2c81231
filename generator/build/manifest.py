"""The list of a site's files with their digests, in the site itself: whoever has a copy can check it alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from generator.files import DataFile, write_files

# As sha256sum writes and reads them: sha256sum -c data/manifest.txt, from the site's own folder.
_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]{1,1000})")
MANIFEST, SEAL = "data/manifest.txt", "data/manifest-of-manifest.txt"


def write_manifest(folder: Path, digests: Mapping[str, str]) -> None:
    """Write the list of all files, by path, and the digest of that list beside it."""
    listed = listing(digests)
    seal = listing({MANIFEST: hashlib.sha256(listed).hexdigest()})
    for written in write_files(folder, (DataFile(MANIFEST, listed), DataFile(SEAL, seal))):
        (folder / written.path).chmod(0o644)


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
