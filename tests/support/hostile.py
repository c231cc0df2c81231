"""Texts that act on pages where something is careless, and a site made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.intake import write
from generator.read import Plain

MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<plaintext>",
    "<!-- 注释",
    "</div></article></body>",
    "</title><script>alert(1)</script>",
    "<![CDATA[甲]]>",
    "<?php echo 1 ?>",
    "&amp;",
    "&#60;b&#62;",
    "&copy 2025",
    "[看这里](javascript:alert(1))",
    "![图](https://evil.example/a.png)",
    "{{ config.site_name }}",
    "{% include 'x' %}",
    "{# 甲 #}",
    "{: onclick=alert(1) #x }",
    '--8<-- "/etc/passwd"',
    "*重点*",
    "**重点**",
    "_重点_ __甲__",
    "1. 一",
    "1.一",
    "- 一",
    "+ 一",
    "# 一",
    "## 一 ##",
    "甲    乙",
    "甲\t乙",
    "[TOC]",
    ":smile:",
    "[^1]: 甲 [^1]",
    "*[甲]: 乙",
    "| 甲 | 乙 |",
    "|---|---|",
    "~~甲~~ H~2~O",
    "x^2^",
    "++ctrl+alt++",
    "{++甲++}",
    "!!! note",
    "??? 甲",
    "===",
    "---",
    "```sh",
    "$$x$$",
    ": 甲",
    "> 甲",
    "https://evil.example/ www.evil.example a@evil.example",
    "<https://evil.example/>",
    "[甲]: https://evil.example/",
    "\\*甲\\*",
    "GKTEXT GKID",
    "键: 值",
    "'\"`",
)
LENGTH = ("[" * 2000, "(" * 2000, "*" * 2000, "<" * 2000, "`" * 1001, "> " * 299 + ">", "![[" * 300, "x" * 5000)
UNICODE = (
    "“三重一大”",
    "〔2025〕",
    "１．学习",
    "甲\u3000\u3000乙",
    "〇",
    "𠮷",
    "👩‍👩‍👧",
    "e\u0301",
    "甲\u00a0乙",
    "甲\u2002乙\u202f丙",
    "甲\ue5e5乙",
)
ALL = (*MARKUP, *LENGTH, *UNICODE)


def write_site(root: Path, texts: Sequence[str]) -> Path:
    """Write a site in which each text is paragraph, heading, measure, label, cell, contact, title, organ's name.

    Its pages are of the same form whatever the texts are. Notice 2025/all holds each text, 2025/n0 and so on have
    one as their title and one organ each.
    """
    organs: dict[str, Plain] = {
        f"o{number}": {"名称": text, "简称": text, "类型": "其他", "隶属": text} for number, text in enumerate(texts)
    }
    site: dict[str, Plain] = {"网站名称": texts[0], "网址": "https://www.example.com/gk/", "主办单位": texts[1]}
    _write(root, "organs.yml", organs, "organs")
    _write(root, "site.yml", site, "site")
    for number, text in enumerate(texts):
        paragraphs: list[Plain] = ["甲"]
        titled: dict[str, Plain] = {**_head(text, f"o{number}"), "正文": {"段落": paragraphs}}
        _write(root, f"notices/2025/n{number}.yml", titled, "notice")
    _write(root, "notices/2025/all.yml", {**_head("全部", "o0"), **_whole(texts)}, "notice")
    return root


def _head(title: str, organ: str) -> dict[str, Plain]:
    return {"格式": "1", "标题": title, "单位": organ, "发布": "2025-11-21 09:00"}


def _whole(texts: Sequence[str]) -> dict[str, Plain]:
    listed: list[Plain] = list(texts)
    rows: list[Plain] = [["甲", "乙"], *([text, text] for text in listed)]
    paragraphs: list[Plain] = [*listed, {"标签": texts[2], "段落": listed}, {"表格": rows}]
    findings: list[Plain] = [{"标题": text, "措施": [text]} for text in listed]
    return {
        "联系方式": [{"其他": text, "时间": text} for text in listed],
        "正文": {"段落": paragraphs, "问题": findings, "尾段": listed},
        "落款": listed,
        "更正": [{"日期": "2025-11-22", "说明": text} for text in listed],
        "反馈结果": {"日期": "2025-12-02", "段落": listed},
    }


def _write(root: Path, path: str, data: Plain, schema: str) -> None:
    place = root / "content" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(write(data, path, schema).encode())
