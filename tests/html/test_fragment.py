"""What a fragment says: nothing that goes out of date once it lies in another site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.build.expectations import fragment_expected_of
from generator.build.load import SiteSource
from generator.build.plan import Output, SitePlan, plan_site
from generator.check import Content, check_content
from generator.html.fragment import Fragments
from generator.html.resources import theme_folder
from generator.model import notice_text
from generator.pages import BuildTime
from generator.pages.view import NoticeView
from generator.period import parse_now
from tests.support.content import NOTICE, SmallContent

PERIOD = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n"
CONTACTS = "联系方式:\n  - 电话: 0000-2195262\n    时间: 工作日9:00--17:00\n  - 通信地址: 示例县滨河街1号\n"
EXTENDED = "延期:\n  - 日期: 2025-12-10\n    至: 2025-12-31\n    说明: 电话故障。\n"
WITHDRAWN = "撤回:\n  日期: 2025-12-05\n  说明: 漏了一节。\n  类型: {}\n"
INVITATION = "有意见建议，请告诉我们："


def content_of(root: Path) -> Content:
    content = check_content(root / "content").content
    assert content is not None
    return content


def planned(content: Content, day: str) -> tuple[SitePlan, Output]:
    """Plan the site at the end of a day; return the plan, and what it makes of the only notice."""
    plan = plan_site(SiteSource(content, BuildTime(parse_now(day), pinned=False)), "")
    (output,) = (output for output in plan.outputs if output.name == "notices/2025/yi")
    return plan, output


def fragment(content: Content, day: str) -> str:
    """Return the fragment of the site's only notice at the end of a day, "" where there is none."""
    plan, output = planned(content, day)
    page, files = next(iter(output.contents()))
    assert page is not None
    if fragment_expected_of(page, files, plan.frame) is None:
        return ""
    assert isinstance(page.view, NoticeView)
    return Fragments(theme_folder(), plan.frame).make(page, page.view)


def shown(html: str) -> str:
    """Return what a reader sees of a fragment, one element a line."""
    body = LexborHTMLParser(html).body
    assert body is not None
    return "\n".join(line for line in body.text(separator="").split("\n") if line)


def test_it_says_the_same_as_long_as_the_period_lasts(small_content: SmallContent) -> None:
    """On the first day, in between and on the last, and before: the same bytes, with the period and the contacts."""
    content = content_of(
        small_content({"notices/2025/yi.yml": f"{NOTICE}{PERIOD}{CONTACTS}".replace("09:00", "00:00")})
    )
    made = {fragment(content, day) for day in ("2025-11-21", "2025-11-28", "2025-12-12")}
    assert len(made) == 1
    words = shown(made.pop())
    assert "公开期限：2025年11月21日至2025年12月12日（含当天）" in words
    assert f"公开期限内，{INVITATION}" in words
    assert "打电话 0000-2195262，工作日 9:00 至 17:00" in words
    assert "写信 示例县滨河街1号" in words
    assert "还剩" not in words


def test_it_invites_before_the_period_and_not_after_it(small_content: SmallContent) -> None:
    early = NOTICE.replace("2025-11-21 09:00", "2025-11-19 09:00")
    content = content_of(small_content({"notices/2025/yi.yml": f"{early}{PERIOD}{CONTACTS}"}))
    assert f"公开期限内，{INVITATION}" in shown(fragment(content, "2025-11-20"))
    over = shown(fragment(content, "2025-12-13"))
    assert INVITATION not in over
    assert "0000-2195262" not in over
    assert "公开期限：2025年11月21日至2025年12月12日（含当天）" in over


def test_without_a_period_it_invites_without_naming_one(small_content: SmallContent) -> None:
    words = shown(fragment(content_of(small_content({"notices/2025/yi.yml": NOTICE + CONTACTS})), "2025-12-01"))
    assert f"\n{INVITATION}\n" in words
    assert "公开期限" not in words


