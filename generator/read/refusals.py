"""The kinds of YAML that are refused, a row of words for each."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.problems import Problem, Span

_SHORT = 60
BLOCK = "在“名称:”或“-”后面写 |-，文字从下一行开始，每行都比这一行多缩进两格"

_BLOCK_ABOVE = "在上文的“名称:”或“-”后面写 |-，文字另起一行，每行多缩进两格，左边对齐"


class _Words(NamedTuple):
    found: str
    expected: str
    mend: str


_WORDS = {
    "after-quote": _Words("引号结束以后还有文字", "引号把整个内容包住，后面没有别的", "{quote}。"),
    "alias": _Words("内容以 * 开头，会被当成 YAML 的“引用”，文字会丢", "普通文字", "{quote}。"),
    "anchor": _Words(
        "内容以 & 开头，会被当成 YAML 的“锚点”，文字会丢", "普通文字", "{quote}；如果不是文字，删掉 & 和它后面的名字。"
    ),
    "anchor-above": _Words("这里的 & 是 YAML 的“锚点”", "“名称:”后面没有别的", "删掉 & 和它后面的名字。"),
    "bad-escape": _Words(
        "双引号里的反斜杠 {char} 不是 YAML 认得的写法",
        "文字里没有反斜杠，或者不用双引号",
        "如果反斜杠是文字，{quote}；否则删掉它。",
    ),
    "block-header": _Words(
        "|- 的同一行还有文字", "|- 独占行末，文字从下一行开始", "把 |- 后面的文字移到下一行，比这一行多缩进两格。"
    ),
    "colon-blank": _Words(
        "名称的冒号后面没有空格",
        "英文冒号加一个空格：“{key}: ”",
        "写成“{key}: …”；如果这一行是上文的文字，不是名称，{block_above}。",
    ),
    "colon-in-value": _Words(
        "内容里有“: ”（英文冒号加空格），前面的字会被当成名称", "文字里没有“: ”，或者放在引号里", "{quote}。"
    ),
    "comment": _Words(
        "“ #”后面的字会被当成注释丢掉", "文字完整；注释单独占一行", "{quote}；如果是注释，把它移到上一行，单独占一行。"
    ),
    "comment-after-quote": _Words(
        "“ #”后面的字会被当成注释丢掉",
        "文字完整；注释单独占一行",
        "如果是注释，移到上一行，单独占一行；如果是文字，{block}。",
    ),
    "dash-blank": _Words(
        "短横线后面没有空格",
        "“- ”：短横线加一个空格",
        "在短横线后面加一个空格；如果这一行是上文的文字，{block_above}。",
    ),
    "dash-inline": _Words(
        "“- ”写在了名称的同一行", "列表每条另起一行", "把“- ”移到下一行，多缩进两格；如果短横线是文字，{quote}。"
    ),
    "depth": _Words("内容套了 24 层以上", "不超过 24 层", "照样例减少层数；如果是误打的括号或短横线，删掉。"),
    "directive": _Words("文件开头有以 % 开头的行", "直接从“名称: 内容”开始", "删掉这一行；下面有“---”的话，一并删掉。"),
    "documents": _Words(
        "从这里起是第二份内容", "一个文件只写一份内容", "删掉“---”或“...”那一行；真是另一份内容，就移到另一个文件。"
    ),
    "dots": _Words("“...”是 YAML 的结束记号，后面的内容读不到", "名称: 内容", "删掉这一行。"),
    "duplicate-key": _Words(
        "“{key}”在同一层写了两次，第一次在第 {first} 行",
        "同一层里每个名称只写一次",
        "留下对的一个，删掉另一个；要写几条，就在一个名称下面用“- ”列出。",
    ),
    "empty-file": _Words("文件里没有内容", "一行行的“名称: 内容”", "照样例把内容写进来；用不着这个文件，就删掉它。"),
    "explicit-key": _Words(
        "以“? ”开头的文字会被当成 YAML 的特殊写法",
        "“名称: 内容”或普通文字",
        "如果是文字，{quote}；否则删掉问号和空格。",
    ),
    "first-char": _Words("内容以 {char} 开头，会被当成记号，读不懂", "普通文字", "{quote}。"),
    "flow": _Words(
        "用了 {char} 的写法，逗号、冒号会被当成记号吃掉", "每条另起一行", "如果是文字，{quote}；如果是{kind}。"
    ),
    "folded": _Words("用了 {char}，每个换行都会变成空格", "用 |-，换行照样保留", "把 {char} 改成 |-，文字不动。"),
    "forbidden-character": _Words(
        "双引号里的反斜杠写法会变成{char}", "看得见的文字", "删掉这个反斜杠写法；如果反斜杠就是文字，{quote}。"
    ),
    "full-width-colon": _Words(
        "名称“{key}”后面是全角冒号“：”",
        "英文冒号加一个空格：“{key}: ”",
        "写成“{key}: …”；如果这一行是上文的文字，不是名称，{block_above}。",
    ),
    "indent": _Words(
        "这一行的缩进和上面哪一层都对不上",
        "同一层的行左边对齐，下一层多两格",
        "看它属于哪一层，用空格和那一层的行对齐。",
    ),
    "key-empty": _Words(
        "冒号前面没有名称", "“名称: 内容”", "在冒号前面补上名称；如果这一行是上文的文字，{block_above}。"
    ),
    "key-not-text": _Words("名称不是文字", "“名称: 内容”，名称是文字", "删掉这一行的问号、短横线，补上名称。"),
    "merge-key": _Words(
        "名称是 <<，这是 YAML 的“合并”写法", "每一项都写出来", "删掉这一行，把要用的名称和内容直接写在这里。"
    ),
    "mixed": _Words(
        "同一层里“名称: 内容”和“- ”混在一起",
        "一层里要么都是“名称: 内容”，要么都是“- ”",
        "看它属于哪一层，用空格和那一层的行对齐。",
    ),
    "plain-lines": _Words("文字分成了几行，换行会变成空格", "一行写完，或者用 |-", "把几行接成一行；要分行，{block}。"),
    "quote-unclosed": _Words(
        "引号 {char} 从这里开始，到文件末尾也没有结束",
        "引号成对",
        "在这段文字末尾补上同样的引号；如果引号本身是文字，{quote}。",
    ),
    "quoted-lines": _Words(
        "引号里的文字到第 {end} 行才结束，换行会变成空格",
        "引号里的文字一行写完",
        "看看是不是漏了后引号；要分行，去掉引号，{block}。",
    ),
    "root": _Words("整个文件是{kind}", "最外层是一行行的“名称: 内容”", "照样例，最外层每行写成“名称: 内容”。"),
    "stray-line": _Words(
        "这一行不是“名称: 内容”，也不是以“- ”开头的一条",
        "“名称: 内容”，或“- ”开头的一条",
        "如果是上文的文字，{block_above}；如果是新的一条，补上名称或“- ”。",
    ),
    "tab": _Words("行首用制表符（Tab 键）缩进", "用空格缩进，每层两格", "删掉行首的制表符，打空格，和同一层的行对齐。"),
    "tab-inside": _Words("这里是制表符（Tab 键），不是空格", "空格", "删掉制表符，打一个空格。"),
    "tag": _Words(
        "内容以 ! 开头，会被当成 YAML 的“标签”，文字会丢", "普通文字", "{quote}；如果不是文字，删掉 ! 和它后面的名字。"
    ),
    "tag-above": _Words("这里的 ! 是 YAML 的“标签”", "“名称:”后面没有别的", "删掉 ! 和它后面的名字。"),
    "too-many": _Words("这个文件的问题超过 100 处，没有一一列出", "合乎格式的内容", "先改好列出的，再检查一次。"),
    "yaml": _Words(
        "从这里起读不懂",
        "“名称: 内容”、以“- ”开头的一条，或 |- 下面的文字",
        "对照样例，看看这一行和上一行的缩进、冒号、引号。",
    ),
}

_SAME_CODE = {
    "anchor-above": "anchor",
    "tag-above": "tag",
    "comment-after-quote": "comment",
    "dots": "documents",
    "tab-inside": "tab",
}


def refusal_problem(code: str, file: str, span: Span | None, line: str = "", **facts: object) -> Problem:
    """Return the problem of this kind; `line` is the source line from which a mend quotes the value.

    `facts` fill the row's other gaps, and `value_at` is where in the line the value begins, from 0.
    """
    words = _WORDS[code]
    start = facts.pop("value_at", None)
    facts["quote"] = _quoted(line, start if isinstance(start, int) else value_start(line))
    facts["block"], facts["block_above"] = BLOCK, _BLOCK_ABOVE
    return Problem(
        code=_SAME_CODE.get(code, code),
        file=file,
        span=span,
        found=words.found.format(**facts),
        expected=words.expected.format(**facts),
        mend=words.mend.format(**facts),
    )


_PREFIX = re.compile(r" {0,200}(?:- {1,20}){0,24}(?:[^\s:'\"#]{1,64}:[ \t]{1,20})?")


def value_start(line: str) -> int:
    """Return where the value of a `名称: 内容` or `- 内容` line begins, from 0."""
    match = _PREFIX.match(line)
    return match.end() if match else 0


def _quoted(line: str, start: int) -> str:
    """Return how to write a line's value so that it is text: the very line where it is short."""
    value = line[start:].rstrip()
    if not value or len(line.strip()) > _SHORT:
        return BLOCK
    return f"写成：{line[:start].lstrip()}'{value.replace(chr(39), chr(39) * 2)}'"
