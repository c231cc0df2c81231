"""The bare repository: what was pushed, and what of it is content."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from generator.media_types import ATTACHMENT_KINDS, kind_of
from generator.publish.host import RefusedError

NOTHING = "0" * 40
_STALE = 60.0
_QUARANTINE = frozenset({"GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"})
# What content is made of; whatever else a push carries is left where it is.
_KINDS = ATTACHMENT_KINDS | {"yml", "yaml", "md", "json"}
_LINK, _SUBMODULE = "120000", "160000"
_NOTICE = re.compile(r"notices/([0-9]{4}/[a-z0-9][a-z0-9-]{0,63})(?:\.yml|/.{1,250})")
_PAGE = re.compile(r"([a-z0-9][a-z0-9-]{0,63})\.md")


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit: its mode and id, and its path, with `/`."""

    mode: str
    id: str
    path: str


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
        listed = self.run("for-each-ref", "--format=%(objectname)", ref)
        return listed.decode().split("\n")[0]

    def move(self, ref: str, new: str, old: str) -> None:
        """Bring a ref from a commit ("" for none) to another that was accepted before; GitError where it is elsewhere.

        While a push is looked at, git keeps its objects apart and lets no ref move. What is moved here is not of it.
        """
        plain = {name: value for name, value in os.environ.items() if name not in _QUARANTINE}
        command = ["git", "-C", str(self.folder), "update-ref", ref, new, old or NOTHING]
        done = subprocess.run(command, capture_output=True, check=False, env=plain)  # noqa: S603  (the same)
        if done.returncode:
            raise GitError("update-ref", done.stderr.decode(errors="replace").strip())

    def unlock(self) -> None:
        """Remove the locks that a git which was killed left; the caller knows that no ref is being moved.

        What else git locks may be somebody's at work by hand: that must have stood for a minute.
        """
        for place in [self.folder / "HEAD.lock", *self.folder.glob("refs/**/*.lock")]:
            place.unlink(missing_ok=True)
        for place in [*self.folder.glob("*.lock"), *self.folder.glob("objects/info/**/*.lock")]:
            with suppress(FileNotFoundError):
                if time.time() - place.stat().st_mtime > _STALE:
                    place.unlink()

    def has(self, id_: str) -> bool:
        """Whether the repository holds an object."""
        try:
            self.run("cat-file", "-e", id_)
        except GitError:
            return False
        return True

    def holds(self, commit: str, tip: str) -> bool:
        """Whether a commit is part of the history that ends in `tip`."""
        try:
            self.run("merge-base", "--is-ancestor", commit, tip)
        except GitError:
            return False
        return True

    def blobs(self, commit: str) -> Iterator[Blob]:
        """List all files of a commit."""
        for line in self.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
            if line:
                head, _, path = line.partition(b"\t")
                mode, _, id_ = head.decode().split(" ")
                yield Blob(mode, id_, os.fsdecode(path))

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
                    place.write_bytes(_next(answer, blob))

    def changed(self, old: str, new: str, below: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what differs between two commits (old may be none): ids of notices, and stems of staff pages."""
        if old in {NOTHING, ""}:
            paths = [blob.path for blob in self.blobs(new)]
        else:
            listed = self.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", old, new)
            paths = [os.fsdecode(path) for path in listed.split(b"\0") if path]
        inside = [within(path, below) for path in paths if is_below(path, below)]
        return _named(_NOTICE, inside), _named(_PAGE, inside)


class GitError(Exception):
    """Git refused; the text is its own."""

    def __init__(self, verb: str, words: str) -> None:
        super().__init__(f"git {verb} 没有成功：{words}")


def content_folder(blobs: list[Blob], named: str | None) -> str:
    """Return where in a commit the content lies, "." for the whole of it; RefusedError where there is none."""
    paths = {blob.path for blob in blobs}
    for below in [named.strip("/")] if named else ["content", "."]:
        if any(is_below(path, below) and within(path, below) == "site.yml" for path in paths):
            return below
    wanted = f"{named.strip('/')}/site.yml" if named else "content/site.yml"
    raise RefusedError(f"推送里没有 {wanted}，不知道内容在哪里。请在网站的文件夹里提交，再推送。")


def content_blobs(blobs: list[Blob], below: str) -> tuple[list[Blob], list[str]]:
    """Return the files that are content, and the paths in the content's folder that are no kind of content.

    RefusedError for links and submodules, which lead to files that nobody pushed.
    """
    inside = [blob for blob in blobs if is_below(blob.path, below)]
    links = [blob.path for blob in inside if blob.mode in {_LINK, _SUBMODULE}]
    if links:
        listed = "\n".join(f"  {path}" for path in sorted(links)[:30])
        raise RefusedError(f"内容里有链接或子模块，指向别处的文件：\n{listed}\n删掉它们，把文件本身放进来，再推送。")
    named = [blob for blob in inside if not any(part.startswith(".") for part in blob.path.split("/"))]
    taken = [blob for blob in named if kind_of(blob.path) in _KINDS and _is_plain(blob.path)]
    left = {blob.path for blob in named} - {blob.path for blob in taken}
    return taken, sorted(left)


def is_below(path: str, below: str) -> bool:
    """Whether a path of the repository lies in the content's folder."""
    return below == "." or path.startswith(f"{below}/")


def within(path: str, below: str) -> str:
    """Return a path of the repository as a path in the content's folder."""
    return path if below == "." else path.removeprefix(f"{below}/")


def _next(answer: IO[bytes], blob: Blob) -> bytes:
    """Read a file from what `git cat-file --batch` answers: a line that ends in its size, its bytes, a line end."""
    size = answer.readline().rpartition(b" ")[2].strip()
    content = answer.read(int(size)) if size.isdigit() else b""
    if not size.isdigit() or len(content) != int(size) or answer.read(1) != b"\n":
        raise GitError("cat-file", f"{blob.path}：{blob.id}")
    return content


def _named(form: re.Pattern[str], paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({match[1] for path in paths if (match := form.fullmatch(path))}))


def _is_plain(path: str) -> bool:
    return all(part not in {"", ".", ".."} for part in path.split("/"))
