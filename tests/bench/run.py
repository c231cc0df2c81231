"""Measure the build against plain Material without search on the same pages, one after the other in one run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.support.corpus import notice_yaml, write_content

_SIZES = (100, 1000, 3000)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds on the wall, peak resident memory in MB."""

    seconds: float
    megabytes: float


def run(*command: str, folder: Path) -> Run:
    """Run a command to its end; SystemExit where it fails, for a build that crashes early looks fast."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: {errors.decode()[-2000:]}")
    return Run(time.monotonic() - start, usage.ru_maxrss / 1024)


def compare(number: int) -> None:
    """Build so many notices both ways and print what it took."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        write_content(root / "content", number)
        gongkai = (sys.executable, "-m", "generator")
        run(*gongkai, "pages", "--out", "plain", "--today", "2025-12-01", folder=root)
        ours = run(*gongkai, "build", "--today", "2025-12-01", folder=root)
        plain = run(sys.executable, "-m", "mkdocs", "build", "-q", folder=root / "plain")
        for made in (root / "site", root / "plain" / "site"):
            pages = len(list(made.glob("notices/*/*/index.html")))
            if pages != number:
                sys.exit(f"{made}: {pages} notices instead of {number}")
        print(
            f"{number:>6} notices  gongkai {1000 * ours.seconds / number:6.1f} ms each {ours.megabytes:5.0f} MB   "
            f"plain Material {1000 * plain.seconds / number:6.1f} ms each {plain.megabytes:5.0f} MB   "
            f"ratio {ours.seconds / plain.seconds:.2f}",
            flush=True,
        )


def check_one() -> None:
    """Print how long `gongkai check` of one notice takes, three times."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        write_content(root / "content", 1)
        file = f"content/notices/{notice_yaml(0)[0]}.yml"
        runs = [run(sys.executable, "-m", "generator", "check", file, folder=root).seconds for _ in range(3)]
        print(f"check of one notice: {', '.join(f'{seconds:.2f}' for seconds in runs)} s", flush=True)


if __name__ == "__main__":
    check_one()
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else _SIZES:
        compare(size)
