"""What a page tells chats, search engines and home screens about itself."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from generator.check import Content
from tests.support.building import make_site
from tests.support.content import NOTICE, SmallContent

ADDRESS = "https://www.example.com/xcgk/"
MARKED = "中共示例县办公室党组关于巡察整改情况的通报"
HOSTILE = "甲\"'><script>alert(1)</script><!-- &lt;乙&amp;"


@dataclass(frozen=True, slots=True)
class Head:
    """A page's head: `meta` by name or property, `links` as attributes, `order` of its scripts and style sheets."""

    address: str
    title: str
    meta: dict[str, str]
    links: tuple[dict[str, str], ...]
    order: tuple[str, ...]

    def link(self, relation: str) -> list[dict[str, str]]:
        """Return the links of one kind."""
        return [link for link in self.links if link["rel"] == relation]


def read_head(site: Path, path: str) -> Head:
    """Read a page's head as a browser does; a property that is told twice fails."""
    tree = LexborHTMLParser(site.joinpath(path).read_text(encoding="utf-8"))
    told = [{name: value or "" for name, value in node.attributes.items()} for node in tree.css("head meta")]
    pairs = [
        (meta.get("property") or meta["name"], meta["content"]) for meta in told if meta.keys() & {"name", "property"}
    ]
    assert len({name for name, _ in pairs} - {"theme-color"}) == len(
        [name for name, _ in pairs if name != "theme-color"]
    )
    links = ({name: value or "" for name, value in node.attributes.items()} for node in tree.css("head link"))
    title = tree.css_first("title")
    assert title is not None
    return Head(
        address=path.removesuffix("index.html"),
        title=title.text(),
        meta=dict(pairs),
        links=tuple(links),
        order=tuple(
            node.tag or "" for node in tree.css("head script:not([defer]):not([async]), head link[rel=stylesheet]")
        ),
    )


@pytest.fixture(scope="module")
def heads(demo: Path) -> dict[str, Head]:
    """Return the heads of all pages of the demo but the one for missing addresses, by address."""
    paths = sorted(path.relative_to(demo).as_posix() for path in demo.rglob("index.html"))
    return {head.address: head for head in (read_head(demo, path) for path in paths)}


def test_every_page_fills_a_card(heads: dict[str, Head]) -> None:
    """A chat shows a page's own title, description and address beside the site's name; a notice is an article."""
    assert len(heads) > 20
    for address, head in heads.items():
        meta = head.meta
        assert head.title in {meta["og:title"], f"{meta['og:title']}_{meta['og:site_name']}"}
        assert meta["og:description"] == meta["description"]
        assert meta["og:site_name"] == meta["SiteName"]
        assert meta["og:locale"] == "zh_CN"
        is_notice = address.startswith("notices/")
        assert meta["og:type"] == ("article" if is_notice else "website")
        assert meta.get("article:published_time") == (meta["PubDate"][:10] if is_notice else None)


def test_absolute_addresses_lead_to_files_of_the_site(heads: dict[str, Head], demo: Path) -> None:
    """A page's address is the same everywhere and its own; the picture's is that of a file, with its true size."""
    for address, head in heads.items():
        (canonical,) = head.link("canonical")
        assert canonical["href"] == head.meta["og:url"] == f"{ADDRESS}{address}"
        picture = demo / head.meta["og:image"].removeprefix(ADDRESS)
        with Image.open(picture) as opened:
            size = opened.size
        assert size == (int(head.meta["og:image:width"]), int(head.meta["og:image:height"]))
        assert head.meta["og:image:alt"]


def test_icons_resolve_and_have_the_sizes_that_are_told(heads: dict[str, Head], demo: Path) -> None:
    """From every page, below any path; browsers choose by the sizes in the markup."""
    for address, head in {**heads, "404.html": read_head(demo, "404.html")}.items():
        icon, drawing = head.link("icon")
        (touch,) = head.link("apple-touch-icon")
        places = [_place(link["href"], address) for link in (icon, drawing, touch)]
        assert places == ["assets/favicon.ico", "assets/mark.svg", "assets/touch-icon.png"]
        assert (icon["sizes"], drawing["sizes"], drawing["type"]) == ("16x16 32x32 48x48", "any", "image/svg+xml")
    with Image.open(demo / "assets" / "favicon.ico") as opened:
        assert opened.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert (demo / "assets" / "mark.svg").is_file()


