"""The text of a notice between title and signature, in levels of one shape; all of a notice as its file says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import Discriminator, Field, Tag, model_validator

from generator.model.values import Cell, ContentMap, Day, OneLine, Prose, refusal


class Progress(StrEnum):
    """How far a finding has been put right, in the source's word."""

    DONE = "已完成"
    MOSTLY = "基本完成"
    UNDER_WAY = "正在整改"
    CONTINUING = "持续推进"
    NOT_DONE = "未完成"


class Labelled(ContentMap):
    """A paragraph that opens with a label of its own, such as 整改情况：."""

    label: OneLine = Field(alias="标签")
    paragraphs: tuple[Prose, ...] = Field((), alias="段落")
    measures: tuple[Prose, ...] = Field((), alias="措施")

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if bool(self.paragraphs) == bool(self.measures):
            raise refusal("label-list", "标签下恰好有“段落”或“措施”之一", "在标签下写“段落”或者“措施”。")
        return self


class Table(ContentMap):
    """A table; the first row is its head, every row has as many cells."""

    rows: tuple[tuple[Cell, ...], ...] = Field(alias="表格", min_length=1)

    @model_validator(mode="after")
    def _even(self) -> Self:
        if len(self.rows) == 1:
            raise refusal("table-one-row", "至少两行，第一行是表头", "补上下面的行；只有一行的，写成段落。")
        if len({len(row) for row in self.rows}) != 1 or not self.rows[0]:
            raise refusal(
                "table-uneven", "每一行的格数相同", "数一数每行的格子；空格子写成一个短横线加一对引号：- ''。"
            )
        return self


def _paragraph_form(value: Any) -> str:
    if isinstance(value, dict):
        return "table" if "表格" in value or "rows" in value else "labelled"
    if isinstance(value, Table):
        return "table"
    return "labelled" if isinstance(value, Labelled) else "text"


Paragraph = Annotated[
    Annotated[Prose, Tag("text")] | Annotated[Labelled, Tag("labelled")] | Annotated[Table, Tag("table")],
    Discriminator(_paragraph_form),
]
_PARAGRAPHS = Field(default=(), alias="段落")
_CLOSING = Field(default=(), alias="尾段")


class Level(ContentMap):
    """The base of all levels: paragraphs before one list; the classes add the list and paragraphs after it."""

    paragraphs: tuple[Paragraph, ...] = _PARAGRAPHS

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        lists = {"parts": "部分", "sections": "小节", "findings": "问题", "measures": "措施"}
        # pydantic's own look-up of a field that a level does not have takes longer than all else here.
        held = [chinese for name, chinese in lists.items() if self.__dict__.get(name)]
        if len(held) > 1:
            raise refusal(
                "one-list", "每一层只有一个列表", f"这一层同时有“{'”和“'.join(held)}”，只留一个，其余放到下一层。"
            )
        return self


class Finding(Level):
    """问题: one thing that the inspection found, and what was done about it."""

    key: ClassVar = "问题"
    title: OneLine = Field(alias="标题")
    measures: tuple[Prose, ...] = Field((), alias="措施")
    closing: tuple[Paragraph, ...] = _CLOSING
    progress: Progress | None = Field(None, alias="进展", description="原文写明了才填")
    progress_on: Day | None = Field(None, alias="进展日期", description="公开以后有了新的进展，写是哪一天")

    @model_validator(mode="after")
    def _dates_progress(self) -> Self:
        if self.progress is None and self.progress_on is not None:
            expected = "先有“进展”，才有“进展日期”"
            raise refusal("progress-date-alone", expected, "补上“进展”，或者删掉这一行。", at="进展日期")
        return self


class Section(Level):
    """小节: a group of findings, or of measures, or prose under one heading."""

    key: ClassVar = "小节"
    title: OneLine = Field(alias="标题")
    findings: tuple[Finding, ...] = Field((), alias="问题")
    measures: tuple[Prose, ...] = Field((), alias="措施")
    closing: tuple[Paragraph, ...] = _CLOSING


class Part(Level):
    """部分: a first-level heading and all below it."""

    key: ClassVar = "部分"
    title: OneLine = Field(alias="标题")
    sections: tuple[Section, ...] = Field((), alias="小节")
    findings: tuple[Finding, ...] = Field((), alias="问题")
    measures: tuple[Prose, ...] = Field((), alias="措施")
    closing: tuple[Paragraph, ...] = _CLOSING


class Body(Level):
    """正文: the text between title and signature."""

    parts: tuple[Part, ...] = Field((), alias="部分")
    sections: tuple[Section, ...] = Field((), alias="小节")
    findings: tuple[Finding, ...] = Field((), alias="问题")
    closing: tuple[Paragraph, ...] = _CLOSING

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not (self.paragraphs or self.parts or self.sections or self.findings or self.closing):
            raise refusal("body-empty", "正文有内容", "在“正文”下写段落、部分、小节或问题。")
        return self


Heading = Part | Section | Finding


def headings_of(level: Body | Heading) -> tuple[Heading, ...]:
    """Return the headings right below a level, which are all of one class."""
    if isinstance(level, Finding):
        return ()
    below = level.findings if isinstance(level, Section) else level.sections or level.findings
    return level.parts or below if isinstance(level, Body) else below


def measures_of(level: Body | Heading) -> tuple[str, ...]:
    """Return the measures right below a level."""
    return () if isinstance(level, Body) else level.measures


def anchor_of(heading: Heading, number: int, above: str = "") -> str:
    """Return the anchor of the heading that is number `number` below the one with the anchor `above`: p2-s5-f1."""
    letter = type(heading).__name__[0].lower()
    return f"{above}-{letter}{number}" if above else f"{letter}{number}"


def walk(
    level: Body | Heading, path: tuple[str | int, ...] = ("正文",)
) -> Iterator[tuple[tuple[str | int, ...], Heading]]:
    """Yield every heading below a level in reading order, with its path of Chinese keys and indexes from 0."""
    for index, heading in enumerate(headings_of(level)):
        here = (*path, heading.key, index)
        yield here, heading
        if not isinstance(heading, Finding):
            yield from walk(heading, here)


def as_written(record: ContentMap) -> dict[str, Any]:
    """Return a record as text, lists and maps under its Chinese keys, what goes without saying left out."""
    written = {
        field.alias or name: value_as_written(value)
        for name, field in type(record).model_fields.items()
        if (value := getattr(record, name)) != field.get_default(call_default_factory=True)
    }
    # A heading stands before what it heads.
    return {"标题": written.pop("标题"), **written} if isinstance(record, Level) and "标题" in written else written


def instant_as_written(at: datetime) -> str:
    """Return an instant as a file says it: the minute, or all of it where there are seconds."""
    return f"{at:%Y-%m-%d %H:%M}" if at == at.replace(second=0, microsecond=0) else at.isoformat()


def value_as_written(value: Any) -> Any:
    """Return a value of a record as a file says it: text, or lists and maps of texts."""
    if isinstance(value, ContentMap):
        return as_written(value)
    if isinstance(value, tuple):
        return [value_as_written(one) for one in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return instant_as_written(value)
    return value.isoformat() if isinstance(value, date) else str(value)
