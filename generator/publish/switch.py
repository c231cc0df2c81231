"""The switch of what the public sees: a release is recorded, then the live link leads to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from generator.files import flush
from generator.publish.host import Host
from generator.publish.progress import OnStep, Step
from generator.publish.records_ref import record_publication
from generator.publish.release import Release

NEXT_LINK, OLD_PREFIX = ".current-next", ".old-"


def activate(host: Host, release: Release, now: datetime, on_step: OnStep) -> None:
    """Record a release and show it to the public."""
    on_step(Step.RECORD)
    record_publication(host, release, now)
    switch_link(host, release, on_step)


def switch_link(host: Host, release: Release, on_step: OnStep) -> None:
    """Show the public another release, in one step for each kind of server."""
    on_step(Step.SWITCH)
    target = host.root / NEXT_LINK
    target.unlink(missing_ok=True)
    target.symlink_to(Path(host.releases.name, release.name))
    if host.current.is_dir() and not host.current.is_symlink():
        # A copy that was brought back without its links; a link cannot take a folder's place.
        host.current.rename(host.releases / f"{OLD_PREFIX}{host.current.name}")
    target.replace(host.current)
    target.write_text(release.name, encoding="ascii")
    target.chmod(0o644)
    flush(target)
    target.replace(host.named)
    flush(host.root)


def is_switched(host: Host, release: Release) -> bool:
    """Whether the link and the file that name the live release both name this one."""
    try:
        return host.current.readlink().name == release.name == host.named.read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
