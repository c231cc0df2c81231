"""Bags (BagIt 1.0, RFC 8493): a folder that lists its own files twice, by SHA-256 and by SM3."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from generator.archive.signing import sign
from generator.records import Digest, digest
from generator.records.digest import NONE
from generator.site.manifest import listing
from generator.site.output import entries

DECLARATION, INFO, PAYLOAD, TAGS = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
# No manifest of the standard: its name would have to be one that every reader of bags knows.
SM3 = "sm3.txt"
DATA = "data"
_DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def seal_bag(folder: Path, info: Mapping[str, str], key: Path | None) -> str:
    """Make a bag of a folder that holds data/ and whatever stands beside it; return the SHA-256 of its tag manifest."""
    found = dict(digests(folder))
    payload = {path: of for path, of in found.items() if path.startswith(f"{DATA}/")}
    size = sum((folder / path).stat().st_size for path in payload)
    (folder / DECLARATION).write_text(_DECLARED, encoding="utf-8", newline="\n")
    lines = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
    (folder / INFO).write_text("".join(f"{k}: {v}\n" for k, v in sorted(lines.items())), encoding="utf-8", newline="\n")
    (folder / PAYLOAD).write_bytes(listing({path: of.sha256 for path, of in payload.items()}))
    tags = {path: of for path, of in found.items() if path not in payload}
    tags |= {name: digest((folder / name).read_bytes()) for name in (DECLARATION, INFO, PAYLOAD)}
    (folder / TAGS).write_bytes(listing({path: of.sha256 for path, of in tags.items()}))
    tags[TAGS] = digest((folder / TAGS).read_bytes())
    (folder / SM3).write_bytes(listing({path: of.sm3 for path, of in {**payload, **tags}.items()}))
    if key is not None:
        sign(folder / TAGS, key)
    return tags[TAGS].sha256


def digests(folder: Path) -> Iterator[tuple[str, Digest]]:
    """Yield every file below a folder with its digests, none for a link; large ones are read piece by piece."""
    for path, entry in entries(folder):
        if entry.is_file(follow_symlinks=False):
            yield path, file_digest(Path(entry.path))
        elif not entry.is_dir(follow_symlinks=False):
            yield path, NONE


def file_digest(place: Path) -> Digest:
    """Return the digests of a file, read once and piece by piece."""
    digest(b"")  # where there is no SM3, this says so
    sha256, sm3 = hashlib.sha256(), hashlib.new("sm3")
    with place.open("rb") as opened:
        while piece := opened.read(2**20):
            sha256.update(piece)
            sm3.update(piece)
    return Digest(sha256.hexdigest(), sm3.hexdigest())


def write_zip(folder: Path, target: Path, instant: datetime) -> None:
    """Write a folder as a zip file with one folder in it, whole or not at all; same input, same bytes."""
    temporary = target.with_name(f".writing-{target.name}")
    when = instant.timetuple()[:6]
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as packed:
            for path, entry in sorted(entries(folder)):
                if entry.is_file(follow_symlinks=False):
                    member = zipfile.ZipInfo(f"{target.stem}/{path}", when)
                    member.compress_type = zipfile.ZIP_DEFLATED
                    member.external_attr = 0o644 << 16
                    with open(entry.path, "rb") as opened, packed.open(member, "w") as written:  # noqa: PTH123
                        while piece := opened.read(2**20):
                            written.write(piece)
        os.replace(temporary, target)  # noqa: PTH105
    finally:
        temporary.unlink(missing_ok=True)
