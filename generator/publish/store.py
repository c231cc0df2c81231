"""The releases of a host: making one of a commit, choosing, switching, tidying."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from generator.build.cache import program_key
from generator.build.request import BuildRequest
from generator.files import flush
from generator.period import SHANGHAI, full_date
from generator.publish.host import Host, RefusedError
from generator.publish.isolated_build import build
from generator.publish.progress import Step, Tell
from generator.publish.pushed_content import export
from generator.publish.records_branch import BRANCH, checked_tip, commit_records, enter, export_records, fits
from generator.publish.records_branch import tip as records_tip
from generator.publish.release import SITE, DamagedError, Release, compress, damaged, flaw, read_release, seal
from generator.publish.release_names import ReleaseName, releases_to_delete
from generator.publish.repository import Repository
from generator.publish.settings import Settings

_MAKING, _OLD, _NEXT = ".making", ".old-", ".current-next"
# A clock that is set by the network may step back a little; more than that is a fault.
_BACK = timedelta(minutes=10)


def releases(host: Host) -> list[Release]:
    """List the releases of a host, newest first."""
    found = (read_release(place) for place in host.releases.iterdir() if not place.name.startswith("."))
    return sorted((release for release in found if release), key=lambda release: release.stamp, reverse=True)


def live(host: Host) -> Release | None:
    """Return the release that the public sees."""
    return read_release(host.current.resolve()) if host.current.is_symlink() else None


def clock(host: Host, now: datetime) -> datetime:
    """Return the instant to publish for; RefusedError where the clock went back since the live release was made."""
    was = live(host)
    last = was.now if was else now
    if now < last - _BACK:
        raise RefusedError(
            f"主机的时钟是 {spoken(now)}，比上一次发布（{spoken(last)}）还早。什么都没有改动。"
            "请管理主机的人校准时钟；时钟没有错，就运行 gongkai server reconcile --rebuild。"
        )
    return max(now, last)


def make(
    host: Host,
    settings: Settings,
    commit: str,
    now: datetime,
    tell: Tell,
    *,
    believed: bool = False,
    accepted: bool = False,
) -> Release:
    """Make a release of a commit for an instant, beside the others; RefusedError where none comes of it.

    `believed` and `accepted` as in `BuildRequest`.
    """
    working = host.releases / _MAKING
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir()
    working.chmod(0o755)  # whatever the umask
    earlier = next((release for release in releases(host) if not flaw(release, full=False)), None)
    try:
        tell(Step.EXPORT)
        below = export(Repository(host.repository), settings, commit, working / "source" / "pushed")
        request = BuildRequest(
            now=now,
            root=working / "source" / "pushed",
            below=below,
            configuration=host.configuration,
            live=True,
            clock_set_back=believed,
            accepted=accepted,
        )
        begun: set[Step] = set()

        def told(step: Step) -> None:
            begun.add(step)
            tell(step)

        try:
            sealed = _make(host, settings, request, commit, earlier, told)
        except (DamagedError, RefusedError):
            # What is taken over may have been altered behind its time and size. Content is refused before that.
            if Step.MAKE not in begun or earlier is None or not flaw(earlier, full=True):
                raise
            sealed = _make(host, settings, request, commit, None, tell)
        shutil.rmtree(request.root.parent)
        tell(Step.PLACE)
        return _placed(host, sealed)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def show(host: Host, release: Release, now: datetime, tell: Tell) -> None:
    """Enter into the records what the public is about to see, and show it."""
    tell(Step.RECORD)
    enter(host, release, now)
    switch(host, release, tell)


def switch(host: Host, release: Release, tell: Tell) -> None:
    """Show the public another release, in one step for each kind of server."""
    tell(Step.SWITCH)
    target = host.root / _NEXT
    target.unlink(missing_ok=True)
    target.symlink_to(Path(host.releases.name, release.name))
    if host.current.is_dir() and not host.current.is_symlink():
        # A copy that was brought back without its links; a link cannot take a folder's place.
        host.current.rename(host.releases / f"{_OLD}{host.current.name}")
    target.replace(host.current)
    target.write_text(release.name, encoding="ascii")
    target.chmod(0o644)
    flush(target)
    target.replace(host.named)
    flush(host.root)


def is_switched(host: Host, release: Release) -> bool:
    """Whether every way to the live release leads to this one."""
    try:
        return host.current.readlink().name == release.name == host.named.read_text(encoding="ascii")
    except (OSError, ValueError):
        return False


def tidy(host: Host, kept: int, keeping: set[str], tell: Tell) -> None:
    """Remove what runs left behind that were ended, and all releases but the newest and those to keep."""
    tell(Step.PRUNE)
    shutil.rmtree(host.releases / _MAKING, ignore_errors=True)
    (host.root / _NEXT).unlink(missing_ok=True)
    whole = {release.name for release in releases(host)}
    old = set(releases_to_delete(whole, kept, keeping))
    for place in list(host.releases.iterdir()):
        if place.name in old or not (place.name.startswith(".") or place.name in whole | keeping):
            remove(place)
    for place in host.releases.glob(f"{_OLD}*"):
        shutil.rmtree(place, ignore_errors=True)


def remove(place: Path) -> None:
    """Remove a release: first its name, so that no half of it is ever taken for a whole."""
    aside = place.with_name(f"{_OLD}{place.name}")
    place.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def candidates(host: Host, commit: str, now: datetime) -> Iterator[Release]:
    """Yield the releases of a commit that are true at an instant and follow from the records, newest first."""
    recorded = records_tip(host)
    for release in releases(host):
        due = release.next_instant is not None and release.next_instant <= now
        true = release.commit == commit and release.program == program_key() and release.now <= now and not due
        if true and fits(host, release, recorded):
            yield release


def _make(
    host: Host,
    settings: Settings,
    request: BuildRequest,
    commit: str,
    earlier: Release | None,
    tell: Tell,
) -> Release:
    taken = earlier.earlier() if earlier else None
    folder = host.releases / _MAKING
    shutil.rmtree(folder / SITE, ignore_errors=True)
    (folder / SITE).mkdir(mode=0o755)
    base = checked_tip(host, live(host))
    records = request.root.parent / BRANCH
    fetch = export_records(host, base, records, commit, request.below)
    whole = replace(request, previous=taken, records=records, fetch=fetch)
    made = build(host, whole, folder / SITE, settings.limit, tell)
    _same_address(settings, made.address)
    tell(Step.COMPRESS)
    compress(folder / SITE, taken.folder if taken else None)
    tell(Step.LIST)
    stamp = max([int(made.now.timestamp()), *(release.stamp + 1 for release in releases(host))])
    tell(Step.SYNC)
    recorded = commit_records(host, base, records, made)
    sealed = seal(folder, made, commit, (base, recorded), program_key(), stamp)
    if earlier is not None and damaged(earlier, folder):
        raise DamagedError(earlier.name)
    return sealed


def spoken(instant: datetime) -> str:
    """Write an instant as people read it."""
    at = instant.astimezone(SHANGHAI)
    return f"{full_date(at.date())} {at:%H:%M}"


def _placed(host: Host, release: Release) -> Release:
    place = host.releases / str(ReleaseName(datetime.fromtimestamp(release.stamp, SHANGHAI), release.commit))
    release.folder.rename(place)
    flush(host.releases)
    placed = read_release(place)
    if placed is None or flaw(placed, full=False):
        raise RefusedError(f"生成的网站没有完整地写到磁盘上（{place.name}），没有发布。请找管理主机的人查看磁盘。")
    return placed


def _same_address(settings: Settings, address: str) -> None:
    if address and address != settings.address:
        raise RefusedError(
            f"site.yml 里的网址是 {address}，这台主机的是 {settings.address}。\n"
            "写错的改成和主机一样；网站真的换了网址，请管理主机的人先改 server.yml。"
        )
