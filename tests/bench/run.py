"""Measure building and publishing beside other engines, in turns within one run: `python -m tests.bench.run --help`."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from generator.period import SHANGHAI
from tests.bench.archive import Archive
from tests.bench.building import GONGKAI, Local
from tests.bench.engines import ENGINES, Hugo, Plain, write_plain
from tests.bench.hugo import PROGRAM
from tests.bench.measure import Cost
from tests.bench.publishing import Hosted
from tests.bench.results import STEPS, Results, aligned, cost_rows, ratio_rows, save

_ROOT = Path(__file__).parents[2]
_OUT = _ROOT / "build" / "bench.json"
# What took longer from nothing is not repeated from nothing.
_LONG = 60.0
_SIZES = (100, 1000, 10_000)
_PACKAGES = {"Pagefind": "pagefind-bin", "Material": "mkdocs-material", "Zensical": "zensical"}


class _Contestant(Protocol):
    def measure(self, turn: int, *, cold: bool) -> Iterator[tuple[str, Cost]]: ...


def run_size(archive: Archive, turns: int, without: Sequence[str], root: Path) -> Mapping[str, Sequence[Cost]]:
    """Measure each step once a turn, one contestant after the other, and the midnights at the end."""
    local, hosted = Local(archive, root / "local"), Hosted(archive, root / "hosted")
    archive.write(root / "content")
    write_plain(root / "content", root / "plain")
    hugo = Hugo(archive, root / "plain", root / "hugo")
    plains = [Plain(archive, root / "plain", root / name, name) for name in ENGINES if name not in without]
    contestants: Sequence[_Contestant] = [local, hugo, hosted, *plains]
    costs: defaultdict[str, list[Cost]] = defaultdict(list)
    long: set[_Contestant] = set()
    for turn in range(turns):
        for contestant in contestants:
            for step, cost in contestant.measure(turn, cold=contestant not in long):
                _note(costs, archive.number, step, cost)
                if step.endswith("/cold") and cost.seconds > _LONG:
                    long.add(contestant)
        if turn == 0:
            compared = hugo.compare(local.root / "site")
            print(f"{compared} 份通报，Hugo 的网页和 gongkai 的文字、目录、标题一样", file=sys.stderr, flush=True)
    for step, cost in hosted.midnights(turns):
        _note(costs, archive.number, step, cost)
    return dict(costs)


def main() -> None:
    """Measure what the arguments say; print the table of each number of notices, and write all figures as JSON."""
    options = _options()
    began = datetime.now(SHANGHAI).replace(microsecond=0)
    costs: dict[int, Mapping[str, Sequence[Cost]]] = {}
    for number in options.sizes:
        archive = Archive(number, began.date())
        with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
            costs[number] = run_size(archive, options.turns, options.without, Path(temporary))
        results = Results(began.isoformat(), _machine(), costs)
        save(results, options.json)
        print(f"\n{number:,} 份通报\n\n{aligned(list(cost_rows(results, number)))}", flush=True)
    print(f"\n{aligned(list(ratio_rows(results)))}\n\n{options.json}")


def _note(costs: Mapping[str, list[Cost]], number: int, step: str, cost: Cost) -> None:
    costs[step].append(cost)
    print(f"{number:>6}  {cost.seconds:8.2f}  {STEPS[step]}", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=_SIZES, help="numbers of notices")
    parser.add_argument("--turns", type=int, default=3, help="how often each step is measured, and of the midnights")
    parser.add_argument("--without", nargs="*", default=(), choices=ENGINES, help="engines to leave out")
    parser.add_argument("--json", type=Path, default=_OUT, help="where all figures go")
    parser.add_argument(
        "--folder", type=Path, help="where the sites are made; the system's temporary folder if left out"
    )
    return parser.parse_args()


def _machine() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    processors = Path("/proc/cpuinfo").read_text("utf-8").partition("model name\t: ")[2].partition("\n")[0]
    return {
        "处理器": f"{processors or platform.machine()}，{os.cpu_count()} 核",
        "内存": f"{memory:.0f} GB",
        "系统": f"Linux {platform.release()}，Python {platform.python_version()}，{_said('git', '--version')}",
        "gongkai": _said(*GONGKAI, "--version").split()[-1],
        "Hugo": _said(PROGRAM, "version").split()[1].partition("-")[0].removeprefix("v"),
        **{name: version(package) for name, package in _PACKAGES.items()},
    }


def _said(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=_ROOT).stdout.strip()


if __name__ == "__main__":
    main()
