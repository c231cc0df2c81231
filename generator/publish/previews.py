"""Previews: a branch built at an address that nobody guesses, served apart from the site, gone with the branch."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

from generator.publish.host import Host, RefusedError
from generator.publish.notes import read_preview_tokens, write_preview_tokens
from generator.publish.progress import OnStep, Step
from generator.publish.pushed_content import pushed_content
from generator.publish.records_ref import RECORDS_BRANCH, records_tip
from generator.publish.repository import Repository
from generator.publish.settings import Settings

PREFIX = "refs/heads/preview/"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def refuse_name(ref: str) -> None:
    """Refuse a branch whose name says more than a preview's may."""
    if not _NAME.fullmatch(ref.removeprefix(PREFIX)):
        raise RefusedError("预览分支的名称只用字母、数字、点、横线，如 preview/shili-media。")


def build_preview(host: Host, settings: Settings, ref: str, commit: str, now: datetime, on_step: OnStep) -> str:
    """Build a branch and return the address where it can be seen; RefusedError where it cannot be built.

    A branch keeps its address. The caller holds the lock.
    """
    import secrets  # noqa: PLC0415  (a push to the site needs none of this)

    from generator.build.request import BuildRequest  # noqa: PLC0415
    from generator.build.swap import replacement  # noqa: PLC0415
    from generator.publish.isolated_build import build_in_process  # noqa: PLC0415
    from generator.publish.records_branch import open_records  # noqa: PLC0415

    names = read_preview_tokens(host)
    token = names.get(ref) or secrets.token_urlsafe(24)
    write_preview_tokens(host, names | {ref: token})
    working = host.state / "preview"
    shutil.rmtree(working, ignore_errors=True)
    try:
        on_step(Step.EXPORT)
        content = pushed_content(Repository(host.repository), settings, commit, working / "pushed")
        fetch = open_records(host, records_tip(host), working / RECORDS_BRANCH)
        request = BuildRequest(
            now=now,
            root=working / "pushed",
            below=content.below,
            files=content,
            configuration=host.configuration,
            live=True,
            draft=True,
            records=working / RECORDS_BRANCH,
            fetch=fetch,
        )
        with replacement(host.previews / token) as folder:
            build_in_process(host, request, folder, settings.limit, on_step)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return preview_address(host, settings, ref)


def preview_address(host: Host, settings: Settings, ref: str) -> str:
    """Return where a branch can be seen."""
    return f"{settings.preview_address}{read_preview_tokens(host)[ref]}/"


def drop_previews(host: Host, settings: Settings) -> None:
    """Remove every preview whose branch is gone, and all of them where previews are off."""
    names = read_preview_tokens(host)
    repository = Repository(host.repository)
    kept = {ref: token for ref, token in names.items() if settings.previews and repository.tip(ref)}
    if kept != names:
        write_preview_tokens(host, kept)
    for place in host.previews.iterdir():
        if not _belongs(place, set(kept.values())):
            shutil.rmtree(place) if place.is_dir() else place.unlink()


def _belongs(place: Path, tokens: set[str]) -> bool:
    """Whether a file or folder is a preview that is kept, or its lock."""
    return place.name in tokens or place.name.removeprefix(".").removesuffix(".lock") in tokens
