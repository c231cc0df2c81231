"""The list of a site's files with their digests, in the site itself: whoever has a copy can check it alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from generator.pages import DataFile
from generator.site.output import write_files

# As sha256sum writes and reads them: sha256sum -c data/manifest.txt, from the site's own folder.
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
    """Read a list as sha256sum writes it: digests by path; ValueError where it is none."""
    lines = data.decode().splitlines()
    if not all("  " in line for line in lines):
        raise ValueError("no list of digests")
    return dict(line.split("  ", 1)[::-1] for line in lines)
