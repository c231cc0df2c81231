"""What `pages` writes is built by stock engines, holds every text whole, and lets no text act."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.build.export import export
from generator.build.load import SiteSource
from generator.check import Content, check_content
from generator.model import units
from generator.pages import choose_build_time
from generator.period import SHANGHAI, parse_now
from tests.support.building import make_site
from tests.support.hostile import ALL, write_site
from tests.support.program import ROOT, environment

NOW = parse_now("2025-12-01").astimezone(SHANGHAI)
ENGINES = {"mkdocs": ("mkdocs", "build", "--quiet", "--strict"), "zensical": ("zensical", "build", "--strict")}
# Elements of typography, by the first of their classes.
_SET = {"gk-bound", "gk-long", "gk-longish", "gk-longest"}


def build_export(content: Content, root: Path, engine: str) -> Path:
    """Export and build with a stock engine; return the finished site."""
    if importlib.util.find_spec(engine) is None:
        pytest.skip(f"没有安装 {engine}")
    export(SiteSource(content, choose_build_time(None, content.site, NOW)), root)
    run = subprocess.run(
        [sys.executable, "-m", *ENGINES[engine]],
        cwd=root,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return root / "site"


def checked(folder: Path) -> Content:
    content = check_content(folder).content
    assert content is not None
    assert content.broken == ()
    return content


def dense(text: str) -> str:
    """Return a text without blanks: engines may break lines where they like."""
    return "".join(text.split())


def article(page: Path) -> str:
    """Return the text of a page's article."""
    node = LexborHTMLParser(page.read_text("utf-8")).css_first("article")
    assert node is not None
    return node.text()


@pytest.mark.parametrize("engine", ENGINES)
def test_stock_engines_build_the_whole_demo(engine: str, demo_content: Content, tmp_path: Path) -> None:
    """Every notice of the demo stands in the engine's page, whole and in order."""
    site = build_export(demo_content, tmp_path, engine)
    compared = 0
    for entry in demo_content.entries:
        if entry.summary.publishes_at > NOW:
            assert not (site / entry.summary.address).exists()
            continue
        text = dense(article(site / entry.summary.address / "index.html"))
        assert dense(entry.summary.title) in text
        place = text.find("通报全文")
        for unit in () if entry.notice.text_removed else units(entry.notice)[1:]:
            for cell in unit.cells:
                found = text.find(dense(cell), place)
                assert found >= 0, (entry.summary.id, cell)
                place = found + len(dense(cell))
                compared += 1
    assert compared > 150


def test_every_link_of_the_export_leads_to_a_page(demo_content: Content, tmp_path: Path) -> None:
    """Links between the pages that stock Material makes of an export resolve."""
    site = build_export(demo_content, tmp_path, "mkdocs")
    links = 0
    for page in site.rglob("index.html"):
        for node in LexborHTMLParser(page.read_text("utf-8")).css("article a[href]"):
            address = unquote((node.attributes["href"] or "").partition("#")[0])
            if "://" in address or address.startswith(("mailto:", "tel:")):
                continue
            target = (page.parent / address).resolve()
            assert (target / "index.html").is_file() or target.is_file(), (page, address)
            links += 1
    assert links > 60


def elements(page: Path) -> Counter[str]:
    """Count the elements of a page, and their attributes but for values, by name; what only sets a text is left out."""
    root = LexborHTMLParser(page.read_text("utf-8")).root
    assert root is not None
    names: Counter[str] = Counter()
    for node in root.traverse():
        if node.tag == "wbr" or (node.attributes.get("class") or "").split(" ")[0] in _SET:
            continue
        names[node.tag or ""] += 1
        names.update(f"{node.tag}[{name}]" for name in node.attributes)
    return names


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("hostile"), ALL)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the same site with harmless texts."""
    return write_site(tmp_path_factory.mktemp("harmless"), [f"甲乙{number}号" for number in range(len(ALL))])


def assert_nothing_acts(bad: Path, good: Path) -> None:
    """Compare the pages of two sites: hostile texts make the elements that harmless ones make, and no others."""
    pages = {path.relative_to(good) for path in good.rglob("*.html")}
    assert {path.relative_to(bad) for path in bad.rglob("*.html")} == pages
    for page in sorted(pages):
        assert elements(bad / page) == elements(good / page), page


def test_no_text_acts_in_stock_material(hostile: Path, harmless: Path, tmp_path: Path) -> None:
    """Hostile paragraphs, titles, names and contacts stand verbatim in stock Material's pages and make no element."""
    bad = build_export(checked(hostile / "content"), tmp_path / "bad", "mkdocs")
    good = build_export(checked(harmless / "content"), tmp_path / "good", "mkdocs")
    assert_nothing_acts(bad, good)
    whole = article(bad / "notices" / "2025" / "all" / "index.html")
    organs = article(bad / "organs" / "index.html")
    home = article(bad / "index.html")
    for number, text in enumerate(ALL):
        # Paragraph, labelled paragraph, two cells, heading, measure, closing, signature, contact, correction, outcome.
        assert whole.count(text) >= 11, text
        title = LexborHTMLParser((bad / f"notices/2025/n{number}/index.html").read_text("utf-8")).css_first(
            "article h1"
        )
        assert title is not None
        assert title.text() == text
        assert text in organs
        assert text in article(bad / f"organs/o{number}/index.html")
    assert ALL[0] in home


def test_no_text_acts_in_our_own_pages(hostile: Path, harmless: Path, tmp_path: Path) -> None:
    """The same for the site itself, whose audit proves each verbatim text besides."""
    sites = []
    for root in (hostile, harmless):
        out = tmp_path / root.name
        make_site(root, out, "2025-12-01")
        sites.append(out)
    assert_nothing_acts(*sites)
    whole = LexborHTMLParser((sites[0] / "notices/2025/all/index.html").read_text("utf-8")).css_first("body")
    assert whole is not None
    for number, text in enumerate(ALL):
        assert whole.text().count(text) >= 11, text
        page = LexborHTMLParser((sites[0] / f"organs/o{number}/index.html").read_text("utf-8"))
        heading = page.css_first("h1")
        assert heading is not None
        assert heading.text() == text


def test_a_nothing_site_is_exported_too(tmp_path: Path) -> None:
    """A site without notices has pages as well."""
    root = tmp_path / "content"
    root.mkdir()
    shutil.copy(ROOT / "content" / "site.yml", root)
    shutil.copy(ROOT / "content" / "organs.yml", root)
    site = build_export(checked(root), tmp_path / "out", "mkdocs")
    assert "没有正在公开的通报" in article(site / "index.html")
