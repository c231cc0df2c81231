"""Objects of a repository one by one: reading them, writing new ones, and counting the paths that a tree stands for."""

from __future__ import annotations

import hashlib
import os
import subprocess
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Self

from generator.files import replacing
from generator.publish.repository import GitError, Repository

FILE, TREE, SUBMODULE = b"100644", b"40000", b"160000"
# A tree of the largest site has a hundredth of it.
_LARGEST_TREE = 50_000_000


class Objects:
    """Reads objects through one process of git, and writes new ones; to be used in a `with` statement."""

    def __init__(self, repository: Repository) -> None:
        self._repository, self._folder = repository, repository.folder
        self._new = Path(os.environ.get("GIT_OBJECT_DIRECTORY", repository.folder / "objects"))

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
        """Write an object (gitrepository-layout(5), loose) and return its id; in a hook, among those of the push."""
        whole = f"{kind} {len(data)}\0".encode() + data
        id_ = hashlib.new(self._hash, whole).hexdigest()
        place = self._new / id_[:2] / id_[2:]
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            with replacing(place) as temporary:
                Path(temporary).write_bytes(zlib.compress(whole, 1))
                Path(temporary).chmod(0o444)
        return id_

    def entries(self, tree: bytes) -> Iterator[tuple[bytes, bytes, str]]:
        """Yield the entries of a tree: mode, name, id."""
        width, start = hashlib.new(self._hash).digest_size, 0
        while start < len(tree):
            blank = tree.index(b" ", start)
            end = tree.index(b"\0", blank)
            mode, name = tree[start:blank], tree[blank + 1 : end]
            start = end + 1 + width
            yield mode, name, tree[end + 1 : start].hex()

    @cached_property
    def _hash(self) -> str:
        return self._repository.run("rev-parse", "--show-object-format").decode().strip()


def changed_tree(objects: Objects, tree: str, changes: Mapping[str, str]) -> str:
    """Write a tree with other files: their ids by path, "" for one that goes; return its id, "" where nothing is left.

    `tree` is the id of the one before, "" for none. Only folders on the way to a change are read.
    """
    entries = {name: (mode, id_) for mode, name, id_ in objects.entries(objects.read(tree)[1])} if tree else {}
    below: dict[bytes, dict[str, str]] = {}
    for path, id_ in changes.items():
        top, _, rest = path.partition("/")
        if rest:
            below.setdefault(top.encode(), {})[rest] = id_
        else:
            entries[top.encode()] = (FILE, id_)
    for name, inner in below.items():
        mode, id_ = entries.get(name, (TREE, ""))
        entries[name] = (TREE, changed_tree(objects, id_ if mode == TREE else "", inner))
    # Git sorts a folder as if its name ended in a stroke.
    kept = sorted((name + b"/" * (mode == TREE), mode, name, id_) for name, (mode, id_) in entries.items() if id_)
    data = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(id_) for _, mode, name, id_ in kept)
    return objects.write("tree", data) if kept else ""


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
