"""Write the page of the results and its chart into docs/: `python -m tests.bench.report build/bench.json`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.bench.chart import draw_chart
from tests.bench.results import Results, cost_rows, load, ratio_rows

_DOCS = Path(__file__).parents[2] / "docs"
_METHOD = Path(__file__).with_name("method.md")


def write_report(results: Results, folder: Path) -> None:
    """Write performance.md and performance.svg."""
    (folder / "performance.md").write_text("\n".join(_page(results)), encoding="utf-8")
    (folder / "performance.svg").write_text(draw_chart(results), encoding="utf-8")


def _page(results: Results) -> Iterator[str]:
    numbers = sorted(results.costs)
    yield "# 速度：一次发布要多久\n"
    yield f"{_summary(results, numbers)}\n"
    yield "![改一份通报，多少秒以后看得到：gongkai 和别的程序，数值在图的下半部](performance.svg)\n"
    facts = {"日期": results.began[:10], **results.machine}
    yield "".join(f"- {name}：{fact}\n" for name, fact in facts.items())
    for number in numbers:
        yield f"## {number:,} 份通报\n"
        yield from _table(list(cost_rows(results, number)))
    yield "## 倍数\n"
    yield from _table(list(ratio_rows(results)))
    yield _METHOD.read_text("utf-8")


def _summary(results: Results, numbers: Sequence[int]) -> str:
    least, most = numbers[0], numbers[-1]
    first, last = (results.seconds(number, "host/changed") for number in (least, most))
    whole, searched = (results.seconds(most, f"{name}/changed") for name in ("hugo", "pagefind"))
    if not (first and last and whole and searched):
        raise ValueError("the results lack the steps that the page begins with")
    return (
        f"{most:,} 份通报里改一份，从推送到公众看到用 {last:.2f} 秒，"
        f"是 {least:,} 份时（{first:.2f} 秒）的 {last / first:.1f} 倍。"
        f"同一次测量，Hugo 重新生成整站用 {whole:.2f} 秒，连同 Pagefind 的搜索用 {searched:.2f} 秒。"
    )


def _table(rows: Sequence[Iterable[str]]) -> Iterator[str]:
    head, *rest = [" | ".join(row) for row in rows]
    yield f"| {head} |"
    yield f"|---{'|--:' * head.count(' | ')}|"
    yield from (f"| {row} |" for row in rest)
    yield ""


if __name__ == "__main__":
    write_report(load(Path(sys.argv[1])), _DOCS)
