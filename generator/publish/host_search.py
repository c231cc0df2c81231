"""Searching a host for a removed text: every object of the repository and every file beside it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from generator.publish.file_text import read_text
from generator.publish.host import Host
from generator.publish.phrases import Phrases
from generator.publish.repository import Repository

# Larger files are not read into memory; the check refuses them long before.
_LARGEST = 200_000_000
_PACKED = re.compile(r"repo\.git/objects/(?:[0-9a-f]{2}/[0-9a-f]{38,62}|pack/pack-[0-9a-f]{40,64}\.[a-z]{3,20})")


@dataclass(frozen=True, slots=True)
class SearchedPlace:
    """A searched object or file: its id or path, its kind, the phrases found, and whether all of it could be read."""

    place: str
    kind: str
    found: frozenset[str]
    whole: bool


def read_blobs(repository: Repository, ids: AbstractSet[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the texts of blobs by id, as many of them as the repository holds."""
    for id_, kind, data in repository.contents(sorted(ids)):
        if kind == "blob":
            yield id_, read_text(data).texts


def search_objects(
    repository: Repository, phrases: Phrases, *, apart: AbstractSet[str] = frozenset()
) -> Iterator[SearchedPlace]:
    """Search every object of the repository, unreachable ones too, except the blobs `apart`."""
    sizes: dict[str, int] = {}
    form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
    listed = repository.run("cat-file", "--batch-all-objects", "--unordered", form).decode()
    for line in listed.splitlines():
        id_, kind, size = line.split(" ")
        if id_ in apart:
            continue
        if int(size) > _LARGEST:
            yield SearchedPlace(id_, kind, frozenset(), whole=False)
        else:
            sizes[id_] = int(size)
    for id_, kind, data in repository.contents(list(sizes)):
        if kind == "blob":
            read = read_text(data)
            found = {phrase for text in read.texts for phrase in phrases.found_in(text)}
            yield SearchedPlace(id_, kind, frozenset(found), read.whole)
        else:
            words = phrases.found_in(data.decode(errors="ignore")) | phrases.found_in(data.decode("gb18030", "ignore"))
            yield SearchedPlace(id_, kind, frozenset(words), whole=True)


def search_files(host: Host, phrases: Phrases, *, apart: AbstractSet[Path] = frozenset()) -> Iterator[SearchedPlace]:
    """Search every file of the host except git's objects, its name too; compressed files are inflated."""
    for folder, _, names in os.walk(host.root):
        for name in names:
            place = Path(folder, name)
            path = place.relative_to(host.root).as_posix()
            if place in apart or place.is_symlink() or not place.is_file() or _PACKED.fullmatch(path):
                continue
            found = phrases.found_in(path)
            whole = place.stat().st_size <= _LARGEST
            if whole:
                read = read_text(place.read_bytes(), name)
                found |= {phrase for text in read.texts for phrase in phrases.found_in(text)}
                whole = read.whole
            yield SearchedPlace(path, "file", frozenset(found), whole)


def blob_paths(repository: Repository, ids: AbstractSet[str]) -> dict[str, str]:
    """Return a path for each blob that any ref leads to."""
    listed = repository.run("rev-list", "--objects", "--all") if ids else b""
    lines = (line.partition(b" ") for line in listed.split(b"\n"))
    return {id_.decode(): os.fsdecode(path) for id_, _, path in lines if id_.decode() in ids}
