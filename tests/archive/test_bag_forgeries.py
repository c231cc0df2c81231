"""Whoever alters a bag that nobody trusted signed, and makes its lists anew, is found out."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import ArchiveError, make_archive, restore_bags, verify
from generator.archive.bag import SM3, TAGS
from generator.archive.signing import sign
from generator.build.request import BuildRequest, ignore_stage
from generator.clock import clock
from tests.support.archive.forgeries import WARC, altered, record, relisted, replace, resealed, rewritten, with_records
from tests.support.archive.story import ARCHIVED, Story, clock_at
from tests.support.program import gongkai

_ER = "data/notices/2025/er/v2"
_PAGE = b"<!doctype html><title>x</title><p>from nowhere"


def _swap(place: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda bag: replace(bag / place, old, new)


def _add(place: str) -> Callable[[Path], object]:
    def forge(bag: Path) -> None:
        (bag / place).parent.mkdir(parents=True, exist_ok=True)
        (bag / place).write_bytes(_PAGE)

    return forge


def _page(path: str, old: str, new: str) -> Callable[[Path], object]:
    """Alter an archived page and write all of them anew."""
    return lambda bag: rewritten(bag, lambda pages: replace(pages / path, old, new))


def _member(path: bytes, old: bytes, new: bytes) -> Callable[[Path], object]:
    """Alter the head of the record of an archived page."""

    def change(members: list[bytes]) -> list[bytes]:
        at = next(number for number, member in enumerate(members) if path in _head(member))
        return [*members[:at], altered(members[at], old, new), *members[at + 1 :]]

    return lambda bag: with_records(bag, change)


def _head(member: bytes) -> bytes:
    return gzip.decompress(member).partition(b"\r\n\r\n")[0]


def _inserted(kind: str, path: str, *, first: bool) -> Callable[[Path], object]:
    """Put a record of our own before or after all archived pages."""
    own = record(kind, path, _PAGE)
    return lambda bag: with_records(bag, lambda members: [members[0], own, *members[1:]] if first else [*members, own])


# What was altered, how, and what must be named.
FORGERIES: dict[str, tuple[Callable[[Path], object], str]] = {
    "another period": (_swap(f"{_ER}/page.html", "12月19日", "12月29日"), f"{_ER}/page.html"),
    "another organ": (_swap(f"{_ER}/page.html", "示例县办公室</dd>", "示例县人民政府</dd>"), f"{_ER}/page.html"),
    "another history": (_swap(f"{_ER}/page.html", "延期，第 2 版", "更正，第 2 版"), f"{_ER}/page.html"),
    "an added paragraph": (_swap(f"{_ER}/page.html", "</body>", "<p>已经作废</p></body>"), f"{_ER}/page.html"),
    "the text hidden": (_swap(f"{_ER}/page.html", "</style>", "[data-verbatim]{display:none}</style>"), "page.html"),
    "a false index": (_swap("index.html", "已撤回", "已公开"), "index.html"),
    "another link": (_swap("index.html", "2025/er/v2/page.html", "2025/er/v1/page.html"), "index.html"),
    "a false readme": (_swap("README.txt", "通报 4 份", "通报 3 份"), "README.txt"),
    "false metadata": (_swap("data/metadata.csv", "2025-12-19", "2025-12-29"), "data/metadata.csv"),
    "false words about the bag": (_swap("bag-info.txt", "示例县办公室", "示例县人民政府"), "bag-info.txt"),
    "a later day of the bag": (_swap("bag-info.txt", "Date: 2026-01-05", "Date: 2026-01-06"), "bag-info.txt"),
    "other facts of the site": (_swap("data/site/v1.json", "2195262", "1111111"), "data/site/v1.json"),
    "a planted file": (_add("先看我.html"), "先看我.html"),
    "a planted page of data": (_add("data/more.html"), "data/more.html"),
    "a planted attachment": (_add(f"{_ER}/补充.pdf"), f"{_ER}/补充.pdf"),
    "a planted paper": (_add(f"{_ER}/notice.pdf"), f"{_ER}/notice.pdf"),
    "a planted notice": (_add("data/notices/2025/qi/v1/page.html"), "data/notices/2025/qi/v1/page.html"),
    "the ledger deleted": (lambda bag: (bag / "data/ledger/000001.jsonl").unlink(), "data/ledger"),
    "the frame of an archived page": (_page("notices/2025/er/index.html", "2195262", "1111111"), "er/index.html"),
    "an archived proof": (_page("notices/2025/er/proof/index.html", "11月21日", "11月1日"), "er/proof/index.html"),
    "an archived style": (_page("assets/gongkai.css", "body", "body{display:none}body"), "assets/gongkai.css"),
    "an archived page of staff": (_page("about/index.html", "这里公开", "这里不公开"), "about/index.html"),
    "an archived home page": (_page("index.html", "</body>", "<p>停用</p></body>"), "的 index.html"),
    "an added archived page": (
        lambda bag: rewritten(bag, lambda pages: (pages / "new.html").write_bytes(_PAGE)),
        "new.html",
    ),
    "a false copy before the true one": (_inserted("response", "notices/2025/er/", first=True), "er/index.html"),
    "a false copy after the true one": (_inserted("response", "notices/2025/er/", first=False), "er/index.html"),
    "a record of another type": (_inserted("resource", "notices/2025/er/", first=False), "er/index.html"),
    "a record that sends elsewhere": (
        _member(
            b"/notices/2025/er/\r",
            b"200 OK\r\nContent-Type: text/html; charset=utf-8",
            b"302 OK\r\nLocation: https://example.com/12345678",
        ),
        "notices/2025/er/",
    ),
    "another date of a record": (_member(b"/notices/2025/er/\r", b"2026-01-05T02", b"2026-01-05T03"), "2025/er/"),
    "a record of another site": (
        _member(b"/about/\r", b"https://www.example.com/gk/about/", b"https://www.example.net/gk/about/"),
        "example.net",
    ),
}


@pytest.mark.parametrize(("forge", "named"), FORGERIES.values(), ids=FORGERIES)
def test_a_forgery_is_found_and_named(
    forge: Callable[[Path], object], named: str, story: Story, unsigned: Path
) -> None:
    """Against the records; the forger signs nothing."""
    forge(unsigned)
    resealed(unsigned)
    flaws = verify(unsigned, story.records, None).flaws
    assert any(named in flaw.partition("：")[0] for flaw in flaws), flaws


def test_the_three_outcomes_of_a_bag(story: Story, unsigned_bag: Path, tmp_path: Path) -> None:
    """The word 一样 stands only where a trusted signature vouches for every file."""
    signed = gongkai("verify", story.bag, "--signers", story.signers, cwd=tmp_path)
    assert (signed.returncode, signed.stdout.splitlines()[-1]) == (0, "一样，没有发现改动。")
    for bag in (unsigned_bag, story.bag):
        alone = gongkai("verify", bag, cwd=tmp_path)
        assert alone.returncode == 0
        assert "没有发现改动，但是下面这些没有人担保：\n  整个归档包：没有可信的签名" in alone.stdout
        assert "一样，" not in alone.stdout
    held = gongkai("verify", unsigned_bag, "--records", story.records, cwd=tmp_path)
    assert "没有人担保：\n  bag-info.txt：归档的时刻" in held.stdout
    assert "一样，" not in held.stdout


def test_a_signature_of_anybody_hides_nothing(story: Story, unsigned: Path, tmp_path: Path) -> None:
    """A forger signs with a key of his own: the frame is compared all the same, and nobody is trusted."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    FORGERIES["another period"][0](unsigned)
    FORGERIES["false metadata"][0](unsigned)
    resealed(unsigned)
    sign(unsigned / TAGS, tmp_path / "key")
    verdict = verify(unsigned, None, None)
    named = {flaw.partition("：")[0] for flaw in verdict.flaws}
    assert {f"{_ER}/page.html", "data/metadata.csv"} <= named
    assert any("签名的人不在" in flaw for flaw in verify(unsigned, None, story.signers).flaws)


