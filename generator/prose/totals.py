"""Totals, what they fall into, and rates of completion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.contact_grammar import DIGIT
from generator.model import Progress
from generator.prose.numerals import numeral


@dataclass(frozen=True, slots=True)
class StatedPart:
    """How many are at one stage: `已完成整改19个`."""

    progress: Progress
    number: int


@dataclass(frozen=True, slots=True)
class StatedTotals:
    """A number of problems and what it falls into, in one sentence of the text, `words`, from index `start` on.

    `levels` are the numbers that lead to the total, itself last: 3个方面11类问题30项 gives (3, 11, 30).
    """

    total: int
    levels: tuple[int, ...]
    parts: tuple[StatedPart, ...]
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class StatedNumber:
    """A number that a text gives of something, and the words around it."""

    number: int
    words: str


@dataclass(frozen=True, slots=True)
class StatedPercentage:
    """A rate: its label, its value in per cent with the digits as given, the words, the index where they start."""

    label: str
    value: Decimal
    words: str
    start: int


_NUMERAL = rf"(?:{DIGIT}{{1,6}}|[〇零一二两三四五六七八九十百千]{{1,7}})"
_UNIT = "[个项条类件]"
_WHAT = "(?:问题|任务|事项)"
_COUNTED = re.compile("(问题(?:线索)?|任务|事项)")
_COUNTED_BEFORE = re.compile("(问题(?:线索)?|任务|事项)(?:共|共计|合计|总数|总计|清单)?$")
_BLANK = r"[ \t\u3000]{0,3}"
_WHOLE = re.compile(
    rf"(?<![0-9０-９〇零一二两三四五六七八九十百千.]){_NUMERAL}{_BLANK}{_UNIT}[^0-9０-９。，,、；;：:\n]{{0,8}}{_WHAT}"
    rf"|{_WHAT}(?:共|共计|总数)?{_BLANK}{_NUMERAL}{_BLANK}{_UNIT}"
)
_AMOUNT = re.compile(rf"(?P<number>{_NUMERAL}){_BLANK}(?P<unit>{_UNIT})(?!余|多)")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_CLAUSE_END = re.compile("[，,、；;：:。]")
_LONGEST = 400
_STAGES = (
    (Progress.NOT_DONE, re.compile("未完成|未整改|未到位|尚未")),
    (Progress.MOSTLY, re.compile("基本完成|基本到位|阶段性")),
    (Progress.UNDER_WAY, re.compile("正在|推进中|整改中")),
    (Progress.CONTINUING, re.compile("持续|长期")),
    (Progress.DONE, re.compile("完成|到位|办结|销号|已整改")),
)
_STAGE_WORDS = 10
_REST = re.compile("其中|其余|剩余|余下|还有|尚有")
# What makes a number of problems that of the whole inspection, and not of one measure.
_OF_ALL = re.compile("反馈|巡[察视]|指出|共|[合总]计")
_MEASURES = re.compile(
    rf"措施(?:共|共计)?{_BLANK}(?P<after>{_NUMERAL}){_BLANK}[个项条](?!余|多)"
    rf"|(?P<before>{_NUMERAL}){_BLANK}[个项条](?:具体|整改|工作|落实){{0,2}}措施"
)
_RATE = re.compile(
    rf"(?P<label>[\u4e00-\u9fff]{{0,6}}率){_BLANK}(?:均?为|均?达到?|是|[：:])?{_BLANK}"
    rf"(?P<value>{DIGIT}{{1,3}}(?:[.．]{DIGIT}{{1,4}})?){_BLANK}[%％]"
)


def totals(text: str) -> list[StatedTotals]:
    """List the totals of problems, tasks or items that a text gives, with the stages that they fall into."""
    found: list[StatedTotals] = []
    if "问题" not in text and "任务" not in text and "事项" not in text:
        return found
    done = 0
    for match in _WHOLE.finditer(text):
        if match.start() < done:
            continue
        start, end = _sentence(text, match.start(), done)
        done = end
        found += _in_sentence(text[start:end], start)
    return found


def finding_totals(text: str) -> list[StatedNumber]:
    """List the numbers of problems that a text gives for the whole inspection, in order.

    `反馈4个方面28个问题，已完成25个` gives 28: neither aspects nor what is done are the whole.
    """
    return _totals_of("问题", text) if "问题" in text else []


def aspect_totals(text: str) -> list[StatedNumber]:
    """List into how many aspects or kinds a text says that all problems fall: `反馈4个方面28个问题` gives 4."""
    return _totals_of("方面", text) if "类" in text or "方面" in text else []


def measure_totals(text: str) -> list[StatedNumber]:
    """List the numbers of measures that a text gives: `制定整改措施96条` gives 96."""
    if "措施" not in text:
        return []
    found = ((numeral(match["after"] or match["before"]), match[0]) for match in _MEASURES.finditer(text))
    return [StatedNumber(number, words) for number, words in found if number is not None]


def percentages(text: str) -> list[StatedPercentage]:
    """List the rates that a text gives in per cent: `整改完成率76%`."""
    if "%" not in text and "％" not in text:
        return []
    return [
        StatedPercentage(match["label"], Decimal(match["value"].replace("．", ".")), match[0], match.start())
        for match in _RATE.finditer(text)
    ]


def _totals_of(what: str, text: str) -> list[StatedNumber]:
    return [
        StatedNumber(amount.number, stated.words)
        for stated in totals(text)
        if _OF_ALL.search(stated.words)
        for amount in _amounts(stated.words)
        if amount.what == what and amount.stage is None and not amount.of_rest
    ]


def _sentence(text: str, place: int, floor: int) -> tuple[int, int]:
    floor = max(floor, place - _LONGEST)
    start = max([floor, *(match.end() for match in _SENTENCE_END.finditer(text, floor, place))])
    ending = _SENTENCE_END.search(text, place, place + _LONGEST)
    return start, ending.end() if ending else min(len(text), place + _LONGEST)


@dataclass(frozen=True, slots=True)
class _Amount:
    number: int
    unit: str
    stage: Progress | None
    what: str
    of_rest: bool


def _in_sentence(sentence: str, start: int) -> Iterator[StatedTotals]:
    amounts = list(_amounts(sentence))
    first = next((index for index, amount in enumerate(amounts) if amount.stage), len(amounts))
    stages = [amount for amount in amounts[first:] if amount.stage]
    leading = [amount for amount in amounts[:first] if amount.what]
    if not leading:
        return
    units = {amount.unit for amount in stages}
    whole = next((amount for amount in reversed(leading) if amount.unit in units or not units), None)
    if whole is None:
        return
    levels = tuple(amount.number for amount in leading[: leading.index(whole) + 1])
    parts = tuple(
        StatedPart(amount.stage, amount.number) for amount in stages if amount.stage and amount.unit == whole.unit
    )
    yield StatedTotals(whole.number, levels, parts, sentence, start)


def _amounts(sentence: str) -> Iterator[_Amount]:
    end = 0
    matches = list(_AMOUNT.finditer(sentence))
    for index, match in enumerate(matches):
        number = numeral(match["number"])
        before = _CLAUSE_END.split(sentence[max(end, match.start() - _STAGE_WORDS) : match.start()])[-1]
        following = matches[index + 1].start() if index + 1 < len(matches) else len(sentence)
        after = _CLAUSE_END.split(sentence[match.end() : min(following, match.end() + _STAGE_WORDS)])[0]
        end = match.end()
        if number is not None:
            stage = next((stage for stage, pattern in _STAGES if pattern.search(before)), None)
            what = _counted(before, after, match["unit"])
            yield _Amount(number, match["unit"], stage, what, of_rest=_REST.search(before) is not None)


def _counted(before: str, after: str, unit: str) -> str:
    """Return what is counted: 方面, 问题, 问题线索, 任务, 事项; 其他 where one of these is only near, else ""."""
    if unit == "类" or after.startswith("方面"):
        return "方面"
    if what := _COUNTED.search(after) or _COUNTED_BEFORE.search(before):
        return what[1]
    return "其他" if re.search(_WHAT, before[-6:]) else ""
