"""What a publication enters: one line for each difference of what the public sees, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model import Site
from generator.records import LedgerEvent, Records, RecordsError, history, load, record_rollback
from tests.support.records.publications import ID, SITE, correction, instant, published, yi

PDF, OTHER = b"%PDF-1.7 one", b"%PDF-1.7 two"
FILE = "notices/2025/yi/tai.pdf"
ATTACHED = {"附件": [{"文件": "tai.pdf"}]}
ERROR = {"撤回": {"日期": "2025-11-24", "说明": "误发。", "类型": "误发"}}


def _events(records: Records) -> list[tuple[str, int]]:
    return [(line.event.value, line.version) for line in records.ledger.by_id.get(ID, ())]


def test_a_publication_that_changes_nothing_enters_nothing(tmp_path: Path) -> None:
    first = published(Records(tmp_path), yi(), at="2025-11-21 09:00")
    before = (tmp_path / "ledger/000001.jsonl").read_bytes()
    again = published(load(tmp_path), yi(), at="2025-11-22 09:00")
    assert again.ledger == first.ledger
    assert (tmp_path / "ledger/000001.jsonl").read_bytes() == before


def test_a_notice_that_is_not_due_is_in_no_line() -> None:
    records = published(Records(), yi(发布="2025-11-21 09:00"), at="2025-11-21 08:59")
    assert records.ledger.by_id == {}


@pytest.mark.parametrize(
    ("more", "event"),
    [
        ({"更正": [correction("2025-11-24")]}, LedgerEvent.CORRECTED),
        ({"延期": [{"日期": "2025-11-24", "至": "2025-12-20", "说明": "来信较多"}]}, LedgerEvent.EXTENDED),
        ({"撤回": {"日期": "2025-11-24", "说明": "有误"}}, LedgerEvent.WITHDRAWN),
        ({"反馈结果": {"日期": "2025-11-24", "段落": ["收到意见三条。"]}}, LedgerEvent.REPORTED),
        ({"公文": {"索引号": "000014349/2025-00021"}}, LedgerEvent.UPDATED),
        (ERROR, LedgerEvent.REMOVED),
    ],
)
def test_each_change_is_a_version_with_its_reason(more: dict[str, object], event: LedgerEvent) -> None:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    assert _events(published(records, yi(**more), at="2025-11-24 09:00")) == [("published", 1), (event.value, 2)]


def test_an_event_counts_from_its_day() -> None:
    later = yi(延期=[{"日期": "2025-12-01", "至": "2025-12-20", "说明": "来信较多"}])
    records = published(Records(), later, at="2025-11-21 09:00")
    records = published(records, later, at="2025-11-30 23:59")
    assert _events(records) == [("published", 1)]
    assert _events(published(records, later, at="2025-12-01 00:00")) == [("published", 1), ("extended", 2)]


def test_a_text_taken_down_at_the_end_is_entered_without_a_new_version() -> None:
    site = Site.model_validate({**SITE.model_dump(by_alias=True, exclude_none=True), "期满": "撤下正文"})
    records = published(Records(), yi(), at="2025-11-21 09:00", site=site)
    records = published(records, yi(), at="2025-12-13 00:00", site=site)
    assert _events(records) == [("published", 1), ("taken-down", 1)]
    assert [line.shown.text for line in records.ledger.by_id[ID]] == [True, False]


def test_a_new_address_of_the_site_is_entered() -> None:
    site = Site.model_validate({"网站名称": "示例县公开", "网址": "https://new.example.com"})
    records = published(published(Records(), yi(), at="2025-11-21 09:00"), yi(), at="2025-11-22 09:00", site=site)
    assert _events(records) == [("published", 1), ("moved", 1)]
    assert records.ledger.lines[-1].shown.address == "https://new.example.com/notices/2025/yi/"


def test_a_replaced_attachment_is_a_version_and_both_are_kept(tmp_path: Path) -> None:
    records = published(Records(tmp_path), yi(**ATTACHED), at="2025-11-21 09:00", files={FILE: PDF})
    corrected = yi(**ATTACHED, 更正=[correction("2025-11-24")])
    records = published(records, corrected, at="2025-11-24 09:00", files={FILE: OTHER})
    one, two = history(load(tmp_path), ID).versions
    for version, data in ((one, PDF), (two, OTHER)):
        assert records.attachment(version.line, records.attached(version.line)["tai.pdf"]) == data


def test_of_a_text_published_in_error_only_the_fact_stays(tmp_path: Path) -> None:
    records = published(Records(tmp_path), yi(**ATTACHED), at="2025-11-21 09:00", files={FILE: PDF})
    published(records, yi(**ATTACHED, **ERROR), at="2025-11-24 09:00", files={FILE: PDF})
    kept = {place.relative_to(tmp_path).as_posix() for place in tmp_path.rglob("*") if place.is_file()}
    assert kept == {"ledger/000001.jsonl", "site/v1.json", "notices/2025/yi.v2.json"}
    assert "的正文" not in (tmp_path / "notices/2025/yi.v2.json").read_text("utf-8")
    assert "误发" in (tmp_path / "notices/2025/yi.v2.json").read_text("utf-8")


def test_a_removal_that_was_ended_halfway_is_completed(tmp_path: Path) -> None:
    records = published(Records(tmp_path), yi(), at="2025-11-21 09:00")
    text = (tmp_path / "notices/2025/yi.v1.json").read_bytes()
    published(records, yi(**ERROR), at="2025-11-24 09:00")
    (tmp_path / "notices/2025/yi.v1.json").write_bytes(text)
    published(load(tmp_path), yi(**ERROR), at="2025-11-25 09:00")
    assert not (tmp_path / "notices/2025/yi.v1.json").exists()
    assert len(load(tmp_path).ledger.by_id[ID]) == 2


def test_one_published_in_error_from_the_start_keeps_its_fact(tmp_path: Path) -> None:
    records = published(Records(tmp_path), yi(**ERROR), at="2025-11-24 09:00")
    assert _events(records) == [("removed", 1)]
    published(load(tmp_path), yi(**ERROR), at="2025-11-25 09:00")
    assert load(tmp_path).canonical(records.ledger.by_id[ID][0])


def test_a_return_to_an_earlier_site_is_entered_and_the_way_back_too() -> None:
    first = published(Records(), yi(), at="2025-11-21 09:00")
    corrected = yi(更正=[correction("2025-11-24")])
    second = published(first, corrected, at="2025-11-24 09:00")
    back = record_rollback(second, first.ledger, instant("2025-11-24 10:00"))
    assert _events(back)[2:] == [("shown-again", 1)]
    assert record_rollback(back, first.ledger, instant("2025-11-24 11:00")).ledger == back.ledger
    forth = published(back, corrected, at="2025-11-24 12:00")
    assert _events(forth)[3:] == [("shown-again", 2)]
    assert len(history(forth, ID).lines) == 4


def test_an_altered_version_is_refused(tmp_path: Path) -> None:
    records = published(Records(tmp_path), yi(), at="2025-11-21 09:00")
    place = tmp_path / "notices/2025/yi.v1.json"
    place.write_bytes(place.read_bytes().replace("正文".encode(), "全文".encode()))
    with pytest.raises(RecordsError, match="被改动过"):
        records.notice(records.ledger.by_id[ID][0])
