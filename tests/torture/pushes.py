"""Have eight people publish a hundred notices at once, and print what they were told and how long they waited.

python tests/torture/pushes.py [pushes] [people]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from generator.publish.release import integrity_error
from tests.support.publish.contention import contend
from tests.support.publish.hosts import new_host, new_office, page, shown


def main(pushes: int = 100, people: int = 8) -> int:
    """Push, print the figures, and return how much went wrong."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        host = new_host(folder / "host")
        new_office(host, folder / "office")
        told, ids = contend(host, folder, people, pushes)
        release = shown(host)
        lost = sorted(
            id_
            for id_ in ids
            if id_ not in release.public
            or f"已经召开会议{id_.rpartition('-')[2]}次。" not in page(host, f"notices/{id_}")
        )
        found = integrity_error(release, full=True)
    print(f"{people} people\n{told.table()}\n{time.monotonic() - start:.0f} s; lost {len(lost)} {lost[:10]} {found}")
    for wrong in told.wrong[:10]:
        print(f"\n{wrong}")
    return len(lost) + len(told.wrong) + bool(found)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
