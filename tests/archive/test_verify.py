"""One file of a notice, or a site, held to the records: what exactly differs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pypdf import PdfWriter

from generator.archive import verify
from generator.archive.verify.paper import drawn_difference
from generator.model import notice_of
from generator.records import RecordsError
from tests.support.archive.forgeries import relisted
from tests.support.archive.papers import paper
from tests.support.archive.story import Story
from tests.support.program import gongkai

NEWEST = "第 2 版（现在的）"


def _with_notice(pdf: Path, data: bytes) -> Path:
    """Write a PDF that carries a notice's data, as papers do."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("notice.json", data)
    writer.write(pdf)
    return pdf


def test_every_form_of_a_notice_is_known(story: Story, tmp_path: Path) -> None:
    place = story.site / "notices/2025/yi"
    paper = _with_notice(tmp_path / "notice.pdf", (place / "notice.json").read_bytes())
    for file in (place / "notice.json", place / "notice.txt", story.root / "content/notices/2025/yi.yml", paper):
        verdict = verify(file, story.records, None)
        assert verdict.flaws == (), file
        assert NEWEST in verdict.looked_at[0]
    assert "第 1 版（旧的）" in verify(place / "v1/notice.json", story.records, None).looked_at[0]
    assert "附件“台账.pdf”" in verify(place / "台账.pdf", story.records, None).looked_at[0]


def _drawn(story: Story, lines: list[str]) -> bytes:
    data = (story.site / "notices/2025/yi/notice.json").read_bytes()
    return paper([lines[:3], lines[3:]], data)


def test_a_paper_with_a_false_page_is_found_out(story: Story, tmp_path: Path) -> None:
    """It carries the true data, and draws something else."""
    lines = (story.site / "notices/2025/yi/notice.txt").read_text("utf-8").splitlines()
    file = tmp_path / "notice.pdf"
    file.write_bytes(_drawn(story, [line.replace("四次", "九次") for line in lines]))
    (flaw,) = verify(file, story.records, None).flaws
    assert flaw.startswith("notice.pdf：带的数据没有变，但是页面上画的文字和它不一样：“已经召开会议四次")
    file.write_bytes(_drawn(story, lines[:-1]))
    assert "2025年11月21日" in verify(file, story.records, None).flaws[0]
    file.write_bytes(_drawn(story, [lines[1], lines[0], *lines[2:]]))
    assert "没有照原样画出来" in verify(file, story.records, None).flaws[0]


def test_what_was_compared_of_a_paper_is_said(story: Story, tmp_path: Path) -> None:
    """The text that is drawn is compared where it can be read; what else is drawn is not, and that is said."""
    lines = (story.site / "notices/2025/yi/notice.txt").read_text("utf-8").splitlines()
    file = tmp_path / "notice.pdf"
    file.write_bytes(_drawn(story, [*lines, "已经作废"]))
    verdict = verify(file, story.records, None)
    assert verdict.flaws == ()
    assert verdict.looked_at[0].startswith("带的数据：")
    assert "正文：每一段都在" in verdict.looked_at[1]
    assert verdict.unproven == ("notice.pdf：页面上正文以外的 4 个字，还有画出来的样子，没有核对",)
    empty = _with_notice(file, (story.site / "notices/2025/yi/notice.json").read_bytes())
    done = gongkai("verify", empty, "--records", story.records)
    assert done.returncode == 0
    assert "画的是什么没有核对" in done.stdout
    assert "一样，" not in done.stdout


def test_a_paragraph_may_run_over_two_pages(story: Story) -> None:
    """Numbers at the foot of a page don't break it."""
    notice = notice_of((story.site / "notices/2025/yi/notice.json").read_bytes())
    text = (story.site / "notices/2025/yi/notice.txt").read_text("utf-8").replace("\n", "")
    at = text.index("开会议")
    assert drawn_difference((f"{text[:at]}第1页", f"页眉{text[at:]}第2页"), notice) == ""
    assert drawn_difference((f"{text[:at]}不", text[at + 1 :]), notice) != ""


def test_the_ledger_alone_knows_the_data(story: Story) -> None:
    file = story.site / "notices/2025/yi/notice.json"
    assert NEWEST in verify(file, story.site / "data/ledger/000001.jsonl", None).looked_at[0]


@pytest.mark.parametrize("name", ["notice.json", "yi.yml", "notice.pdf"])
def test_it_says_exactly_what_differs(name: str, story: Story, tmp_path: Path) -> None:
    folder = tmp_path / "notices/2025"
    folder.mkdir(parents=True)
    data = (story.site / "notices/2025/yi/notice.json").read_bytes().replace("四次".encode(), "九次".encode())
    if name == "yi.yml":
        text = (
            (story.root / "content/notices/2025/yi.yml")
            .read_text("utf-8")
            .replace("已经召开会议四次", "已经召开会议九次")
        )
        (folder / name).write_text(text, encoding="utf-8")
    elif name == "notice.json":
        (folder / name).write_bytes(data.replace("会议应为九次".encode(), "会议应为四次".encode()))
    else:
        _with_notice(folder / name, data.replace("会议应为九次".encode(), "会议应为四次".encode()))
    done = gongkai("verify", folder / name, "--records", story.records)
    assert done.returncode == 1
    assert "一、总体情况：已经召开会议［公开的：四］［现在：九］次。" in done.stdout, done.stdout


def test_a_text_and_a_paper_that_were_never_public_are_told_so(story: Story, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("从来没有公开过的文字。\n", encoding="utf-8")
    assert verify(tmp_path / "notice.txt", story.records, None).flaws
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(tmp_path / "x.pdf")
    assert "里面没有通报的数据" in verify(tmp_path / "x.pdf", story.records, None).flaws[0]
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(RecordsError, match="不是完好的 PDF"):
        verify(tmp_path / "broken.pdf", story.records, None)


def test_a_file_needs_records_to_be_held_to(story: Story) -> None:
    with pytest.raises(RecordsError, match="--records"):
        verify(story.site / "notices/2025/yi/notice.json", None, None)


def test_a_site_that_was_made_anew_after_a_change_does_not_fit(story: Story, tmp_path: Path) -> None:
    """Whoever alters a page, its data and the site's own list still meets the ledger."""
    site = Path(shutil.copytree(story.site, tmp_path / "site"))
    place = site / "notices/2025/er/index.html"
    place.write_bytes(place.read_bytes().replace("会议三次".encode(), "会议五次".encode()))
    relisted(site)
    assert verify(site, story.records, None).flaws == ("notices/2025/er/index.html：网页上的正文和发布过的不一样",)


def test_a_site_that_lacks_what_was_public_is_told_so(story: Story, tmp_path: Path) -> None:
    site = Path(shutil.copytree(story.site, tmp_path / "site"))
    shutil.rmtree(site / "notices/2025/er")
    relisted(site)
    flaws = verify(site, story.records, None).flaws
    assert flaws[0] == "notices/2025/er/index.html：公开过的通报不见了"
    assert all(flaw.startswith("notices/2025/er/") for flaw in flaws)


def test_what_is_no_site_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match="不是本程序生成的网站"):
        verify(tmp_path, None, None)
