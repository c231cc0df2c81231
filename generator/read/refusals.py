"""What YAML we refuse, and the words for it: one row for each kind."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.problems import Problem, Span

_SHORT = 60
BLOCK = "在“键:”或“-”后面写 |-，文字从下一行开始，每行都比这一行多缩进两格"


class _Words(NamedTuple):
    found: str
    expected: str
    mend: str


_WORDS = {
    "after-quote": _Words("引号结束以后还有文字", "引号把整个值包住，后面没有别的", "{quote}。"),
    "alias": _Words("值以 * 开头，会被当成 YAML 的“引用”，文字会丢", "普通文字", "{quote}。"),
    "anchor": _Words(
        "值以 & 开头，会被当成 YAML 的“锚点”，文字会丢", "普通文字", "{quote}；如果不是文字，删掉 & 和它后面的名字。"
    ),
    "bad-escape": _Words(
        "双引号里的反斜杠 {char} 不是 YAML 认得的写法", "文字里没有反斜杠，或者不用双引号", "{quote}。"
    ),
    "block-header": _Words(
        "|- 的同一行还有文字", "|- 独占行末，文字从下一行开始", "把 |- 后面的文字移到下一行，比这一行多缩进两格。"
    ),
    "colon-blank": _Words(
        "键的冒号后面没有空格",
        "英文冒号加一个空格：“{key}: ”",
        "写成“{key}: …”；如果这一行是上文的文字，不是键，{block_above}。",
    ),
    "colon-in-value": _Words("值里有“: ”（英文冒号加空格），会被当成又一个键", "一行只有一个键", "{quote}。"),
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
        "“- ”写在了键的同一行", "列表每条另起一行", "把“- ”移到下一行，多缩进两格；如果短横线是文字，{quote}。"
    ),
    "depth": _Words("内容套了 24 层以上", "不超过 24 层", "照样例减少层数；如果是误打的括号或短横线，删掉。"),
    "directive": _Words("文件开头有以 % 开头的行", "直接从“键: 值”开始", "删掉这一行，连同它下面的“---”。"),
    "documents": _Words(
        "“---”把文件分成了几份", "一个文件只写一份内容", "把“---”以下的内容移到另一个文件，再删掉“---”。"
    ),
    "duplicate-key": _Words(
        "“{key}”在同一层写了两次，第一次在第 {first} 行",
        "同一层里每个键只写一次",
        "留下对的一个，删掉另一个；要写几条，就在一个键下面用“- ”列出。",
    ),
    "empty-file": _Words("文件里没有内容", "一行行的“键: 值”", "照样例把内容写进来；用不着这个文件，就删掉它。"),
    "explicit-key": _Words(
        "这一行以“? ”开头，会被当成 YAML 的特殊写法", "“键: 值”或普通文字", "如果是文字，{quote}；否则删掉问号和空格。"
    ),
    "first-char": _Words("值以 {char} 开头，YAML 不许", "普通文字", "{quote}。"),
    "flow": _Words(
        "用了 {char} 的写法，逗号、冒号会被当成记号吃掉", "每条另起一行", "如果是文字，{quote}；如果是{kind}。"
    ),
    "folded": _Words("用了 {char}，每个换行都会变成空格", "|-", "把 {char} 改成 |-，文字不动。"),
    "forbidden-character": _Words(
        "双引号里的反斜杠写法会变成{char}", "看得见的文字", "删掉这个反斜杠写法；如果反斜杠就是文字，{quote}。"
    ),
    "full-width-colon": _Words(
        "键“{key}”后面是全角冒号“：”",
        "英文冒号加一个空格：“{key}: ”",
        "写成“{key}: …”；如果这一行是上文的文字，不是键，{block_above}。",
    ),
    "indent": _Words(
        "这一行的缩进和上面哪一层都对不上",
        "同一层的行左边对齐，下一层多两格",
        "看它属于哪一层，用空格和那一层的行对齐。",
    ),
    "key-empty": _Words("冒号前面没有键", "“键: 值”", "在冒号前面补上键；如果冒号是文字，{quote}。"),
    "key-not-text": _Words("键不是文字", "“键: 值”，键是文字", "删掉这一行的短横线，或者补上键。"),
    "merge-key": _Words("键是 <<，这是 YAML 的“合并”写法", "把每个键都写出来", "删掉这一行，把要用的键和值写在这里。"),
    "mixed": _Words(
        "同一层里“键: 值”和“- ”混在一起",
        "一层里要么都是“键: 值”，要么都是“- ”",
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
    "root": _Words("整个文件是{kind}", "最外层是一行行的“键: 值”", "照样例，最外层每行写成“键: 值”。"),
    "stray-line": _Words(
        "这一行不是“键: 值”，也不是以“- ”开头的一条",
        "“键: 值”，或“- ”开头的一条",
        "如果是上文的文字，{block_above}；如果是新的一条，补上键或“- ”。",
    ),
    "tab": _Words("行首用制表符（Tab 键）缩进", "用空格缩进，每层两格", "删掉行首的制表符，打空格，和同一层的行对齐。"),
    "tab-inside": _Words("这里是制表符（Tab 键），不是空格", "空格", "删掉制表符，打一个空格。"),
    "tag": _Words(
        "值以 ! 开头，会被当成 YAML 的“标签”，文字会丢", "普通文字", "{quote}；如果不是文字，删掉 ! 和它后面的名字。"
    ),
    "too-many": _Words("这个文件的问题超过 100 处，没有一一列出", "合乎格式的内容", "先改好列出的，再检查一次。"),
    "yaml": _Words(
        "从这里起读不懂",
        "“键: 值”、以“- ”开头的一条，或 |- 下面的文字",
        "对照样例，看看这一行和上一行的缩进、冒号、引号。",
    ),
}

_SAME_CODE = {"comment-after-quote": "comment", "tab-inside": "tab"}


def refuse(code: str, file: str, span: Span | None, line: str = "", **facts: object) -> Problem:
    """Return the problem of this kind; `line` is the source line from which a mend quotes the value.

    `facts` fill the row's other gaps, and `value_at` tells where in the line the value begins, from 0.
    """
    words = _WORDS[code]
    start = facts.pop("value_at", None)
    facts["quote"] = _quoted(line, start if isinstance(start, int) else value_start(line))
    facts["block"], facts["block_above"] = BLOCK, "在它的“键:”或“-”后面写 |-，文字另起一行，每行多缩进两格"
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
    """Return where the value of a `键: 值` or `- 值` line begins, from 0."""
    match = _PREFIX.match(line)
    return match.end() if match else 0


def _quoted(line: str, start: int) -> str:
    """Say how to write a line's value so that it is text: the very line where it is short."""
    value = line[start:].rstrip()
    if not value or len(line.strip()) > _SHORT:
        return BLOCK
    return f"写成：{line[:start].lstrip()}'{value.replace(chr(39), chr(39) * 2)}'"
