"""巡视 and 巡察 are different in law: a site says of its notices what they say of themselves."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.building import make_site
from tests.support.content import NOTICE, SmallContent

SITE = {"site.yml": "网站名称: 示例县整改公开\n", "about.md": "# 关于本站\n\n这里公开整改情况的通报。\n"}
FIELDS = "巡察:\n  巡察组:\n    - 省委第二巡视组\n  反馈: 2025-07-08\n"
BODY = "正文:\n  段落:\n    - 省委第二巡视组对示例县办公室开展了巡视。\n"
FROM_ABOVE = NOTICE.replace("关于巡察整改", "关于省委巡视整改").replace("正文:\n", FIELDS + BODY)
UNNAMED = NOTICE.replace("关于巡察整改", "关于整改")


def _built(root: Path, *parts: str) -> Path:
    make_site(root, root.joinpath("site", *parts), "2025-12-01")
    return root.joinpath("site", *parts)


def _pages(site: Path) -> dict[str, str]:
    kinds = {".html", ".md", ".json", ".txt", ".xml", ".svg", ".js", ".css"}
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.suffix in kinds}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items()}


def test_a_site_of_the_other_kind_says_nothing_of_this_one(small_content: SmallContent) -> None:
    """No page, script or data file says 巡察 where the notices speak of 巡视 alone."""
    site = _built(small_content({**SITE, "notices/2025/yi.yml": FROM_ABOVE}))
    pages = _pages(site)
    assert [name for name, words in pages.items() if "巡察" in words] == []
    page, home = pages["notices/2025/yi/index.html"], pages["index.html"]
    assert "公开的巡视整改通报。" in page
    assert "省委第二巡视组巡视了示例县办公室。2025年7月8日反馈巡视意见。" in page
    assert "<h1>单位被巡视以后，改得怎么样</h1>" in home
    assert "正在公开的巡视整改通报" in home
    assert "首页,巡视整改,公开" in home


def test_a_site_of_both_kinds_calls_the_whole_by_neither(small_content: SmallContent) -> None:
    """Each notice keeps its own word; home, lists and search have none but those of titles."""
    for name, second in (("both", FROM_ABOVE), ("unnamed", UNNAMED)):
        files = {**SITE, "notices/2025/er.yml": second}
        pages = _pages(_built(small_content(files, name)))
        titles = ("关于巡察整改情况的通报", "关于省委巡视整改情况的通报")
        for path in ("index.html", "archive/index.html", "search/index.html", "organs/bangongshi/index.html"):
            words = re.sub("<wbr>|</?span[^>]{0,80}>", "", pages[path])
            for title in titles:
                words = words.replace(title, "")
            assert [kind for kind in ("巡察", "巡视") if kind in words] == [], (name, path)
        assert "<h1>查出的问题，改得怎么样</h1>" in pages["index.html"]
        assert "公开的巡察整改通报。" in pages["notices/2025/yi/index.html"]
        other = "公开的巡视整改通报。" if second is FROM_ABOVE else "公开的整改通报。"
        assert other in pages["notices/2025/er/index.html"]


def test_a_site_of_one_kind_names_it(small_content: SmallContent) -> None:
    home = _pages(_built(small_content(SITE)))["index.html"]
    assert "<h1>单位被巡察以后，改得怎么样</h1>" in home
    assert "正在公开的巡察整改通报" in home
