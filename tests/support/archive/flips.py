"""One bit changed by chance, and whether the file is named."""

from __future__ import annotations

import random
from pathlib import Path

from generator.archive import verify
from generator.records import RecordsError


def flips(folder: Path, times: int, dice: random.Random, records: Path | None = None) -> list[str]:
    """Change one bit of one file so many times, and return those that were not seen, or whose file was not named."""
    places = sorted(place for place in folder.rglob("*") if place.is_file() and place.stat().st_size)
    missed = []
    for _ in range(times):
        place = dice.choice(places)
        whole = place.read_bytes()
        at, bit = dice.randrange(len(whole)), 1 << dice.randrange(8)
        place.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        path = place.relative_to(folder).as_posix()
        if not any(path in flaw for flaw in _found(folder, records)):
            missed.append(f"{path}: byte {at}, bit {bit}")
        place.write_bytes(whole)
    return missed


def _found(folder: Path, records: Path | None) -> tuple[str, ...]:
    try:
        return verify(folder, records, None).flaws
    except RecordsError as error:
        return (str(error),)
