"""The archived pages, replayed by an archive's own software, are the published bytes."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote, unquote
from urllib.request import urlopen

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]  # the package ships no types

from generator.archive import ArchiveError, make_archive
from generator.archive.payload import is_published
from generator.build.request import BuildRequest, OnStage
from generator.clock import clock
from tests.support.archive.story import ARCHIVED, Story, clock_at
from tests.support.readiness import PATIENCE, free_port, wait_for


class Nothing(TypedDict):
    """Arguments of an archive that is neither signed nor told of."""

    key: None
    previous: None
    progress: OnStage


ADDRESS = "https://www.example.com/gk/"


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "archive/index.html",
        "archive/2025/index.html",
        "notices/2025/one/2024-plan.pdf",
        "organs/2024/index.html",
        "organs/2024/2025/index.html",
        "data/manifest.txt",
        "data/manifest/2025.txt",
        "sitemap.xml",
        "sitemap-pages.xml",
        "sitemap-2025.xml",
    ],
)
def test_a_year_is_archived_with_what_is_of_no_year(path: str) -> None:
    """And without what other years have in the same places."""
    assert is_published(path, "2025")
    other = path.replace("2025", "2026")
    assert is_published(other, "2025") == (other == path)


@pytest.fixture(scope="module")
def replayed(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the WARC of the bag with pywb, and return where one of its records is found."""
    home, port = tmp_path_factory.mktemp("pywb"), free_port()
    programs = Path(sys.prefix) / "replay/bin"
    assert programs.is_dir(), "make test installs what replays an archive"
    for arguments in (("init", "gk"), ("add", "gk", str(story.bag / "data/warc/2025.warc.gz"))):
        subprocess.run([programs / "wb-manager", *arguments], cwd=home, check=True, capture_output=True)
    command = [str(programs / "wayback"), "-b", "127.0.0.1", "-p", str(port), "-d", str(home)]
    with subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            wait_for(running, port)
            yield f"http://127.0.0.1:{port}/gk/"
        finally:
            running.terminate()
            running.wait(PATIENCE)


def _records(warc: Path) -> Iterator[tuple[str, str, bytes]]:
    with warc.open("rb") as opened:
        for record in ArchiveIterator(opened):
            if record.rec_type == "response":
                date = record.rec_headers.get_header("WARC-Date")
                stamp = "".join(char for char in date if char.isdigit())
                yield record.rec_headers.get_header("WARC-Target-URI"), stamp, record.content_stream().read()


def test_every_record_replayed_equals_the_published_bytes(story: Story, replayed: str) -> None:
    compared = 0
    for address, stamp, _ in _records(story.bag / "data/warc/2025.warc.gz"):
        # `id_` asks for the bytes as they are, without what a replay puts around a page.
        with urlopen(f"{replayed}{stamp}id_/{address}", timeout=PATIENCE) as answer:  # noqa: S310  (on this machine)
            path = address.removeprefix(ADDRESS)
            path = f"{path}index.html" if path.endswith("/") or not path else path
            assert answer.read() == _published(story.site, path), address
            compared += 1
    print(f"{compared} records compared")
    assert compared > 40


def _published(site: Path, path: str) -> bytes:
    return (site / unquote(path)).read_bytes()


def test_it_holds_the_pages_of_the_year_with_all_that_they_need(story: Story) -> None:
    addresses = {address for address, _, _ in _records(story.bag / "data/warc/2025.warc.gz")}
    for path in ("", "about/", "notices/2025/yi/", "notices/2025/yi/v1/", "notices/2025/yi/proof/", "archive/2025/"):
        assert f"{ADDRESS}{path}" in addresses
    assert f"{ADDRESS}assets/gongkai.css" in addresses
    assert f"{ADDRESS}notices/2025/yi/{quote('台账.pdf')}" in addresses
    assert not any("notices/2024/" in address for address in addresses)


def test_each_record_is_packed_by_itself(story: Story) -> None:
    """Archives find a record by its offset (ISO 28500, annex D)."""
    data = (story.bag / "data/warc/2025.warc.gz").read_bytes()
    assert data.count(b"\x1f\x8b\x08\x00\x00\x00\x00\x00") >= 40
    assert gzip.decompress(data).startswith(b"WARC/1.0\r\n")


def test_a_site_that_was_published_can_be_archived_as_it_is(story: Story, tmp_path: Path) -> None:

    with clock_at(ARCHIVED) as now:
        order = BuildRequest(now=clock(), root=story.root)
        out = tmp_path / "bag"
        make_archive(order, "2025", out, now, site=story.site, key=None, previous=None, progress=lambda *_: None)
        own = (out / "data/warc/2025.warc.gz").read_bytes()
        assert own == (story.bag / "data/warc/2025.warc.gz").read_bytes()
        place = story.site / "about/index.html"
        whole = place.read_bytes()
        place.write_bytes(whole.replace("公开".encode(), "关闭".encode(), 1))
        try:
            with pytest.raises(ArchiveError, match=r"about/index\.html：内容变了"):
                make_archive(
                    order,
                    "2025",
                    tmp_path / "x",
                    now,
                    site=story.site,
                    key=None,
                    previous=None,
                    progress=lambda *_: None,
                )
        finally:
            place.write_bytes(whole)
