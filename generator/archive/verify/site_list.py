"""A site's files compared with the site's own lists of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping

from generator.archive.foreign import ForeignFolder
from generator.build.manifest import MANIFEST, SEAL, is_list, list_of, listing, read_lists
from generator.characters import printable
from generator.records import RecordsError

_PACKED = ".gz"
_LARGEST = 24 * 2**20


def list_flaws(given: ForeignFolder) -> tuple[dict[str, str], list[str]]:
    """Return the SHA-256 of each file by its path, and how the files differ from the site's own lists."""
    data, seal = given.read(MANIFEST, _LARGEST) or b"", given.read(SEAL, _LARGEST)
    digests = {path: _sha256(given, path) for path in sorted(given.files)}
    flaws = [f"{printable(path)}：是{kind}，不是文件" for path, kind in sorted(given.odd.items())]
    try:
        promised = read_lists(lambda path: given.read(path, _LARGEST))
    except ValueError:
        promised = {}
    sealed = seal == listing({MANIFEST: hashlib.sha256(data).hexdigest()})
    wrong = list(_differences(given, digests, promised)) if promised else []
    if not promised or (not sealed and wrong):
        flaws.append(f"{MANIFEST}：被改动过")
    elif not sealed:
        flaws.append(f"{SEAL}：被改动过")
    return digests, flaws + wrong


def is_packed(path: str, given: ForeignFolder) -> bool:
    """Whether a file is a compressed copy that a host laid beside another file of the site."""
    return path.endswith(_PACKED) and path.removesuffix(_PACKED) in given.files


def _sha256(given: ForeignFolder, path: str) -> str:
    found = hashlib.sha256()
    for piece in given.pieces(path, given.files[path]):
        found.update(piece)
    return found.hexdigest()


def _differences(given: ForeignFolder, digests: Mapping[str, str], promised: Mapping[str, str]) -> Iterator[str]:
    # Where a year's list cannot be read, it alone is named, not each file of that year.
    unread = set(filter(is_list, promised)) - set(map(list_of, promised))
    for path in sorted((digests.keys() | promised.keys()) - {MANIFEST, SEAL}):
        if path not in digests:
            yield f"{printable(path)}：不见了"
        elif path not in promised:
            yield from () if list_of(path) in unread else _packed(given, path, promised)
        elif digests[path] != promised[path]:
            yield f"{printable(path)}：内容变了"
        elif path in unread:
            yield f"{printable(path)}：被改动过"


def _packed(given: ForeignFolder, path: str, promised: Mapping[str, str]) -> Iterator[str]:
    """Compare the compressed copy that a host puts beside a file with that file."""
    base = path.removesuffix(_PACKED)
    if base == path or base not in {*promised, MANIFEST, SEAL} or base not in given.files:
        yield f"{printable(path)}：多出来的"
        return
    try:
        same = _unpacks_to(given.read(path) or b"", given.read(base) or b"")
    except RecordsError:
        same = False
    if not same:
        yield f"{printable(path)}：内容变了"


def _unpacks_to(packed: bytes, plain: bytes) -> bool:
    """Unpack no more than the file itself has; which program packed it does not matter."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(packed, len(plain) + 1)
    except zlib.error:
        return False
    return found == plain and unpacking.eof and not unpacking.unused_data
