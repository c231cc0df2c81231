"""Whoever alters a site and makes its lists anew is found out, and what was altered is named."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import make_archive, verify
from generator.build.build_note import BUILD_NOTE
from generator.build.manifest import MANIFEST, head_listings, list_of, read_lists
from generator.build.request import BuildRequest, ignore_stage
from generator.clock import clock
from tests.support.archive.forgeries import WARC, relisted, replace
from tests.support.archive.story import ARCHIVED, Story, clock_at
from tests.support.building import make_site
from tests.support.program import gongkai

ER, YI = "notices/2025/er", "notices/2025/yi"


def _add(place: str, text: str) -> Callable[[Path], object]:
    def forge(site: Path) -> None:
        (site / place).parent.mkdir(parents=True, exist_ok=True)
        (site / place).write_text(text, encoding="utf-8")

    return forge


def _append(place: str, text: str) -> Callable[[Path], object]:
    def forge(site: Path) -> None:
        with (site / place).open("a", encoding="utf-8") as opened:
            opened.write(text)

    return forge


def _swap(place: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda site: replace(site / place, old, new)


def _flip(place: str) -> Callable[[Path], object]:
    def forge(site: Path) -> None:
        data = (site / place).read_bytes()
        (site / place).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    return forge


def _other_moment(site: Path) -> None:
    """Say that the site is of another day, when more days were left."""
    note = json.loads((site / BUILD_NOTE).read_bytes())
    note["instant"] = "2025-12-02T10:00:01+08:00"
    (site / BUILD_NOTE).write_text(json.dumps(note, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


_HIDING = "\n[data-verbatim] { display: none }\n"
_PAGE = "<!doctype html><title>x</title><p>从来没有公开过的话。"
# What was altered, how, and the file that must be named.
FORGERIES: dict[str, tuple[Callable[[Path], object], str]] = {
    "another telephone": (_swap(f"{ER}/index.html", "0000-2195262", "0000-1111111"), f"{ER}/index.html"),
    "another number to call": (_swap(f"{ER}/index.html", "tel:00002195262", "tel:00001111111"), f"{ER}/index.html"),
    "another closing day": (_swap(f"{ER}/index.html", "12月19日", "12月29日"), f"{ER}/index.html"),
    "other working days": (_swap(f"{ER}/index.html", "个工作日", "0 个工作日"), f"{ER}/index.html"),
    "an added paragraph": (_swap(f"{ER}/index.html", "</article>", "<p>已经作废</p></article>"), f"{ER}/index.html"),
    "the text hidden in its page": (_swap(f"{ER}/index.html", "<article", "<article hidden"), f"{ER}/index.html"),
    "the text hidden by a style": (_append("assets/gongkai.css", _HIDING), "assets/gongkai.css"),
    "a foreign script": (
        _swap(f"{ER}/index.html", "</head>", '<script src="https://example.com/x.js"></script></head>'),
        f"{ER}/index.html",
    ),
    "another script": (_append("assets/gongkai.js", "document.body.remove();\n"), "assets/gongkai.js"),
    "a false proof": (_swap(f"{ER}/proof/index.html", "2025年11月21日", "2025年11月1日"), f"{ER}/proof/index.html"),
    "a false fragment": (_swap(f"{ER}/fragment.html", "示例县办公室", "示例县人民政府"), f"{ER}/fragment.html"),
    "a false Markdown": (_swap(f"{ER}/notice.md", "会议三次", "会议五次"), f"{ER}/notice.md"),
    "a false old version": (_swap(f"{YI}/v1/index.html", "旧版本", "现行版本"), f"{YI}/v1/index.html"),
    "a false page of a removed notice": (
        _swap("notices/2025/san/index.html", "有误。", "没有误。"),
        "notices/2025/san/index.html",
    ),
    "a false home page": (_append("index.html", "<p>本站停用</p>"), "index.html"),
    "a false list of a year": (_swap("archive/2025/index.html", "已撤回", "公开中"), "archive/2025/index.html"),
    "a false organ": (_swap("organs/bangongshi/index.html", "机关", "学校"), "organs/bangongshi/index.html"),
    "a false page of staff": (_swap("about/index.html", "这里公开通报", "这里不再公开通报"), "about/index.html"),
    "a false map of a year": (_swap("sitemap-2025.xml", "2025/er/", "2025/qi/"), "sitemap-2025.xml"),
    "a false search": (_flip("search/2025.bin"), "search/2025.bin"),
    "weaker headers": (_swap("data/headers/nginx.conf", "default-src 'none'", "default-src *"), "nginx.conf"),
    "an added page": (_add(f"{ER}/more/index.html", _PAGE), f"{ER}/more/index.html"),
    "an added notice": (_add("notices/2025/qi/index.html", _PAGE), "notices/2025/qi/index.html"),
    "an added page at the root": (_add("new/index.html", _PAGE), "new/index.html"),
    "an added attachment": (_add(f"{ER}/补充.pdf", "%PDF-1.7"), f"{ER}/补充.pdf"),
    "another attachment": (_swap(f"{YI}/台账.pdf", "two", "six"), f"{YI}/台账.pdf"),
    "other facts of the site": (_swap("data/site/v1.json", "0000-2195262", "0000-1111111"), "data/site/v1.json"),
    "the ledger deleted": (lambda site: (site / "data/ledger/000001.jsonl").unlink(), "data/ledger"),
    "the map of the site deleted": (lambda site: (site / "sitemap.xml").unlink(), "sitemap.xml"),
    "an earlier moment": (_other_moment, "index.html"),
    "a preview": (_swap(BUILD_NOTE, '"draft": false', '"draft": true'), BUILD_NOTE),
    "a false note of the build": (_swap(BUILD_NOTE, "{", '{"x": NaN, '), BUILD_NOTE),
}


@pytest.fixture
def site(story: Story, tmp_path: Path) -> Path:
    """Copy the site, to be altered."""
    return Path(shutil.copytree(story.site, tmp_path / "site"))


@pytest.mark.parametrize(("forge", "named"), FORGERIES.values(), ids=FORGERIES)
def test_a_forgery_is_found_and_named(forge: Callable[[Path], object], named: str, story: Story, site: Path) -> None:
    """The forger makes the list of files and its seal anew, which takes no key."""
    forge(site)
    relisted(site)
    flaws = verify(site, story.records, None).flaws
    assert any(flaw.partition("：")[0].endswith(named) for flaw in flaws), flaws


LIST = "data/manifest/2025.txt"


def _emptied(site: Path) -> None:
    """Leave a year's list without lines, and seal the head over it."""
    (site / LIST).write_bytes(b"")
    head = read_lists(lambda path: (site / path).read_bytes()) | {LIST: hashlib.sha256(b"").hexdigest()}
    for file in head_listings({path: of for path, of in head.items() if list_of(path) == MANIFEST}):
        (site / file.path).write_bytes(file.data)


