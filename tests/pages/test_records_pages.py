"""Versions, proofs and the ledger's head as the site shows them."""

from __future__ import annotations

from generator.check import Content
from generator.files import DataFile
from generator.pages import Page, render
from generator.pages.list_view import ListView
from generator.pages.record_view import ProofView, VersionView
from generator.pages.view import NoticeView
from generator.records import Records
from tests.support.pages import at, content
from tests.support.records.publications import correction, published, yi

BODY = {"正文": {"段落": ["会议四次。"]}}
CORRECTED = {**BODY, "更正": [correction("2025-11-25", "会议应为四次。")]}
ERROR = {"撤回": {"日期": "2025-11-26", "说明": "误发。", "类型": "误发"}}


def _pages(made: Content, today: str, records: Records) -> dict[str, tuple[Page, tuple[DataFile, ...]]]:
    return {page.address: (page, files) for page, files in render(made, at(today), records)}


def _corrected() -> tuple[Content, Records]:
    records = published(Records(), yi(正文={"段落": ["会议三次。"]}), at="2025-11-21 09:00")
    return content(yi(**CORRECTED)), published(records, yi(**CORRECTED), at="2025-11-25 10:00")


def test_an_earlier_version_keeps_an_address_with_its_own_text() -> None:
    made, records = _corrected()
    page, files = _pages(made, "2025-11-26", records)["notices/2025/yi/v1/"]
    assert isinstance(page.view, VersionView)
    assert "会议三次。" in page.verbatim
    assert (page.view.since, page.view.until) == ("2025年11月21日 09:00", "2025年11月25日 10:00")
    assert {file.path: b"\xe4\xbc\x9a\xe8\xae\xae\xe4\xb8\x89" in file.data for file in files} == {
        "notices/2025/yi/v1/notice.txt": True,
        "notices/2025/yi/v1/notice.json": True,
    }
    assert page.updated is None, "it is not in the sitemap"


def test_the_page_tells_each_version_with_its_reason_and_what_changed() -> None:
    made, records = _corrected()
    view = _pages(made, "2025-11-26", records)["notices/2025/yi/"][0].view
    assert isinstance(view, NoticeView)
    event, first = view.events
    assert (event.kind, event.version, event.paragraphs) == ("更正", 2, ("会议应为四次。",))
    assert event.before is not None
    assert event.before.address == "notices/2025/yi/v1/"
    assert [(piece.kind, piece.text) for piece in event.changes[0].pieces] == [
        ("same", "会议"),
        ("gone", "三"),
        ("new", "四"),
        ("same", "次。"),
    ]
    assert (first.first, first.version) == (True, 1)


def test_what_no_entry_tells_is_told_by_the_records() -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    later = yi(反馈结果={"日期": "2025-12-20", "段落": ["收到意见三条。"]})
    records = published(records, later, at="2025-12-20 10:00")
    view = _pages(content(later), "2025-12-21", records)["notices/2025/yi/"][0].view
    assert isinstance(view, NoticeView)
    assert [(event.kind, event.version) for event in view.events] == [("公布反馈结果", 2), ("首次公开", 1)]


def test_an_extension_keeps_the_first_closing_date_in_sight() -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    longer = yi(延期=[{"日期": "2025-12-01", "至": "2025-12-19", "说明": "来信较多。"}])
    records = published(records, longer, at="2025-12-01 10:00")
    pages = _pages(content(longer), "2025-12-02", records)
    view = pages["notices/2025/yi/"][0].view
    assert isinstance(view, NoticeView)
    assert "原定12月12日截止" in view.status.postponed
    old = pages["notices/2025/yi/v1/"][0].view
    assert isinstance(old, VersionView)
    assert old.period == "2025年11月21日至2025年12月12日（含当天）"


def test_of_a_text_published_in_error_no_page_and_no_file_has_a_word() -> None:
    made, records = _corrected()
    removed = yi(**CORRECTED, **ERROR)
    records = published(records, removed, at="2025-11-26 10:00")
    pages = _pages(content(removed), "2025-11-27", records)
    assert {"notices/2025/yi/", "notices/2025/yi/v1/", "notices/2025/yi/v2/"} <= pages.keys()
    for page, files in pages.values():
        assert "会议" not in repr(page)
        assert files == ()
    proof = pages["notices/2025/yi/proof/"][0].view
    assert isinstance(proof, ProofView)
    assert [stay.what for stay in proof.stays] == ["首次公开", "更正", "误发移除，只留下日期和原因"]
    assert made.entries


def test_versions_and_differences_go_with_a_text_that_is_taken_down() -> None:
    made, records = _corrected()
    down = content(*(entry.notice for entry in made.entries), 期满="撤下正文")
    records = published(records, *(entry.notice for entry in made.entries), at="2025-12-13 00:00", site=down.site)
    pages = _pages(down, "2025-12-13", records)
    for address in ("notices/2025/yi/", "notices/2025/yi/v1/"):
        page, files = pages[address]
        assert ("会议三次" in repr(page), "会议四次" in repr(page), files) == (False, False, ())


def test_a_proof_tells_days_and_how_they_were_counted() -> None:
    made, records = _corrected()
    view = _pages(made, "2025-11-26", records)["notices/2025/yi/proof/"][0].view
    assert isinstance(view, ProofView)
    assert [(stay.since, stay.until, stay.version) for stay in view.stays] == [
        ("2025年11月21日 09:00", "2025年11月25日 10:00", 1),
        ("2025年11月25日 10:00", "", 2),
    ]
    told = "".join(view.counting)
    for words in ("共 22 天", "算上第一天是 16 个，不算第一天是 15 个", "第二百零一条", "2025 年节假日安排"):
        assert words in told
    assert len(view.versions) == 2
    assert all(len(version.sha256) == len(version.sm3) == 64 for version in view.versions)


def test_a_proof_names_holidays_and_days_that_were_made_up() -> None:
    """The national holiday of 2025 was 1 to 8 October; 28 September and 11 October were worked for it."""
    long = yi(发布="2025-11-21 00:00", 公开期限={"开始": "2025-09-22", "结束": "2025-10-15"})
    records = published(Records(), long, at="2025-11-21 09:00")
    view = _pages(content(long), "2025-11-22", records)["notices/2025/yi/proof/"][0].view
    assert isinstance(view, ProofView)
    told = "".join(view.counting)
    assert "放假的平日：10月1日、10月2日、10月3日、10月6日、10月7日、10月8日。" in told
    assert "调休上班的周末：9月28日、10月11日。" in told


def test_the_head_of_the_ledger_stands_on_the_archive_page_alone() -> None:
    made, records = _corrected()
    pages = _pages(made, "2025-11-26", records)
    head = records.ledger.head.sha256
    listed = pages["archive/"][0].view
    assert isinstance(listed, ListView)
    assert listed.ledger is not None
    assert (listed.ledger.sha256, listed.ledger.lines) == (head, 3)
    others = [address for address, (page, _) in pages.items() if head in repr(page)]
    assert others == ["archive/", "notices/2025/yi/proof/"], "a proof shows the seals of its own lines"


def test_without_records_there_is_no_word_of_versions() -> None:
    pages = {page.address: page for page, _ in render(content(yi(**CORRECTED)), at("2025-11-26"))}
    assert not any("proof" in address or "/v1" in address for address in pages)
    view = pages["notices/2025/yi/"].view
    assert isinstance(view, NoticeView)
    assert (view.proof, [event.version for event in view.events]) == (None, [0, 0])
