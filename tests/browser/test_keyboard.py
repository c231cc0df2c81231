"""A notice's page by keyboard alone: where Tab leads, that focus is seen, that folds and links work."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser.focus import walk
from tests.support.browser.nginx import Serve
from tests.support.browser.page_kinds import KINDS
from tests.support.browser.watch import Watch, watching

PHONE = {"width": 360, "height": 740}
# What has focus after each Tab, from the top of the page to its end, as a screen reader names it.
STOPS = {
    "open-with-progress": """\
        链接 跳到正文
        链接 示例市巡察整改公开
        链接 搜索
        链接 全部通报
        复选框 大字
        复选框 高对比度
        链接 首页
        链接 2025年
        按钮 打印
        链接 看全文
        链接 市人民医院
        链接 打电话 0000-2000201
        链接 打电话 0000-2000202
        按钮 复制地址
        链接 hospital@example.com
        链接 一、整改工作总体情况
        链接 （一）加强组织领导，压实整改责任
        链接 （二）细化整改措施，实行清单管理
        链接 （三）健全规章制度，巩固整改成果
        链接 二、反馈问题整改情况
        折叠 （一）群众就医不够方便，服务流程不够合理 5 个问题
        折叠 （二）医疗质量管理不严，核心制度执行有差距 4 个问题
        折叠 （三）药品耗材采购不规范，廉洁风险防控不到位 5 个问题
        折叠 （四）财务和资产管理存在漏洞，内部控制不健全 4 个问题
        折叠 （五）人才队伍建设滞后，激励约束作用发挥不够 4 个问题
        折叠 （六）安全责任压得不实，隐患排查不彻底 4 个问题
        折叠 （七）基层党组织建设有短板，党员教育管理不严 4 个问题
        链接 三、下一步工作安排
        链接 （一）抓紧完成剩余任务
        链接 （二）防止已改问题反弹
        链接 （三）听取患者和职工意见
        折叠 把这些数字列成表
        区域 表格1：（二）细化整改措施，实行清单管理。
        链接 回到页首
        链接 回到页首
        链接 回到页首
        链接 回到页首
        链接 整改台账（示例） PDF
        按钮 复制网址
        链接 纯文字 只有通报全文
        链接 Markdown 带标题层次的全文
        链接 数据 供程序读取，指纹按它计算
        链接 可粘贴的网页 贴进别的网站用，打开后全选、复制
        链接 回到页首
        链接 搜索
        链接 首页
        链接 全部通报
        链接 单位
        链接 关于本站
        链接 无障碍说明
        链接 0000-2000000
        链接 示ICP备00000000号
        """,
    "closed-with-outcome": """\
        链接 跳到正文
        链接 示例市巡察整改公开
        链接 搜索
        链接 全部通报
        复选框 大字
        复选框 高对比度
        链接 首页
        链接 2025年
        按钮 打印
        链接 看全文
        链接 市住建局
        链接 一、整改总体情况
        链接 二、主要问题整改情况
        折叠 （一）解决群众住房困难不够有力 2 个问题
        折叠 （二）工程监管存在宽松软现象 2 个问题
        折叠 （三）机关作风建设抓得不实 1 个问题
        链接 三、持续整改打算
        折叠 把这些数字列成表
        链接 回到页首
        按钮 复制网址
        链接 纯文字 只有通报全文
        链接 Markdown 带标题层次的全文
        链接 数据 供程序读取，指纹按它计算
        链接 可粘贴的网页 贴进别的网站用，打开后全选、复制
        链接 回到页首
        链接 搜索
        链接 首页
        链接 全部通报
        链接 单位
        链接 关于本站
        链接 无障碍说明
        链接 0000-2000000
        链接 示ICP备00000000号
        """,
}


@pytest.fixture(scope="module")
def watch(browser: Browser, serve: Serve, demo: Path) -> Iterator[Watch]:
    with watching(browser, serve({"/xcgk/": demo}), viewport=PHONE) as opened:
        yield opened
    assert opened.complaints == []


@pytest.mark.parametrize("kind", STOPS)
def test_tab_leads_through_the_page_from_top_to_bottom(watch: Watch, kind: str) -> None:
    """Every stop is as written down; each is in the window, uncovered, seen to have focus, and below the one before."""
    stops = walk(watch.visit(f"/xcgk/{KINDS[kind]}"))
    assert [stop.spoken for stop in stops] == [line.strip() for line in STOPS[kind].splitlines() if line.strip()]
    assert [(stop.spoken, *stop.faults) for stop in stops if stop.faults] == []
    # The first stands above the page until it has focus.
    assert [(one.spoken, other.spoken) for one, other in pairwise(stops[1:]) if not other.follows(one)] == []


def test_the_first_stop_leads_past_the_header(watch: Watch) -> None:
    """Out of sight until it has focus; then Enter leads to the content, and Tab to the first link there."""
    page = watch.visit(f"/xcgk/{KINDS['open']}")
    skip = page.get_by_role("link", name="跳到正文")

    def height() -> float:
        bottom: float = skip.evaluate("link => link.getBoundingClientRect().bottom")
        return bottom

    assert height() < 0
    page.keyboard.press("Tab")
    assert height() > 44
    page.keyboard.press("Enter")
    assert page.evaluate("[location.hash, document.activeElement.id]") == ["#main", "main"]
    assert height() < 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('#main a')")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_folds_open_by_key_and_lead_on(watch: Watch, key: str) -> None:
    """A fold opens and closes; from it Tab leads to its findings, and from a finding on into the text."""
    page = watch.visit(f"/xcgk/{KINDS['open-with-progress']}")
    fold = page.locator(".gk-toc details").first
    fold.locator("summary").focus()
    for opened in (True, False, True):
        page.keyboard.press(key)
        assert fold.evaluate("details => details.open") == opened
    page.keyboard.press("Tab")
    anchor = page.evaluate("document.activeElement.hash")
    assert anchor == fold.locator("a").first.evaluate("link => link.hash")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == anchor
    assert page.locator(anchor).evaluate("heading => heading.getBoundingClientRect().top") >= 0
    page.keyboard.press("Tab")
    order = "document.querySelector(location.hash).compareDocumentPosition(document.activeElement)"
    assert page.evaluate(order) == page.evaluate("Node.DOCUMENT_POSITION_FOLLOWING")
