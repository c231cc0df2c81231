"""Kill purges: half of them at each named step, half after a random time; the next reconcile ends with a clean host.

python tests/torture/purging.py [kills] [seed]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from generator.publish.host import Host
from generator.publish.notes import purge_under_way
from tests.support.publish.faults import Case, converged, copied
from tests.support.publish.hosts import clone, gongkai, new_host, new_office
from tests.support.publish.remnants import dying_purge, err, litter, lock, passed_steps, places, withdraw

_SEED = 20261127


def _clean(case: Case, folder: Path) -> bool:
    """Finish what was killed, as the timer or IT does; return whether a note of it was there."""
    begun = purge_under_way(case.host) is not None
    lock(case.host)
    verb = ("reconcile", str(case.host.root)) if begun else ("purge", str(case.host.root), "2025/er", "--yes")
    status = gongkai("server", "status", str(case.host.root))
    done = gongkai("server", *verb)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "update-ref" not in status.stdout + done.stdout + done.stderr
    assert places(case.host) == []
    assert purge_under_way(case.host) is None
    converged(Case(case.host, clone(case.host, folder / "anew")))
    return begun


def main(times: int = 40, seed: int = _SEED) -> int:
    """Kill, print the figures, and return how many kills were not survived."""
    print(f"seed {seed}; {times} kills", flush=True)
    chance, hits, failures = random.Random(seed), Counter[str](), []  # noqa: S311  (chance, not secrecy)
    with tempfile.TemporaryDirectory() as temporary:
        pattern = Path(temporary) / "pattern"
        pattern.mkdir()
        host: Host = new_host(pattern / "host")
        case = Case(host, new_office(host, pattern / "office"))
        err(case)
        withdraw(case)
        litter(case.host)
        (Path(temporary) / "dry").mkdir()
        start = time.monotonic()
        steps = passed_steps(copied(pattern, Path(temporary) / "dry").host)
        usual = time.monotonic() - start
        for number in range(times):
            folder = Path(temporary) / str(number)
            folder.mkdir()
            case = copied(pattern, folder)
            step = steps[number // 2 % len(steps)] if number % 2 else None
            try:
                killed = dying_purge(case.host, step, chance.uniform(0, usual))
                begun = _clean(case, folder)
                hits[step.name if step else ("at random" if killed else "too late")] += 1
                hits["(found under way)"] += begun
            except Exception:  # noqa: BLE001  (a campaign goes on, and tells of all failures at its end)
                failures.append(f"{step}\n{traceback.format_exc()}")
    for name, count in sorted(hits.items()):
        print(f"  {name:<18}{count:>4}")
    print(f"not survived {len(failures)}")
    for failure in failures[:5]:
        print(f"\n{failure}")
    return len(failures)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