def test_a_forged_bag_is_not_restored(unsigned: Path, tmp_path: Path) -> None:
    FORGERIES["false metadata"][0](unsigned)
    resealed(unsigned)
    with pytest.raises(ArchiveError, match=r"data/metadata\.csv：和按发布记录重新生成的不一样"):
        restore_bags([unsigned], tmp_path / "office")


def test_what_another_version_made_is_told_apart(story: Story, unsigned: Path) -> None:
    """A page with other markup and the same words is compared part by part, and the verdict says so."""
    replace(unsigned / "bag-info.txt", "Bag-Program-Key: ", "Bag-Program-Key: 0")
    replace(unsigned / _ER / "page.html", "<body>", '<body class="new">')
    resealed(unsigned)
    verdict = verify(unsigned, story.records, None)
    assert verdict.flaws == ()
    assert any(f"{_ER}/page.html：别的版本的程序生成的" in line for line in verdict.unproven), verdict.unproven
    replace(unsigned / _ER / "page.html", "12月19日", "12月29日")
    resealed(unsigned)
    verdict = verify(unsigned, story.records, None)
    (flaw,) = verdict.other_version
    assert not verdict.proven
    assert "应当是“1”，现在是“2”" in flaw
    assert "用那个版本再查一次" in flaw


def test_what_another_version_wrote_is_believed_of_a_trusted_signature_alone(
    story: Story, unsigned: Path, tmp_path: Path
) -> None:
    """Its words differ: the signature vouches for them, and without one they count as altered."""
    replace(unsigned / "bag-info.txt", "Bag-Program-Key: ", "Bag-Program-Key: 0")
    replace(unsigned / _ER / "page.html", "这一版公开", "此版公开")
    resealed(unsigned)
    unvouched = gongkai("verify", unsigned, "--records", story.records, cwd=tmp_path)
    assert unvouched.returncode == 1
    assert f"{_ER}/page.html：和按发布记录重新生成的不一样" in unvouched.stdout
    sign(unsigned / TAGS, story.key)
    signed = gongkai("verify", unsigned, "--records", story.records, "--signers", story.signers, cwd=tmp_path)
    assert signed.returncode == 0
    assert f"由签名担保：{_ER}/page.html" in signed.stdout
    assert restore_bags([unsigned], tmp_path / "office").notices == 4


