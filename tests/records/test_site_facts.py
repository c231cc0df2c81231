"""What a site is made of beside its notices is on record: a line whenever it differs, and only what is public."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.archive import verify
from generator.check import check_content, check_markdown
from generator.model import Organ, Organs, Site
from generator.pages import choose_build_time, public_notices, render
from generator.pages.list_view import ListView
from generator.pages.record_view import ProofView
from generator.period import parse_now
from generator.records import (
    LedgerEvent,
    Records,
    RecordsError,
    SiteFacts,
    facts_of,
    load,
    read_ledger,
    record_rollback,
)
from tests.support.content import NOTICE, SmallContent
from tests.support.pages import ORGANS, at, content
from tests.support.records.publications import ID, SITE, instant, published, yi

RENAMED: Organs = {**ORGANS, "tsg": Organ.model_validate({"名称": "示例县图书档案馆"})}


def _facts(records: Records) -> SiteFacts:
    return records.site_facts(records.ledger.site[-1])


def _site(**more: str) -> Site:
    return Site.model_validate({"网站名称": "示例县公开", "网址": "https://www.example.com/xcgk", **more})


def test_the_first_line_is_the_sites_and_a_publication_without_change_adds_none(tmp_path: Path) -> None:
    records = published(Records(tmp_path), yi(), at="2025-11-21 09:00")
    first, second = records.ledger.lines
    assert (first.id, first.event, first.version) == ("site", LedgerEvent.SITE_CHANGED, 1)
    assert second.id == ID
    assert published(load(tmp_path), yi(), at="2025-11-22 09:00").ledger == records.ledger
    assert verify(tmp_path, None, None).flaws == ()


def test_a_renamed_organ_has_a_line_and_is_told_on_proof_and_archive(tmp_path: Path) -> None:
    published(Records(tmp_path), yi(), at="2025-11-21 09:00")
    records = published(load(tmp_path), yi(), at="2025-11-25 10:00", organs=RENAMED)
    assert [line.id for line in records.ledger.lines] == ["site", ID, "site"]
    assert (tmp_path / "site/v2.json").is_file()
    again = published(load(tmp_path), yi(), at="2025-11-26 10:00", organs=RENAMED)
    assert again.ledger == records.ledger
    pages = {page.address: page.view for page, _ in render(content(yi()), at("2025-11-26"), again)}
    proof, archive = pages["notices/2025/yi/proof/"], pages["archive/"]
    assert isinstance(proof, ProofView)
    assert [(stay.what, stay.until, stay.line) for stay in proof.stays] == [
        ("首次公开", "2025年11月25日 10:00", 2),
        ("单位更名：“示例县图书馆”改为“示例县图书档案馆”", "", 3),
    ]
    assert isinstance(archive, ListView)
    assert archive.ledger is not None
    told = ("2025年11月25日 10:00", 3, ("单位更名：“示例县图书馆”改为“示例县图书档案馆”",))
    assert archive.ledger.changes == (told,)


def test_each_fact_that_a_page_shows_is_entered_and_told() -> None:
    page, _ = check_markdown("# 关于本站\n\n说明。\n", "about.md", "about")
    assert page is not None
    records = published(Records(), yi(), at="2025-11-21 09:00", site=_site(电话="0000-1"))
    more = {"site": _site(电话="0000-2", 主办单位="示例县办公室"), "pages": [page]}
    records = published(records, yi(), at="2025-11-22 09:00", **more)  # type: ignore[arg-type]
    records = published(records, yi(), at="2025-11-23 09:00", site=_site(主办单位="示例县办公室"))
    view = {page.address: page for page, _ in render(content(yi()), at("2025-11-24"), records)}["archive/"].view
    assert isinstance(view, ListView)
    assert view.ledger is not None
    assert [what for _, _, what in view.ledger.changes] == [
        ("去掉了电话：“0000-2”", "撤下了说明页“关于本站”"),
        ("电话：“0000-1”改为“0000-2”", "新写了主办单位：“示例县办公室”", "新增了说明页“关于本站”"),
    ]


def test_a_mark_is_on_record_picture_and_all(tmp_path: Path) -> None:
    """Another picture under the same name is a change of its own; a return to the first one is no new version."""
    site, first, second = _site(标志="logo.png", 主色="#7A1E1E"), b"one", b"two"
    published(Records(tmp_path), yi(), at="2025-11-21 09:00", site=site, files={"logo.png": first})
    same = published(load(tmp_path), yi(), at="2025-11-22 09:00", site=site, files={"logo.png": first})
    assert len(same.ledger.site) == 1
    records = published(load(tmp_path), yi(), at="2025-11-23 09:00", site=site, files={"logo.png": second})
    view = {page.address: page for page, _ in render(content(yi()), at("2025-11-24"), records)}["archive/"].view
    assert isinstance(view, ListView)
    assert view.ledger is not None
    assert [what for _, _, what in view.ledger.changes] == [("标志换了一张图片",)]
    back = published(load(tmp_path), yi(), at="2025-11-24 09:00", site=site, files={"logo.png": first})
    assert [line.version for line in back.ledger.site] == [1, 2, 1]
    assert [back.mark(line) for line in back.ledger.site] == [first, second, first]
    assert verify(tmp_path, None, None).flaws == ()
    (tmp_path / "site/files" / back.ledger.site[1].shown.files[0].sha256).write_bytes(b"three")
    assert [flaw.rpartition("：")[2] for flaw in verify(tmp_path, None, None).flaws] == ["内容变了"]


def test_what_no_page_says_is_not_on_record() -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00", site=_site(最短公开工作日="15"))
    assert published(records, yi(), at="2025-11-22 09:00", site=_site(最短公开工作日="5")).ledger == records.ledger
    assert _facts(records).site == _site()


def test_an_organ_that_only_a_waiting_notice_uses_is_not_on_record(small_content: SmallContent) -> None:
    """Nor are the comments of the files."""
    organs = "# 内部备注\nbangongshi:\n  名称: 示例县办公室\nmimi:\n  名称: 示例县筹备处\n"
    waiting = NOTICE.replace("bangongshi", "mimi").replace("2025-11-21 09:00", "2025-12-31 09:00")
    files = {"organs.yml": organs, "notices/2025/yi.yml": NOTICE, "notices/2025/er.yml": waiting}
    made = check_content(small_content(files) / "content").content
    assert made is not None
    for day, keys in (("2025-12-30", ["bangongshi"]), ("2025-12-31 09:00", ["bangongshi", "mimi"])):
        shown = public_notices(made, choose_build_time(day, made.site, parse_now(day)))
        facts = SiteFacts.of(made.site, made.organs, made.prose, {entry.summary.organ for entry in shown})
        assert list(facts.organs) == keys
        assert ("筹备处".encode() in facts.canonical()) == ("mimi" in keys)
        assert "内部备注".encode() not in facts.canonical()


def test_the_order_of_organs_is_part_of_the_facts() -> None:
    facts = SiteFacts(site=SITE, organs=ORGANS)
    turned = SiteFacts(site=SITE, organs=dict(reversed(ORGANS.items())))
    assert facts.canonical() != turned.canonical()
    assert list(facts_of(turned.canonical()).organs) == list(turned.organs)


def test_a_return_to_earlier_facts_and_the_way_back_are_entered() -> None:
    first = published(Records(), yi(), at="2025-11-21 09:00")
    second = published(first, yi(), at="2025-11-25 10:00", organs=RENAMED)
    back = record_rollback(second, first.ledger, instant("2025-11-25 11:00"))
    assert [(line.event.value, line.version) for line in back.ledger.site[2:]] == [("shown-again", 1)]
    forth = published(back, yi(), at="2025-11-25 12:00", organs=RENAMED)
    assert [(line.event.value, line.version) for line in forth.ledger.site[3:]] == [("shown-again", 2)]
    assert read_ledger(forth.ledger.written()) == forth.ledger
    assert len(forth.ledger.by_id[ID]) == 1


@pytest.mark.parametrize(
    "altered",
    [
        b"{}",
        b"[]",
        b"1",
        b'{"schema": "gongkai-site-1"}',
        b'{"organs": 1, "pages": {}, "schema": "gongkai-site-1", "site": {"name": "x"}}',
        b'{"organs": [1], "pages": {}, "schema": "gongkai-site-1", "site": {"name": "x"}}',
        b'{"organs": [], "pages": {"../x": "# x"}, "schema": "gongkai-site-1", "site": {"name": "x"}}',
        b'{"organs": [], "pages": {"x": 1}, "schema": "gongkai-site-1", "site": {"name": "x"}}',
        b'{"organs": [], "pages": {}, "schema": "gongkai-site-1", "site": NaN}',
        b'{"organs": [], "pages": {}, "schema": "gongkai-site-1", "site": {"name": "x"}, "more": 1}',
    ],
)
def test_facts_that_are_not_as_we_write_them_are_refused(altered: bytes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        facts_of(altered)
    records = published(Records(tmp_path), yi(), at="2025-11-21 09:00")
    (tmp_path / "site/v1.json").write_bytes(altered)
    with pytest.raises(RecordsError, match="被改动过"):
        records.site_facts(records.ledger.site[0])
    assert verify(tmp_path, None, None).flaws == ("site/v1.json：内容变了",)
