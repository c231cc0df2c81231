"""What a command costs: time, the memory of all its processes, the files and bytes that it writes."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from tests.support.publish.hosts import environment

# Reading how much memory a process holds stops it for as long: at most a twentieth of the time goes into that.
_SHARE = 20
_PAUSE = 0.01  # seconds
_ENVIRONMENT = {**environment(), "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(Path(__file__).parents[2])}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The cost of commands that ran one after the other.

    `seconds` on the wall and `cpu` seconds of all processes that were waited for. `memory`: the most that all
    processes together held at a sample, in MB, each page that they share counted once (PSS). `largest`: the most that
    one of them ever held (VmHWM). `files` and their `megabytes`: new or rewritten in the watched folders. `device`: the
    MB that the kernel had to write for it, wherever to.
    """

    seconds: float
    cpu: float
    memory: float
    largest: float
    files: int
    megabytes: float
    device: float

    def __add__(self, other: Cost) -> Cost:
        """Return the cost of both, one after the other."""
        joined = {
            field.name: (max if field.name in {"memory", "largest"} else sum)(
                (getattr(self, field.name), getattr(other, field.name))
            )
            for field in fields(self)
        }
        return Cost(**joined)


def measure(command: Sequence[str | Path], folder: Path, watched: Path | None = None) -> Cost:
    """Run a command in a folder to its end; SystemExit where it fails, for a build that crashes early looks fast.

    Files are counted in `watched`, by default the same folder.
    """
    before = _inodes(watched or folder)
    device, spent, start = _device(), _cpu(), time.monotonic()
    # No pipe: what the command leaves running in the background may hold one open.
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env=_ENVIRONMENT
        )
        memory = _Memory(process.pid)
        memory.start()
        process.wait()
        seconds = time.monotonic() - start
        memory.ended.set()
        memory.join()
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(map(str, command))}: {said.read().decode()[-2000:]}")
    written = [size for inode, size in _inodes(watched or folder).items() if inode not in before]
    return Cost(
        seconds=seconds,
        cpu=_cpu() - spent,
        memory=memory.together,
        largest=memory.largest,
        files=len(written),
        megabytes=sum(written) / 1e6,
        device=(_device() - device) / 1e6,
    )


def median(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        **{field.name: statistics.median(getattr(cost, field.name) for cost in costs) for field in fields(Cost)}
    )


def page_text(folder: Path) -> str:
    """Return the text of the page of a folder, without blanks."""
    page = LexborHTMLParser((folder / "index.html").read_text("utf-8"))
    return "".join(page.text().split())


def require_words(folder: Path, words: str) -> None:
    """Raise AssertionError where the page of a folder does not show words."""
    assert words in page_text(folder), f"{folder}: {words}"


def require_pages(site: Path, number: int) -> None:
    """Raise AssertionError where a site has not so many notices."""
    found = len(list(site.glob("notices/*/notice-*/index.html")))
    assert found == number, f"{site}: {found} notices instead of {number}"


class _Memory(threading.Thread):
    """Samples of the memory of a process and its descendants, until `ended`."""

    def __init__(self, root: int) -> None:
        super().__init__()
        self.ended, self.together, self.largest, self._root = threading.Event(), 0.0, 0.0, root

    def run(self) -> None:
        pause = 0.0
        while not self.ended.wait(pause):
            start = time.monotonic()
            held = [memory for process in _tree(self._root) if (memory := _held(process))]
            self.together = max(self.together, sum(now for now, _ in held))
            self.largest = max([self.largest, *(most for _, most in held)])
            pause = max(_PAUSE, _SHARE * (time.monotonic() - start))


def _tree(process: int) -> Iterator[int]:
    yield process
    try:
        threads = Path(f"/proc/{process}/task").iterdir()
        children = [(thread / "children").read_text("ascii") for thread in threads]
    except OSError:
        return
    for child in " ".join(children).split():
        yield from _tree(int(child))


def _held(process: int) -> tuple[float, float] | None:
    """Return the memory of a process now, its share of what it shares, and the most that it has held, in MB."""
    try:
        now, most = (Path(f"/proc/{process}/{name}").read_text("ascii") for name in ("smaps_rollup", "status"))
        return _kilobytes(now, "\nPss:") / 1000, _kilobytes(most, "\nVmHWM:") / 1000
    except (OSError, IndexError):
        # It has ended.
        return None


def _kilobytes(text: str, key: str) -> int:
    return int(text.partition(key)[2].split()[0])


def _inodes(folder: Path) -> dict[tuple[int, int], int]:
    """Return the size of each file and link below a folder, by its number and its time: rewritten, it is another."""
    found, waiting = {}, [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[status.st_ino, status.st_mtime_ns] = status.st_size
    return found


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _device() -> int:
    """Return the bytes that this process and those that it has waited for had written to a disk."""
    return int(Path("/proc/self/io").read_text("ascii").partition("\nwrite_bytes:")[2].split()[0])
