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
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from generator.publish.host import Host
from generator.publish.progress import OnStep, ignore_step
from generator.publish.release import Release
from generator.publish.switch import switch_link
from tests.support.publish.web import Server
from tests.support.readiness import PATIENCE

CONNECTIONS = 16
PLACES = (
    "",
    "about/",
    "notices/2025/yi/",
    "notices/2025/er/",
    "notices/2025/san/notice.txt",
    "notices/2025/san/tai.pdf",
    "search/index.json",
)
Switch = Callable[[Host, Release, OnStep], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began and ended, what was asked for and how, what came, and what the reader held before.

    `again` says that the server had closed the idle connection, so that it was asked over a new one.
    """

    began: float
    ended: float
    place: str
    squeezed: bool
    status: int
    digest: str
    held: str
    again: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A release, from just before it was switched to until just after the next one was."""

    release: Release
    since: float
    until: float


@contextmanager
def readers(server: Server, path: str, results: Path) -> Iterator[None]:
    """Let 16 readers ask until the block ends; their answers are then in the file `results`."""
    command = [sys.executable, "-m", "tests.support.publish.load", str(server.port), path, str(results)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield
    finally:
        process.communicate(b"\n", timeout=PATIENCE)
        assert process.returncode == 0


def switching(
    host: Host, releases: Sequence[Release], times: int, dice: random.Random, server: Server, how: Switch = switch_link
) -> list[Shown]:
    """Switch so many times, to and fro, with the server reloaded half way; return what was shown when."""
    shown: list[tuple[Release, float, float]] = [(releases[0], 0.0, 0.0)]
    for turn in range(times):
        if turn == times // 2:
            subprocess.run(server.reload, check=True, capture_output=True)
        goal = dice.choice([release for release in releases if release.name != shown[-1][0].name])
        before = time.monotonic()
        how(host, goal, ignore_step)
        shown.append((goal, before, time.monotonic()))
        time.sleep(dice.uniform(0.0, 0.04))
    ends = [after for _, _, after in shown[1:]] + [float("inf")]
    return [Shown(release, before, end) for (release, before, _), end in zip(shown, ends, strict=True)]


def verdicts(results: Path, timeline: Sequence[Shown]) -> Counter[str]:
    """Count the answers: good, unchanged, failed, cut, mixed (not what a release of that time holds), stale.

    Beside them stands how often a reader connected again.
    """
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
        counts["reconnected"] += asked.again
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


def _read(port: int, path: str, ended: threading.Event, seed: int) -> list[Asked]:
    """Ask over one connection, as a browser does: what it has, it asks for with the marks that came with it."""
    dice, kept = random.Random(seed), list[Asked]()  # noqa: S311  (reproducible, not secret)
    reader = Reader(port)
    held: dict[tuple[str, bool], tuple[str, str, str]] = {}
    while not ended.is_set():
        place, squeezed = dice.choice(PLACES), dice.random() < 0.5
        headers = {"Accept-Encoding": "gzip" if squeezed else "identity"}
        digest, etag, modified = held.get((place, squeezed), ("", "", ""))
        conditional = bool(etag) and dice.random() < 0.7
        if conditional:
            alone = bool(modified) and dice.random() < 0.3
            headers |= {} if alone else {"If-None-Match": etag}
            headers |= {"If-Modified-Since": modified} if modified else {}
        began = time.monotonic()
        status, body, marks, again = reader.ask(path + place, headers)
        found = hashlib.sha256(body).hexdigest()
        held_then = digest if conditional else ""
        kept.append(Asked(began, time.monotonic(), place, squeezed, status, found, held_then, again))
        if status == 200:
            held[place, squeezed] = found, *marks
    return kept


class Reader:
    """One who asks over a connection that is kept."""

    def __init__(self, port: int) -> None:
        """Connect with the first question."""
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._used = False

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def ask(self, target: str, headers: dict[str, str]) -> tuple[int, bytes, tuple[str, str], bool]:
        """Ask, and once more where an idle connection turns out to be closed, as browsers do.

        Returns the status, the body, the marks by which to ask later, and whether it had to connect again. The status
        is 0 where an answer was cut short, -1 where none came.
        """
        again = False
        while True:
            try:
                self._connection.request("GET", target, headers=headers)
                answer = self._connection.getresponse()
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                idle, self._used = self._used and isinstance(error, ConnectionError), False
                if idle:
                    again = True
                    continue
                return -1, b"", ("", ""), again
            self._used = True
            try:
                body = answer.read()
            except (OSError, http.client.HTTPException):
                self._connection.close()
                self._used = False
                return 0, b"", ("", ""), again
            if self._connection.sock is None:
                self._used = False
            return answer.status, body, (answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")), again


def main(port: int, path: str, results: Path) -> None:
    """Ask until a line comes in, then write down what came."""
    ended = threading.Event()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        asking = [pool.submit(_read, port, path, ended, seed) for seed in range(CONNECTIONS)]
        print("asking", flush=True)
        sys.stdin.readline()
        ended.set()
    results.write_text(json.dumps([astuple(asked) for one in asking for asked in one.result()]))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
