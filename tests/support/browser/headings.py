"""Headings as notices have them, by chance, and at which of their words a browser's lines end."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import jieba3  # type: ignore[import-untyped]
from playwright.sync_api import Page

# Invented, of the length and the kind that such headings have; many of these words are on no list of ours.
_OF = (
    "党组履行全面从严治党主体责任",
    "贯彻落实上级安全生产工作会议精神",
    "执行民主集中制和“三重一大”事项集体决策制度",
    "对下属企业国有资产出租出借的监督管理",
    "供水管网老化漏损率居高不下",
    "农贸市场摊位招租和费用收缴",
    "公立医院高值耗材采购验收和使用管理",
    "推动媒体深度融合发展的办法和路子",
    "居民小区电动自行车充电棚建设",
    "城区公交线路优化调整和新能源车辆更新",
    "基层党组织标准化规范化建设",
    "对群众反映强烈的停车难停车乱问题",
    "干部选拔任用工作纪实和档案审核",
    "乡镇卫生院药品配送和短缺药品保供",
    "老旧小区改造工程招标投标和变更签证",
    "学校食堂原料采购和陪餐制度执行",
    "青年人才引进培养和职称评聘",
    "古籍文献保护修复和数字化加工",
    "防汛抢险物资储备和应急演练",
    "广告经营收入连续三年下滑",
    "公共租赁住房配租审核和动态退出",
    "物业维修基金归集使用和公开",
    "公务接待和公务用车管理",
    "机关作风建设和窗口服务质量",
    "内部审计发现问题的整改和成果运用",
    "重点项目前期手续办理",
    "意识形态工作责任制落实",
    "园林绿化养护外包考核",
)
_LACKS = (
    "不到位",
    "不够扎实",
    "存在薄弱环节",
    "流于形式",
    "缺乏长远规划和统筹安排",
    "不规范不严格",
    "推进缓慢",
    "跟不上群众需要",
    "监督检查浮于表面",
    "还有差距",
)
_FORMS = ("（{ordinal}）{one}，{other}", "{number}.{one}方面。", "{number}.关于{one}的问题", "（{ordinal}）{one}。")
_TAGS = {"part": "h3", "section": "h4", "finding": "h5"}
# For each heading the numbers of characters before each of its lines but the first.
_ENDS = """\
text => [...text.querySelectorAll("h3, h4, h5")].map(heading => {
  const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT), range = document.createRange(), ends = [];
  let at = 0, last = -Infinity;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let index = 0; index < node.data.length; index += 1, at += 1) {
      range.setStart(node, index);
      range.setEnd(node, index + 1);
      const { top, height } = range.getBoundingClientRect();
      if (at && top > last + height / 2) { ends.push(at); }
      last = Math.max(last, top);
    }
  }
  return ends;
})
"""


def headings(number: int) -> list[tuple[str, str]]:
    """Return so many pairs of a kind of heading and its text, the same ones every time."""
    dice = random.Random(number)  # noqa: S311  (reproducible, not secret)
    found = []
    for _ in range(number):
        one, other = (dice.choice(_OF) + dice.choice(_LACKS) for _ in range(2))
        text = dice.choice(_FORMS).format(
            ordinal=dice.choice("一二三四五六"), number=dice.randrange(1, 9), one=one, other=other
        )
        found.append((dice.choice([*_TAGS]), text))
    return found


def line_ends(page: Page, kinds: list[str], htmls: list[str]) -> list[list[int]]:
    """Put headings in place of the text of a notice's page, and return where the lines of each end."""
    elements = "".join(
        f'<{_TAGS[kind]} class="gk-{kind}" data-verbatim>{html}</{_TAGS[kind]}>'
        for kind, html in zip(kinds, htmls, strict=True)
    )
    page.locator(".gk-text").evaluate("(text, html) => { text.innerHTML = html; }", elements)
    found: list[list[int]] = page.locator(".gk-text").evaluate(_ENDS)
    return found


def split_words(text: str, ends: list[int]) -> list[str]:
    """Return the words of two characters at whose middle a line ends, as a dictionary knows words."""
    found, at = [], 0
    for word in _words().cut_text(text):
        found += [word] * (len(word) == 2 and at + 1 in ends)
        at += len(word)
    return found


@cache
def _words() -> Any:
    return jieba3.jieba3()
