"""A hundred switches under sixteen readers, on both servers: every answer is whole and of its time."""

from __future__ import annotations

import os
import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.publish.host import Host
from generator.publish.release import Release
from generator.publish.releases import releases, switch
from generator.publish.telling import untold
from tests.conftest import NOTICE
from tests.publish.hosting import ADDRESS, FILES, new_host, new_office
from tests.publish.load import CONNECTIONS, Shown, readers, switching, verdicts
from tests.publish.web import KINDS, serving

_SWITCHES = 100
_VERSIONS = 6


def several_releases(folder: Path) -> tuple[Host, list[Release]]:
    """Publish versions one after the other: pages of equal length, and files that did not change at all."""
    host = new_host(folder / "host")
    office = new_office(host, folder / "office", {**FILES, "content/notices/2025/er.yml": NOTICE})
    for version in range(1, _VERSIONS):
        text = NOTICE.replace("三次", f"{'一二四五六七'[version]}次")
        office.commit({"content/notices/2025/yi.yml": text, "content/about.md": f"# 关于本站\n\n第{version}版。\n"})
        pushed = office.push()
        assert pushed.code == 0, pushed.words
    made = releases(host)
    assert len(made) == _VERSIONS
    return host, made


def switched_under_load(kind: str, host: Host, made: list[Release], times: int, home: Path) -> dict[str, int]:
    """Switch so many times while readers ask, and count their answers."""
    home.mkdir()
    switch(host, made[0], untold)
    with serving(kind, host, home) as server, readers(server, urlsplit(ADDRESS).path, home / "results.json"):
        timeline: list[Shown] = switching(host, made, times, random.Random(times), server)  # noqa: S311
    return dict(verdicts(home / "results.json", timeline))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Host, list[Release]]:
    """Return a host with several releases."""
    return several_releases(tmp_path_factory.mktemp("switching"))


def test_the_releases_are_hard_to_tell_apart(prepared: tuple[Host, list[Release]]) -> None:
    """Otherwise the next test would prove little."""
    first, second = prepared[1][:2]
    page, other = (release.site / "notices/2025/yi/index.html" for release in (first, second))
    assert page.stat().st_size == other.stat().st_size
    assert page.read_bytes() != other.read_bytes()
    same, still = (release.site / "notices/2025/er/index.html" for release in (first, second))
    assert same.samefile(still)


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_fails_is_cut_mixed_or_stale(kind: str, prepared: tuple[Host, list[Release]], tmp_path: Path) -> None:
    counts = switched_under_load(kind, *prepared, _SWITCHES, tmp_path / "home")
    print(kind, counts)
    assert counts.keys() <= {"good", "unchanged"}, counts
    assert min(counts["good"], counts["unchanged"]) > 20 * CONNECTIONS, counts


def test_the_readers_would_notice(prepared: tuple[Host, list[Release]], tmp_path: Path) -> None:
    """With one and the same time on every file a server takes pages of equal length for unchanged."""
    host, made = prepared
    for release in made:
        for place in release.site.rglob("*.*"):
            os.utime(place, (made[0].stamp, made[0].stamp))
    counts = switched_under_load("nginx", host, made, 20, tmp_path / "home")
    assert counts["stale"] > 0
