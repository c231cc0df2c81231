"""What comes back from bags is what was published: the same records, the same site, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.archive import ArchiveError, make_archive, restore_bags, verify
from generator.archive.restoration import content_files
from generator.build.request import BuildRequest
from generator.check import check_content
from generator.clock import clock
from generator.records import load
from tests.support.archive.story import ARCHIVED, FIRST, SECRET, Story, archived, clock_at, publish, write
from tests.support.program import gongkai, tree


def test_two_years_come_back_and_make_the_same_site(story: Story, tmp_path: Path) -> None:
    earlier = archived(story.root, tmp_path / "2024.zip", "2024")
    restored = restore_bags([story.bag, earlier], tmp_path / "office")
    assert (restored.notices, restored.versions, restored.absent) == (5, 8, ())
    assert tree(tmp_path / "office/records") == tree(story.records)
    publish(tmp_path / "office", tmp_path / "site", ARCHIVED)
    assert tree(tmp_path / "site") == tree(story.site)


def test_the_records_alone_make_the_same_site(story: Story, tmp_path: Path) -> None:
    """Site, organs, pages of staff and notices: nothing of what the public sees is only in the content."""
    root = tmp_path / "office"
    shutil.copytree(story.records, root / "records")
    records = load(root / "records")
    lines = [own[-1] for own in records.ledger.by_id.values()]
    for file in content_files(records, lines):
        place = root / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.data)
    publish(root, tmp_path / "site", ARCHIVED)
    assert tree(tmp_path / "site") == tree(story.site)


def test_a_bag_from_before_the_facts_were_on_record_comes_back(tmp_path: Path) -> None:
    """It was made by a program of the first schema, from the same story."""
    old = Path(__file__).parent / "cases/schema-1.zip"
    assert verify(old, None, None).flaws == ()
    restored = restore_bags([old], tmp_path / "office")
    assert (restored.notices, restored.versions, restored.absent) == (4, 7, ("2024/wu",))
    content = tmp_path / "office/content"
    assert (content / "about.md").read_text("utf-8") == FIRST["about.md"]
    assert not check_content(content).failed
    assert load(tmp_path / "office/records").ledger.lines[0].is_first_schema


def test_a_bag_from_before_days_and_instants_were_of_one_form_stays_valid(tmp_path: Path) -> None:
    """Its table has them in two forms, and its readme fewer commands; it was signed then."""
    cases = Path(__file__).parent / "cases"
    old = cases / "schema-2.zip"
    alone = verify(old, None, None)
    assert alone.flaws == ()
    assert not any("metadata.csv" in line or "README.txt" in line for line in alone.other_version)
    assert verify(old, None, cases / "schema-2.signers").proven
    assert restore_bags([old], tmp_path / "office").versions == 7


def test_what_came_back_from_an_old_bag_goes_on_with_a_mixed_ledger(tmp_path: Path) -> None:
    """Published and archived by this program, with lines of both schemas, it is whole and comes back once more."""
    old = Path(__file__).parent / "cases/schema-1.zip"
    root = tmp_path / "office"
    restore_bags([old], root)
    ledger = (root / "records/ledger.jsonl").read_bytes()
    write(root, {"notices/2024/wu.yml": FIRST["notices/2024/wu.yml"]})
    publish(root, tmp_path / "site", "2026-02-05 10:00")
    with clock_at("2026-02-05 10:00") as now:
        bag = tmp_path / "bag"
        order = BuildRequest(now=clock(), root=root)
        make_archive(order, "2025", bag, now, site=None, key=None, previous=None, progress=lambda *_: None)
    assert verify(bag, root / "records", None).flaws == ()
    assert (bag / "data/ledger.jsonl").read_bytes() == ledger
    assert [place.name for place in (bag / "data/ledger").iterdir()] == ["000010.jsonl"]
    again = restore_bags([bag], tmp_path / "again")
    assert (again.notices, again.versions) == (4, 7)
    assert tree(tmp_path / "again/content/notices/2025") == tree(root / "content/notices/2025")


def test_one_year_alone_says_what_is_missing(story: Story, tmp_path: Path) -> None:
    done = gongkai("restore", story.bag, "-o", tmp_path / "office")
    assert done.returncode == 0, done.stderr
    assert "2024/wu" in done.stdout
    assert not any(SECRET in place.read_text("utf-8") for place in (tmp_path / "office").rglob("*.yml"))


def test_a_notice_that_changed_after_its_year_was_archived_is_told(story: Story, tmp_path: Path) -> None:
    """Its bag has the version of then; the ledger of a later bag knows a newer one."""
    root = Path(shutil.copytree(story.root, tmp_path / "later"))
    early = archived(root, tmp_path / "2024", "2024")
    text = (root / "content/notices/2024/wu.yml").read_text("utf-8").replace("三次", "四次")
    write(root, {"notices/2024/wu.yml": f"{text}更正:\n  - 日期: 2026-01-05\n    说明: 会议应为四次。\n"})
    publish(root, tmp_path / "site", ARCHIVED)
    late = archived(root, tmp_path / "2025")
    restored = restore_bags([late, early], tmp_path / "office")
    assert restored.absent == ("2024/wu",)
    assert not (tmp_path / "office/content/notices/2024/wu.yml").exists()
    again = restore_bags([late, archived(root, tmp_path / "2024-2", "2024"), early], tmp_path / "whole")
    assert (again.notices, again.versions, again.absent) == (5, 9, ())
    assert tree(tmp_path / "whole/records") == tree(root / "records")


def test_a_bag_that_is_not_whole_is_not_restored(bag: Path, tmp_path: Path) -> None:
    place = bag / "data/notices/2025/er/v1/notice.txt"
    place.write_text("别的文字")
    with pytest.raises(ArchiveError, match=r"er/v1/notice\.txt：内容变了"):
        restore_bags([bag], tmp_path / "office")
    assert not (tmp_path / "office").exists()


def test_what_is_there_is_not_overwritten(story: Story, tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office/mine.txt").write_text("我的")
    with pytest.raises(ArchiveError, match="没有动它"):
        restore_bags([story.bag], tmp_path / "office")
    assert [place.name for place in (tmp_path / "office").iterdir()] == ["mine.txt"]


def test_bags_of_two_pasts_do_not_come_back_together(story: Story, tmp_path: Path) -> None:
    root = Path(shutil.copytree(story.root, tmp_path / "other"))
    shutil.rmtree(root / "records")
    publish(root, tmp_path / "site", "2025-12-05 10:00")
    other = archived(root, tmp_path / "2024", "2024")
    with pytest.raises(ArchiveError, match="不是同一份"):
        restore_bags([story.bag, other], tmp_path / "office")
