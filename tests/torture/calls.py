"""Have calls to the system fail in a host's hooks, at more places than the tests do; exit 1 where one does harm."""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.support.publish.faults import Case
from tests.support.publish.hosts import new_host, new_office
from tests.support.publish.system_calls import CALLS, MUST_HIT, fail_calls


def main() -> int:
    """Try each hook on a host of its own, print what was hit, and return how many hooks did not bear it."""
    wrong = 0
    for hook, calls in CALLS.items():
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as temporary:
            host = new_host(Path(temporary) / "host")
            case = Case(host, new_office(host, Path(temporary) / "office"))
            try:
                hit = fail_calls(case, hook, calls)
            except AssertionError:
                print(traceback.format_exc())
                hit = set()
        wrong += not MUST_HIT[hook] <= hit
        count = sum(len(times) for _, _, times in calls)
        print(f"{hook}: {count} failed calls, hit {sorted(hit)}, {time.monotonic() - start:.0f} s", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
