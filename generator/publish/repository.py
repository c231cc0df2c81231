"""The bare repository: refs, files of commits, and what changed between two of them."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from generator.addresses import notice_of_path, staff_page_of_path
from generator.characters import printable
from generator.errors import GongkaiError, reason_within
from generator.files import replacing
from generator.publish.host import RefusedError

NO_COMMIT = "0" * 40
_STALE = 60.0
# Where a hook that runs before git accepts a push finds the objects of the push.
QUARANTINE = frozenset({"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"})
# Ten thousand notices with nine attachments each.
MOST_PATHS = 100_000
_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_CHUNK, _COMPLAINT = 1 << 20, 1 << 16


@dataclass(frozen=True, slots=True)
class Blob:
    """A file or folder of a commit: its mode and id, its path, with `/`, and its size (0 for what is no file)."""

    mode: str
    id: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes between two commits: ids of notices, stems of staff pages, and the paths of all files written anew."""

    ids: tuple[str, ...]
    pages: tuple[str, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repository:
    """A bare repository on this host."""

    folder: Path

    def run(self, *arguments: str, given: bytes = b"", around: Mapping[str, str] | None = None) -> bytes:
        """Run git, `around` in its environment, and return what it prints; GitError where it fails."""
        command = ["git", "-C", str(self.folder), *arguments]
        done = subprocess.run(  # noqa: S603  (git itself, without a shell)
            command, input=given, capture_output=True, check=False, env={**os.environ, **(around or {})}
        )
        if done.returncode:
            raise GitError(arguments[0], done.stderr.decode(errors="replace").strip())
        return done.stdout

    def tip(self, ref: str) -> str:
        """Return the commit that a ref names, "" where there is no such ref."""
        with suppress(OSError, ValueError):
            found = self._read_ref(ref)
            if _ID.fullmatch(found):
                return found
        listed = self.run("for-each-ref", "--format=%(objectname)", ref)
        return listed.decode().split("\n")[0]

    def _read_ref(self, ref: str) -> str:
        """Read a ref as gitrepository-layout(5) describes its file, which takes less than starting git."""
        try:
            return (self.folder / ref).read_text(encoding="ascii").rstrip("\n")
        except FileNotFoundError:
            packed = (self.folder / "packed-refs").read_text(encoding="utf-8").splitlines()
            return next((id_ for id_, _, name in (line.partition(" ") for line in packed) if name == ref), "")

    def move(self, ref: str, new: str, old: str) -> None:
        """Bring a ref from a commit ("" for none) to another that was accepted before; GitError where it is elsewhere.

        While a hook runs, git keeps the objects of the push apart and lets no ref move; this ref is not of the push.
        """
        plain = {name: value for name, value in os.environ.items() if name not in QUARANTINE}
        command = ["git", "-C", str(self.folder), "update-ref", ref, new, old or NO_COMMIT]
        done = subprocess.run(command, capture_output=True, check=False, env=plain)  # noqa: S603  (the same)
        if done.returncode:
            raise GitError("update-ref", done.stderr.decode(errors="replace").strip())

    def remove_stale_locks(self) -> None:
        """Remove the locks that a git which was killed left; the caller knows that no ref is being moved.

        Other locks may be held by somebody who works by hand: those must be a minute old.
        """
        for place in [self.folder / "HEAD.lock", *self.folder.glob("refs/**/*.lock")]:
            place.unlink(missing_ok=True)
        for place in [*self.folder.glob("*.lock"), *self.folder.glob("objects/info/**/*.lock")]:
            with suppress(FileNotFoundError):
                if time.time() - place.stat().st_mtime > _STALE:
                    place.unlink()

    @staticmethod
    def lost_quarantine() -> bool:
        """Whether this is a hook whose push has lost its objects, which git keeps apart in a quarantine folder."""
        apart = os.environ.get("GIT_QUARANTINE_PATH")
        return apart is not None and not Path(apart).is_dir()

    def has(self, id_: str) -> bool:
        """Whether the repository holds an object."""
        with suppress(OSError):
            if _ID.fullmatch(id_) and (self.folder / "objects" / id_[:2] / id_[2:]).stat().st_size:
                return True
        try:
            self.run("cat-file", "-e", id_)
        except GitError:
            return False
        return True

    def is_ancestor(self, commit: str, tip: str) -> bool:
        """Whether a commit is part of the history that ends in `tip`."""
        try:
            self.run("merge-base", "--is-ancestor", commit, tip)
        except GitError:
            return False
        return True

    def unreachable(self, commits: AbstractSet[str], tip: str) -> set[str]:
        """Return those of the commits that are no part of the history that ends in `tip`."""
        asked = sorted(commits - {tip})
        with suppress(GitError):
            if not asked or not self.run("rev-list", "--max-count=1", *asked, "--not", tip):
                return set()
        return {commit for commit in asked if not self.is_ancestor(commit, tip)}

    def fields(self, *arguments: str, given: bytes = b"", memory: int = 0) -> Iterator[bytes]:
        """Run git and yield what it prints, part by part as `-z` divides it, without holding all of it; as `run`.

        `memory` is how many bytes git may take, 0 for any number.
        """
        with TemporaryFile() as asked, TemporaryFile() as complaint:
            asked.write(given)
            asked.seek(0)
            command = ["git", "-C", str(self.folder), *arguments]
            with subprocess.Popen(  # noqa: S603  (git itself, without a shell)
                command,
                stdin=asked,
                stdout=subprocess.PIPE,
                stderr=complaint,
                preexec_fn=partial(_limit, memory) if memory else None,  # noqa: PLW1509  (no threads run here)
            ) as git:
                assert git.stdout is not None
                try:
                    yield from _divided(git.stdout)
                except GeneratorExit:
                    git.kill()
                    raise
            if git.returncode:
                complaint.seek(0)
                raise GitError(arguments[0], complaint.read(_COMPLAINT).decode(errors="replace").strip())

    def contents(self, ids: Iterable[str]) -> Iterator[tuple[str, str, bytes]]:
        """Yield objects one after the other, with id, kind and bytes; what is not there is left out."""
        with TemporaryFile() as asked:
            asked.write("".join(f"{id_}\n" for id_ in ids).encode())
            asked.seek(0)
            command = ["git", "--no-replace-objects", "-C", str(self.folder), "cat-file", "--batch"]
            with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE) as git:  # noqa: S603  (the same)
                assert git.stdout is not None
                while said := git.stdout.readline().split():
                    if len(said) == 3:
                        yield said[0].decode(), said[1].decode(), git.stdout.read(int(said[2]))
                        git.stdout.read(1)

    def entries(self, commit: str, folder: str) -> Iterator[Blob]:
        """Yield what lies in a folder of a commit ("." for its root), folders included, but nothing below those."""
        inside = [] if folder == "." else ["--", f"{folder}/"]
        for line in self.fields("ls-tree", "-l", "-z", "--full-tree", commit, *inside):
            yield _entry(line)

    def blobs(self, commit: str, *below: str, most: int = MOST_PATHS) -> Iterator[Blob]:
        """List the files of a commit, or of folders in it; RefusedError for more than `most` (0 for no limit).

        A tree of a few kilobytes may name the same folder again and again, and so stand for millions of paths.
        """
        inside = [f"{path}/" for path in below if path != "."]
        lines = self.fields("ls-tree", "-r", "-l", "-z", "--full-tree", commit, *(["--", *inside] if inside else []))
        for number, line in enumerate(lines, 1):
            if most and number > most:
                where = f"{printable(inside[0])} " if len(inside) == 1 else "仓库"
                raise RefusedError(f"{where}里的文件超过 {most} 个。请只留通报、附件和说明页，再推送。")
            yield _entry(line)

    def export(self, blobs: Iterable[Blob], below: str, folder: Path) -> None:
        """Write files of the content into `folder`, byte for byte as they were committed.

        `git archive` and a checkout obey attributes that a push may bring: they leave files out and rewrite text.
        """
        wanted = list(blobs)
        with TemporaryFile() as asked:
            asked.write("".join(f"{blob.id}\n" for blob in wanted).encode())
            asked.seek(0)
            command = ["git", "-C", str(self.folder), "cat-file", "--batch"]
            with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE) as git:  # noqa: S603  (the same)
                answer = git.stdout
                assert answer is not None
                for blob in wanted:
                    place = folder / within(blob.path, below)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    with replacing(place) as temporary, Path(temporary).open("wb") as opened:
                        _copy_next(answer, blob, opened)

    def changed(self, old: str, new: str, below: str) -> Changes:
        """Return what differs in a folder between two commits (old may be none)."""
        if old in {NO_COMMIT, ""}:
            written = {blob.path: True for blob in self.blobs(new, below)}
        else:
            only = () if below == "." else ("--", f":(literal){below}")
            listed = self.fields("diff-tree", "-r", "-z", "--no-renames", "--name-status", old, new, *only)
            pairs = zip(listed, listed, strict=False)
            written = {os.fsdecode(path): how != b"D" for how, path in islice(pairs, MOST_PATHS)}
        inside = [within(path, below) for path in written if is_below(path, below)]
        ids = {id_ for path in inside if (id_ := notice_of_path(path))}
        stems = {stem for path in inside if (stem := staff_page_of_path(path))}
        paths = sorted(path for path, there in written.items() if there)
        return Changes(tuple(sorted(ids)), tuple(sorted(stems)), tuple(paths))


