"""The branch of the records: exported for a build, committed to by a publication, moved when that is shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from generator.build.request import BuildResult
from generator.publish.host import Host, RefusedError
from generator.publish.notes import purge_under_way
from generator.publish.objects import Objects, changed_tree
from generator.publish.records_reader import RecordsReader
from generator.publish.release import Release, read_release
from generator.publish.repository import GitError, Repository
from generator.records import LedgerCache, Records, RecordsError, read_parts, record_rollback

RECORDS_BRANCH = "records"
RECORDS_REF = f"refs/heads/{RECORDS_BRANCH}"
_WHO = "gongkai"


def records_tip(host: Host) -> str:
    """Return the commit of the records, "" where there are none."""
    return Repository(host.repository).tip(RECORDS_REF)


def checked_records_tip(host: Host, live: Release | None) -> str:
    """Return the commit of the records that the live release is based on; RefusedError where they are others.

    A branch that was set back or removed comes back from what the live release knows.
    """
    repository, found = Repository(host.repository), records_tip(host)
    # A purge writes the records anew, and removes what the live release is based on.
    needed = live.records if live and not purge_under_way(host) else ""
    if not needed or needed == found or not repository.has(needed) or (found and repository.is_ancestor(needed, found)):
        return found
    if not found or repository.is_ancestor(found, needed):
        repository.move(RECORDS_REF, needed, found)
        return needed
    raise RefusedError(
        f"发布记录（{RECORDS_BRANCH} 分支）被换成了另一份，和网站上的对不上。什么都没有改动。\n{_advice(host)}"
    )


def _advice(host: Host) -> str:
    """Say how the records come back to what the public sees."""
    purge = purge_under_way(host)
    if purge:
        return f"主机正在清除误发的 {purge.id}，还没有完成：运行 gongkai server reconcile，接着做完。"
    release = read_release(host.current.resolve())
    if release is None or not release.records:
        return "请管理主机的人从备份里取回仓库。"
    return f"请管理主机的人改回来：git -C {host.repository} update-ref {RECORDS_REF} {release.records}"


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
    return RefusedError(f"主机上的发布记录（{RECORDS_BRANCH} 分支）坏了：{why}\n{_advice(host)}")


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


def record_publication(host: Host, release: Release, now: datetime) -> None:
    """Bring the records to what the public is about to see in a release, before it sees that.

    RefusedError where neither the release nor a return to it follows from the records.
    """
    repository, found = Repository(host.repository), records_tip(host)
    if found == release.records:
        return
    if found == release.base and repository.has(release.records):
        repository.move(RECORDS_REF, release.records, found)
        return
    try:
        _record_return(host, found, release, now)
    except (GitError, RecordsError, RefusedError) as error:
        raise RefusedError(f"{release.name} 和发布记录对不上，不能换上：{error}") from error


def is_based_on(host: Host, release: Release, found: str) -> bool:
    """Whether a release follows from the records as they are."""
    if release.records == found:
        return True
    return release.base == found and Repository(host.repository).has(release.records)


def _record_return(host: Host, found: str, release: Release, now: datetime) -> None:
    """Record that an earlier release is shown again."""
    with records_at(host, found) as before, records_at(host, release.records) as shown:
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
