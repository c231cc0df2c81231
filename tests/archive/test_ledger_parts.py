"""Sites and bags whose records lie in one file, in several parts, or in the single file of old with parts after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from generator.addresses import LEDGER, ledger_path
from generator.archive import restore_bags, verify
from generator.records import load
from tests.support.archive.forgeries import relisted, resealed
from tests.support.archive.story import ARCHIVED, Story, archived, publish
from tests.support.program import tree


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder with content and records, its site, and its bag."""

    root: Path
    site: Path
    bag: Path

    @property
    def records(self) -> Path:
        """The folder of the records."""
        return self.root / "records"


LAYOUTS = {"one file": (LEDGER,), "parts": (1, 4, 9), "an old file and parts": (LEDGER, 5, 8)}


@pytest.fixture(scope="module", params=LAYOUTS.values(), ids=[*LAYOUTS])
def kept(request: pytest.FixtureRequest, story: Story, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Divide the records of the story, and publish and archive it with them."""
    home = tmp_path_factory.mktemp("kept")
    root = Path(shutil.copytree(story.root, home / "office"))
    divided(root / "records", request.param)
    publish(root, home / "site", ARCHIVED)
    return Kept(root, home / "site", archived(root, home / "bag"))


def divided(records: Path, firsts: tuple[str | int, ...]) -> None:
    """Write a ledger anew in parts by the numbers of their first lines; `LEDGER` for the single file of old."""
    lines = load(records).ledger.written().splitlines(keepends=True)
    shutil.rmtree(records / "ledger")
    for first, end in pairwise([*firsts, len(lines) + 1]):
        number = 1 if isinstance(first, str) else first
        place = records / (first if isinstance(first, str) else ledger_path(first))
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(b"".join(lines[number - 1 : int(end) - 1]))


def _ledger(folder: Path) -> dict[str, str]:
    return {path: of for path, of in tree(folder).items() if path.startswith("ledger")}


def test_sites_and_bags_have_the_parts_of_the_records(kept: Kept, story: Story) -> None:
    assert load(kept.records).ledger == load(story.records).ledger, "the publication added nothing"
    assert _ledger(kept.site / "data") == _ledger(kept.bag / "data") == _ledger(kept.records)
    page = (kept.site / "archive/index.html").read_text("utf-8")
    index = (kept.bag / "index.html").read_text("utf-8")
    for path in _ledger(kept.records):
        assert f'href="../data/{path}"' in page
        assert f'href="data/{path}"' in index
    assert ("下载发布记录第 1 至" in page) == (len(_ledger(kept.records)) > 1)


def test_they_are_proven(kept: Kept, story: Story) -> None:
    """By their own records and by the same lines in another form."""
    for records in (kept.records, story.records, story.records / "ledger/000001.jsonl"):
        assert verify(kept.site, records, None).flaws == ()
        assert verify(kept.bag, records, None).flaws == ()
    assert verify(kept.site, kept.records, None).proven
    assert verify(kept.records, None, None).flaws == ()


def _last(data: Path) -> Path:
    return data / [*sorted(_ledger(data), key=lambda path: (path != LEDGER, path))][-1]


def _without_last_line(data: Path) -> None:
    place = _last(data)
    place.write_bytes(b"".join(place.read_bytes().splitlines(keepends=True)[:-1]))


def _swapped_ends(data: Path) -> None:
    place = _last(data)
    lines = place.read_bytes().splitlines(keepends=True)
    place.write_bytes(b"".join([*lines[:-2], lines[-1], lines[-2]]))


def _first_again(data: Path) -> None:
    first = next(place for place in (data / LEDGER, data / ledger_path(1)) if place.exists())
    other = data / (ledger_path(1) if first.name == LEDGER else LEDGER)
    other.parent.mkdir(exist_ok=True)
    shutil.copy(first, other)


def _one_more(data: Path) -> None:
    place = data / ledger_path(99)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"{}\n")


FORGERIES: dict[str, Callable[[Path], object]] = {
    "the last part deleted": lambda data: _last(data).unlink(),
    "the last line deleted": _without_last_line,
    "two lines changed places": _swapped_ends,
    "the first part twice": _first_again,
    "one part more": _one_more,
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_forged_parts_are_found(forge: Callable[[Path], object], kept: Kept, tmp_path: Path) -> None:
    """In a site and in a bag, their lists made anew, and in the records."""
    site, bag = (Path(shutil.copytree(place, tmp_path / place.name)) for place in (kept.site, kept.bag))
    for data in (site / "data", bag / "data"):
        forge(data)
    relisted(site)
    resealed(bag)
    for target in (site, bag):
        flaws = verify(target, kept.records, None).flaws
        assert any("data/ledger" in flaw.partition("：")[0] for flaw in flaws), flaws


def test_what_comes_back_from_a_bag_is_divided_as_it_was(kept: Kept, tmp_path: Path) -> None:
    restored = restore_bags([kept.bag, archived(kept.root, tmp_path / "2024", "2024")], tmp_path / "office")
    assert restored.absent == ()
    assert tree(tmp_path / "office/records") == tree(kept.records)
