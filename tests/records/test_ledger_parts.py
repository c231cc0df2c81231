"""A ledger in parts: what a publication writes, and what is read again of what was verified."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.addresses import LEDGER, ledger_path, ledger_paths
from generator.archive import verify
from generator.records import (
    Ledger,
    LedgerError,
    PartSource,
    Records,
    RecordsError,
    load,
    read_ledger,
    read_parts,
    record_rollback,
)
from tests.support.pages import notice
from tests.support.records.publications import ID, SITE, correction, instant, published, yi


class Remembered:
    """A cache in memory."""

    def __init__(self, values: dict[tuple[str, str], object] | None = None) -> None:
        self.values = dict(values or {})

    def get(self, name: str, key: str) -> object:
        """Return what was put."""
        return self.values.get((name, key))

    def put(self, name: str, key: str, value: bytes) -> None:
        """Keep a value."""
        self.values[name, key] = value


def _story() -> Ledger:
    """Enter nine lines: corrections of one notice between others that come and move."""
    records = Records()
    fixes = [correction(f"2025-11-{day}", f"第 {day} 次。") for day in range(22, 27)]
    for at, fix in enumerate(fixes, 1):
        others = [notice(f"2024/n{number}") for number in range(at)]
        records = published(records, yi(更正=fixes[:at]), *others, at=f"{fix['日期']} 09:00")
    return records.ledger


WHOLE = _story()
LINES = WHOLE.written().splitlines(keepends=True)


def _parts(*sizes: int, old: bool = False) -> dict[str, bytes]:
    """Divide the story into parts of so many lines, the rest in the last; `old` has the single file for the first."""
    ends = [0, *accumulate(sizes), len(LINES)]
    parts = {ledger_path(start + 1): b"".join(LINES[start:end]) for start, end in pairwise(ends)}
    return {LEDGER if old and path == ledger_path(1) else path: data for path, data in parts.items()}


def _sources(parts: dict[str, bytes], read: list[str] | None = None, *, tokens: bool = False) -> list[PartSource]:
    def reader(path: str) -> bytes:
        if read is not None:
            read.append(path)
        return parts[path]

    return [
        PartSource(path, partial(reader, path), token=str(hash(parts[path])) if tokens else "")
        for path in ledger_paths(parts)
    ]


def _written(folder: Path, parts: dict[str, bytes]) -> Path:
    for path, data in parts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


LAYOUTS = {
    "one part": _parts(),
    "several parts": _parts(3, 4),
    "the single file of old": _parts(old=True),
    "the single file of old and parts": _parts(4, 2, old=True),
}


@pytest.mark.parametrize("parts", LAYOUTS.values(), ids=LAYOUTS)
def test_in_whatever_parts_it_is_the_same_ledger(parts: dict[str, bytes]) -> None:
    ledger = read_parts(_sources(parts))
    assert ledger == WHOLE == read_ledger(b"".join(parts.values()))
    assert ledger.written() == WHOLE.written()
    assert list(ledger.lines) == list(WHOLE.lines)
    assert dict(ledger.by_id) == dict(WHOLE.by_id)
    assert [line.event for line in ledger.by_id[ID]] == ["published", *["corrected"] * 4]
    assert (ledger.site, ledger.latest(ID)) == (WHOLE.site, WHOLE.latest(ID))
    assert ledger.last_of_year("2024") == WHOLE.by_id["2024/n4"][-1]
    assert ledger.last_of_year("2023") is None


@pytest.mark.parametrize("parts", LAYOUTS.values(), ids=LAYOUTS)
def test_a_publication_writes_the_last_part_alone(parts: dict[str, bytes], tmp_path: Path) -> None:
    """After the single file of old it begins a part."""
    before = load(_written(tmp_path, parts))
    after = published(before, notice("2024/later"), at="2025-12-01 09:00")
    there = {part.path: (tmp_path / part.path).read_bytes() for part in after.ledger.parts}
    (changed,) = [path for path, data in there.items() if parts.get(path) != data]
    assert changed == (ledger_path(len(LINES) + 1) if [*parts] == [LEDGER] else [*parts][-1])
    assert load(tmp_path).ledger == after.ledger
    assert after.ledger.written().startswith(WHOLE.written())


def test_a_full_part_stays_as_it_is(tmp_path: Path) -> None:
    """A thousand lines are one: moves of thirty notices over and over fill more."""
    records, own = Records(tmp_path), [notice(f"2024/n{number}") for number in range(30)]
    for number in range(40):
        moved = SITE.model_copy(update={"address": f"https://www.example.com/{number}/"})
        records = published(records, *own, at="2025-11-22 09:00", site=moved)
    names = sorted(place.name for place in (tmp_path / "ledger").iterdir())
    assert names == ["000001.jsonl", "001001.jsonl"]
    first = (tmp_path / "ledger/000001.jsonl").read_bytes()
    assert first.count(b"\n") == 1000
    published(load(tmp_path), *own, yi(), at="2025-11-23 09:00", site=moved)
    assert (tmp_path / "ledger/000001.jsonl").read_bytes() == first


@pytest.mark.parametrize("old", [False, True], ids=["parts", "an old file and parts"])
@given(data=st.data())
def test_no_bit_of_any_part_can_change_unseen(old: bool, data: st.DataObject) -> None:
    parts = _parts(3, 4, old=old)
    path = data.draw(st.sampled_from(list(parts)))
    at = data.draw(st.integers(0, len(parts[path]) - 1))
    byte = bytes([parts[path][at] ^ (1 << data.draw(st.integers(0, 7)))])
    changed = parts | {path: parts[path][:at] + byte + parts[path][at + 1 :]}
    cache = Remembered()
    read_parts(_sources(parts), cache)
    for known in (None, cache):
        with pytest.raises(LedgerError, match=r"第 [0-9]+ 行"):
            read_parts(_sources(changed), known)


Forge = Callable[[dict[str, bytes]], dict[str, bytes]]
FORGED: dict[str, Forge] = {
    "the first part is gone": lambda parts: {path: parts[path] for path in [*parts][1:]},
    "a part is gone": lambda parts: {path: parts[path] for path in [*parts][::2]},
    "a part bears another number": lambda parts: {path.replace("4", "5"): data for path, data in parts.items()},
    "a part ends early": lambda parts: parts | {ledger_path(4): b"".join(LINES[3:6])},
    "a part is written twice": lambda parts: parts | {LEDGER: parts[ledger_path(1)]},
    "two parts changed places": lambda parts: dict(zip(parts, [*parts.values()][::-1], strict=True)),
    "a line moved to the part before": lambda parts: (
        parts | {ledger_path(1): b"".join(LINES[:4]), ledger_path(4): b"".join(LINES[4:7])}
    ),
    "a part of another past": lambda parts: parts | {ledger_path(8): _forked()},
}


def _forked() -> bytes:
    """Write a line that follows from another one."""
    return replace(WHOLE.lines[7], previous=WHOLE.lines[5].seal).sealed().written()


@pytest.mark.parametrize("remembered", [False, True], ids=["", "remembered"])
@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_parts_that_do_not_follow_from_each_other_are_refused(forge: Forge, remembered: bool) -> None:
    cache = Remembered()
    read_parts(_sources(_parts(3, 4)), cache)
    with pytest.raises(LedgerError, match=r"接不上|版本跳了号"):
        read_parts(_sources(forge(_parts(3, 4))), cache if remembered else None)


def test_what_was_verified_is_not_read_again() -> None:
    """Named by a token a part is not even opened until a line of it is asked for."""
    cache, read = Remembered(), list[str]()
    early = _parts(3, 3)
    early[ledger_path(7)] = b"".join(LINES[6:8])
    read_parts(_sources(early, tokens=True), cache)
    assert read_parts(_sources(_parts(3, 3), tokens=True), cache) == WHOLE
    ledger = read_parts(_sources(_parts(3, 3), read, tokens=True), cache)
    assert (len(ledger.lines), ledger.head, ledger.last, read) == (len(LINES), WHOLE.head, WHOLE.last, [])
    assert ledger.site == WHOLE.site
    assert read == [ledger_path(1)]


def test_a_line_that_is_forged_is_refused_whatever_was_verified_before_it() -> None:
    """Of the part that grew, the beginning is known."""
    cache = Remembered()
    read_parts(_sources(_parts(3, 3) | {ledger_path(7): LINES[6]}), cache)
    skipped = replace(WHOLE.lines[7], version=9).sealed().written()
    with pytest.raises(LedgerError, match=r"第 2 行：.*版本跳了号"):
        read_parts(_sources(_parts(3, 3) | {ledger_path(7): LINES[6] + skipped}), cache)


def test_bytes_that_are_no_longer_those_that_were_verified_are_refused() -> None:
    """A token that lies is found out as soon as a line is asked for."""
    cache, parts = Remembered(), _parts(3, 4)
    tokens = {path: str(number) for number, path in enumerate(parts)}
    read_parts([PartSource(path, partial(parts.__getitem__, path), tokens[path]) for path in parts], cache)
    ledger = read_parts([PartSource(path, lambda: LINES[0], tokens[path]) for path in parts], cache)
    with pytest.raises(RecordsError, match=r"改动过"):
        ledger.by_id[ID]


def _damages(value: bytes) -> Iterable[object]:
    yield from (b"", b"x" * 40, value[:-1], value[:50] + b"7" + value[51:], value[32:], None, 7)


@pytest.mark.parametrize("number", range(3))
def test_a_damaged_or_foreign_memory_never_makes_a_wrong_ledger(number: int) -> None:
    parts = _parts(3, 4)
    kept = Remembered()
    read_parts(_sources(parts), kept)
    name = [*kept.values][number]
    own = kept.values[name]
    assert isinstance(own, bytes)
    for damage in (*_damages(own), *(kept.values[other] for other in kept.values if other != name)):
        cache = Remembered(kept.values | {name: damage})
        assert read_parts(_sources(parts), cache) == WHOLE
        assert list(read_parts(_sources(parts), cache).lines) == list(WHOLE.lines)


def test_two_ledgers_part_at_the_first_line_that_differs() -> None:
    other = Ledger.of(WHOLE.lines[:5]).extended([replace(WHOLE.lines[5], version=1, clock_set_back=True).sealed()])
    assert WHOLE.first_divergence(other) == other.first_divergence(WHOLE) == 6
    assert WHOLE.first_divergence(Ledger.of(WHOLE.lines[:5])) is None
    assert WHOLE.first_divergence(read_parts(_sources(_parts(2, 2)))) is None
    assert WHOLE.ids_since(Ledger.of(WHOLE.lines[:7])) == sorted(
        {line.id for line in WHOLE.lines[7:]}, key=[*WHOLE.by_id].index
    )
    assert WHOLE.ids_since(WHOLE) == []


@pytest.mark.parametrize("kept", range(len(LINES) + 1))
def test_a_rollback_looks_at_what_came_since_and_finds_all(kept: int) -> None:
    """It enters what a look at all notices would."""
    records, shown = Records(None, None, WHOLE, WHOLE), Ledger.of(WHOLE.lines[:kept])
    back = record_rollback(records, shown, instant("2025-12-01 10:00"))
    now = {id_: own[-1].shown for id_, own in back.ledger.by_id.items()}
    for id_, own in WHOLE.by_id.items():
        then = shown.by_id.get(id_)
        assert now[id_] == (then[-1].shown if then else replace(own[-1].shown, text=False))


@pytest.mark.parametrize("parts", LAYOUTS.values(), ids=LAYOUTS)
def test_records_in_whatever_parts_verify(parts: dict[str, bytes], tmp_path: Path) -> None:
    """A part alone stands for the folder that it lies in; only the single file of old stands for itself."""
    folder = _written(tmp_path, parts)
    head = json.loads(LINES[-1])["seal"]["sha256"]
    for path in (path for path in parts if path != LEDGER or len(parts) == 1):
        assert head in verify(folder / path, None, None).looked_at[0]
    assert head in verify(folder, None, None).looked_at[0]
