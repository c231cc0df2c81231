"""The words of a notice with their places: each paragraph and title with its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.check.violation import Path, Violation
from generator.model import Body, Finding, Labelled, Notice, Paragraph, Table
from generator.model.body import Heading, headings_of, measures_of, walk

Place = tuple[Path, str]
Places = tuple[Place, ...]
TextRule = Callable[[Notice, Places], Iterable[Violation]]

_OPENING = 5
_CLOSING = 4


def places(notice: Notice) -> Places:
    """Return the path and the text of every title, paragraph, measure and cell of the body, in reading order."""
    return tuple(_level(notice.body, ("正文",)))


def opening(notice: Notice) -> Places:
    """Return the first paragraphs before the first part, where a notice says who inspected it and when."""
    return tuple(_paragraphs(notice.body.paragraphs[:_OPENING], ("正文", "段落")))


def closing(notice: Notice, words: Places) -> Places:
    """Return the closing prose: the body's 尾段, or where it has none the last of all places."""
    if notice.body.closing:
        return tuple(_paragraphs(notice.body.closing, ("正文", "尾段")))
    return words[-_CLOSING:]


def opening_and_closing(notice: Notice, words: Places) -> Places:
    """Return opening and closing, each place once: what a notice says of itself, and not of what was done."""
    return tuple(dict([*opening(notice), *closing(notice, words)]).items())


def joined(found: Iterable[Place]) -> str:
    """Return the texts of places, one a line."""
    return "\n".join(text for _, text in found)


def where(found: Iterable[Place], words: str) -> Path:
    """Return the path of the first place that holds the words, or the path of the notice."""
    return next((path for path, text in found if words in text), ())


def findings(body: Body) -> Iterator[tuple[Path, Finding]]:
    """Yield every finding of a notice with its path, in reading order."""
    return ((path, heading) for path, heading in walk(body) if isinstance(heading, Finding))


def _level(level: Body | Heading, path: Path) -> list[Place]:
    # Generators within generators would hand each place up through all levels.
    found: list[Place] = [] if isinstance(level, Body) else [((*path, "标题"), level.title)]
    if level.paragraphs:
        found += _paragraphs(level.paragraphs, (*path, "段落"))
    for index, heading in enumerate(headings_of(level)):
        found += _level(heading, (*path, heading.key, index))
    found += [((*path, "措施", index), measure) for index, measure in enumerate(measures_of(level))]
    if level.closing:
        found += _paragraphs(level.closing, (*path, "尾段"))
    return found


def _paragraphs(paragraphs: Iterable[Paragraph], path: Path) -> Iterator[Place]:
    for index, paragraph in enumerate(paragraphs):
        here = (*path, index)
        if isinstance(paragraph, str):
            yield here, paragraph
        elif isinstance(paragraph, Table):
            for number, row in enumerate(paragraph.rows):
                for column, cell in enumerate(row):
                    yield (*here, "表格", number, column), cell
        elif isinstance(paragraph, Labelled):
            yield (*here, "标签"), paragraph.label
            for key, texts in (("段落", paragraph.paragraphs), ("措施", paragraph.measures)):
                for number, text in enumerate(texts):
                    yield (*here, key, number), text
