"""Rewriting the history of a repository without some of its files and words, and deleting the old one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from generator.files import flush_file_system
from generator.publish.notes import PurgeNote
from generator.publish.objects import SUBMODULE, TREE, Objects
from generator.publish.phrases import Phrases
from generator.publish.repository import Repository

_REMOVED = "（已移除）\n".encode()
# Where in a path one is: anywhere, in notices/, in notices/YEAR/, in the folder of the notice itself.
_ANYWHERE, _NOTICES, _YEAR, _OWN = range(4)
_PERSON = re.compile(rb"(?:author|committer|tagger) [^<>\n]{0,4000}<[^<>\n]{0,4000}>")


@dataclass(frozen=True, slots=True)
class Removal:
    """The files of a notice but those `kept`, the note's blobs wherever they lie, names and words with its phrases."""

    note: PurgeNote
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The refs to be moved, as (ref, new, old) with "" for a ref that goes, and all commits that are no longer so."""

    moves: tuple[tuple[str, str, str], ...]
    commits: frozenset[str]


def notice_path_pattern(id_: str) -> re.Pattern[str]:
    """Return a pattern of the paths of a notice's files, in the content and in the records."""
    return re.compile(
        rf"(?:.{{0,4000}}/)?notices/{re.escape(id_)}(?:\.yml|\.v[0-9]{{1,9}}\.json|/.{{1,4000}})", re.DOTALL
    )


def rewrite_history(repository: Repository, removal: Removal) -> Rewritten:
    """Rewrite every commit and tag that holds something of the removal, with all after it; move no ref yet."""
    with Objects(repository) as objects:
        note = removal.note
        writer = _Writer(objects, note.id, removal.kept, frozenset(note.blobs), Phrases(note.phrases))
        moves = []
        for id_ in repository.run("rev-list", "--topo-order", "--reverse", "--all").decode().split():
            writer.commit(id_)
        for line in repository.run("for-each-ref", "--format=%(objectname) %(refname)").decode().splitlines():
            old, _, ref = line.partition(" ")
            new = writer.any(old)
            if new != old:
                moves.append((ref, new, old))
    flush_file_system(repository.folder)
    return Rewritten(tuple(moves), frozenset(old for old, new in writer.commits.items() if new != old))


def move_refs(repository: Repository, rewritten: Rewritten) -> None:
    """Move all refs at once; GitError where one of them moved in between."""
    given = "".join(
        f"update {ref} {new} {old}\n" if new else f"delete {ref} {old}\n" for ref, new, old in rewritten.moves
    )
    remove_all_locks(repository)
    repository.run("update-ref", "--stdin", given=given.encode())


def delete_unreachable(repository: Repository) -> None:
    """Delete every object that no ref leads to, whatever left it behind; GitError where a ref leads nowhere.

    The caller holds the host's lock and has waited for accepted pushes, so that no running git holds a lock.
    """
    remove_all_locks(repository)
    folder = repository.folder
    repository.run("rev-list", "--objects", "--all", "--quiet")
    repository.run("reflog", "expire", "--expire=now", "--all")
    shutil.rmtree(folder / "logs", ignore_errors=True)
    for place in [*folder.glob("objects/incoming-*"), *folder.glob("objects/tmp_objdir-*")]:
        shutil.rmtree(place, ignore_errors=True)
    # A pack that a killed push marked as its own would be kept for ever; a graph may name commits that are gone.
    marks = ("objects/pack/*.keep", "objects/pack/tmp_*", "objects/tmp_*", "objects/??/tmp_*", "*_HEAD")
    graphs = ("objects/info/commit-graph", "objects/info/commit-graphs/*")
    for place in [one for pattern in (*marks, *graphs) for one in folder.glob(pattern)]:
        place.unlink(missing_ok=True)
    repository.run("repack", "-a", "-d", "-q")
    repository.run("prune", "--expire=now")


def remove_all_locks(repository: Repository) -> None:
    """Remove every lock of git's, that of a `git gc` included."""
    folder = repository.folder
    inside = ("refs/**/*.lock", "objects/info/**/*.lock", "objects/pack/*.lock", "logs/**/*.lock")
    for place in [one for pattern in ("*.lock", "gc.pid", *inside) for one in folder.glob(pattern)]:
        with suppress(FileNotFoundError):
            place.unlink()


