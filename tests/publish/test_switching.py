"""A hundred switches under sixteen readers, on both servers: every answer is whole and of its time."""

from __future__ import annotations

import os
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.publish.host import Host
from generator.publish.progress import OnStep, ignore_step
from generator.publish.release import Release
from generator.publish.store import releases
from generator.publish.switch import switch_link
from tests.support.content import NOTICE
from tests.support.program import files_below
from tests.support.publish.hosts import ADDRESS, FILES, corrected, new_host, new_office
from tests.support.publish.load import CONNECTIONS, PLACES, Reader, Shown, Switch, readers, switching, verdicts
from tests.support.publish.web import KINDS, serving
from tests.support.readiness import PATIENCE

_SWITCHES = 100
# As many as a machine needs to answer, or to be caught in a moment; one does on most.
_ROUNDS = 20
_VERSIONS = 6
_STILL = NOTICE.replace("单位: bangongshi", "单位: danganguan")
Prepared = tuple[Host, list[Release]]


def several_releases(folder: Path) -> Prepared:
    """Publish versions one after the other: files of equal length, and files that did not change at all."""
    host = new_host(folder / "host")
    files: dict[str, str | bytes | None] = {**FILES, **_version(0), "content/notices/2025/er.yml": _STILL}
    office = new_office(host, folder / "office", files)
    for version in range(1, _VERSIONS):
        office.commit(_version(version))
        pushed = office.push()
        assert pushed.code == 0, pushed.words
    made = releases(host)
    assert len(made) == _VERSIONS
    return host, made


def _version(number: int) -> dict[str, str | bytes | None]:
    name = "甲乙丙丁戊己"[number]
    organs = f"bangongshi:\n  名称: 示例县{name}办公室\n  类型: 机关\ndanganguan:\n  名称: 示例县档案馆\n  类型: 机关\n"
    text = NOTICE.replace("三次", f"{'三一二四五六'[number]}次") + "附件:\n  - 文件: tai.pdf\n    标题: 台账\n"
    # More than fits between a server and its reader at once.
    pdf = b"%PDF-1.4 " + random.Random(number).randbytes(150_000).hex().encode()  # noqa: S311  (reproducible, not secret)
    return {
        "content/organs.yml": organs,
        "content/notices/2025/san.yml": corrected(text, number + 1),
        "content/notices/2025/san/tai.pdf": pdf,
        "content/about.md": f"# 关于本站\n\n第{number}版。\n",
    }


def switched_under_load(
    kind: str, prepared: Prepared, times: int, home: Path, how: Switch = switch_link
) -> tuple[Counter[str], list[Shown]]:
    """Switch so many times while readers ask; count their answers, and return what was shown when."""
    host, made = prepared
    home.mkdir()
    switch_link(host, made[0], ignore_step)
    with serving(kind, host, home) as server, readers(server, urlsplit(ADDRESS).path, home / "results.json"):
        timeline = switching(host, made, times, random.Random(times), server, how)  # noqa: S311
    return verdicts(home / "results.json", timeline), timeline


def failures(counts: Counter[str]) -> int:
    """Count the answers that were not as they must be."""
    return counts.total() - counts["good"] - counts["unchanged"] - counts["reconnected"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Return a host with several releases."""
    return several_releases(tmp_path_factory.mktemp("switching"))


def test_the_releases_are_hard_to_tell_apart(prepared: Prepared) -> None:
    """Otherwise the next test would prove little."""
    first, second = prepared[1][:2]
    for place in ("notices/2025/yi/index.html", "notices/2025/san/tai.pdf", "about/index.html"):
        one, other = (release.site / place for release in (first, second))
        assert one.stat().st_size == other.stat().st_size, place
        assert one.read_bytes() != other.read_bytes(), place
    same, still = (release.site / "notices/2025/er/index.html" for release in (first, second))
    assert same.samefile(still)


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_fails_is_cut_mixed_or_stale(kind: str, prepared: Prepared, tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    for number in range(1, _ROUNDS + 1):
        counts += switched_under_load(kind, prepared, _SWITCHES, tmp_path / f"{number}")[0]
        # Idle connections are closed by the one reload, and by nothing else.
        assert counts["reconnected"] <= 2 * CONNECTIONS * number, counts
        if min(counts["good"], counts["unchanged"]) > 20 * CONNECTIONS:
            break
    print(kind, dict(counts))
    assert failures(counts) == 0, counts
    assert min(counts["good"], counts["unchanged"]) > 20 * CONNECTIONS, counts


def test_stale_and_mixed_answers_would_be_noticed(prepared: Prepared, tmp_path: Path) -> None:
    """With one time on every file a server takes files of equal length for unchanged."""
    made = prepared[1]
    times = {place: place.stat().st_mtime for release in made for place in files_below(release.site)}
    for place in times:
        os.utime(place, (made[0].stamp, made[0].stamp))
    try:
        for number in range(_ROUNDS):
            home = tmp_path / f"{number}"
            counts, timeline = switched_under_load("nginx", prepared, 20, home)
            if counts["stale"]:
                break
    finally:
        for place, was in times.items():
            os.utime(place, (was, was))
    assert counts["stale"] > 0, counts
    assert counts["mixed"] == 0, counts
    # The same answers, held to another story of what was shown.
    other = [Shown(timeline[0].release, shown.since, shown.until) for shown in timeline]
    assert verdicts(home / "results.json", other)["mixed"] > 0


def test_a_moment_without_a_site_would_be_noticed(prepared: Prepared, tmp_path: Path) -> None:
    def carelessly(host: Host, release: Release, tell: OnStep) -> None:
        host.current.unlink()
        time.sleep(0.005)
        switch_link(host, release, tell)

    failed = (
        switched_under_load("nginx", prepared, 20, tmp_path / f"{number}", carelessly)[0]["failed"]
        for number in range(_ROUNDS)
    )
    assert any(failed), "nobody asked while there was none"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nwhole now"], [(200, False)]),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal"], [(0, False)]),
        ([b"HTTP"], [(-1, False)]),
        ([b""], [(-1, False)]),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"] * 2, [(200, False), (200, True)]),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1", b""], [(200, False), (-1, True)]),
    ],
)
def test_only_a_closed_idle_connection_is_forgiven(answers: list[bytes], expected: list[tuple[int, bool]]) -> None:
    with _answering(answers) as port, closing(Reader(port)) as reader:
        asked = [reader.ask(f"/{PLACES[1]}", {}) for _ in expected]
    assert [(status, again) for status, _, _, again in asked] == expected


@contextmanager
def _answering(answers: Sequence[bytes]) -> Iterator[int]:
    """Answer one request on each connection, just so, and hang up."""

    def answer() -> None:
        for text in answers:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(text)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            thread.join(PATIENCE)
