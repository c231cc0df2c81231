"""A site with a face of its office's own: a title, a sentence, a colour, a mark."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.build.test_head import read_head
from tests.support.building import make_site
from tests.support.content import NOTICE
from tests.support.incremental import contents
from tests.support.marks import drawn

PLAIN = "网站名称: 示例县公开\n网址: https://www.example.com/gk/\n"
TITLE, LEAD = "改得怎么样，请您来看", "县里各单位的整改，都在这里公开。"
FACE = f"首页标题: {TITLE}\n导语: {LEAD}\n主色: '#7A1E1E'\n标志: logo.png\n"
MARK = drawn(200, 200)
PAGES = ("index.html", "archive/index.html", "notices/2025/yi/index.html", "404.html")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build one content without and with a face."""
    made = {}
    for name, settings in (("plain", PLAIN), ("own", PLAIN + FACE)):
        root = tmp_path_factory.mktemp(name)
        (root / "content/notices/2025").mkdir(parents=True)
        (root / "content/site.yml").write_text(settings, encoding="utf-8")
        (root / "content/organs.yml").write_text("bangongshi:\n  名称: 示例县办公室\n", encoding="utf-8")
        (root / "content/notices/2025/yi.yml").write_text(NOTICE, encoding="utf-8")
        (root / "content/logo.png").write_bytes(MARK)
        made[name] = root / "site"
        make_site(root, made[name], "2025-12-01")
    return made


def _page(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(site.joinpath(path).read_text(encoding="utf-8"))


def test_the_home_page_says_what_the_office_wrote(sites: dict[str, Path]) -> None:
    """Its heading and the sentence below it; without them the program's own."""
    words = {
        name: [node.text() for node in _page(site, "index.html").css("h1, h1 + .gk-lead")]
        for name, site in sites.items()
    }
    assert words["own"] == [TITLE, LEAD]
    assert read_head(sites["own"], "index.html").meta["description"] == LEAD
    assert len(words["plain"]) == 2
    assert not {TITLE, LEAD} & {*words["plain"]}


def test_every_page_has_the_colour_and_the_mark(sites: dict[str, Path]) -> None:
    """In a style sheet and a picture of the site itself; the name beside the mark says all that there is to hear."""
    assert sites["own"].joinpath("assets/own-mark.png").read_bytes() == MARK
    assert "--lead: #7a1e1e;" in sites["own"].joinpath("assets/own.css").read_text("utf-8")
    for path in PAGES:
        page, head = _page(sites["own"], path), read_head(sites["own"], path)
        assert [link["href"].rpartition("/")[2] for link in head.link("stylesheet")] == ["gongkai.css", "own.css"]
        assert [link["href"].rpartition("/")[2] for link in head.link("icon")] == ["own-mark.png"]
        assert [link["href"].rpartition("/")[2] for link in head.link("apple-touch-icon")] == ["own-mark.png"]
        assert [node.attributes.get("alt") for node in page.css(".gk-brand img")] == [""]
        assert [node.text() for node in page.css(".gk-brand")] == ["示例县公开"]
        if path != "404.html":
            assert head.meta["og:image"] == "https://www.example.com/gk/assets/own-mark.png"
            assert head.meta["og:image:width"] == head.meta["og:image:height"] == "200"
            assert head.meta["og:image:alt"] == "示例县公开的标志"
        bands = [node.attributes.get("content") for node in page.css("meta[name=theme-color]")]
        assert bands[0] == "#7a1e1e"
        assert bands[1] != "#12242d"
    fragment = sites["own"].joinpath("notices/2025/yi/fragment.html").read_text("utf-8")
    assert "#7a1e1e" in fragment
    assert "#174a61" not in fragment


def test_a_picture_that_nothing_names_is_in_no_site(sites: dict[str, Path]) -> None:
    """Nor is anything else of a face where an office gives none."""
    files = contents(sites["plain"])
    assert not [path for path in files if "own" in path.rpartition("/")[2] or path.endswith("logo.png")]
    for path in PAGES:
        assert _page(sites["plain"], path).css(".gk-brand img, link[href*=own]") == []
    assert "#174a61" in sites["plain"].joinpath("notices/2025/yi/fragment.html").read_text("utf-8")
