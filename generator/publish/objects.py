"""Objects of a repository one by one: reading them, writing new ones, and counting the paths that a tree stands for."""

from __future__ import annotations

import hashlib
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self

from generator.files import replacing
from generator.publish.repository import GitError, Repository

TREE, SUBMODULE = b"40000", b"160000"
# A tree of the largest site has a hundredth of it.
_LARGEST_TREE = 50_000_000


class Objects:
    """Reads objects through one process of git, and writes new ones; to be used in a `with` statement."""

    def __init__(self, repository: Repository) -> None:
        self._folder = repository.folder
        self._hash = repository.run("rev-parse", "--show-object-format").decode().strip()
        self._width = hashlib.new(self._hash).digest_size

    def __enter__(self) -> Self:
        command = ["git", "--no-replace-objects", "-C", str(self._folder), "cat-file", "--batch"]
        self._git = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  (git itself)
        return self

    def __exit__(self, *_: object) -> None:
        self._git.kill()
        _pipe(self._git.stdin).close()
        _pipe(self._git.stdout).close()
        self._git.wait()

    def read(self, id_: str) -> tuple[str, bytes]:
        """Return an object's kind and bytes; GitError where it is not there, or a tree too large to be read."""
        asked, answer = _pipe(self._git.stdin), _pipe(self._git.stdout)
        asked.write(f"{id_}\n".encode())
        asked.flush()
        said = answer.readline().decode().split()
        if len(said) != 3 or (said[1] == "tree" and int(said[2]) > _LARGEST_TREE):
            raise GitError("cat-file", " ".join(said))
        data = answer.read(int(said[2]))
        answer.read(1)
        return said[1], data

    def write(self, kind: str, data: bytes) -> str:
        """Write an object (gitrepository-layout(5), loose) and return its id."""
        whole = f"{kind} {len(data)}\0".encode() + data
        id_ = hashlib.new(self._hash, whole).hexdigest()
        place = self._folder / "objects" / id_[:2] / id_[2:]
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            with replacing(place) as temporary:
                Path(temporary).write_bytes(zlib.compress(whole, 1))
                Path(temporary).chmod(0o444)
        return id_

    def entries(self, tree: bytes) -> Iterator[tuple[bytes, bytes, str]]:
        """Yield the entries of a tree: mode, name, id."""
        start = 0
        while start < len(tree):
            blank = tree.index(b" ", start)
            end = tree.index(b"\0", blank)
            mode, name = tree[start:blank], tree[blank + 1 : end]
            start = end + 1 + self._width
            yield mode, name, tree[end + 1 : start].hex()


def count_paths(objects: Objects, tree: str, known: dict[str, int]) -> int:
    """Return how many files a tree stands for, each tree below it read once; `known` are counts from before."""
    waiting = [tree]
    while waiting:
        id_ = waiting[-1]
        if id_ not in known:
            entries = list(objects.entries(objects.read(id_)[1]))
            below = [one for mode, _, one in entries if mode == TREE]
            new = [one for one in below if one not in known]
            if new:
                waiting += new
                continue
            known[id_] = len(entries) - len(below) + sum(known[one] for one in below)
        waiting.pop()
    return known[tree]


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
