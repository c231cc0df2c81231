"""The ref of the records: moved to what a publication added when that is shown, and brought back where it was lost."""

from __future__ import annotations

from datetime import datetime

from generator.publish.host import Host, RefusedError
from generator.publish.notes import purge_under_way
from generator.publish.release import Release, read_release
from generator.publish.repository import Repository

RECORDS_BRANCH = "records"
RECORDS_REF = f"refs/heads/{RECORDS_BRANCH}"


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
        f"发布记录（{RECORDS_BRANCH} 分支）被换成了另一份，和网站上的对不上。什么都没有改动。\n{records_advice(host)}"
    )


def records_advice(host: Host) -> str:
    """Say how the records come back to what the public sees."""
    purge = purge_under_way(host)
    if purge:
        return f"主机正在清除误发的 {purge.id}，还没有完成：运行 gongkai server reconcile，接着做完。"
    release = read_release(host.current.resolve())
    if release is None or not release.records:
        return "请管理主机的人从备份里取回仓库。"
    return f"请管理主机的人改回来：git -C {host.repository} update-ref {RECORDS_REF} {release.records}"


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
    from generator.publish.records_branch import record_return  # noqa: PLC0415  (it takes long to import, and is rare)

    record_return(host, found, release, now)


def is_based_on(host: Host, release: Release, found: str) -> bool:
    """Whether a release follows from the records as they are."""
    if release.records == found:
        return True
    return release.base == found and Repository(host.repository).has(release.records)
