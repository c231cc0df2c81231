"""The numbers of a notice that may be shown: the outline gives them and nothing in the text contradicts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.check.rules.places import Places, findings, places
from generator.check.violation import Path
from generator.model import Body, Counts, Finding, Labelled, Notice, Part, Section, counts_of
from generator.model.body import walk
from generator.prose import StatedNumber, aspect_totals, finding_totals, measure_totals

_NONE = Counts(0, 0, 0, 0, 0)
_NUMBER = re.compile(r"[（(]?[0-9０-９一二三四五六七八九十]{1,4}[、.．）)]{1,2}|[①-⑳]")
_PROBLEM = re.compile('的问题|[”"]问题|问题(?=$|[。：:，；])')
_QUOTED = re.compile('(?:关于|[“"]).{1,40}问题')
# Words in which a character of the table below does not name a fault.
_NO_FAULT = re.compile(
    "不断|不懈|不移|不动摇|不折不扣|不忘|不放松|不松劲|不走过场|不打折扣|不留死角|不反弹|不获全胜|未来"
    "|(?:补齐|补强|补)(?:短板|弱项|缺口){1,2}|补缺|减少|降低|克难|攻难|破难|解难|难点|堵漏|差异|(?:缩小|补上|消除)差距|过程|通过|超前|误区|低碳|缺一不可"
)
_FAULT = re.compile(
    "[不未没无缺弱差慢滞偏虚松散漏乱难欠失误违粗懒怠庸旧晚]|过(?:长|高|多|低|大|于|场)|较(?:低|少|弱|慢|差)|不足|薄|少|低|短板"
    "|下降|下滑|缓|闲置|空置|空转|侵占|占用|挪用|推诿|拖延|截留|套取|虚报|超(?:标|范围|时|支)|隐患|严重|老化|陈旧"
    "|浪费|形式主义|流于形式|官僚|单一|简单|随意|敷衍|应付|平均化|同质化|反弹|走样|模糊|重.{1,8}轻"
)
_ENDS_AS_FINDING = re.compile("的问题[。：:]?$")
_AT_THE_END = re.compile("(?:不[\u4e00-\u9fff]{1,4}|缓慢|滞后|缺位|缺失|薄弱|不足|宽松软|较[低少弱慢差])(?:方面)?$")
_VERB = re.compile(
    "加强|强化|提高|健全|完善|压实|建立|推动|坚持|聚焦|严格|细化|深化|狠抓|规范|统筹|明确|提升|夯实|创新|优化|加大|加快"
    "|补齐|整治|解决|防止|杜绝|纠正|全力|全面|持续|切实|进一步|深入|认真|从严|突出"
)
_CLAUSE = re.compile("[，,。；;：:]")
_ORGANISING = re.compile(
    "组织|领导|责任|部署|机制|制度|保障|认识|站位|统筹|推进|督[促查导办]|下一步|打算|计划|安排|努力方向"
    "|监督方式|联系方式|附件"
)
_ANNEX = re.compile("附(?:件|表|录)?[一二三四五六七八九十0-9]{0,2}[：:]|附件")
_HEAD = 40


@dataclass(frozen=True, slots=True)
class TotalOf:
    """A number of findings that the text states, and where."""

    path: Path
    stated: StatedNumber


def shown_counts(notice: Notice) -> Counts:
    """Return the counts of a notice that may be shown; 0 where a count is not certain.

    Findings count where the text's own total is theirs, or where it states none and every heading that was counted
    is one of a finding. Without them nothing else counts. Sections and measures count unless the text gives another
    number of them.
    """
    counts = counts_of(notice)
    if not counts.findings:
        return replace(_NONE, parts=counts.parts)
    words = places(notice)
    stated = {total.stated.number for total in stated_totals(notice, words)}
    if stated != {counts.findings} if stated else any(_doubts(notice, words)):
        return replace(_NONE, parts=counts.parts)
    aspects = {total.stated.number for total in _of_whole(notice, words, aspect_totals)}
    measures = {total.stated.number for total in _of_whole(notice, words, measure_totals)}
    return replace(
        counts,
        sections=counts.sections if aspects <= {counts.sections} else 0,
        measures=counts.measures if measures <= {counts.measures} else 0,
    )


def stated_totals(notice: Notice, words: Places) -> list[TotalOf]:
    """List the numbers of findings that the text gives for the whole inspection, with their places."""
    return _of_whole(notice, words, finding_totals)


def _of_whole(notice: Notice, words: Places, totals_in: Callable[[str], list[StatedNumber]]) -> list[TotalOf]:
    """List the totals in texts that speak of the whole: none below a heading that names a fault, or has a progress."""
    found = [TotalOf(path, stated) for path, text in words for stated in totals_in(text)]
    if not found:
        return []
    faults = {path for path, finding in findings(notice.body) if finding.progress}
    faults |= {
        path[:-1] for path, text in words if path[-1] == "标题" and path[-3] in {"小节", "问题"} and is_finding(text)
    }
    return [one for one in found if not any(one.path[:end] in faults for end in range(3, len(one.path)))]


def _doubts(notice: Notice, words: Places) -> Iterator[bool]:
    """Yield True for each thing that may have been counted as a finding without being one, or the other way round."""
    holders = list(_holders(notice.body))
    parts_with = {id(part) for part, _, held in holders if held}
    annexed = any(_ANNEX.match(line) for _, text in words if "附" in text for line in text.split("\n"))
    for part, section, held in holders:
        told = not annexed and _tells_of_findings(part, section, alone=len(parts_with) == 1)
        for finding in held:
            yield not (finding.progress or is_finding(finding.title) or told)
            yield any(map(_is_numbered_finding, _lines(finding)))
        # A heading without findings beside others that have some may be one itself.
        if section is not None and not held:
            yield is_finding(section.title) and any(there for other, _, there in holders if other is part)
        elif part is not None and not held and not part.sections:
            yield _ENDS_AS_FINDING.search(part.title) is not None


def _holders(body: Body) -> Iterator[tuple[Part | None, Section | None, tuple[Finding, ...]]]:
    """Yield what may hold findings: the body, each part, each section, with the part and the section that it is."""
    yield None, None, body.findings
    part = None
    for _, heading in walk(body):
        if isinstance(heading, Part):
            part = heading
            yield part, None, part.findings
        elif isinstance(heading, Section):
            yield part, heading, heading.findings


def _tells_of_findings(part: Part | None, section: Section | None, *, alone: bool) -> bool:
    """Return whether the headings above say that findings follow; `alone` says that no other part has any."""
    if section is not None and is_finding(section.title):
        return True
    titles = [level.title for level in (part, section) if level is not None]
    if any(_ORGANISING.search(title) for title in titles):
        return False
    return alone or any("问题" in title for title in titles)


def is_finding(title: str) -> bool:
    """Return whether a heading names a fault: `1.学习不深入方面。` does, `1.加强组织领导，不断提高认识。` does not."""
    bare = _NUMBER.sub("", title, count=1)
    if _QUOTED.match(bare):
        return True
    clause = _NO_FAULT.sub("", _CLAUSE.split(bare)[0])
    if _VERB.match(clause):
        return _AT_THE_END.search(clause) is not None
    return _FAULT.search(clause) is not None or _PROBLEM.search(bare[:_HEAD]) is not None


def _lines(finding: Finding) -> Iterator[str]:
    for paragraph in (*finding.paragraphs, *finding.closing):
        if isinstance(paragraph, str):
            yield from paragraph.split("\n")
        elif isinstance(paragraph, Labelled):
            yield from (line for text in (*paragraph.paragraphs, *paragraph.measures) for line in text.split("\n"))
    yield from (line for measure in finding.measures for line in measure.split("\n"))


def _is_numbered_finding(line: str) -> bool:
    return _NUMBER.match(line) is not None and _PROBLEM.search(line[:_HEAD]) is not None
