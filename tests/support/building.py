"""Builds of a site as tests ask for them."""

from __future__ import annotations

from pathlib import Path

from generator.build.build import BuiltSite, build_site
from generator.build.request import BuildRequest
from generator.clock import clock


def make_site(
    root: Path, out: Path, today: str | None = None, *, live: bool = False, records: Path | None = None
) -> BuiltSite:
    """Build the site of `root` into `out` by the clock of the command line."""
    return build_site(BuildRequest(root=root, now=clock(), today=today, live=live, records=records), out)
