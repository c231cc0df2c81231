"""Readers who ask without pause, in a process of their own, and what to hold their answers to."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from generator.publish.host import Host
from generator.publish.release import Release
from generator.publish.releases import switch
from generator.publish.telling import untold
from tests.publish.web import Server

CONNECTIONS = 16
PLACES = ("", "about/", "notices/2025/yi/", "notices/2025/er/", "notices/2025/yi/notice.txt", "search/index.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began and ended, what was asked for and how, what came, and what the reader held before."""

    began: float
    ended: float
    place: str
    squeezed: bool
    status: int
    digest: str
    held: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A release, from just before it was switched to until just after the next one was."""

    release: Release
    since: float
    until: float


@contextmanager
def readers(server: Server, path: str, results: Path) -> Iterator[None]:
    """Let 16 readers ask until the block ends; their answers are then in the file `results`."""
    command = [sys.executable, "-m", "tests.publish.load", str(server.port), path, str(results)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
    finally:
        process.communicate(b"\n", timeout=60)


def switching(host: Host, releases: Sequence[Release], times: int, dice: random.Random, server: Server) -> list[Shown]:
    """Switch so many times, to and fro, with the server reloaded half way; return what was shown when."""
    shown: list[tuple[Release, float, float]] = [(releases[0], 0.0, 0.0)]
    for turn in range(times):
        if turn == times // 2:
            subprocess.run(server.reload, check=True, capture_output=True)
        goal = dice.choice([release for release in releases if release.name != shown[-1][0].name])
        before = time.monotonic()
        switch(host, goal, untold)
        shown.append((goal, before, time.monotonic()))
        time.sleep(dice.uniform(0.0, 0.04))
    ends = [after for _, _, after in shown[1:]] + [float("inf")]
    return [Shown(release, before, end) for (release, before, _), end in zip(shown, ends, strict=True)]


def verdicts(results: Path, timeline: Sequence[Shown]) -> Counter[str]:
    """Count the answers: good, unchanged, failed, cut, mixed (not what a release of that time holds), stale."""
    bodies = {shown.release.name: _bodies(shown.release) for shown in timeline}
    counts: Counter[str] = Counter()
    index = 0
    for line in sorted(json.loads(results.read_text())):
        asked = Asked(*line)
        while timeline[index].until < asked.began:
            index += 1
        then = []
        for shown in timeline[index:]:
            if shown.since > asked.ended:
                break
            then.append(bodies[shown.release.name][asked.place, asked.squeezed])
        counts[_verdict(asked, then)] += 1
    return counts


def _verdict(asked: Asked, then: Sequence[str]) -> str:
    if asked.status == 200:
        return "good" if asked.digest in then else "mixed"
    if asked.status == 304:
        return "unchanged" if asked.held in then else "stale"
    return "cut" if asked.status == 0 else "failed"


def _bodies(release: Release) -> dict[tuple[str, bool], str]:
    found = {}
    for place in PLACES:
        file = release.site / (f"{place}index.html" if place.endswith("/") or not place else place)
        squeezed = file.with_name(f"{file.name}.gz")
        for gz, source in ((False, file), (True, squeezed if squeezed.exists() else file)):
            found[place, gz] = hashlib.sha256(source.read_bytes()).hexdigest()
    return found


def _read(port: int, path: str, ended: threading.Event, kept: list[Asked], seed: int) -> None:
    """Ask over one connection, as a browser does: what it has, it asks for with the mark that came with it."""
    dice = random.Random(seed)  # noqa: S311  (reproducible, not secret)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    held: dict[tuple[str, bool], tuple[str, str, str]] = {}
    while not ended.is_set():
        place, squeezed = dice.choice(PLACES), dice.random() < 0.5
        headers = {"Accept-Encoding": "gzip" if squeezed else "identity"}
        digest, etag, modified = held.get((place, squeezed), ("", "", ""))
        conditional = bool(etag) and dice.random() < 0.7
        if conditional:
            headers["If-None-Match"] = etag
            headers |= {"If-Modified-Since": modified} if modified else {}
        began = time.monotonic()
        status, body, marks = _ask(connection, path + place, headers)
        found = hashlib.sha256(body).hexdigest()
        kept.append(Asked(began, time.monotonic(), place, squeezed, status, found, digest if conditional else ""))
        if status == 200:
            held[place, squeezed] = found, *marks


def _ask(
    connection: http.client.HTTPConnection, target: str, headers: dict[str, str]
) -> tuple[int, bytes, tuple[str, str]]:
    """Ask once, and once more where the server had closed a connection that was idle, as browsers do.

    The status is 0 where an answer was cut short, -1 where none came.
    """
    for _ in range(2):
        try:
            connection.request("GET", target, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        except http.client.IncompleteRead:
            connection.close()
            return 0, b"", ("", "")
        except (OSError, http.client.HTTPException):
            connection.close()
        else:
            return answer.status, body, (answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
    return -1, b"", ("", "")


def main(port: int, path: str, results: Path) -> None:
    """Ask until a line comes in, then write down what came."""
    ended, kept = threading.Event(), [list[Asked]() for _ in range(CONNECTIONS)]
    threads = [threading.Thread(target=_read, args=(port, path, ended, mine, seed)) for seed, mine in enumerate(kept)]
    for thread in threads:
        thread.start()
    print("asking", flush=True)
    sys.stdin.readline()
    ended.set()
    for thread in threads:
        thread.join()
    results.write_text(json.dumps([astuple(asked) for mine in kept for asked in mine]))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
