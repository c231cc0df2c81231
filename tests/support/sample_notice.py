"""A notice with which nothing is wrong, and changes to it, for tests of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from generator.check import CheckContext, Violation
from generator.check.rules import apply_rules
from generator.model import Notice, Organ, Site

Changes = Mapping[str, Any]

OPENING = (
    "根据县委统一部署，2025年3月1日至5月30日，县委第一巡察组对示例县图书馆党组开展巡察。"
    "2025年7月8日，巡察组反馈了意见。"
)
CLOSING = (
    "欢迎监督。公开期限：2025年11月21日至12月12日。联系电话：0000-2195262（工作日9:00-17:00）；"
    "通信地址：示例县滨河街1号，邮编：118000；电子邮箱：tsg@example.cn。"
)
PDF = b"%PDF-1.7\n"

_CLEAN: dict[str, Any] = {
    "编号": "2025/tushuguan",
    "格式": "1",
    "标题": "中共示例县图书馆党组关于县委巡察整改情况的通报",
    "单位": "tushuguan",
    "发布": "2025-11-21 09:00",
    "巡察": {
        "机关": "县委",
        "巡察组": ["县委第一巡察组"],
        "开始": "2025-03-01",
        "结束": "2025-05-30",
        "反馈": "2025-07-08",
    },
    "公开期限": {"开始": "2025-11-21", "结束": "2025-12-12"},
    "联系方式": [
        {"电话": "0000-2195262", "时间": "工作日9:00-17:00"},
        {"通信地址": "示例县滨河街1号", "邮编": "118000"},
        {"电子邮箱": "tsg@example.cn"},
    ],
    "正文": {
        "段落": [OPENING],
        "部分": [
            {
                "标题": "一、总体情况",
                "段落": ["反馈4个问题，已完成整改3个、正在整改1个，整改完成率75%。", "建立制度十二项。"],
            },
            {
                "标题": "二、整改情况",
                "小节": [
                    {
                        "标题": "（一）学习不深入",
                        "问题": [
                            {"标题": "1.读得少方面。", "措施": ["一是每月读书。", "二是每季交流。"]},
                            {"标题": "2.写得少方面。", "段落": ["练笔三次。"]},
                        ],
                    },
                    {
                        "标题": "（二）服务不到位",
                        "问题": [
                            {"标题": "1.开馆晚方面。", "措施": ["一是提前开馆。"]},
                            {"标题": "2.藏书旧方面。", "段落": ["一是清点。二是购新。三是换架。"]},
                        ],
                    },
                ],
            },
        ],
        "尾段": [CLOSING],
    },
    "落款": ["中共示例县图书馆党组", "2025年11月20日"],
    "统计": [{"名称": "制度", "数": "12", "原文": "建立制度十二项"}],
    "附件": [{"文件": "台账.pdf"}],
}


def notice(changes: Changes | None = None) -> Notice:
    """Make the clean notice with changes: `公开期限/结束` or `正文/部分/0/标题` to a value, None to remove the key."""
    data = deepcopy(_CLEAN)
    for path, value in (changes or {}).items():
        *way, last = path.split("/") if not path.startswith("编号") else ["编号"]
        here: Any = data
        for step in way:
            here = here[int(step)] if step.isdigit() else here.setdefault(step, {})
        if value is None:
            del here[last]
        elif isinstance(here, list):
            here[int(last)] = value
        else:
            here[last] = value
    return Notice.model_validate(data)


def surroundings(attachments: Mapping[str, bytes] | None = None, minimum: int = 15) -> CheckContext:
    """Return organs, a site with a minimum of working days, and the heads of files."""
    return CheckContext(
        organs={"tushuguan": Organ(name="示例县图书馆"), "yiyuan": Organ(name="示例县医院")},
        site=Site(name="示例县", minimum_workdays=minimum),
        attachments={"台账.pdf": PDF} if attachments is None else attachments,
    )


def violations(made: Notice, context: CheckContext | None = None) -> list[Violation]:
    """Return what all rules together say of a notice."""
    return apply_rules(made, context or surroundings())


def brief(found: Iterable[Violation]) -> list[tuple[str, str]]:
    """Return code and path of each violation, the path with slashes."""
    return [(one.code, "/".join(map(str, one.path))) for one in found]


def report(cases: Mapping[str, Iterable[Violation]]) -> str:
    """Write the words of violations out, case by case, for a golden file."""
    lines = []
    for title, found in cases.items():
        lines.append(f"== {title}")
        for one in found:
            lines.append(f"{one.severity} {'/'.join(map(str, one.path)) or '（全文）'} [{one.code}]")
            lines += [f"  现在：{one.found}", f"  应当：{one.expected}", f"  改法：{one.mend}"]
            lines += [f"  指着：{one.needle}"] if one.needle else []
        lines.append("")
    return "\n".join(lines)