@dataclass(slots=True)
class _Writer:
    """Writes trees, commits and tags without what goes; whatever holds nothing of it keeps its id."""

    objects: Objects
    id: str
    kept: frozenset[str]
    blobs: frozenset[str]
    phrases: Phrases
    commits: dict[str, str] = field(default_factory=dict)
    trees: dict[tuple[str, int], str] = field(default_factory=dict)

    def any(self, id_: str) -> str:
        """Return what an object becomes, "" where nothing is left of it."""
        if id_ in self.commits:
            return self.commits[id_]
        kind, data = self.objects.read(id_)
        if kind == "commit":
            return self.commit(id_)
        if kind == "tree":
            return self.tree(id_)
        if kind == "tag":
            return self._tag(id_, data)
        return "" if id_ in self.blobs - self.kept else id_

    def commit(self, id_: str) -> str:
        """Return what a commit becomes; its parents come before it."""
        if id_ in self.commits:
            return self.commits[id_]
        _, data = self.objects.read(id_)
        head, _, words = data.partition(b"\n\n")
        lines = [self._line(line) for line in _headers(head)]
        new = b"\n".join(lines) + b"\n\n" + self._words(words)
        if new != data:
            # A signature would be of what the commit was.
            lines = [line for line in lines if not line.startswith((b"gpgsig", b"mergetag "))]
            new = b"\n".join(lines) + b"\n\n" + self._words(words)
        self.commits[id_] = id_ if new == data else self.objects.write("commit", new)
        return self.commits[id_]

    def tree(self, root: str) -> str:
        """Return what a tree becomes, the empty one where nothing is left of it."""
        waiting = [(root, _ANYWHERE)]
        while waiting:
            id_, where = waiting[-1]
            if (id_, where) in self.trees:
                waiting.pop()
                continue
            _, data = self.objects.read(id_)
            entries = list(self._entries(data, where))
            inner = [(one, below) for mode, _, one, below in entries if mode == TREE and (one, below) not in self.trees]
            if inner:
                waiting += inner
                continue
            self.trees[id_, where] = self._without(id_, data, entries)
            waiting.pop()
        return self.trees[root, _ANYWHERE] or self.objects.write("tree", b"")

    def _without(self, id_: str, data: bytes, entries: list[tuple[bytes, bytes, str, int]]) -> str:
        kept = [(mode, name, self.trees[one, below] if mode == TREE else one) for mode, name, one, below in entries]
        new = b"".join(mode + b" " + name + b"\0" + bytes.fromhex(one) for mode, name, one in kept if one)
        if new == data:
            return id_
        return self.objects.write("tree", new) if new else ""

    def _entries(self, data: bytes, where: int) -> Iterator[tuple[bytes, bytes, str, int]]:
        """Yield the entries that stay: mode, name, id, and where one is below them."""
        year, slug = self.id.encode().split(b"/")
        for mode, name, id_ in self.objects.entries(data):
            below = _NOTICES if name == b"notices" else _YEAR if (where, name) == (_NOTICES, year) else _ANYWHERE
            if where == _OWN or (where, name) == (_YEAR, slug):
                below = _OWN
            if mode != TREE and (below == _OWN or (where == _YEAR and _is_version(name, slug))):
                stays = id_ in self.kept
            else:
                stays = mode in {TREE, SUBMODULE} or id_ not in self.blobs
            if stays and not (len(name) > 9 and self.phrases.found_in(os.fsdecode(name))):
                yield mode, name, id_, below

    def _line(self, line: bytes) -> bytes:
        key, _, value = line.partition(b" ")
        if key == b"tree":
            return b"tree " + self.tree(value.decode()).encode()
        if key == b"parent":
            return b"parent " + self.commit(value.decode()).encode()
        if self._says(line):
            return _PERSON.sub(key + b" - <->", line) if key in {b"author", b"committer", b"tagger"} else b"removed -"
        return line

    def _words(self, words: bytes) -> bytes:
        return _REMOVED if self._says(words) else words

    def _says(self, data: bytes) -> bool:
        return any(self.phrases.found_in(data.decode(kind, "ignore")) for kind in ("utf-8", "gb18030"))

    def _tag(self, id_: str, data: bytes) -> str:
        head, _, words = data.partition(b"\n\n")
        key, *rest = head.split(b"\n")
        aim = self.any(key.removeprefix(b"object ").decode())
        if not aim:
            return ""
        new = b"\n".join([b"object " + aim.encode(), *map(self._line, rest)]) + b"\n\n" + self._words(words)
        return id_ if new == data else self.objects.write("tag", new)


def _headers(head: bytes) -> Iterator[bytes]:
    """Yield the headers of a commit, each with the lines that continue it."""
    held = b""
    for line in head.split(b"\n"):
        if line.startswith(b" ") and held:
            held += b"\n" + line
            continue
        if held:
            yield held
        held = line
    yield held


def _is_version(name: bytes, slug: bytes) -> bool:
    return bool(re.fullmatch(re.escape(slug) + rb"(?:\.yml|\.v[0-9]{1,9}\.json)", name))
