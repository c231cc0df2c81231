"""The content of the records' branch: exported for a build, and committed to by a publication."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from generator.build.index import Index
from generator.build.request import BuildResult
from generator.publish.host import Host, RefusedError
from generator.publish.objects import Objects, changed_tree
from generator.publish.records_reader import RecordsReader
from generator.publish.records_ref import RECORDS_BRANCH, RECORDS_REF, records_advice, records_tip
from generator.publish.release import Release
from generator.publish.repository import GitError, Repository
from generator.records import LedgerCache, Records, RecordsError, read_parts, record_rollback

_WHO = "gongkai"


@contextmanager
def records_at(host: Host, commit: str, cache: LedgerCache | None = None) -> Iterator[Records]:
    """Give the records of a commit; RefusedError where the ledger is not whole. `cache` as in `read_parts`."""
    with closing(RecordsReader(Repository(host.repository), commit)) as reader:
        try:
            ledger = read_parts(reader.ledger_parts(), cache)
        except (GitError, RecordsError) as error:
            raise damaged_records(host, error) from error
        yield Records(None, reader, ledger, ledger)


def damaged_records(host: Host, error: Exception) -> RefusedError:
    """Say of records that cannot be read how they come back."""
    why = str(error).partition("\n")[0]
    return RefusedError(f"主机上的发布记录（{RECORDS_BRANCH} 分支）坏了：{why}\n{records_advice(host)}")


def attachment_names_left(host: Host, id_: str) -> str:
    """Say which lines of the ledger name attachments of a notice, for whoever removes it; "" where none does."""
    with records_at(host, records_tip(host)) as records:
        lines = records.ledger.naming(id_)
    if not lines:
        return ""
    numbers = "、".join(str(line.number) for line in lines)
    return (
        f"没有清除的：发布记录第 {numbers} 行是旧格式，写着这份通报附件的文件名（没有标题和内容）。\n"
        "  记录一行接一行，改动它们会让后面每一行都对不上，所以没有动。记录是公开的，这些文件名仍然查得到。"
    )


def open_records(host: Host, commit: str, folder: Path) -> RecordsReader:
    """Make a new folder for what a build adds to the records of a commit, and return what reads those."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o755, parents=True)
    return RecordsReader(Repository(host.repository), commit)


def commit_records(host: Host, base: str, folder: Path, made: BuildResult) -> str:
    """Put what a publication added to the records into a commit and return it; `base` where it added nothing."""
    new: dict[str, Callable[[], bytes] | None] = {path: (folder / path).read_bytes for path in made.recorded}
    return _committed(host, base, new | dict.fromkeys(made.forgotten), made.now)


def record_return(host: Host, found: str, release: Release, now: datetime) -> None:
    """Record upon the records `found` that an earlier release is shown again; RefusedError where it does not follow."""
    try:
        _record_return(host, found, release, now)
    except (GitError, RecordsError, RefusedError) as error:
        raise RefusedError(f"{release.name} 和发布记录对不上，不能换上：{error}") from error


def _record_return(host: Host, found: str, release: Release, now: datetime) -> None:
    """Record that an earlier release is shown again."""
    with (
        Index(host.index) as index,
        records_at(host, found, index) as before,
        records_at(host, release.records, index) as shown,
    ):
        records = record_rollback(before, shown.ledger, now)
        if not records.changed:
            return
        parts = {part.path: part.written for part in records.ledger.changed_parts(before.ledger)}
        commit = _committed(host, found, parts, now)
    Repository(host.repository).move(RECORDS_REF, commit, found)


def _committed(host: Host, base: str, changes: Mapping[str, Callable[[], bytes] | None], now: datetime) -> str:
    """Return a commit upon `base` ("" for none) with these files, None for one that goes; `base` without changes."""
    if not changes:
        return base
    repository = Repository(host.repository)
    with Objects(repository) as objects:
        ids = {path: objects.write("blob", read()) if read else "" for path, read in changes.items()}
        tree = changed_tree(objects, f"{base}^{{tree}}" if base else "", ids) or objects.write("tree", b"")
    when = f"{int(now.timestamp())} +0800"
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _who(when).items()}
    parent = ["-p", base] if base else []
    words = f"{sum(map(bool, ids.values()))} 个文件"
    return repository.run("commit-tree", tree, *parent, "-m", words, around=who).decode().strip()


def _who(when: str) -> dict[str, str]:
    return {"NAME": _WHO, "EMAIL": f"{_WHO}@localhost", "DATE": when}
