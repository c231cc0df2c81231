"""The headings of a notice's text as lists of links: its contents, and what stands beside its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from generator.html.typography import heading_of
from generator.pages.navigation import ContentsEntry, Mark

_ROW = 12
_SIDE, _STEP = 15, 20
_PER_REM = 16
_SHAPES = {
    Mark.DONE: "h15v15h-15z",
    Mark.MOSTLY: "h15v15h-15zm5 5v5h5v-5z",
    Mark.GOING: "h15v15h-15zm2 2v11h11v-11zm0 0l11 11h-11z",
    Mark.TO_DO: "h15v15h-15zm2 2v11h11v-11z",
}


def contents_list(entries: Iterable[ContentsEntry]) -> Markup:
    """Return contents as a list of links, in which headings over findings unfold."""
    return Markup(_contents(entries))  # noqa: S704  (escaped below)


def places_list(entries: Iterable[ContentsEntry], gk: str = "") -> Markup:
    """Return headings, down to sections, as items of a list of links; `gk` is what the script calls them."""
    return Markup(_places(entries, f' data-gk="{escape(gk)}"' if gk else ""))  # noqa: S704  (escaped below)


@lru_cache(maxsize=1024)
def squares(marks: tuple[Mark, ...]) -> Markup:
    """Draw one mark for each finding, 15 units square, twelve in a row.

    A mark is an outline that is filled: a hole is drawn the other way round.
    """
    width, height = (_STEP * count - (_STEP - _SIDE) for count in (min(len(marks), _ROW), -(-len(marks) // _ROW)))
    shapes = "".join(_shape(mark, number % _ROW * _STEP, number // _ROW * _STEP) for number, mark in enumerate(marks))
    dots = " gk-marks--unstated" * (marks[0] is Mark.UNSTATED)
    return Markup(  # noqa: S704  (numbers and our own words)
        f'<svg class="gk-marks{dots}" viewBox="0 0 {width} {height}" width="{width / _PER_REM}rem" '
        f'height="{height / _PER_REM}rem" aria-hidden="true" focusable="false"><path d="{shapes}"/></svg>'
    )


def _shape(mark: Mark, x: int, y: int) -> str:
    if mark is Mark.UNSTATED:
        return f"M{x + 1} {y + 7.5}a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0z"
    return f"M{x} {y}{_SHAPES[mark]}"


def _contents(entries: Iterable[ContentsEntry]) -> str:
    items = (f'<li class="gk-toc__{one.kind}">\n{_entry(one)}</li>\n' for one in entries)
    return f"<ul>\n{''.join(items)}</ul>\n"


def _entry(entry: ContentsEntry) -> str:
    anchor, text, findings = entry.anchor, heading_of(entry.text), entry.findings
    if findings:
        return (
            f'<details>\n<summary><span class="gk-toc__text">{text}</span>{_marks(entry.marks)}</summary>\n'
            f'{_contents(findings)}\n<p><a href="#{anchor}">{entry.more}</a></p>\n</details>\n'
        )
    progress = f' <span class="gk-hint">{escape(entry.progress)}</span>' if entry.progress else ""
    below = _contents(entry.below) if entry.below else ""
    return f'<a href="#{anchor}">{text}</a>{progress}\n{below}\n'


def _marks(marks: Sequence[Mark]) -> str:
    if not marks:
        return ""
    return f' <span class="gk-toc__marks">{squares(tuple(marks))}<span>{len(marks)} 个问题</span></span>'


def _places(entries: Iterable[ContentsEntry], gk: str) -> str:
    return "".join(
        f'<li{gk}><a href="#{one.anchor}">{heading_of(one.text)}</a>{_below(one.sections, gk)}</li>\n'
        for one in entries
    )


def _below(sections: Sequence[ContentsEntry], gk: str) -> str:
    return f"\n<ol>\n{_places(sections, gk)}\n</ol>\n" if sections else ""
