"""The records of a site that a forge's pipeline publishes: a branch, fetched before a build and pushed after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.publish.host import RefusedError
from generator.publish.records_ref import RECORDS_REF
from generator.publish.repository import GitError, Repository

_FETCHED = "refs/gongkai/records"
_NAMES = {"NAME": "gongkai", "EMAIL": "gongkai@localhost"}
_WHO = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class PipelineRecords:
    """The records in a folder of their own, and the repository that they came from."""

    folder: Path
    remote: str

    def push(self, message: str) -> None:
        """Push what a build added; RefusedError where others pushed meanwhile, or it is not allowed."""
        repository = Repository(self.folder)
        repository.run("add", "--all", "--force")
        if not repository.run("status", "--porcelain"):
            return
        repository.run("commit", "--quiet", "-m", message, around=_WHO)
        try:
            repository.run("push", "--quiet", self.remote, f"HEAD:{RECORDS_REF}")
        except GitError as error:
            raise RefusedError(
                f"{error}\n发布记录推不上去：别的流水线刚刚发布过（再运行一次就行），"
                "或者没有推送的权限（见 GONGKAI_RECORDS 的说明）。"
            ) from error


@contextmanager
def fetched_records(folder: Path, remote: str) -> Iterator[PipelineRecords]:
    """Give the records of the repository in `folder`, from `remote`, or "" for where it was cloned from.

    Records begin where there are none. RefusedError where they are not to be had.
    """
    repository = Repository(folder)
    with TemporaryDirectory(prefix="gongkai-") as place:
        try:
            records = PipelineRecords(Path(place, "records"), remote or _origin(repository))
            start = _start(repository, records.remote)
            repository.run("worktree", "add", "--quiet", "--detach", str(records.folder), start)
        except GitError as error:
            raise RefusedError(f"{error}\n取不到发布记录（records 分支）。") from error
        try:
            yield records
        finally:
            repository.run("worktree", "remove", "--force", str(records.folder))


def _origin(repository: Repository) -> str:
    """Return the repository's origin; itself where it was not cloned."""
    remotes = repository.run("remote").decode().split()
    return "origin" if "origin" in remotes else str(repository.folder.absolute())


def _start(repository: Repository, remote: str) -> str:
    """Return the commit that the records go on from, an empty one where there are none."""
    if not repository.run("ls-remote", remote, RECORDS_REF):
        tree = repository.run("mktree").decode().strip()
        return repository.run("commit-tree", "-m", "发布记录", tree, around=_WHO).decode().strip()
    repository.run("fetch", "--quiet", "--depth=1", remote, f"+{RECORDS_REF}:{_FETCHED}")
    return _FETCHED
