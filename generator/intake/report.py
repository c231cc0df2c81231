"""The report of an import for the person who reviews the draft: facts that were recognised, and doubts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.intake.notice_lines import ends_title
from generator.intake.organ import Listed, Signer
from generator.intake.outline import Label, Outline, OutlineNode
from generator.intake.schemes import OutlineLevel, mark
from generator.model import Notice, counts_of, notice_text
from generator.period import full_date
from generator.prose import numbering

_LONG_TITLE = 80
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Report:
    """Two lists of Chinese sentences: what is settled, and what a person must look at."""

    recognised: tuple[str, ...]
    unsure: tuple[str, ...]

    def __str__(self) -> str:
        lines = ["认出的：", *(f"  {line}" for line in self.recognised)]
        if self.unsure:
            lines += ["请核对：", *(f"  {line}" for line in self.unsure)]
        return "\n".join(lines) + "\n"


def recognised(notice: Notice, listed: Listed, encoding: str) -> Iterator[str]:
    """Describe the notice, with its counts, its period by every count and its contacts."""
    counts = counts_of(notice)
    size = len("".join(notice_text(notice).split()))
    state = "新增到 organs.yml" if listed.added is not None else "organs.yml 里已有"
    yield f"编码：{encoding}，全文 {size} 字（不计空白），与原文一字不差。"
    yield f"标题：{notice.title}"
    yield f"单位：{listed.organ.name}（代号 {listed.key}，{state}）。"
    held = [
        f"{number} {word}"
        for number, word in (
            (counts.parts, "个部分"),
            (counts.sections, "个小节"),
            (counts.findings, "个问题"),
            (counts.measures, f"条措施（在 {counts.findings_with_measures} 个问题里）"),
        )
        if number
    ]
    if held:
        yield f"正文：{'，'.join(held)}。"
    if notice.inspection is not None:
        said = notice.inspection.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        yield (
            "巡察："
            + "；".join(
                f"{key} {'、'.join(value) if isinstance(value, list) else value}" for key, value in said.items()
            )
            + "。"
        )
    if (period := notice.announced_period) is not None:
        length = period.length()
        yield (
            f"公开期限：{full_date(period.opens)}至{full_date(period.closes)}，共 {length.calendar_days} 天，"
            f"工作日含首日 {length.workdays_with_first} 个、不含首日 {length.workdays_without_first} 个。"
        )
    for contact in notice.contacts:
        details = "，".join(detail for detail in (contact.hours, contact.postcode, contact.addressee) if detail)
        yield f"联系方式：{contact.kind} {contact.value}" + (f"（{details}）" if details else "")
    if notice.signature:
        yield f"落款：{'，'.join(notice.signature)}"


def doubts(outline: Outline, signers: tuple[Signer, ...], listed: Listed) -> Iterator[str]:
    """List where the outline or the organ was guessed, and which lines of the web page were left out."""
    for line in outline.lines.left_out:
        yield f"第{line.number}行“{_short(line.text)}”是网页上的文字，没有收进通报。"
    if not ends_title(outline.title):
        yield f"标题“{_short(outline.title)}”没有以通报、报告、公告、公示结尾，请核对从哪里到哪里是标题。"
    for block in outline.body.walk():
        yield from _of_block(block)
    if not outline.body.children:
        yield "没有认出部分、小节或问题，正文全是段落。"
    if not outline.signature:
        yield "没有认出落款。"
    yield from _of_organ(signers, listed)


def _of_block(block: OutlineNode) -> Iterator[str]:
    if block.bare:
        yield f"“{block.title}”没有序号，当作部分的标题。"
    if len(block.title) > _LONG_TITLE:
        word = OutlineLevel(block.level).word
        yield f"“{_short(block.title)}”有 {len(block.title)} 字，当作{word}的标题，请核对在哪里断开。"
    for paragraph in (*block.paragraphs, *block.closing):
        line = paragraph.label if isinstance(paragraph, Label) else paragraph
        row = mark([line])[0]
        if row is not None and row.level <= OutlineLevel.FINDING and numbering(line) is not None:
            yield f"“{_short(line)}”像{row.level.word}的标题，但在这里只能当作段落。"


def _of_organ(signers: tuple[Signer, ...], listed: Listed) -> Iterator[str]:
    name = signers[0].name if signers else ""
    if len(signers) > 1:
        yield f"落款有几个名称，按第一个“{signers[0].written}”认定单位。"
    if listed.added is not None:
        yield f"单位“{listed.organ.name}”是新加的，类型按名称猜作“{listed.organ.kind}”，请核对 organs.yml。"
    elif name not in {listed.organ.name, listed.organ.short}:
        yield f"落款是“{name or '（没有）'}”，单位按“{listed.organ.name}”（代号 {listed.key}）填写，请核对。"


def _short(line: str) -> str:
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
