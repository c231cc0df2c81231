"""The lines of a source, divided into boilerplate of its web page, title, body, closing paragraphs and signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.intake.schemes import OutlineLevel, mark
from generator.prose import days

_LONGEST_BOILERPLATE = 200
_TITLE_LINES = 3
_SIGNATURE_LINES = 6
_ORGAN_LINES = 3
_ORGAN_LONGEST = 60

# Compared with all blanks removed. Words of the last row are boilerplate only with a colon.
_BOILERPLATE = re.compile(
    r"[【\[（(|｜]?(?:"
    r"索引号|文件名称|信息名称|发布机构|发文机关|发文机构|成文日期|发文日期|公开方式|公开日期|公开类别|公开范围|公开属性|有效性"
    r"|信息来源|稿件来源|文章来源|发布时间|发布日期|更新时间|浏览量|浏览次数|访问次数|访问量|点击数|点击量|点击次数|阅读量|阅读次数"
    r"|字号|字体|大中小|A[+-]|朗读|语音播报|分享|打印|关闭|收藏|扫一扫|保存本页|当前位置|您的位置|您所在的位置|您现在的位置"
    r"|上一篇|下一篇|上一条|下一条|相关链接|相关信息|版权所有|责任编辑|网站地图|返回顶部|首页(?:[>＞»]|\Z)"
    r"|(?:来源|作者|编辑|审核|校对|日期|时间|文号|发文字号|主题分类|主题词|标题|发布人|发布单位|信息分类|体裁|阅读|浏览)[：:])"
)
# Above the body a bare date is the web page's; below it, the signature's.
_PAGE_DATE = re.compile(
    r"20[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?:\Z|来源|作者|浏览|字号)"
)
_STOPS = "。！？；"
_TITLE_END = re.compile(r"(?:通报|报告|公告|公示)(?:[（(][^）)]{1,20}[）)])?\Z")
_ORGAN = re.compile(
    r"(?:中共|中国共产党).{1,60}|.{1,60}(?:委员会|党组|党委|党支部|党总支|党工委|集团|公司|中心|医院|学校|大学|学院|局|院|厅|办公室)"
)
_SENTENCE_MARKS = "。；：，、！？;:,"
_CLOSING = re.compile(
    r"(?:热忱|诚挚|热烈|真诚)?欢迎|诚请|敬请|特此|以上(?:整改|情况)"
    r"|[如若](?:有|对|您).{0,40}(?:意见|建议|异议|问题)|对.{0,40}有.{0,6}(?:意见|建议|异议)|意见建议(?:请|可|反馈)"
    r"|公[开示](?:期|时间|时限|日期)|自.{4,24}[至到].{2,24}止"
    r"|(?:联系|监督|举报|受理|咨询|值班|反映)(?:举报)?(?:电话|方式|人|地址|邮箱|时间)|邮政(?:信箱|编码|地址)|电子(?:邮箱|信箱|邮件)"
    r"|通[信讯]地址|来信请|来信来访|(?:电话|邮箱|地址|邮编|传真)[：:]|下一步[^。]{0,40}\Z"
)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the source without blanks at its edges, with the line and column of its first character, from 1."""

    number: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class NoticeLines:
    """The lines of a notice by their role; `left_out` is the boilerplate of the web page."""

    title: tuple[SourceLine, ...]
    body: tuple[SourceLine, ...]
    closing: tuple[SourceLine, ...]
    signature: tuple[SourceLine, ...]
    left_out: tuple[SourceLine, ...]


def divide_lines(text: str) -> NoticeLines:
    """Divide the lines that are not blank; each goes to one of the five.

    Boilerplate is looked for before the body and after the signature, never between. A title takes one to three
    lines, up to 通报, 报告, 公告 or 公示; where none ends so it is the first line.
    """
    lines = [
        SourceLine(number, raw.index(line[0]) + 1, line)
        for number, raw in enumerate(text.split("\n"), 1)
        if (line := raw.strip())
    ]
    above, lines = _boilerplate(lines, _BOILERPLATE, _PAGE_DATE)
    ends = (index for index, line in enumerate(lines[:_TITLE_LINES], 1) if ends_title(line.text))
    length = next(ends, 1)
    title, lines = lines[:length], lines[length:]
    between, lines = _boilerplate(lines, _BOILERPLATE, _PAGE_DATE)
    below, lines = _boilerplate(lines[::-1], _BOILERPLATE)
    lines, signature = _signature(lines[::-1])
    start = _closing_start(lines)
    left_out = (*above, *between, *below[::-1])
    return NoticeLines(tuple(title), tuple(lines[:start]), tuple(lines[start:]), tuple(signature), left_out)


def ends_title(line: str) -> bool:
    """Return whether a title may end with this line: on 通报, 报告, 公告 or 公示."""
    return _TITLE_END.search(line) is not None


def _boilerplate(lines: list[SourceLine], *patterns: re.Pattern[str]) -> tuple[list[SourceLine], list[SourceLine]]:
    """Split off the boilerplate that a web page put first; a long line or a whole sentence is never boilerplate."""
    for index, line in enumerate(lines):
        is_text = len(line.text) > _LONGEST_BOILERPLATE or line.text[-1] in _STOPS
        if is_text or not any(pattern.match(_squeezed(line.text)) for pattern in patterns):
            return lines[:index], lines[index:]
    return lines, []


def _signature(lines: list[SourceLine]) -> tuple[list[SourceLine], list[SourceLine]]:
    """Split off the signature: the last date, the organ lines above it, and short lines below it.

    Without a date, the last lines are a signature where they name an organ and are no sentence.
    """
    rows = mark([line.text for line in lines])
    start = len(lines)
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _SIGNATURE_LINES), -1):
        if rows[index] is not None:
            break
        if _is_dated(lines[index].text):
            start = index
            break
    for _ in range(_ORGAN_LINES):
        if start == 0 or rows[start - 1] is not None or not _names_organ(lines[start - 1].text):
            break
        start -= 1
    return lines[:start], lines[start:]


def _is_dated(line: str) -> bool:
    """Return whether a line is a date, or an organ and a date, and nothing more."""
    squeezed = _squeezed(line)
    found = days(squeezed) if len(squeezed) <= _ORGAN_LONGEST * 2 else []
    if not found or found[-1].day is None or found[-1].end != len(squeezed):
        return False
    before = squeezed[: found[-1].start]
    return not before or _ORGAN.fullmatch(before) is not None


def _names_organ(line: str) -> bool:
    return len(line) <= _ORGAN_LONGEST and line[-1] not in _SENTENCE_MARKS and _ORGAN.fullmatch(line) is not None


def _closing_start(lines: list[SourceLine]) -> int:
    """Return the index of the first closing paragraph: after the last part and section, and opening as those do."""
    rows = mark([line.text for line in lines])
    outer = [index for index, row in enumerate(rows) if row is not None and row.level <= OutlineLevel.SECTION]
    for index in range(outer[-1] + 1 if outer else 0, len(lines)):
        if rows[index] is None and _CLOSING.match(lines[index].text):
            return index
    return len(lines)


def _squeezed(text: str) -> str:
    return "".join(text.split())
