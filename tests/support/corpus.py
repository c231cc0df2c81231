"""Notices made by the thousand, of a real one's size and shape, the same for the same number."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

_WHO = (
    "中心党委",
    "办公室",
    "财务部门",
    "机关支部",
    "业务科室",
    "工程部门",
    "后勤部门",
    "人事部门",
    "纪检部门",
    "下属单位",
)
_DID = (
    "逐项核对了{thing}，补齐缺少的手续{n}份",
    "召开专题会议{n}次，研究{thing}的改进办法",
    "修订{thing}的管理办法，明确审批权限和办理时限",
    "对{n}名工作人员开展培训，重点讲清{thing}的要求",
    "清理历年积压的{thing}{n}件，全部登记造册",
    "公开{thing}的办理流程，接受群众监督",
    "委托第三方检测{thing}，发现隐患{n}处并全部排除",
    "收回多支付的{thing}费用{n}.{m}万元",
    "建立{thing}台账，每月更新，每季度抽查一次",
    "走访服务对象{n}户，听取对{thing}的意见",
)
_THING = (
    "固定资产", "采购合同", "值班记录", "公务用车", "消防设施", "档案目录", "收费项目", "供水管网", "校舍安全",
    "病历书写",
    "公租房配租", "图书借阅", "线路调度", "食堂原料", "设备维护", "考勤管理", "工程变更", "票据审核",
    "信访答复", "网络安全",
)  # fmt: skip
_LACK = ("不够规范", "落实不到位", "监督不力", "台账不全", "推进缓慢", "责任不清", "检查流于形式", "公开不及时")
_NUMERALS = "一二三四五六七八九十"


# The days of publication spread over ten years, whatever the number of notices: the two numbers share no factor.
SPREAD, STEP = 3500, 1237
_LAST = date(2025, 8, 3)
_PERIOD = timedelta(days=30)


def notice_yaml(number: int, last: date = _LAST) -> tuple[str, str]:
    """Return id and YAML of a notice that is over, collected 60 days after `last`, the latest opening of them all.

    It has 7 sections, 32 findings, some 5,000 characters.
    """
    opens = last - timedelta(days=number * STEP % SPREAD)
    # All of them are over: a host takes in none that was never public.
    source = ["来源:", f"  网址: https://www.example.com/old/{number}.html", f"  收录: {last + 2 * _PERIOD}"]
    return _notice(number, opens, opens + _PERIOD, source)


def open_notice_yaml(number: int, opens: date, closes: date) -> tuple[str, str]:
    """Return id and YAML of a notice like the others, for a period of one's own, at whose ends it changes."""
    return _notice(number, opens, closes, [])


def _notice(number: int, opens: date, closes: date, more: list[str]) -> tuple[str, str]:
    dice = random.Random(number)  # noqa: S311  (reproducible, not secret)
    lines = [
        "格式: 1",
        f"标题: 中共示例市第{number}服务中心委员会关于市委巡察整改进展情况的通报",
        f"单位: organ-{number % 40}",
        "公开期限:",
        f"  开始: {opens}",
        f"  结束: {closes}",
        "联系方式:",
        f"  - 电话: 0000-{number + 1:07d}",
        "    时间: 工作日9:00--17:00",
        "正文:",
        "  部分:",
        "    - 标题: 一、巡察整改落实情况",
        "      小节:",
    ]
    for section, findings in enumerate((3, 5, 5, 5, 7, 4, 3)):
        lines += [f"        - 标题: （{_NUMERALS[section]}）{_lack(dice)}，{_lack(dice)}"]
        lines += ["          问题:"]
        for finding in range(findings):
            lines += [
                f"            - 标题: {finding + 1}.{_lack(dice)}方面。",
                "              措施:",
            ]
            for measure in range(dice.choice((1, 2, 2, 3))):
                lines += ["                - |-", f"                  {_NUMERALS[measure]}是{_sentences(dice)}"]
    phone = f"0000-{number + 1:07d}"
    lines += [
        "  尾段:",
        f"    - 公开期限：{_long(opens)}至{_long(closes)}。联系电话：{phone}（工作日9:00--17:00）。",
    ]
    lines += ["落款:", f"  - 中共示例市第{number}服务中心委员会", f"  - {_long(opens)}"]
    return f"{opens.year}/notice-{number}", "\n".join([*lines, *more, ""])


def write_content(root: Path, number: int, last: date = _LAST) -> None:
    """Write a content folder with so many notices, of forty organs; `last` as in `notice_yaml`."""
    (root / "notices").mkdir(parents=True)
    root.joinpath("site.yml").write_text(
        "网站名称: 示例市巡察整改公开\n网址: https://www.example.com/xcgk/\n", encoding="utf-8"
    )
    organs = "".join(f"organ-{key}:\n  名称: 示例市第{key}单位\n  类型: 事业单位\n" for key in range(40))
    root.joinpath("organs.yml").write_text(organs, encoding="utf-8")
    for index in range(number):
        id_, text = notice_yaml(index, last)
        path = root / "notices" / f"{id_}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _lack(dice: random.Random) -> str:
    return dice.choice(_THING) + dice.choice(_LACK)


def _sentences(dice: random.Random) -> str:
    parts = []
    for _ in range(dice.choice((2, 3, 3, 4))):
        did = dice.choice(_DID).format(thing=dice.choice(_THING), n=dice.randrange(2, 90), m=dice.randrange(1, 9))
        parts.append(f"{dice.choice(_WHO)}{did}")
    return "，".join(parts) + "。"


def _long(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