def test_a_table_of_another_version_is_read_cell_by_cell(unsigned: Path) -> None:
    """Another form of a date is no other date; another date is."""
    replace(unsigned / "bag-info.txt", "Bag-Program-Key: ", "Bag-Program-Key: 0")
    table = unsigned / "data/metadata.csv"
    replace(table, "本版起（时刻）", "本版起")
    replace(table, "2025-12-01T10:00:00+08:00", "2025年12月1日 10:00")
    resealed(unsigned)
    verdict = verify(unsigned, None, None)
    assert (verdict.flaws, verdict.other_version) == ((), ())
    replace(table, "2025年12月1日 10:00", "2025年12月2日 10:00")
    resealed(unsigned)
    (differing,) = verify(unsigned, None, None).other_version
    assert differing.startswith("data/metadata.csv：和按发布记录重新生成的不一样")


@pytest.mark.parametrize("place", ["notices/2025/er/index.html", "assets/gongkai.js", "about/index.html"])
def test_a_site_that_was_altered_is_not_archived(place: str, story: Story, tmp_path: Path) -> None:
    """Its list of files fits, and the office's key would sign it."""
    site = Path(shutil.copytree(story.site, tmp_path / "site"))
    with (site / place).open("a") as opened:
        opened.write("<p>已经作废</p>")
    relisted(site)
    out = tmp_path / "bag"
    order = BuildRequest(now=clock(), root=story.root)
    with clock_at(ARCHIVED) as now, pytest.raises(ArchiveError, match="不能拿来归档") as refused:
        make_archive(order, "2025", out, now, site=site, key=story.key, previous=None, progress=ignore_stage)
    assert f"{place}：和按发布记录重新生成的不一样" in str(refused.value)
    assert not out.exists()


def test_the_lists_of_a_bag_stay_those_of_its_files(unsigned: Path) -> None:
    """Only the lists are altered: they are named, not the files."""
    replace(unsigned / SM3, "  index.html", "  index.htm")
    assert any(SM3 in flaw or "index.htm" in flaw for flaw in verify(unsigned, None, None).flaws)
    assert WARC not in " ".join(verify(unsigned, None, None).flaws)