def test_an_extension_is_told_with_its_reason(small_content: SmallContent) -> None:
    content = content_of(small_content({"notices/2025/yi.yml": f"{NOTICE}{PERIOD}{CONTACTS}{EXTENDED}"}))
    words = shown(fragment(content, "2025-12-11"))
    assert "公开期限：2025年11月21日至2025年12月31日（含当天）" in words
    assert re.search("延期：.*12月12日.*12月31日.*电话故障。", words)


def test_a_withdrawn_notice_says_so_and_why_and_keeps_its_text(small_content: SmallContent) -> None:
    given = f"{NOTICE}{PERIOD}{CONTACTS}{WITHDRAWN.format('撤回')}"
    words = shown(fragment(content_of(small_content({"notices/2025/yi.yml": given})), "2025-12-06"))
    assert "这份通报已于2025年12月5日撤回。\n原因：漏了一节。" in words
    assert "已经召开会议三次。" in words
    assert INVITATION not in words


def test_there_is_none_where_the_text_is_removed(small_content: SmallContent) -> None:
    """Published in error, or taken down after closing: no fragment, and none is promised."""
    given = f"{NOTICE}{PERIOD}{CONTACTS}"
    in_error = small_content({"notices/2025/yi.yml": given + WITHDRAWN.format("误发")}, name="error")
    assert fragment(content_of(in_error), "2025-12-01") == ""
    site = "网站名称: 示例县巡察整改公开\n期满: 撤下正文\n"
    taken_down = content_of(small_content({"notices/2025/yi.yml": given, "site.yml": site}, name="down"))
    assert fragment(taken_down, "2025-12-12") != ""
    assert fragment(taken_down, "2025-12-13") == ""


@pytest.mark.parametrize("address", ["https://www.example.com/gk/", ""])
def test_links_are_absolute_or_absent(small_content: SmallContent, address: str) -> None:
    """Its permanent address and its attachments are links where the site's address is known; nothing else is."""
    site = "网站名称: 示例县巡察整改公开\n" + f"网址: {address}\n" * bool(address)
    files: dict[str, str | bytes] = {
        "site.yml": site,
        "notices/2025/yi.yml": f"{NOTICE}附件:\n  - 文件: 台账.pdf\n    标题: 整改台账\n",
        "notices/2025/yi/台账.pdf": b"%PDF-1.4\n",
    }
    html = fragment(content_of(small_content(files)), "2025-12-01")
    links = [node.attributes["href"] for node in LexborHTMLParser(html).css("a")]
    here = f"{address}notices/2025/yi/"
    assert links == ([f"{here}%E5%8F%B0%E8%B4%A6.pdf", here] if address else [])
    assert "整改台账（PDF）" in shown(html)
    assert ("固定网址" in shown(html)) is bool(address)


def test_it_holds_the_fingerprint_and_one_element_to_copy(small_content: SmallContent) -> None:
    """Between the two comments there is one element; it has no class, no id, and every element a style of its own."""
    content = content_of(small_content())
    html = fragment(content, "2025-12-01")
    files = {file.path: file.data for _, beside in planned(content, "2025-12-01")[1].contents() for file in beside}
    copied = html.partition("<!-- 从这里开始复制 -->\n")[2].partition("\n<!-- 复制到这里为止 -->")[0]
    assert copied.startswith("<div ")
    assert copied.endswith("</div>")
    body = LexborHTMLParser(html).body
    assert body is not None
    (root,) = (node for node in body.iter() if node.is_element_node)
    nodes = [node for node in root.traverse() if node.is_element_node]
    assert len(nodes) > 15
    assert all(set(node.attributes) - {"data-verbatim", "href"} == {"style"} for node in nodes)
    assert all(node.attributes["style"] for node in nodes)
    assert re.search(r"指纹（SHA-256）：[0-9a-f]{64}\b", shown(html))
    verbatim = "".join(node.text() for node in body.css("[data-verbatim]"))
    (entry,) = content.entries
    assert (
        verbatim
        == notice_text(entry.notice).replace("\n", "")
        == files["notices/2025/yi/notice.txt"].decode().replace("\n", "")
    )
