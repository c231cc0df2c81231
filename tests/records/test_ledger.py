"""The ledger: what it holds, and that nothing of it can be changed unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import PackedNotice
from generator.period import parse_now
from generator.records import (
    Digest,
    Ledger,
    LedgerEvent,
    Records,
    RecordsError,
    SiteFacts,
    append_changes,
    both_digests,
    load,
    read_ledger,
)
from tests.support.pages import ORGANS
from tests.support.records.publications import SITE, correction, published, yi


def _ledger() -> Ledger:
    records = published(Records(), yi(), at="2025-11-21 09:00")
    records = published(records, yi(更正=[correction("2025-11-25")]), at="2025-11-25 10:00")
    longer = yi(更正=[correction("2025-11-25")], 延期=[{"日期": "2025-12-01", "至": "2025-12-20", "说明": "来信较多"}])
    return published(records, longer, at="2025-12-01 10:00").ledger


LEDGER = _ledger()
WRITTEN = LEDGER.written()
# As a program of the first schema wrote it, with the names of attachments.
FIRST = read_ledger((Path(__file__).parent / "cases/schema-1/ledger.jsonl").read_bytes())


def test_a_line_says_which_version_was_shown_since_when() -> None:
    _, first, second, third = map(json.loads, WRITTEN.splitlines())
    assert [line["version"] for line in (first, second, third)] == [1, 2, 3]
    assert [line["event"] for line in (first, second, third)] == ["published", "corrected", "extended"]
    assert (first["opens"], first["closes"], third["closes"]) == ("2025-11-21", "2025-12-12", "2025-12-20")
    assert second["instant"] == "2025-11-25T10:00:00+08:00"
    assert second["previous"] == first["seal"]


def test_a_seal_can_be_recomputed_with_stock_tools() -> None:
    line = json.loads(WRITTEN.splitlines()[1])
    seal = line.pop("seal")
    plain = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    assert both_digests(plain.encode()).data() == seal


def test_what_is_written_reads_back() -> None:
    assert read_ledger(WRITTEN) == LEDGER
    assert read_ledger(b"") == Ledger()


@given(st.data())
def test_no_bit_can_change_unseen_and_the_line_is_named(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(WRITTEN) - 1))
    changed = WRITTEN[:at] + bytes([WRITTEN[at] ^ (1 << data.draw(st.integers(0, 7)))]) + WRITTEN[at + 1 :]
    number = WRITTEN.count(b"\n", 0, at) + 1
    with pytest.raises(RecordsError) as refused:
        read_ledger(changed)
    # A line end that is gone, or one that is new, moves what comes after it.
    assert any(f"第 {number + off} 行" in str(refused.value) for off in (0, 1))
    assert "git reset --hard origin/records" in str(refused.value)


@pytest.mark.parametrize("kept", [(1, 2), (0, 2), (0, 2, 1), (0, 0, 1, 2), (0, 1, 1, 2)])
def test_lines_cannot_be_dropped_moved_or_repeated(kept: tuple[int, ...]) -> None:
    lines = WRITTEN.splitlines(keepends=True)
    with pytest.raises(RecordsError, match="接不上前一行"):
        read_ledger(b"".join(lines[index] for index in kept))


def test_a_ledger_merged_by_git_is_refused_with_a_way_out() -> None:
    first, *_ = WRITTEN.splitlines(keepends=True)
    merged = first + b"<<<<<<< HEAD\n" + b"=======\n" + b">>>>>>> origin/records\n"
    with pytest.raises(RecordsError, match=r"第 2 行：这里是 git 合并时留下的标记") as refused:
        read_ledger(merged)
    assert "git reset --hard origin/records" in str(refused.value)


def test_two_pasts_put_together_are_refused() -> None:
    """Two clones published from the same line on: neither's lines follow from the other's."""
    other = published(Records(), yi(), at="2025-11-21 09:00")
    other = published(other, yi(更正=[correction("2025-11-26", "别人写的。")]), at="2025-11-26 10:00")
    forked = WRITTEN + other.ledger.written().splitlines(keepends=True)[2]
    with pytest.raises(RecordsError, match="第 5 行：接不上前一行"):
        read_ledger(forked)


def test_a_clock_before_the_last_line_is_refused() -> None:
    records = published(Records(), yi(), at="2025-11-25 09:00")
    with pytest.raises(RecordsError, match="时间倒退") as refused:
        published(records, yi(更正=[correction("2025-11-21")]), at="2025-11-24 09:00")
    assert "校准" in str(refused.value)
    assert published(records, yi(), at="2025-11-24 09:00").ledger == records.ledger, "nothing is entered"


def test_a_clock_that_had_been_ahead_is_set_back_on_record() -> None:
    records = published(Records(), yi(), at="2036-11-25 09:00")
    entries = [PackedNotice.of(yi(更正=[correction("2025-11-24")]))]
    facts = SiteFacts.of(SITE, ORGANS, (), {entry.summary.organ for entry in entries})
    back = append_changes(records, entries, facts, parse_now("2025-11-24 09:00"), lambda _: b"", clock_set_back=True)
    assert [line.clock_set_back for line in back.ledger.lines] == [False, False, True]
    assert read_ledger(back.ledger.written()) == back.ledger


@pytest.mark.parametrize("id_", ["../../secret", "2025/../../secret", "/etc/passwd", "2025", "2025/a/b", ""])
def test_a_ledger_that_leads_elsewhere_is_refused_however_well_sealed(id_: str) -> None:
    """Whoever makes a ledger can seal it; what it names becomes a path of whoever restores it."""
    first = FIRST.lines[0]
    with pytest.raises(RecordsError, match="不是发布记录"):
        read_ledger(replace(first, shown=replace(first.shown, id=id_)).sealed().written())


def test_an_attachment_or_a_digest_that_leads_elsewhere_is_refused() -> None:
    first, away = FIRST.lines[0], Digest("../../x", "y")
    ledgers = [replace(first, names=(name, "zu.pdf")).sealed() for name in ("../x.pdf", "a/b.pdf")] + [
        replace(line, shown=replace(line.shown, files=(away,) * len(line.shown.files) or (away,))).sealed()
        for line in (first, LEDGER.lines[0])
    ]
    for line in ledgers:
        with pytest.raises(RecordsError, match="不是发布记录"):
            read_ledger(line.written())


def test_versions_without_a_ledger_are_refused(tmp_path: Path) -> None:
    records = published(Records(tmp_path), yi(), at="2025-11-21 09:00")
    assert load(tmp_path).ledger == records.ledger
    (tmp_path / "ledger/000001.jsonl").unlink()
    with pytest.raises(RecordsError, match=r"却没有 ledger 或 ledger\.jsonl"):
        load(tmp_path)


def test_what_happened_has_a_name_in_every_line() -> None:
    assert {line.event for line in LEDGER.lines} <= set(LedgerEvent)