def test_the_touch_icon_is_square_and_opaque(demo: Path) -> None:
    """Phones round its corners themselves, and paint what is transparent black."""
    with Image.open(demo / "assets" / "touch-icon.png") as opened:
        assert (opened.size, opened.has_transparency_data) == ((180, 180), False)


def test_the_picture_of_a_card_is_small_and_stands_in_the_middle(demo: Path) -> None:
    """Chats load it on a phone's data, and WeChat cuts a square out of the middle."""
    picture = demo / "assets" / "share.png"
    assert picture.stat().st_size < 15_000
    with Image.open(picture) as opened:
        shades = opened.convert("L")
    width, height = shades.size
    background = shades.getpixel((0, 0))
    box = shades.point([0 if shade == background else 255 for shade in range(256)]).getbbox()
    assert box is not None
    assert (width - height) / 2 < box[0] < box[2] < (width + height) / 2


def test_the_page_for_missing_addresses_fills_no_card(demo: Path) -> None:
    """It has no address of its own and is not to be found."""
    head = read_head(demo, "404.html")
    assert head.meta["robots"] == "noindex"
    assert not [name for name in head.meta if name.startswith(("og:", "article:"))]
    assert head.link("canonical") == []


def test_a_site_without_address_tells_nothing_absolute(small_content: SmallContent, tmp_path: Path) -> None:
    """Relative addresses mean nothing to a chat; the words are told all the same."""
    head = _built(small_content({"site.yml": "网站名称: 示例县公开\n"}), tmp_path)
    assert head.link("canonical") == []
    assert not {"og:url", "og:image", "og:image:width", "og:image:height", "og:image:alt"} & head.meta.keys()
    assert (head.meta["og:title"], head.meta["og:site_name"]) == (MARKED, "示例县公开")


def test_texts_stay_texts(small_content: SmallContent, tmp_path: Path) -> None:
    """Whatever stands in a title or a name stays within the attribute that holds it."""
    files = {
        "notices/2025/yi.yml": NOTICE.replace(MARKED, f"|-\n  {HOSTILE}"),
        "organs.yml": f"bangongshi:\n  名称: |-\n    {HOSTILE}\n  类型: 机关\n",
        "site.yml": f"网站名称: |-\n  {HOSTILE}\n网址: https://www.example.com/gk/\n",
    }
    head = _built(small_content(files), tmp_path)
    assert (head.meta["og:title"], head.meta["og:site_name"]) == (HOSTILE, HOSTILE)
    assert HOSTILE in head.meta["og:description"]
    assert head.order == ("script", "link")


def test_a_notice_published_in_error_keeps_its_title_to_itself(heads: dict[str, Head], demo_content: Content) -> None:
    """Its title may be what should not have been public: no card of the site shows it."""
    (entry,) = (entry for entry in demo_content.entries if entry.notice.text_removed)
    told = [
        head.title + "".join(head.meta.values()) for head in heads.values() if head.address == entry.summary.address
    ]
    assert len(told) == 1
    assert entry.notice.title not in told[0]


def test_the_script_comes_before_the_style_sheet(heads: dict[str, Head], demo: Path) -> None:
    """What a reader chose before, as large type, must hold before anything is painted; so no defer either."""
    for head in (*heads.values(), read_head(demo, "404.html")):
        assert head.order == ("script", "link")


def _built(root: Path, tmp_path: Path) -> Head:
    make_site(root, tmp_path / "site", "2025-12-01")
    return read_head(tmp_path / "site", "notices/2025/yi/index.html")


def _place(href: str, address: str) -> str:
    """Return the path in the site to which a page's link leads; the one for missing addresses links from the root."""
    if href.startswith("/"):
        return unquote(href).removeprefix("/xcgk/")
    return posixpath.normpath(posixpath.join(address, unquote(href)))
