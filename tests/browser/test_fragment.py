"""A fragment in a real browser: by itself, pasted into other sites, and with hostile texts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.check import Content
from generator.html.markup import read_markup
from generator.model import notice_text
from tests.support.browser.foreign_sites import FAULTS, SHEETS, foreign_page
from tests.support.browser.hostile import STRINGS, stand_in, with_hostile
from tests.support.browser.hostile_content import TODAY, write_hostile
from tests.support.browser.watch import VERBATIM, Watch, watching
from tests.support.building import make_site
from tests.support.program import ROOT

REMOVED = "2025/shili-school-draft"
IDS = sorted(
    path.relative_to(ROOT / "content" / "notices").as_posix().removesuffix(".yml")
    for path in (ROOT / "content" / "notices").glob("*/*.yml")
    if not path.as_posix().endswith(f"{REMOVED}.yml")
)
LONG = "2025/shili-hospital"
WIDTHS = (360, 1000)
# What parts lines and cells in the bare text.
BETWEEN = str.maketrans("", "", "\n\t")
_FINGERPRINT = re.compile("[0-9a-f]{64}")
_CONTENT = """\
html => JSON.stringify([...(html ? new DOMParser().parseFromString(html, "text/html") : document).querySelectorAll("*")]
  .map(element => [
    element.localName,
    [...element.attributes].filter(({ value }) => !value.startsWith("tel:")).map(({ name, value }) => [name, value]),
    [...element.childNodes].filter(node => node.nodeType !== Node.ELEMENT_NODE).map(node => [node.nodeType, node.data]),
  ]))
"""


@pytest.fixture(scope="module")
def watch(browser: Browser) -> Iterator[Watch]:
    """Open a page in which files are shown without a server."""
    with watching(browser, "file:") as opened:
        yield opened


def show(watch: Watch, path: Path) -> Page:
    watch.requests = 0
    watch.page.goto(path.as_uri(), wait_until="load")
    return watch.page


def fragment_of(site: Path, id_: str) -> Path:
    return site / "notices" / id_ / "fragment.html"


def copied(site: Path, id_: str) -> str:
    """Return what a clerk copies from the source: all between the two comments."""
    html = fragment_of(site, id_).read_text("utf-8")
    return html.partition("<!-- 从这里开始复制 -->")[2].partition("<!-- 复制到这里为止 -->")[0]


@pytest.mark.parametrize("id_", IDS)
def test_it_opens_by_itself_from_any_folder(
    watch: Watch, demo: Path, demo_content: Content, tmp_path: Path, id_: str
) -> None:
    """Nothing is asked for but the file; its verbatim elements are those of the notice's page and its bare text."""
    path = tmp_path / "别的 文件夹" / "通报 (1).html"
    path.parent.mkdir()
    shutil.copyfile(fragment_of(demo, id_), path)
    page = show(watch, path)
    assert (watch.requests, watch.complaints) == (1, [])
    verbatim: list[str] = page.evaluate(VERBATIM)
    beside = fragment_of(demo, id_).with_name("index.html").read_text("utf-8")
    assert verbatim == read_markup(beside).verbatim
    (entry,) = (entry for entry in demo_content.entries if entry.summary.id == id_)
    assert "".join(verbatim).translate(BETWEEN) == notice_text(entry.notice).translate(BETWEEN)


def test_a_removed_text_has_none(demo: Path) -> None:
    assert fragment_of(demo, REMOVED).with_name("index.html").is_file()
    assert not fragment_of(demo, REMOVED).exists()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_it_reads_well_in_another_site(watch: Watch, demo: Path, sheet: str, width: int) -> None:
    """Whatever the site does to its own text: large, airy, in contrast, in place, nothing cut off; also in print."""
    page = watch.page
    page.set_viewport_size({"width": width, "height": 900})
    for id_ in IDS:
        page.set_content(foreign_page(SHEETS[sheet], copied(demo, id_)))
        assert page.evaluate(FAULTS) == [], id_
        page.emulate_media(media="print")
        assert page.evaluate(FAULTS) == [], id_
        page.emulate_media(media="screen")
    assert watch.complaints == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_without_its_styles_it_would_not(watch: Watch, demo: Path, sheet: str, width: int) -> None:
    """Each of the sheets spoils what carries no styles of its own, so that the test above is not blind."""
    page = watch.page
    page.set_viewport_size({"width": width, "height": 900})
    page.set_content(foreign_page(SHEETS[sheet], re.sub(' style="[^"]*"', "", copied(demo, LONG))))
    faults: list[str] = page.evaluate(FAULTS)
    assert len(faults) > 50


