"""What stands around the body of a notice: web furniture, title, closing paragraphs, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.intake.schemes import Level, scheme_of

_FURNITURE_LONGEST = 200
_TITLE_LINES = 3
_SIGNATURE_LINES = 6
_ORGAN_LINES = 3

# Compared with all blanks removed. The first row means itself; the second only with a colon after it.
_FURNITURE = re.compile(
    r"[【\[（(|｜]?(?:"
    r"索引号|文件名称|信息名称|发布机构|发文机关|发文机构|成文日期|发文日期|公开方式|公开日期|公开类别|公开范围|公开属性|有效性"
    r"|信息来源|稿件来源|文章来源|发布时间|发布日期|更新时间|浏览量|浏览次数|访问次数|访问量|点击数|点击量|点击次数|阅读量|阅读次数"
    r"|字号|字体|大中小|A[+-]|朗读|语音播报|分享|打印|关闭窗口|关闭|收藏|扫一扫|保存本页|当前位置|您的位置|您所在的位置|您现在的位置|首页"
    r"|上一篇|下一篇|上一条|下一条|相关链接|相关信息|相关附件|版权所有|责任编辑|网站地图|返回顶部"
    r"|(?:来源|作者|编辑|审核|校对|日期|时间|文号|发文字号|主题分类|主题词|标题|发布人|发布单位|信息分类|体裁|阅读|浏览)[：:]"
    r"|20[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?:\Z|来源|作者|浏览|字号))"
)
_TITLE_END = re.compile(r"(?:通报|报告|公告|公示)(?:[（(][^）)]{1,20}[）)])?\Z")
_CHINESE_DIGITS = "〇○Ｏ零一二三四五六七八九"
DATE = re.compile(
    rf"(?P<year>[0-9０-９]{{4}}|[{_CHINESE_DIGITS}]{{4}})年(?P<month>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,2}})月"
    r"(?P<day>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})日"
)
_ORGAN = re.compile(r"中国?共产?党?|.{0,60}(?:委员会|党组|党委|党支部|党总支|党工委|集团|公司|中心|医院|学校|局|院)\Z")
_ENDS_PROSE = "。；：，！？;:"
_CLOSING = re.compile(
    r"欢迎|热忱欢迎|诚挚欢迎|诚请|敬请|如有|如对|若有|如您|对.{0,30}(?:意见|建议|异议)|[公][开示](?:期限?|时间|时限)|公示日期|自.{4,20}(?:起|至)"
    r"|联系(?:电话|方式|人|地址)|(?:监督|举报|受理|咨询)(?:举报)?(?:电话|方式|邮箱)|意见建议|邮政(?:信箱|编码|地址)|电子(?:邮箱|信箱|邮件)"
    r"|通[信讯]地址|来信|来访|广大(?:干部|党员|群众)|特此|以上(?:整改|情况)|电话[：:]|邮箱[：:]|地址[：:]|邮编[：:]|传真[：:]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source without blanks at its edges, and its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of a notice by where they stand; `left_out` is the web furniture."""

    title: tuple[Line, ...]
    body: tuple[Line, ...]
    closing: tuple[Line, ...]
    signature: tuple[Line, ...]
    left_out: tuple[Line, ...]


def frame(text: str) -> Frame:
    """Part the lines that are not blank; no line is lost, each goes to one of the five."""
    lines = [Line(number, line) for number, raw in enumerate(text.split("\n"), 1) if (line := raw.strip())]
    left_out: list[Line] = []
    _take_furniture(lines, left_out)
    title = _take_title(lines)
    _take_furniture(lines, left_out)
    below: list[Line] = []
    while lines and _is_furniture(lines[-1].text):
        below.insert(0, lines.pop())
    signature = _take_signature(lines)
    start = _closing_start(lines)
    return Frame(title, tuple(lines[:start]), tuple(lines[start:]), signature, (*left_out, *below))


def is_title_end(line: str) -> bool:
    """Say whether a title may end with this line: on 通报, 报告, 公告 or 公示."""
    return _TITLE_END.search(line) is not None


def is_dated(line: str) -> bool:
    """Say whether a line is a date, or an organ and a date, and nothing more."""
    squeezed = "".join(line.split())
    match = DATE.search(squeezed)
    before = squeezed[: match.start()] if match else ""
    return match is not None and match.end() == len(squeezed) and (not before or bool(_ORGAN.match(before)))


def _is_furniture(line: str) -> bool:
    return len(line) <= _FURNITURE_LONGEST and _FURNITURE.match("".join(line.split())) is not None


def _take_furniture(lines: list[Line], left_out: list[Line]) -> None:
    while lines and _is_furniture(lines[0].text):
        left_out.append(lines.pop(0))


def _take_title(lines: list[Line]) -> tuple[Line, ...]:
    """Take one to three lines up to the one that ends as titles do, or one line where none does."""
    ends = (index for index, line in enumerate(lines[:_TITLE_LINES], 1) if is_title_end(line.text))
    length = next(ends, 1)
    title = tuple(lines[:length])
    del lines[:length]
    return title


def _take_signature(lines: list[Line]) -> tuple[Line, ...]:
    """Take the last date line, the organ lines above it and whatever short lines stand below it.

    Without a date, the last lines are a signature where they name an organ and are no sentence.
    """
    first = max(0, len(lines) - _SIGNATURE_LINES)
    dates = [index for index in range(first, len(lines)) if is_dated(lines[index].text)]
    start = dates[-1] if dates else len(lines)
    for _ in range(_ORGAN_LINES):
        if start == 0 or not _names_organ(lines[start - 1].text):
            break
        start -= 1
    if dates and any(scheme_of(line.text) for line in lines[dates[-1] + 1 :]):
        return ()
    signature = tuple(lines[start:])
    del lines[start:]
    return signature


def _names_organ(line: str) -> bool:
    is_organ = len(line) <= 60 and line[-1] not in _ENDS_PROSE and _ORGAN.match(line) is not None
    return is_organ and scheme_of(line) is None


def _closing_start(lines: list[Line]) -> int:
    """Return the index of the first closing paragraph: after the last part or section, and opening as those do."""
    for index in range(len(lines)):
        scheme = scheme_of(lines[index].text, lines[index + 1].text if index + 1 < len(lines) else "")
        if scheme is not None and scheme.level <= Level.SECTION:
            last = index
            break
    else:
        last = -1
    for index in range(len(lines) - 1, -1, -1):
        scheme = scheme_of(lines[index].text, lines[index + 1].text if index + 1 < len(lines) else "")
        if scheme is not None and scheme.level <= Level.SECTION:
            last = index
            break
    for index in range(last + 1, len(lines)):
        if scheme_of(lines[index].text) is None and _CLOSING.match(lines[index].text):
            return index
    return len(lines)
