"""The lists of a site's files, as whoever forges a copy would write them anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from generator.build.manifest import MANIFEST, head_listings, list_of, listing
from generator.files import DataFile


def listings(digests: Mapping[str, str]) -> Iterator[DataFile]:
    """Yield the lists of all files, given by path: those of the years, the head with these lists, and its digest."""
    by_list: dict[str, dict[str, str]] = {MANIFEST: {}}
    for path, digest in digests.items():
        by_list.setdefault(list_of(path), {})[path] = digest
    head = by_list.pop(MANIFEST)
    for path, held in sorted(by_list.items()):
        file = DataFile(path, listing(held))
        head[path] = hashlib.sha256(file.data).hexdigest()
        yield file
    yield from head_listings(head)