def test_a_site_may_enlarge_it(watch: Watch, demo: Path) -> None:
    """The switch for larger letters that such sites have, a size on the box around, works on every line."""
    watch.page.set_content(foreign_page("", copied(demo, LONG)))
    sizes = (
        "[...document.querySelectorAll('.content p, .content h3, .content td')].map(x => getComputedStyle(x).fontSize)"
    )
    before = [float(size.removesuffix("px")) for size in watch.page.evaluate(sizes)]
    watch.page.evaluate("document.querySelector('.content').style.fontSize = '30px'")
    after = [float(size.removesuffix("px")) for size in watch.page.evaluate(sizes)]
    assert all(large >= 1.5 * small for large, small in zip(after, before, strict=True))


@pytest.mark.parametrize("sheet", ["old", "dark"])
def test_it_survives_the_clipboard(browser: Browser, demo: Path, tmp_path: Path, sheet: str) -> None:
    """Opened, all selected, copied, pasted into an editor of a site: every character arrives, and reads well there.

    A browser leaves out what it takes for granted, such as that a cell is a cell, so that a site which forces that
    upon all it shows has its way.
    """
    path = shutil.copyfile(fragment_of(demo, LONG), tmp_path / "fragment.html")
    with watching(browser, "file:", viewport={"width": 1000, "height": 900}) as opened:
        page = show(opened, path)
        verbatim: list[str] = page.evaluate(VERBATIM)
        page.keyboard.press("Control+A")
        page.keyboard.press("Control+C")
        page.set_content(foreign_page(SHEETS[sheet], ""))
        content = page.locator(".content")
        content.evaluate("element => { element.contentEditable = 'true'; element.focus(); }")
        page.keyboard.press("Control+V")
        content.locator("h2").wait_for()
        pasted: str = content.evaluate("element => element.textContent")
        faults: list[str] = page.evaluate(FAULTS)
        assert opened.complaints == []
    at = 0
    for piece in verbatim:
        at = pasted.index(piece, at) + len(piece)
    assert faults == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build a site of hostile texts, and its twin with plain words in their places."""
    sites = []
    for texts in (STRINGS, tuple(stand_in(number, words) for number, words in enumerate(STRINGS))):
        root = tmp_path_factory.mktemp("hostile")
        write_hostile(root, texts)
        make_site(root, root / "site", TODAY)
        sites.append(root / "site")
    return sites[0], sites[1]


def replaced(content: Any) -> Any:
    """Put hostile texts in the places of plain words, and something equal in that of fingerprints."""
    if isinstance(content, list):
        return [replaced(item) for item in content]
    return _FINGERPRINT.sub("0", with_hostile(content)) if isinstance(content, str) else content


def test_hostile_texts_stay_text(watch: Watch, hostile: tuple[Path, Path]) -> None:
    """Each text in every place: element by element and letter by letter its fragment is its twin's; nothing runs.

    However long a word is, it breaks.
    """
    watch.page.set_viewport_size({"width": WIDTHS[0], "height": 740})
    ids = [f"2025/n-{number}" for number in range(len(STRINGS))]
    for id_ in (*ids, "2025/withdrawn"):
        page = show(watch, fragment_of(hostile[0], id_))
        found = _FINGERPRINT.sub("0", page.evaluate(_CONTENT, ""))
        twin = page.evaluate(_CONTENT, fragment_of(hostile[1], id_).read_text("utf-8"))
        assert json.loads(found) == replaced(json.loads(twin)), id_
        bare = fragment_of(hostile[0], id_).with_name("notice.txt").read_text("utf-8")
        assert "".join(page.evaluate(VERBATIM)).translate(BETWEEN) == bare.translate(BETWEEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[0], id_
        assert (watch.requests, watch.complaints) == (1, []), id_