@pytest.mark.parametrize(
    ("forge", "flaw"),
    [
        (lambda site: (site / LIST).unlink(), f"{LIST}：不见了"),
        (_append(LIST, "x"), f"{LIST}：内容变了"),
        (_emptied, f"{LIST}：被改动过"),
    ],
    ids=["deleted", "altered", "emptied"],
)
def test_where_the_list_of_a_year_cannot_be_read_it_alone_is_named(
    forge: Callable[[Path], object], flaw: str, story: Story, site: Path
) -> None:
    """Whatever else was done to that year's files; those of other lists are compared as ever."""
    FORGERIES["an added attachment"][0](site)
    FORGERIES["a false home page"][0](site)
    forge(site)
    assert sorted(verify(site, story.records, None).flaws) == [flaw, "index.html：内容变了"]


def test_all_that_was_altered_is_named_and_nothing_else(story: Story, site: Path) -> None:
    """Several forgeries in one site, told by the verb."""
    for name in ("another telephone", "a false proof", "a false fragment", "an added page", "a false home page"):
        FORGERIES[name][0](site)
    relisted(site)
    done = gongkai("verify", site, "--records", story.records)
    assert done.returncode == 1
    assert done.stdout.endswith("不一样：5 处。\n")
    # The number stands twice in the box, so that more than itself is shown.
    assert re.search("应当是“2195262.*，现在是“1111111", done.stdout)
    assert f"{ER}/more/index.html：多出来的" in done.stdout


def test_compressed_copies_beside_the_files_change_nothing(story: Story, site: Path, tmp_path: Path) -> None:
    """A host lays them there; they have no address of their own, and their bytes follow from the file."""
    for place in [*site.rglob("*.html"), *site.rglob("*.txt")]:
        place.with_name(f"{place.name}.gz").write_bytes(gzip.compress(place.read_bytes(), 6, mtime=0))
    assert verify(site, story.records, None).proven
    with clock_at(ARCHIVED) as now:
        order, out = BuildRequest(now=clock(), root=story.root), tmp_path / "bag"
        make_archive(order, "2025", out, now, site=site, key=None, previous=None, progress=ignore_stage)
    assert (out / WARC).read_bytes() == (story.bag / WARC).read_bytes()
    (site / f"{ER}/index.html.gz").write_bytes(gzip.compress(b"another page", 6, mtime=0))
    assert verify(site, story.records, None).flaws == (f"{ER}/index.html.gz：内容变了",)


def test_a_site_that_shows_a_chosen_day_is_known(story: Story, tmp_path: Path) -> None:
    """A demo, whose day is no fact of the records, and a site that was made for a day by hand."""
    root = Path(shutil.copytree(story.root, tmp_path / "office"))
    with clock_at(ARCHIVED):
        make_site(root, tmp_path / "dated", "2026-01-06", records=root / "records")
        with (root / "content/site.yml").open("a", encoding="utf-8") as opened:
            opened.write("示例日期: 2026-01-07\n")
        make_site(root, tmp_path / "demo", None, records=root / "records")
    for name in ("dated", "demo"):
        verdict = verify(tmp_path / name, root / "records", None)
        assert verdict.proven, verdict


def test_a_site_is_as_published_where_somebody_vouches_for_its_ledger(story: Story) -> None:
    """Without records from elsewhere nothing of a site is proven, and the verb says so."""
    done = gongkai("verify", story.site, "--records", story.records)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "一样，没有发现改动。")
    alone = gongkai("verify", story.site, cwd=story.site)
    assert alone.returncode == 0
    assert "没有发现改动，但是下面这些没有人担保：" in alone.stdout
    assert "没有另外给出发布记录" in alone.stdout
    assert "一样，没有" not in alone.stdout


_OF_OTHERS = (
    *("another telephone", "another closing day", "an added paragraph", "the text hidden in its page"),
    *("the text hidden by a style", "a foreign script", "a false fragment", "a false search", "an added attachment"),
)


@pytest.mark.parametrize("name", _OF_OTHERS)
def test_what_another_version_made_is_compared_part_by_part(name: str, story: Story, site: Path) -> None:
    """Who says that another program made a site hides nothing: what can't be compared is named too."""
    forge, named = FORGERIES[name]
    forge(site)
    place = site / BUILD_NOTE
    place.write_text(re.sub('"program": "[0-9a-f]{64}"', f'"program": "{"0" * 64}"', place.read_text("utf-8")))
    relisted(site)
    verdict = verify(site, story.records, None)
    assert not verdict.proven
    told = (*verdict.flaws, *verdict.other_version, *verdict.unproven)
    assert any(named in line for line in told), verdict
