"""Measure a push until it is live: the first one, and one that changes a single notice; and going back."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.support.corpus import notice_yaml, write_content
from tests.support.publish.hosts import Office, corrected, git, new_host, own, shown, started

_SIZES = (100, 1000)
_ROUNDS = 3


def publish(number: int) -> None:
    """Push so many notices to a new host, change one a few times, go back, and print what each took."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        host = own(new_host(root / "host", "https://www.example.com/xcgk/"))
        folder = root / "office"
        write_content(folder / "content", number)
        git(folder, "init", "--quiet", "--initial-branch=main")
        git(folder, "remote", "add", "origin", str(host.repository))
        office = Office(folder)
        cold = _timed(office, {})
        id_, text = notice_yaml(number // 2)
        place = f"content/notices/{id_}.yml"
        warm = [
            _timed(office, {place: corrected(text.replace("。", f"，第{turn}次修订。", 1), turn)})
            for turn in range(1, _ROUNDS + 1)
        ]
        back = []
        for _ in range(_ROUNDS):
            name = next(place.name for place in sorted(host.releases.iterdir()) if place.name != shown(host).name)
            start = time.monotonic()
            done = started("server", "rollback", str(host.root), name)
            back.append(time.monotonic() - start)
            if done.returncode:
                sys.exit(done.stderr)
        print(
            f"{number:>6} notices  first push {cold:5.1f} s   one notice changed {_said(warm)} s   "
            f"rollback {_said(back)} s",
            flush=True,
        )


def _timed(office: Office, files: dict[str, str | bytes | None]) -> float:
    office.commit(files)
    start = time.monotonic()
    pushed = office.push()
    seconds = time.monotonic() - start
    if pushed.code:
        sys.exit(pushed.words)
    print(f"        {pushed.lines[-1]}", flush=True)
    return seconds


def _said(seconds: list[float]) -> str:
    return ", ".join(f"{each:.2f}" for each in seconds)


if __name__ == "__main__":
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else _SIZES:
        publish(size)
