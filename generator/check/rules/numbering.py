"""Rules of the numbers in headings; they are the author's text, so whatever is odd is only pointed out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.check.rules.places import Places
from generator.check.violation import Path, Violation
from generator.model import Body, Labelled, Notice
from generator.model.body import Heading, headings_of, measures_of
from generator.problems import Severity
from generator.prose import Numbering, chinese, numbering, numeral

_SHOWN = 16
_INLINE = re.compile(r"(?<![\u4e00-\u9fff])(?P<number>[一二三四五六七八九十]{1,3})是")


@dataclass(frozen=True, slots=True)
class _Group:
    """The siblings of one list: its key, its family, its path, the text and the number of each."""

    word: str
    family: Path
    path: Path
    tail: Path
    texts: tuple[str, ...]
    numbers: tuple[Numbering | None, ...]

    @property
    def regular(self) -> bool:
        """Whether all is well at first sight: one scheme, 1 to n."""
        first = self.numbers[0]
        return first is not None and all(
            number is not None and number.number == index and number.scheme is first.scheme
            for index, number in enumerate(self.numbers, 1)
        )

    def at(self, index: int) -> Path:
        """Return the path of one of the siblings."""
        return (*self.path, index, *self.tail)


def heading_numbers(notice: Notice, words: Places) -> Iterator[Violation]:
    """Warn where only some siblings have numbers, of mixed schemes, gaps, repeats and steps back."""
    del words
    groups = [group for group in _groups(notice.body, ("正文",)) if any(group.numbers)]
    odd = [group for group in groups if not group.regular]
    running_on = _running_on(groups) if odd else set()
    for group in odd:
        yield from _partial(group)
        yield from _mixed(group)
        if group.family not in running_on:
            yield from _sequence(group)


def inline_measures(notice: Notice, words: Places) -> Iterator[Violation]:
    """Warn where 一是, 二是, 三是 within one paragraph leave a number out or repeat one."""
    del notice
    for path, text in words:
        if "二是" not in text and "三是" not in text:
            continue
        expected = 1
        for match in _INLINE.finditer(text):
            number = numeral(match["number"])
            # A measure may begin with its own number, and each run begins anew.
            if number not in {1, expected} and match.start() > 0:
                yield Violation(
                    path=path,
                    code="measure-sequence",
                    found=f"“{match[0]}”",
                    expected=f"“{chinese(expected)}是”",
                    mend="核对原文；原文就是这样的，可以不改。",
                    severity=Severity.WARNING,
                    needle=match[0],
                )
            expected = (number or 0) + 1


def _partial(group: _Group) -> Iterator[Violation]:
    """Warn once of siblings without a number, at the first of them."""
    without = [index for index, number in enumerate(group.numbers) if number is None]
    if not without:
        return
    first = next(index for index, number in enumerate(group.numbers) if number)
    listed = "、".join(str(index + 1) for index in without[:5]) + ("等" if len(without) > 5 else "")
    yield Violation(
        path=group.at(without[0]),
        code="number-missing",
        found=f"第 {listed} 个{group.word}没有序号，第 {first + 1} 个的序号是“{_written(group, first)}”",
        expected=f"同一层的{group.word}都有序号，或者都没有",
        mend="核对原文：Word 的自动编号复制时会丢，丢了的补上；原文就没有的，可以不改。",
        severity=Severity.WARNING,
    )


def _mixed(group: _Group) -> Iterator[Violation]:
    """Warn once where one of the siblings is numbered in another way than the first."""
    numbered = [(index, number) for index, number in enumerate(group.numbers) if number]
    first, scheme = numbered[0][0], numbered[0][1].scheme
    other = next((index for index, number in numbered if number.scheme is not scheme), None)
    if other is not None:
        yield Violation(
            path=group.at(other),
            code="number-mixed",
            found=f"“{_written(group, other)}”，前面的{group.word}用“{_written(group, first)}”",
            expected=f"同一层的{group.word}用同一种序号",
            mend="核对原文和层次；原文就是这样的，可以不改。",
            severity=Severity.WARNING,
            needle=_written(group, other),
        )


def _sequence(group: _Group) -> Iterator[Violation]:
    """Warn where a number is not the next one; after a slip, count on from there."""
    before, at = 0, -1
    for index, number in enumerate(group.numbers):
        if number is None:
            continue
        # Siblings without a number may have been counted or not.
        allowed = {before + 1, before + index - at}
        if number.number not in allowed:
            yield Violation(
                path=group.at(index),
                code="number-sequence",
                found=f"“{_written(group, index)}”，{_slip(number.number, before)}",
                expected=f"接着前面数，是第 {max(allowed)} 个",
                mend="核对原文，看是序号写错了，还是少了、多了一段；原文就是这样的，可以不改。",
                severity=Severity.WARNING,
                needle=_written(group, index),
            )
        before, at = number.number, index


def _slip(number: int, before: int) -> str:
    if not before:
        return "不是从一开始"
    if number == before:
        return "与前一个重复"
    return "比前一个小" if number < before else "中间有空缺"


def _running_on(groups: Sequence[_Group]) -> set[Path]:
    """Return the families whose numbers run on through all their groups, 1 to n, instead of beginning anew in each."""
    families: dict[Path, list[_Group]] = {}
    for group in groups:
        families.setdefault(group.family, []).append(group)
    return {
        path
        for path, family in families.items()
        if len(family) > 1 and [n and n.number for g in family for n in g.numbers] == [*range(1, _size(family) + 1)]
    }


def _size(family: Sequence[_Group]) -> int:
    return sum(len(group.numbers) for group in family)


def _groups(level: Body | Heading, path: Path) -> Iterator[_Group]:
    """Yield the siblings of each list below a level, from the top down."""
    if headings := headings_of(level):
        here = (*path, headings[0].key)
        yield _group(here, ("标题",), tuple(heading.title for heading in headings))
        for index, heading in enumerate(headings):
            yield from _groups(heading, (*here, index))
    if stated := measures_of(level):
        yield _group((*path, "措施"), (), stated)
    for key, paragraphs in (("段落", level.paragraphs), ("尾段", level.closing)):
        for index, paragraph in enumerate(paragraphs):
            if isinstance(paragraph, Labelled) and paragraph.measures:
                yield _group((*path, key, index, "措施"), (), paragraph.measures)


def _group(path: Path, tail: Path, texts: tuple[str, ...]) -> _Group:
    # Lists under neighbouring headings are one family; measures begin anew wherever they stand.
    family = (*path[:-2], path[-1]) if path[-1] != "措施" else path
    return _Group(str(path[-1]), family, path, tail, texts, tuple(map(numbering, texts)))


def _written(group: _Group, index: int) -> str:
    number = group.numbers[index]
    return group.texts[index][: number.rest_start if number else _SHOWN].strip()
