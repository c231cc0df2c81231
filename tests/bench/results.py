"""The results of a run: which steps there are, what they are called, their table, their JSON."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.measure import Cost, median

# By the name of a step, in the order of the table.
STEPS: Mapping[str, str] = {
    "host/cold": "主机：第一次推送",
    "host/nothing": "主机：定时，没有变化",
    "host/changed": "主机：推送，改一份",
    "host/new": "主机：推送，新增一份",
    "host/old": "主机：推送，改十年前的一份",
    "host/correction": "主机：推送，更正一份",
    "host/midnight": "主机：零点，20 份到期",
    "host/rollback": "主机：退回",
    "host/full": "主机：每天一次通读",
    "check/one": "gongkai check 一份",
    "build/cold": "gongkai build，从零开始",
    "build/nothing": "gongkai build，没有变化",
    "build/changed": "gongkai build，改一份",
    "hugo/cold": "Hugo，从零开始",
    "hugo/changed": "Hugo，改一份",
    "pagefind/cold": "Hugo 和 Pagefind，从零开始",
    "pagefind/changed": "Hugo 和 Pagefind，改一份",
    "mkdocs/cold": "Material，从零开始",
    "mkdocs/changed": "Material，改一份",
    "zensical/cold": "Zensical，从零开始",
    "zensical/changed": "Zensical，改一份",
}
# What is compared: so many times as long as, in the same run.
_RATIOS = (
    ("hugo/changed", "host/changed"),
    ("pagefind/changed", "host/changed"),
    ("mkdocs/changed", "host/changed"),
    ("zensical/changed", "host/changed"),
    ("build/cold", "pagefind/cold"),
    ("build/cold", "hugo/cold"),
    ("build/cold", "mkdocs/cold"),
    ("host/cold", "pagefind/cold"),
)
_HEAD = ("", "秒", "CPU 秒", "内存 MB", "最大进程 MB", "文件", "MB", "写盘 MB", "次数")


@dataclass(frozen=True, slots=True)
class Results:
    """What was measured: on what `machine`, with which programs, since when; costs by number of notices and step."""

    began: str
    machine: Mapping[str, str]
    costs: Mapping[int, Mapping[str, Sequence[Cost]]]

    def seconds(self, number: int, step: str) -> float | None:
        """Return the median of the seconds that a step took, None where it was not measured."""
        costs = self.costs[number].get(step)
        return median(costs).seconds if costs else None


def save(results: Results, place: Path) -> None:
    """Write results as JSON."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1), encoding="utf-8")


def load(place: Path) -> Results:
    """Read results that `save` wrote."""
    data = json.loads(place.read_text("utf-8"))
    costs = {
        int(number): {step: [Cost(**cost) for cost in costs] for step, costs in steps.items()}
        for number, steps in data["costs"].items()
    }
    return Results(data["began"], data["machine"], costs)


def cost_rows(results: Results, number: int) -> Iterator[Sequence[str]]:
    """Yield the table of one number of notices: its head, and each step with the medians of its figures."""
    yield _HEAD
    for step, label in STEPS.items():
        costs = results.costs[number].get(step)
        if costs:
            cost = median(costs)
            sizes = (f"{size:,.0f}" for size in (cost.memory, cost.largest, cost.files))
            written = (f"{size:,.1f}" for size in (cost.megabytes, cost.device))
            yield label, f"{cost.seconds:.2f}", f"{cost.cpu:.2f}", *sizes, *written, str(len(costs))


def ratio_rows(results: Results) -> Iterator[Sequence[str]]:
    """Yield how many times as long one step took as another, and as itself with the fewest notices."""
    numbers = sorted(results.costs)
    yield "倍数（同一次测量）", *(f"{number:,} 份" for number in numbers)
    for dividend, divisor in _RATIOS:
        yield (
            f"{STEPS[dividend]} ÷ {STEPS[divisor]}",
            *(_quotient(results.seconds(n, dividend), results.seconds(n, divisor)) for n in numbers),
        )
    for step in ("host/changed", "hugo/changed"):
        least = results.seconds(numbers[0], step)
        yield (
            f"{STEPS[step]} ÷ {numbers[0]:,} 份时的",
            *(_quotient(results.seconds(number, step), least) for number in numbers),
        )


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as text with columns, the first to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) if index == 0 else " " * (width - _width(cell)) + cell
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _quotient(dividend: float | None, divisor: float | None) -> str:
    return f"{dividend / divisor:.2f}" if dividend and divisor else "—"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in text)
