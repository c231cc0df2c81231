"""Ledgers of the first schema, which named attachments, go on as they were; the second names none."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.archive import verify
from generator.model import Notice
from generator.pages import render
from generator.records import Ledger, LedgerEvent, Records, RecordsError, load, read_ledger, record_rollback
from tests.support.pages import at, content, notice
from tests.support.records.publications import ID, correction, instant, published, yi

FIRST = Path(__file__).parent / "cases/schema-1"
TWO = {"附件": [{"文件": "zu.pdf", "标题": "第二张表"}, {"文件": "an.pdf"}]}
FILES = {
    "notices/2025/yi/zu.pdf": b"%PDF-1.7 zu",
    "notices/2025/yi/an.pdf": b"%PDF-1.7 an",
    "notices/2025/er/mingdan.pdf": b"%PDF-1.7 names",
}
ERROR = {"撤回": {"日期": "2025-11-26", "说明": "误发。", "类型": "误发"}}
CORRECTED = yi(**TWO, 更正=[correction("2025-11-25")])
TWICE = yi(**TWO, 更正=[correction("2025-11-25"), correction("2025-11-28")])


def _er(**more: Any) -> Notice:
    return notice("2025/er", 附件=[{"文件": "mingdan.pdf", "标题": "名单甲乙丙"}], **more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy records that a program of the first schema wrote."""
    return Path(shutil.copytree(FIRST, tmp_path / "records"))


def _said(folder: Path) -> list[tuple[str, str, str]]:
    lines = map(json.loads, load(folder).ledger.written().splitlines())
    return [(line["schema"], line["id"], line["event"]) for line in lines]


def test_an_old_ledger_reads_back_byte_for_byte(folder: Path) -> None:
    data = (folder / "ledger.jsonl").read_bytes()
    assert read_ledger(data).written() == data
    assert verify(folder, None, None).flaws == ()


def test_what_did_not_change_gets_no_line_of_the_new_schema_but_the_facts_of_the_site(folder: Path) -> None:
    """The old lines list files by name, the notice lists them in another order: nothing changed all the same."""
    before = (folder / "ledger.jsonl").read_bytes()
    published(load(folder), CORRECTED, _er(**ERROR), at="2025-11-27 10:00", files=FILES)
    assert (folder / "ledger.jsonl").read_bytes() == before
    assert _said(folder)[4:] == [("gongkai-ledger-2", "site", "site-changed")]
    published(load(folder), CORRECTED, _er(**ERROR), at="2025-11-27 11:00", files=FILES)
    assert len(_said(folder)) == 5


def test_a_mixed_ledger_is_whole_and_its_old_lines_are_sealed_as_they_were(folder: Path) -> None:
    before = (folder / "ledger.jsonl").read_bytes()
    records = published(load(folder), TWICE, _er(**ERROR), at="2025-11-28 10:00", files=FILES)
    assert (folder / "ledger.jsonl").read_bytes() == before
    assert _said(folder)[4:] == [
        ("gongkai-ledger-2", "site", "site-changed"),
        ("gongkai-ledger-2", ID, "corrected"),
    ]
    assert b".pdf" not in (folder / "ledger/000005.jsonl").read_bytes()
    assert verify(folder, None, None).flaws == ()
    old, new = records.ledger.by_id[ID][0], records.ledger.by_id[ID][-1]
    assert new.shown.files == old.shown.files[::-1], "in the order of the notice: zu before an"
    assert records.attached(old) == records.attached(new)
    assert [records.attachment(new, of) for of in new.shown.files] == [b"%PDF-1.7 zu", b"%PDF-1.7 an"]


@pytest.mark.parametrize("event", [LedgerEvent.TAKEN_DOWN, LedgerEvent.SHOWN_AGAIN])
def test_a_return_to_what_an_old_line_showed_names_nothing(event: LedgerEvent, folder: Path) -> None:
    records = load(folder)
    first = Ledger.of(records.ledger.lines[: 0 if event is LedgerEvent.TAKEN_DOWN else 1])
    back = record_rollback(records, first, instant("2025-11-28 10:00"))
    added = [line for line in back.ledger.lines[4:] if line.id == ID]
    assert [(line.event, line.names) for line in added] == [(event, ())]
    assert [records.attachment(added[0], of) for of in added[0].shown.files] == [b"%PDF-1.7 zu", b"%PDF-1.7 an"]
    assert read_ledger(back.ledger.written()) == back.ledger


def test_a_line_of_the_first_schema_after_one_of_the_second_is_refused(folder: Path) -> None:
    records = published(load(folder), CORRECTED, _er(**ERROR), at="2025-11-27 10:00", files=FILES)
    old, last = records.ledger.lines[0], records.ledger.lines[-1]
    forged = replace(old, number=last.number + 1, instant=last.instant, previous=last.seal).sealed()
    with pytest.raises(RecordsError, match="格式还旧"):
        read_ledger(Ledger.of([*records.ledger.lines, forged]).written())


def test_a_line_of_a_schema_to_come_asks_for_a_newer_program(folder: Path) -> None:
    line = replace(load(folder).ledger.lines[0], schema="gongkai-ledger-9", names=()).sealed()
    with pytest.raises(RecordsError, match=r"第 1 行：.*gongkai-ledger-9.*先升级程序"):
        read_ledger(line.written())


def test_after_a_removal_nothing_names_its_attachments(tmp_path: Path) -> None:
    """Neither ledger nor proof nor any other page or file, public or kept, has the name or the title; digests stay."""
    records = published(Records(tmp_path), _er(), at="2025-11-21 09:00", files=FILES)
    of = records.ledger.by_id["2025/er"][0].shown.files[0]
    removed = _er(**ERROR)
    records = published(load(tmp_path), removed, at="2025-11-26 10:00", files=FILES)
    kept = [place.read_bytes() for place in tmp_path.rglob("*") if place.is_file()]
    shown = [
        part
        for page, files in render(content(removed), at("2025-11-27"), records)
        for part in (repr(page).encode(), *(file.data for file in files))
    ]
    for data in (*kept, *shown, *(str(place).encode() for place in tmp_path.rglob("*"))):
        assert not any(word.encode() in data for word in ("mingdan", "名单甲乙丙"))
    assert any(of.sha256.encode() in data for data in kept)
    assert any(of.sha256.encode() in data for data in shown), "the proof keeps the digest"


def test_old_lines_that_name_attachments_of_a_removed_text_can_be_listed(folder: Path) -> None:
    ledger = load(folder).ledger
    assert [(line.number, line.names) for line in ledger.naming("2025/er")] == [(2, ("mingdan.pdf",))]
    records = published(load(folder), CORRECTED, _er(**ERROR), at="2025-11-27 10:00", files=FILES)
    shown = repr([page for page, _ in render(content(_er(**ERROR)), at("2025-11-28"), records)])
    assert "mingdan" not in shown, "no page repeats what only the old line says"
