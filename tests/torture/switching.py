"""A thousand switches and fifty thousand requests on each server; exit 1 where any answer is not as it must be."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.publish.test_switching import several_releases, switched_under_load
from tests.publish.web import KINDS

_SWITCHES, _REQUESTS, _ROUND, _LONGEST = 1000, 50_000, 250, 1200.0


def main() -> None:
    """Go round by round until both numbers are reached, or the time is over."""
    bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        host, made = several_releases(Path(temporary))
        for kind in KINDS:
            counts: Counter[str] = Counter()
            rounds, start = 0, time.monotonic()
            while rounds * _ROUND < _SWITCHES or counts.total() < _REQUESTS:
                if time.monotonic() - start > _LONGEST:
                    print(f"{kind}: stopped after {_LONGEST:.0f} s", flush=True)
                    bad += 1
                    break
                counts.update(switched_under_load(kind, host, made, _ROUND, Path(temporary) / f"{kind}{rounds}"))
                rounds += 1
            kinds = ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))
            seconds = time.monotonic() - start
            print(f"{kind:>6}: {rounds * _ROUND} switches, {counts.total()} requests in {seconds:.0f} s: {kinds}")
            bad += counts.total() - counts["good"] - counts["unchanged"]
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
