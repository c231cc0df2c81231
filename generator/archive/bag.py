"""Bags (BagIt 1.0, RFC 8493): a folder that lists its own files twice, by SHA-256 and by SM3."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from generator.archive.foreign import list_folder
from generator.archive.signing import sign
from generator.build.manifest import listing
from generator.files import entries, replacing
from generator.records import both_digests

DECLARATION, INFO, PAYLOAD, TAGS = "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"
# No manifest of the standard: its name would have to be one that every reader of bags knows.
SM3 = "sm3.txt"
DATA = "data"
# How many bytes and how many files the payload has.
OXUM = "Payload-Oxum"
_DECLARED = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def seal_bag(folder: Path, info: Mapping[str, str], key: Path | None) -> str:
    """Make a bag of a folder that holds data/ and whatever stands beside it; return the SHA-256 of its tag manifest."""
    held = list_folder(folder)
    found = {path: held.digest(path) for path in held.files}
    payload = {path: of for path, of in found.items() if path.startswith(f"{DATA}/")}
    size = sum(held.files[path] for path in payload)
    write_tags(folder, {**info, OXUM: f"{size}.{len(payload)}"})
    (folder / PAYLOAD).write_bytes(listing({path: of.sha256 for path, of in payload.items()}))
    tags = {path: of for path, of in found.items() if path not in payload}
    tags |= {name: both_digests((folder / name).read_bytes()) for name in (DECLARATION, INFO, PAYLOAD)}
    (folder / TAGS).write_bytes(listing({path: of.sha256 for path, of in tags.items()}))
    tags[TAGS] = both_digests((folder / TAGS).read_bytes())
    (folder / SM3).write_bytes(listing({path: of.sm3 for path, of in {**payload, **tags}.items()}))
    if key is not None:
        sign(folder / TAGS, key)
    return tags[TAGS].sha256


def write_tags(folder: Path, info: Mapping[str, str]) -> None:
    """Write the two files that say that a folder is a bag, and what of."""
    (folder / DECLARATION).write_text(_DECLARED, encoding="utf-8", newline="\n")
    lines = "".join(f"{name}: {value}\n" for name, value in sorted(info.items()))
    (folder / INFO).write_text(lines, encoding="utf-8", newline="\n")


def write_zip(folder: Path, target: Path, instant: datetime) -> None:
    """Write a folder as a zip file with one folder in it, whole or not at all; same input, same bytes."""
    when = instant.timetuple()[:6]
    with replacing(target) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, entry in sorted(entries(folder)):
            if entry.is_file(follow_symlinks=False):
                member = zipfile.ZipInfo(f"{target.stem}/{path}", when)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = 0o644 << 16
                with open(entry.path, "rb") as opened, packed.open(member, "w") as written:  # noqa: PTH123
                    while piece := opened.read(2**20):
                        written.write(piece)
