"""From an outline to a draft notice: its YAML, what organs.yml must become, a report, or the reason why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from pydantic import TypeAdapter

from generator.addresses import content_path, is_slug
from generator.check import meant_organ, place, validate
from generator.intake.facts import Facts, read_facts
from generator.intake.notice_lines import SourceLine
from generator.intake.organ import Listed, Signer, add, find, signers
from generator.intake.outline import Label, Outline, OutlineNode, outline
from generator.intake.report import Report, doubts, recognised
from generator.intake.schemes import OutlineLevel
from generator.model import Notice, Organs, notice_text
from generator.problems import Problem, Severity, Span, file_problem
from generator.read import DecodedText, Plain, source_of
from generator.read.yaml_writer import write

_NOTICE = TypeAdapter(Notice)
_SHOWN = 20
NOTHING_GIVEN: Mapping[str, Plain] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The result of an import.

    Without an error among the problems `yaml`, `notice` and `report` are there; with one none of them is.
    `organs` is the new text of organs.yml, or None where it stays as it is.
    """

    yaml: str | None = None
    organs: str | None = None
    notice: Notice | None = None
    report: Report | None = None
    problems: tuple[Problem, ...] = ()


def make_draft(
    source: DecodedText,
    *,
    slug_id: str,
    organs: Organs,
    organs_text: str,
    organ: str | None,
    file: str,
    given: Mapping[str, Plain] = NOTHING_GIVEN,
) -> Draft:
    """Make a draft of a text that `source` decoded; refused unless its text is the source's without boilerplate.

    `given` are keys that replace what is read out of the text.
    """
    made = outline(source.text)
    facts = read_facts(made, given.get("发布"))
    signed = signers(made)
    listed, problem = _list_organ(signed, organ, slug_id.rpartition("/")[2], organs, organs_text, file)
    if listed is None:
        return Draft(problems=(problem,) if problem else ())
    if not facts.terms and facts.published is None and "发布" not in given:
        return Draft(problems=(_undated(file),))
    written = write({**_data(made, facts, listed.key), **given}, content_path(slug_id), "notice")
    notice, problems = _validated(written, slug_id, file)
    if notice is None:
        return Draft(problems=problems)
    divided = made.lines
    different = first_difference(
        (*divided.title, *divided.body, *divided.closing, *divided.signature), notice_text(notice), file
    )
    if different is not None:
        return Draft(problems=(different,))
    report = Report(
        recognised=tuple(recognised(notice, listed, source.encoding)),
        unsure=(*doubts(made, signed, listed), *facts.doubts),
    )
    return Draft(yaml=written, organs=listed.added, notice=notice, report=report, problems=problems)


def first_difference(lines: Sequence[SourceLine], made: str, file: str) -> Problem | None:
    """Compare the source's lines with a notice's text, blanks and line breaks left out; None where they are equal."""
    source = [(char, line.number, column) for line in lines for column, char in _visible(line)]
    result = "".join(made.split())
    for index, (expected, char) in enumerate(zip_longest(source, result)):
        if expected is None or expected[0] != char:
            number, column = expected[1:] if expected else (lines[-1].number if lines else 1, 1)
            wanted = "".join(one[0] for one in source[index : index + _SHOWN])
            return Problem(
                code="import-differs",
                file=file,
                span=Span(number, column),
                found=f"草稿里是“{result[index : index + _SHOWN]}”",
                expected=f"与原文一字不差：“{wanted}”",
                mend="这是导入程序的差错，没有写出草稿。请把这一段的写法告诉维护人员，或者用 gongkai new 手工录入。",
            )
    return None


def _visible(line: SourceLine) -> list[tuple[int, str]]:
    return [(column, char) for column, char in enumerate(line.text, line.column) if not char.isspace()]


def _list_organ(
    signed: Sequence[Signer], given: str | None, slug: str, organs: Organs, organs_text: str, file: str
) -> tuple[Listed | None, Problem | None]:
    """Find the organ by the key given or by the name under the text, or add it."""
    key = given if given in organs else None
    if given is None and signed:
        key = next((known for signer in signed if (known := find(signer, organs)) is not None), None)
    if key is not None:
        return Listed(key, organs[key], None), None
    if named := _named_organ(given, organs, file):
        return None, named
    if not signed:
        return None, file_problem(
            "import-organ",
            file,
            "没有落款，标题里也看不出是哪个单位",
            "organs.yml 里的一个单位",
            "先在 organs.yml 里加上这个单位，再用 --organ 写明它的代号，重新导入。",
        )
    key = given or slug
    if key in organs:
        return None, file_problem(
            "import-organ-key",
            file,
            f"单位是“{signed[0].name}”，代号 {key} 却是“{organs[key].name}”的",
            "一个单位一个代号",
            f"同一个单位，加 --organ {key} 重新导入；不是同一个，用 --organ 另写一个代号。",
        )
    return add(key, signed[0].name, organs_text), None


def _named_organ(given: str | None, organs: Organs, file: str) -> Problem | None:
    """Return the problem of a name in the place of a key, with the key that was meant."""
    meant = meant_organ(given, organs) if given and not is_slug(given) else None
    if meant is None:
        return None
    return file_problem(
        "import-organ-key",
        file,
        f"--organ {given}",
        "organs.yml 里的代号，不是名称",
        f"改成 --organ {meant}（{organs[meant].name}），重新导入。",
    )


def _undated(file: str) -> Problem:
    return file_problem(
        "import-undated",
        file,
        "没有公开期限，也没有落款日期",
        "至少写明一个：公开期限，或者落款的日期",
        "看看复制时是不是漏了文末的几行；补全以后重新导入。",
    )


def _validated(written: str, slug_id: str, file: str) -> tuple[Notice | None, tuple[Problem, ...]]:
    """Make the notice of the draft; its problems name the source file, which has no such lines."""
    source = source_of(written.encode(), file)
    notice, problems = None, source.problems
    if source.data is not None:
        notice, found = validate(source.data, _NOTICE, {"编号": slug_id}, Notice)
        problems += place(found, source)
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if failed else notice), tuple(replace(problem, span=None) for problem in problems)


def _data(made: Outline, facts: Facts, key: str) -> dict[str, Plain]:
    data: dict[str, Plain] = {"格式": "1", "标题": made.title, "单位": key}
    if facts.published is not None:
        data["发布"] = facts.published
    optional: dict[str, Plain] = {
        "巡察": facts.inspection,
        "公开期限": facts.terms,
        "联系方式": [*facts.contacts],
        "正文": _level(made.body),
        "落款": [*made.signature],
    }
    return data | {name: value for name, value in optional.items() if value}


def _level(block: OutlineNode) -> dict[str, Plain]:
    data: dict[str, Plain] = {"标题": block.title} if block.level else {}
    if block.paragraphs:
        data["段落"] = _paragraphs(block.paragraphs)
    if block.children:
        data[OutlineLevel(block.children[0].level).word] = [_level(child) for child in block.children]
    if block.measures:
        data[OutlineLevel.MEASURE.word] = [*block.measures]
    if block.closing:
        data["尾段"] = _paragraphs(block.closing)
    return data


def _paragraphs(paragraphs: Sequence[str | Label]) -> list[Plain]:
    return [_label(one) if isinstance(one, Label) else one for one in paragraphs]


def _label(label: Label) -> dict[str, Plain]:
    data: dict[str, Plain] = {OutlineLevel.LABEL.word: label.label}
    if label.paragraphs:
        data["段落"] = [*label.paragraphs]
    if label.measures:
        data[OutlineLevel.MEASURE.word] = [*label.measures]
    return data
