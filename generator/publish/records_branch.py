"""The content of the records' branch: exported for a build, and committed to by a publication."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from generator.addresses import NOTICES, attachment_of_path
from generator.build.request import BuildResult
from generator.publish.host import Host, RefusedError
from generator.publish.records_ref import RECORDS_BRANCH, RECORDS_REF, records_advice, records_tip
from generator.publish.release import Release
from generator.publish.repository import Blob, GitError, Repository, within
from generator.records import (
    LEDGER,
    SITE_ID,
    Fetch,
    Ledger,
    Records,
    RecordsError,
    attachment_path,
    read_ledger,
    record_rollback,
)

_INDEX, _RETURNING = "records-index", "records-returning"
_WHO = "gongkai"


def ledger_at(host: Host, commit: str) -> Ledger:
    """Return the ledger of a commit; RefusedError where it is not whole."""
    if not commit:
        return Ledger()
    try:
        return read_ledger(Repository(host.repository).run("cat-file", "blob", f"{commit}:{LEDGER}"))
    except (GitError, RecordsError) as error:
        why = str(error).partition("\n")[0]
        raise RefusedError(f"主机上的发布记录（{RECORDS_BRANCH} 分支）坏了：{why}\n{records_advice(host)}") from error


def attachment_names_left(host: Host, id_: str) -> str:
    """Say which lines of the ledger name attachments of a notice, for whoever removes it; "" where none does."""
    lines = ledger_at(host, records_tip(host)).naming(id_)
    if not lines:
        return ""
    numbers = "、".join(str(line.number) for line in lines)
    return (
        f"没有清除的：发布记录（{LEDGER}）第 {numbers} 行是旧格式，写着这份通报附件的文件名（没有标题和内容）。\n"
        "  记录一行接一行，改动它们会让后面每一行都对不上，所以没有动。记录是公开的，这些文件名仍然查得到。"
    )


def export_records(host: Host, commit: str, folder: Path, pushed: str, below: str) -> Fetch:
    """Write the files of the records that a build is sure to need into a new folder; return a function for the rest.

    `pushed` is the commit whose content is built, `below` where the content lies in it: attachments that are the same
    there are not needed, nor is the single version of a notice that did not change.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o755, parents=True)
    repository = Repository(host.repository)
    if commit:
        there = {within(blob.path, below): blob.id for blob in repository.blobs(pushed, below)}
        needed = _needed(ledger_at(host, commit), there)
        wanted = (blob for blob in repository.blobs(commit, most=0) if needed(blob))
        repository.export(wanted, ".", folder)
    return partial(_fetched, repository, commit)


def _needed(ledger: Ledger, there: Mapping[str, str]) -> Callable[[Blob], bool]:
    several = {id_ for id_, own in ledger.by_id.items() if any(line.version > 1 for line in own)}
    attached = {
        attachment_path(line.id, of): line.id
        for own in ledger.by_id.values()
        for line in own
        for of in line.shown.files
    }
    beside: dict[str, set[str]] = {}
    for place, id_ in there.items():
        if found := attachment_of_path(place):
            beside.setdefault(found[0], set()).add(id_)

    def needed(blob: Blob) -> bool:
        if blob.path in attached:
            return blob.id not in beside.get(attached[blob.path], ())
        site = blob.path.startswith(f"{SITE_ID}/")
        return site or blob.path == LEDGER or blob.path.removeprefix(NOTICES).partition(".")[0] in several

    return needed


def _fetched(repository: Repository, commit: str, path: str) -> bytes:
    try:
        return repository.run("cat-file", "blob", f"{commit}:{path}")
    except GitError as error:
        raise RecordsError(f"发布记录里没有 {path}。") from error


def commit_records(host: Host, base: str, folder: Path, made: BuildResult) -> str:
    """Put what a publication added to the records into a commit and return it; `base` where it added nothing."""
    return _committed(host, base, folder, made.recorded, made.forgotten, made.now)


def record_return(host: Host, found: str, release: Release, now: datetime) -> None:
    """Record upon the records `found` that an earlier release is shown again; RefusedError where it does not follow."""
    try:
        _record_return(host, found, release, now)
    except (GitError, RecordsError, RefusedError) as error:
        raise RefusedError(f"{release.name} 和发布记录对不上，不能换上：{error}") from error


def _record_return(host: Host, found: str, release: Release, now: datetime) -> None:
    ledger, shown = ledger_at(host, found), ledger_at(host, release.records)
    fetch = partial(_fetched, Repository(host.repository), found)
    records = record_rollback(Records(None, fetch, ledger, ledger), shown, now)
    if not records.changed:
        return
    folder = host.state / _RETURNING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / LEDGER).write_bytes(records.ledger.written())
    commit = _committed(host, found, folder, (LEDGER,), (), now)
    Repository(host.repository).move(RECORDS_REF, commit, found)
    shutil.rmtree(folder, ignore_errors=True)


def _committed(host: Host, base: str, folder: Path, added: Iterable[str], removed: Iterable[str], now: datetime) -> str:
    new, gone = sorted(added), sorted(removed)
    if not new and not gone:
        return base
    repository = Repository(host.repository)
    # Only plain names reach this list, so that each stands on a line of its own.
    given = "".join(f"{(folder / path).absolute()}\n" for path in new).encode()
    ids = repository.run("hash-object", "-w", "--no-filters", "--stdin-paths", given=given).decode().split()
    entries = [f"100644 {id_}\t{path}\0" for id_, path in zip(ids, new, strict=True)]
    entries += [f"0 {'0' * 40}\t{path}\0" for path in gone]
    index = host.state / _INDEX
    index.unlink(missing_ok=True)
    there = {"GIT_INDEX_FILE": str(index.absolute())}
    repository.run("read-tree", base or "--empty", around=there)
    repository.run("update-index", "-z", "--index-info", given="".join(entries).encode(), around=there)
    tree = repository.run("write-tree", around=there).decode().strip()
    index.unlink(missing_ok=True)
    when = f"{int(now.timestamp())} +0800"
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _who(when).items()}
    parent = ["-p", base] if base else []
    return repository.run("commit-tree", tree, *parent, "-m", f"{len(new)} 个文件", around=who).decode().strip()


def _who(when: str) -> dict[str, str]:
    return {"NAME": _WHO, "EMAIL": f"{_WHO}@localhost", "DATE": when}
