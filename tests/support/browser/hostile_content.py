"""A content folder in which each of given texts stands in every place that staff can write in."""

from __future__ import annotations

import re
from pathlib import Path

from generator.intake import write
from generator.read import Plain

OPENS, CLOSES = "2025-11-21", "2025-12-12"
TODAY = "2025-12-01"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
STATED = "召开会议12次"
# Of hours, a span is worded anew: 9:00-17:00 becomes 9:00 至 17:00.
_SPAN = re.compile(r"[0-9]-[0-9]")
ATTACHMENT = "甲 & 乙'%41.pdf"


def write_hostile(root: Path, texts: tuple[str, ...]) -> None:
    """Write content/ below `root`: an organ and a notice for each text, and a withdrawn notice with all of them."""
    content = root / "content"
    _write(
        content, "site.yml", "site", {"网站名称": texts[1], "主办单位": texts[4], "地址": texts[5], "电话": texts[9]}
    )
    organs: dict[str, Plain] = {f"organ-{number}": _organ(text) for number, text in enumerate(texts)}
    _write(content, "organs.yml", "organs", organs)
    for number, text in enumerate(texts):
        _write(content, f"notices/2025/n-{number}.yml", "notice", _notice(number, text))
        folder = content / "notices" / "2025" / f"n-{number}"
        folder.mkdir()
        folder.joinpath(ATTACHMENT).write_bytes(PDF)
    reason = " ".join(texts)
    _write(content, "notices/2025/withdrawn.yml", "notice", _withdrawn(texts[0], reason))


def _write(content: Path, path: str, schema: str, data: Plain) -> None:
    target = content / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(write(data, path, schema), encoding="utf-8")


def _organ(text: str) -> Plain:
    return {"名称": text, "简称": text, "类型": "学校", "隶属": text, "曾用名": [{"名称": text, "止": "2019-01-01"}]}


def _notice(number: int, text: str) -> Plain:
    hours: dict[str, Plain] = {} if _SPAN.search(text) else {"时间": f"说明：{text}"}
    return {
        "格式": "1",
        "标题": text,
        "单位": f"organ-{number}",
        "公文": {"索引号": text, "发文字号": text, "主题分类": text},
        "巡察": {"机关": text, "巡察组": [text], "开始": f"甲{text}", "结束": f"乙{text}", "反馈": f"丙{text}"},
        "公开期限": {"开始": OPENS, "结束": CLOSES},
        "联系方式": [
            {"电话": text, **hours},
            {"传真": text},
            {"通信地址": text, "邮编": text, "收件人": text},
            {"电子邮箱": text},
            {"其他": text},
        ],
        "正文": {
            "段落": [
                text,
                f"{text}\n{text}",
                {"表格": [[text, text], [text, ""]]},
                {"标签": text, "段落": [text]},
            ],
            "部分": [
                {
                    "标题": text,
                    "小节": [
                        {
                            "标题": text,
                            "问题": [
                                {"标题": text, "措施": [text, text], "进展": "已完成"},
                                {
                                    "标题": text,
                                    "段落": [text],
                                    "尾段": [{"标签": text, "措施": [text]}],
                                    "进展": "未完成",
                                },
                            ],
                        },
                        {"标题": text, "措施": [text]},
                    ],
                },
                {"标题": text, "段落": [text]},
            ],
            "尾段": [text, f"{text}，{STATED}。"],
        },
        "落款": [text, text],
        "统计": [{"名称": text, "数": "12", "原文": STATED}],
        "附件": [{"文件": ATTACHMENT, "标题": text}],
        "延期": [{"日期": TODAY, "至": "2025-12-19", "说明": text}],
        "更正": [{"日期": TODAY, "说明": f"{text}\n{text}"}],
        "反馈结果": {"日期": TODAY, "段落": [text, text]},
    }


def _withdrawn(text: str, reason: str) -> Plain:
    return {
        "格式": "1",
        "标题": text,
        "单位": "organ-0",
        "公开期限": {"开始": OPENS, "结束": CLOSES},
        "正文": {"段落": [reason]},
        "撤回": {"日期": TODAY, "说明": reason},
    }