class GitError(GongkaiError):
    """A refusal of git, in its own words."""

    def __init__(self, verb: str, words: str) -> None:
        shown = "\n".join(map(printable, words.splitlines()))
        super().__init__(f"git {verb} 没有成功：{shown}")


def git_reason(error: GitError) -> str:
    """Say why git failed: the system's reason in Chinese where git names one, and git's own words."""
    why = reason_within(str(error))
    return f"{why}。{error}" if why else str(error)


def is_below(path: str, below: str) -> bool:
    """Whether a path of the repository lies in the content's folder."""
    return below == "." or path.startswith(f"{below}/")


def within(path: str, below: str) -> str:
    """Return a path of the repository as a path in the content's folder."""
    return path if below == "." else path.removeprefix(f"{below}/")


def _entry(line: bytes) -> Blob:
    head, _, path = line.partition(b"\t")
    mode, _, id_, size = head.decode().split()
    return Blob(mode, id_, os.fsdecode(path), int(size) if size.isdecimal() else 0)


def _limit(memory: int) -> None:
    import resource  # noqa: PLC0415  (Windows has none; the other verbs run there)

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _divided(answer: IO[bytes]) -> Iterator[bytes]:
    left = b""
    while chunk := answer.read(_CHUNK):
        *whole, left = (left + chunk).split(b"\0")
        yield from whole
    if left:
        yield left


def _copy_next(answer: IO[bytes], blob: Blob, into: IO[bytes]) -> None:
    """Copy a file from what `git cat-file --batch` answers: a line that ends in its size, its bytes, a line end."""
    said = answer.readline().rpartition(b" ")[2].strip()
    left = int(said) if said.isdigit() else -1
    while left > 0 and (chunk := answer.read(min(left, _CHUNK))):
        into.write(chunk)
        left -= len(chunk)
    if left or answer.read(1) != b"\n":
        raise GitError("cat-file", f"{printable(blob.path)}：{blob.id}")
