"""The measurement goes through from its command to the page that it makes, and its chart can be read."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bench.chart import draw_chart
from tests.bench.measure import Cost
from tests.bench.report import write_report
from tests.bench.results import STEPS, Results, cost_rows, load, ratio_rows
from tests.support.program import ROOT

# What writes no file: it looks, and finds nothing to do.
_IDLE = {"check/one", "host/nothing", "build/nothing", "host/full"}


def test_all_steps_of_few_notices_are_measured_and_reported(tmp_path: Path) -> None:
    """The run itself holds what the steps made against what they should have made, and stops where they differ."""
    out = tmp_path / "bench.json"
    command = [sys.executable, "-m", "tests.bench.run", "20", "--turns", "1", "--json", str(out)]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path)], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    results = load(out)
    costs = results.costs[20]
    assert set(costs) == set(STEPS)
    for step, measured in costs.items():
        for cost in measured:
            assert min(cost.seconds, cost.cpu, cost.memory, cost.largest) > 0, step
            assert step in _IDLE or (cost.files > 0 and cost.megabytes > 0), step
    for row in [*cost_rows(results, 20), *ratio_rows(results)]:
        assert all(cell in done.stdout for cell in row), row
    write_report(results, tmp_path)
    page = (tmp_path / "performance.md").read_text("utf-8")
    assert all(f"| {label} |" in page for label in STEPS.values())
    assert "—" not in page, "what is compared was measured"


@pytest.mark.parametrize("numbers", [(20,), (100, 1000, 10_000, 30_000)], ids=len)
def test_nothing_in_the_chart_is_cut_off_or_overlaps(
    browser: Browser, tmp_path: Path, numbers: tuple[int, ...]
) -> None:
    """Every text lies in the picture, and none on another, for seconds of up to an hour."""
    rest = {"cpu": 1.0, "memory": 1.0, "largest": 1.0, "files": 1, "megabytes": 1.0, "device": 1.0}
    steps = {step: [Cost(seconds=0.04 * 1.75**place, **rest)] for place, step in enumerate(STEPS)}  # type: ignore[arg-type]
    results = Results("2026-11-28T09:00:00+08:00", {}, dict.fromkeys(numbers, steps))
    chart = draw_chart(results)
    assert ET.fromstring(chart).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314  (made just now)
    (tmp_path / "chart.html").write_text(f"<!doctype html><meta charset=utf-8>{chart}", encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "chart.html").as_uri())
    wrong = page.evaluate("""() => {
      const whole = document.querySelector("svg").getBoundingClientRect();
      const drawn = [...document.querySelectorAll("text")];
      const texts = drawn.map(text => [text.textContent, text.getBoundingClientRect()]);
      const inside = box => box.left >= whole.left && box.right <= whole.right && box.bottom <= whole.bottom;
      const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      return [
        ...texts.filter(([, box]) => !inside(box)).map(([text]) => text),
        ...texts.flatMap(([text, a], n) => texts.slice(n + 1).filter(([, b]) => !apart(a, b)).map(([u]) => [text, u])),
      ];
    }""")
    page.close()
    assert wrong == []
