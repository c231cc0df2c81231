"""Measure how long a year takes to archive and to verify, and how much memory, by the number of its notices."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.building import GONGKAI
from tests.bench.measure import measure
from tests.support.corpus import notice_yaml, write_content

_SIZES = (100, 300, 1000)
_YEAR = "2025"


def archive(number: int) -> None:
    """Publish a year of so many notices, archive it both ways, verify the bag, and print what each took."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        write_year(root / "content", number)
        measure((*GONGKAI, "build", "--live", "--records", "records"), root)
        built = measure((*GONGKAI, "archive", _YEAR, "-o", "bag"), root)
        taken = measure((*GONGKAI, "archive", _YEAR, "-o", "taken", "--site", "site"), root)
        verified = measure((*GONGKAI, "verify", "bag"), root)
        size = sum(place.stat().st_size for place in (root / "bag").rglob("*") if place.is_file())
        held = len(list((root / "bag").glob(f"data/notices/{_YEAR}/*/v1/notice.json")))
        if held != number:
            sys.exit(f"the bag holds {held} notices instead of {number}")
        print(
            f"{number:>6} notices  archive, site built for it {built.seconds:5.1f} s {built.memory:4.0f} MB   "
            f"of a finished site {taken.seconds:5.1f} s {taken.memory:4.0f} MB   "
            f"verify {verified.seconds:4.1f} s {verified.memory:4.0f} MB   bag {size / 1e6:.0f} MB",
            flush=True,
        )


def write_year(content: Path, number: int) -> None:
    """Write content with so many notices, all of one year."""
    write_content(content, 1)
    for place in content.glob("notices/*/*.yml"):
        place.unlink()
    made, index = 0, 0
    while made < number:
        id_, text = notice_yaml(index)
        index += 1
        if id_.startswith(f"{_YEAR}/"):
            place = content / "notices" / f"{id_}.yml"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            made += 1


if __name__ == "__main__":
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else _SIZES:
        archive(size)
