"""The releases of a host: making one of a commit, choosing one, deleting old ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.keys import program_key
from generator.files import flush
from generator.period import SHANGHAI, format_instant
from generator.publish.host import Host, RefusedError
from generator.publish.progress import OnStep, Step
from generator.publish.pushed_content import pushed_content
from generator.publish.records_ref import RECORDS_BRANCH, checked_records_tip, is_based_on, records_tip
from generator.publish.release import (
    SITE,
    Release,
    integrity_error,
    read_release,
    seal,
)
from generator.publish.release_names import ReleaseName, releases_to_delete
from generator.publish.repository import Repository
from generator.publish.settings import Settings
from generator.publish.switch import NEXT_LINK, OLD_PREFIX

if TYPE_CHECKING:
    from generator.build.request import BuildRequest

_MAKING = ".making"
# A clock that is set by the network may step back a little; more than that is a fault.
_BACK = timedelta(minutes=10)


def releases(host: Host) -> list[Release]:
    """List the releases of a host, newest first."""
    found = (read_release(place) for place in host.releases.iterdir() if not place.name.startswith("."))
    return sorted((release for release in found if release), key=lambda release: release.stamp, reverse=True)


def live(host: Host) -> Release | None:
    """Return the release that the public sees."""
    return read_release(host.current.resolve()) if host.current.is_symlink() else None


def publication_time(host: Host, now: datetime) -> datetime:
    """Return the instant to publish for; RefusedError where the clock went back since the live release was made."""
    was = live(host)
    last = was.now if was else now
    if now < last - _BACK:
        raise RefusedError(
            f"主机的时钟是 {format_instant(now)}，比上一次发布（{format_instant(last)}）还早。什么都没有改动。"
            "请管理主机的人校准时钟；时钟没有错，就运行 gongkai server reconcile --rebuild。"
        )
    return max(now, last)


def make_release(
    host: Host,
    settings: Settings,
    commit: str,
    now: datetime,
    on_step: OnStep,
    *,
    clock_set_back: bool = False,
    accepted: bool = False,
    anew: bool = False,
) -> Release:
    """Make a release of a commit for an instant, beside the others; RefusedError where it cannot be made.

    `clock_set_back` and `accepted` as in `BuildRequest`; `anew` takes nothing over from earlier ones. BuildError or
    RecordsError where the build fails.
    """
    from generator.build.request import BuildRequest  # noqa: PLC0415  (what only shows a release need not wait)

    working = host.releases / _MAKING
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir()
    working.chmod(0o755)  # whatever the umask
    try:
        on_step(Step.EXPORT)
        content = pushed_content(Repository(host.repository), settings, commit, working / "source" / "pushed")
        request = BuildRequest(
            now=now,
            root=working / "source" / "pushed",
            below=content.below,
            files=content,
            configuration=host.configuration,
            live=True,
            clock_set_back=clock_set_back,
            accepted=accepted,
            index=None if anew else host.index,
            has=host.folders.has,
            templates=host.state / "templates",
            compressed=True,
        )
        earlier = next(iter(releases(host)), None)
        sealed = _make(host, settings, request, commit, earlier, on_step)
        shutil.rmtree(request.root.parent)
        on_step(Step.PLACE)
        return _place(host, sealed, earlier)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _make(
    host: Host, settings: Settings, request: BuildRequest, commit: str, earlier: Release | None, on_step: OnStep
) -> Release:
    """Build a site in the working folder, and seal it as a release."""
    from generator.publish.isolated_build import build_in_process  # noqa: PLC0415  (the same)
    from generator.publish.records_branch import commit_records, open_records  # noqa: PLC0415

    folder = host.releases / _MAKING
    (folder / SITE).mkdir(mode=0o755)
    base = checked_records_tip(host, live(host))
    records = request.root.parent / RECORDS_BRANCH
    fetch = open_records(host, base, records)
    whole = replace(request, records=records, fetch=fetch)
    made = build_in_process(host, whole, folder / SITE, settings.limit, on_step)
    _same_address(settings, made.address)
    stamp = max([int(made.now.timestamp()), *(release.stamp + 1 for release in releases(host))])
    on_step(Step.SYNC)
    recorded = commit_records(host, base, records, made)
    # What takes nothing over is made because something may be wrong with what is there.
    taken = earlier if earlier and earlier.root and request.index is None else None
    damaged = {name for name, _ in host.folders.damaged(taken.root)} if taken else set()
    try:
        return seal(host.folders, folder, made, commit, (base, recorded), program_key(), stamp, earlier, damaged)
    except FileNotFoundError as error:
        raise RefusedError(_INCOMPLETE.format(name=commit[:12])) from error


def _place(host: Host, release: Release, earlier: Release | None) -> Release:
    """Give a release its name; RefusedError where what it does not share with an earlier one is not what was made."""
    place = host.releases / str(ReleaseName(datetime.fromtimestamp(release.stamp, SHANGHAI), release.commit))
    release.folder.rename(place)
    flush(host.releases)
    placed = read_release(place)
    if placed is None or integrity_error(placed, full=earlier is None, beyond=earlier):
        # Nobody may take it over later.
        host.folders.discard(name for name, _ in host.folders.damaged(release.root, earlier.root if earlier else ""))
        remove_release(place)
        raise RefusedError(_INCOMPLETE.format(name=place.name))
    return placed


_INCOMPLETE = "生成的网站没有完整地写到磁盘上（{name}），没有发布。请找管理主机的人查看磁盘。"


def _same_address(settings: Settings, address: str) -> None:
    if address and address != settings.address:
        raise RefusedError(
            f"site.yml 里的网址是 {address}，这台主机的是 {settings.address}。\n"
            "写错的改成和主机一样；网站真的换了网址，请管理主机的人先改 server.yml。"
        )


def tidy(host: Host, kept: int, keeping: set[str], on_step: OnStep) -> None:
    """Delete temporary folders of interrupted runs, and all releases but the newest `kept` and those in `keeping`."""
    on_step(Step.PRUNE)
    shutil.rmtree(host.releases / _MAKING, ignore_errors=True)
    (host.root / NEXT_LINK).unlink(missing_ok=True)
    whole = {release.name for release in releases(host)}
    old = set(releases_to_delete(whole, kept, keeping))
    for place in list(host.releases.iterdir()):
        if place.name in old or not (place.name.startswith(".") or place.name in whole | keeping):
            remove_release(place)
    for place in host.releases.glob(f"{OLD_PREFIX}*"):
        shutil.rmtree(place, ignore_errors=True)


def sweep(host: Host) -> None:
    """Delete the folders that no release leads to any more."""
    host.folders.sweep(release.root for release in releases(host) if release.root)


def remove_release(place: Path) -> None:
    """Delete a release, its name first, so that no half of it is ever taken for a whole."""
    aside = place.with_name(f"{OLD_PREFIX}{place.name}")
    place.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def candidates(host: Host, commit: str, now: datetime) -> Iterator[Release]:
    """Yield the releases of a commit that are up to date at an instant and follow from the records, newest first."""
    recorded = records_tip(host)
    for release in releases(host):
        due = release.next_instant is not None and release.next_instant <= now
        current = release.commit == commit and release.program == program_key() and release.now <= now and not due
        if current and is_based_on(host, release, recorded):
            yield release
