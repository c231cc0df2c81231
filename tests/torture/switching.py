"""A thousand switches and fifty thousand requests on each server; exit 1 where any answer is not as it must be."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.publish.test_switching import Prepared, failures, several_releases, switched_under_load
from tests.support.publish.web import KINDS

_SWITCHES, _REQUESTS, _ROUND, _LONGEST = 1000, 50_000, 250, 1200.0
_COLUMNS = ("good", "unchanged", "failed", "cut", "mixed", "stale", "reconnected")


def main() -> None:
    """Try each server and print a table of what it answered."""
    print("server  switches  reloads  requests  seconds  " + "  ".join(_COLUMNS), flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        prepared = several_releases(Path(temporary))
        bad = [_tried(kind, prepared, Path(temporary)) for kind in KINDS]
    sys.exit(1 if any(bad) else 0)


def _tried(kind: str, prepared: Prepared, folder: Path) -> bool:
    """Go round by round until both numbers are reached; return whether anything was wrong."""
    counts: Counter[str] = Counter()
    rounds, start = 0, time.monotonic()
    while rounds * _ROUND < _SWITCHES or _requests(counts) < _REQUESTS:
        if time.monotonic() - start > _LONGEST:
            print(f"{kind}: stopped after {_LONGEST:.0f} s", flush=True)
            return True
        counts.update(switched_under_load(kind, prepared, _ROUND, folder / f"{kind}{rounds}")[0])
        rounds += 1
    cells = (f"{counts[name]:>{len(name)}}" for name in _COLUMNS)
    seconds = time.monotonic() - start
    row = f"{kind:>6}  {rounds * _ROUND:>8}  {rounds:>7}  {_requests(counts):>8}  {seconds:>7.0f}  {'  '.join(cells)}"
    print(row, flush=True)
    return failures(counts) > 0


def _requests(counts: Counter[str]) -> int:
    return counts.total() - counts["reconnected"]


if __name__ == "__main__":
    main()
