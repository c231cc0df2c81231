"""The chart of a run: seconds until one changed notice is to be seen, by the number of notices, both logarithmic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import NamedTuple

from tests.bench.results import Results

_TITLE = "改一份通报，多少秒以后看得到"
_WIDTH, _LEFT, _MARGIN, _TOP, _PLOT, _ROW = 420, 64, 16, 66, 210, 26
_STYLE = """\
text { font: 14px system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; fill: var(--ink) }
.title { font-size: 17px; font-weight: bold }
.end { text-anchor: end }
.middle { text-anchor: middle }
.paper { fill: var(--paper) }
.rule { stroke: var(--rule) }
.line { fill: none; stroke-width: 2 }
.own { stroke-width: 4 }
svg { --paper: #fff; --ink: #1d2a31; --rule: #d5dce0 }
@media (prefers-color-scheme: dark) { svg { --paper: #12242d; --ink: #e6edf1; --rule: #3a4d57 } }
"""


class _Point(NamedTuple):
    x: float
    y: float


class _Kind(NamedTuple):
    """How a step is drawn: its name, its colour on white and on dark, the outline of its mark around 0,0."""

    step: str
    name: str
    light: str
    dark: str
    mark: str


_KINDS = (
    _Kind("host/changed", "gongkai：推送到公开", "#0b5c8a", "#6cc3f2", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"),
    _Kind("hugo/changed", "Hugo", "#b3261e", "#ff9a8f", "M-5-5h10v10h-10z"),
    _Kind("pagefind/changed", "Hugo 和 Pagefind", "#8a5a00", "#f0b94a", "M0-6l6 11h-12z"),
    _Kind("mkdocs/changed", "Material，没有搜索", "#6a3fa0", "#c8a6f5", "M0-6l6 6l-6 6l-6-6z"),
    _Kind("zensical/changed", "Zensical", "#2d6a2f", "#8fd48f", "M0 6l6-11h-12z"),
)


class _Line(NamedTuple):
    """A step as it is drawn, and its seconds by the number of notices."""

    place: int
    kind: _Kind
    seconds: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where numbers of notices and seconds lie in the picture."""

    numbers: Sequence[int]
    low: int
    high: int

    def x(self, number: int) -> float:
        """Return where a number of notices lies: the ends a little inside the plot."""
        least, most = log10(self.numbers[0]), log10(self.numbers[-1])
        share = (log10(number) - least) / (most - least) if most > least else 0.5
        return _LEFT + 28 + share * (_WIDTH - _LEFT - _MARGIN - 56)

    def y(self, seconds: float) -> float:
        """Return where seconds lie."""
        return _TOP + _PLOT * (self.high - log10(seconds)) / (self.high - self.low)


def draw_chart(results: Results) -> str:
    """Return the chart as SVG, which reads on light and dark and at 320 pixels; below it stand all its values."""
    numbers = sorted(results.costs)
    lines = [line for place, kind in enumerate(_KINDS) if (line := _Line(place, kind, _seconds(results, kind))).seconds]
    every = [seconds for line in lines for seconds in line.seconds.values()]
    low, high = floor(log10(min(every))), ceil(log10(max(every)))
    scale = _Scale(numbers, low, max(high, low + 1))
    height = _TOP + _PLOT + 60 + _ROW * (len(lines) + 1)
    body = [*_axes(scale), *(part for line in lines for part in _drawn(line, scale)), *_legend(lines, numbers)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH * 4 // 3}" '
        f'height="{height * 4 // 3}" role="img">\n<title>{_TITLE}</title>\n'
        f"<style>\n{_STYLE}{_colours()}</style>\n"
        f'<rect class="paper" width="{_WIDTH}" height="{height}"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _seconds(results: Results, kind: _Kind) -> Mapping[int, float]:
    taken = {number: results.seconds(number, kind.step) for number in sorted(results.costs)}
    return {number: seconds for number, seconds in taken.items() if seconds}


def _colours() -> str:
    light, dark = (
        "".join(f".s{place} {{ stroke: {colour} }} .m{place} {{ fill: {colour} }}\n" for place, colour in enumerate(of))
        for of in ([kind.light for kind in _KINDS], [kind.dark for kind in _KINDS])
    )
    return f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _axes(scale: _Scale) -> Iterator[str]:
    yield f'<text class="title" x="{_MARGIN}" y="28">{_TITLE}</text>'
    yield f'<text x="{_MARGIN}" y="52">秒</text>'
    for power in range(scale.low, scale.high + 1):
        y = scale.y(10.0**power)
        yield f'<path class="rule" d="M{_LEFT} {y:.1f}H{_WIDTH - _MARGIN}"/>'
        yield f'<text class="end" x="{_LEFT - 8}" y="{y + 5:.1f}">{10.0**power:,g}</text>'
    for number in scale.numbers:
        yield f'<text class="middle" x="{scale.x(number):.1f}" y="{_TOP + _PLOT + 24}">{number:,}</text>'


def _drawn(line: _Line, scale: _Scale) -> Iterator[str]:
    points = [_Point(scale.x(number), scale.y(seconds)) for number, seconds in line.seconds.items()]
    path = "L".join(f"{point.x:.1f} {point.y:.1f}" for point in points)
    yield f'<path class="line s{line.place}{"" if line.place else " own"}" d="M{path}"/>'
    yield from (_mark(line, point) for point in points)


def _legend(lines: Sequence[_Line], numbers: Sequence[int]) -> Iterator[str]:
    top = _TOP + _PLOT + 64
    columns = {number: _WIDTH - _MARGIN - 62 * place for place, number in enumerate(reversed(numbers))}
    yield f'<text x="{_MARGIN + 20}" y="{top}">通报，份</text>'
    for number, x in columns.items():
        yield f'<text class="end" x="{x}" y="{top}">{number:,}</text>'
    for row, line in enumerate(lines, 1):
        y = top + _ROW * row
        yield _mark(line, _Point(_MARGIN + 6, y - 5))
        yield f'<text x="{_MARGIN + 20}" y="{y}">{line.kind.name}</text>'
        for number, x in columns.items():
            yield f'<text class="end" x="{x}" y="{y}">{_short(line.seconds.get(number))}</text>'


def _mark(line: _Line, at: _Point) -> str:
    return f'<path class="m{line.place}" transform="translate({at.x:.1f} {at.y:.1f})" d="{line.kind.mark}"/>'


def _short(seconds: float | None) -> str:
    return "—" if seconds is None else f"{seconds:.2f}" if seconds < 10 else f"{seconds:,.0f}"
