"""Names of releases: what they say, which is older, and which are deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from generator.period import SHANGHAI
from generator.publish.release_names import (
    ReleaseName,
    next_instant_after,
    parse_release_name,
    releases_to_delete,
)

BEGAN = datetime(2025, 12, 1, 9, 0, 1, tzinfo=SHANGHAI)
HOSTS, UPLOADED = "20251201-090001-0123456789ab", "20251201-090001-0123456789ab-run7"


@pytest.mark.parametrize(
    ("name", "release"),
    [
        (HOSTS, ReleaseName(BEGAN, "0123456789ab")),
        (UPLOADED, ReleaseName(BEGAN, "0123456789ab", ("run", 7))),
        ("20251201010001-0123456789ab-commit1764550000", ReleaseName(BEGAN, "0123456789ab", ("commit", 1764550000))),
        ("20251301-090001-0123456789ab", None),
        ("20251201-090001", None),
        ("20251201-090001-0123456789ab-run", None),
        (".old-20251201-090001-0123456789ab", None),
        ("mine", None),
    ],
)
def test_a_name_is_read(name: str, release: ReleaseName | None) -> None:
    """Names that publish.sh gave are in UTC, without the first hyphen."""
    assert parse_release_name(name) == release


@pytest.mark.parametrize("name", [HOSTS, UPLOADED])
def test_a_name_is_written_as_it_is_read(name: str) -> None:
    assert str(parse_release_name(name)) == name


def test_within_one_sequence_the_number_counts_else_the_instant() -> None:
    later = BEGAN + timedelta(seconds=1)
    seventh, eighth = ReleaseName(later, "a", ("run", 7)), ReleaseName(BEGAN, "b", ("run", 8))
    commit = ReleaseName(BEGAN, "b", ("commit", 1764550000))
    for older, newer in ((seventh, eighth), (commit, seventh), (eighth, ReleaseName(later, "b", ("run", 8)))):
        assert older.is_older(newer)
        assert not newer.is_older(older)
    assert not seventh.is_older(seventh)


def test_instants_go_on_where_the_clock_does_not() -> None:
    names: list[str] = ["mine"]
    for back in (0, 0, 3600, -3600):
        now = BEGAN - timedelta(seconds=back)
        names.append(str(ReleaseName(next_instant_after(names, now), "a")))
    instants = [release.began for name in names if (release := parse_release_name(name))]
    assert all(earlier < later for earlier, later in pairwise(instants))
    assert instants[-1] == BEGAN + timedelta(hours=1)


def test_all_but_the_newest_and_those_to_keep_are_deleted() -> None:
    names = [str(ReleaseName(BEGAN + timedelta(days=day), "a")) for day in range(5)]
    utc = f"{datetime(2025, 11, 1, tzinfo=UTC):%Y%m%d%H%M%S}-b-run1"
    given = {*names, utc, "mine"}
    assert releases_to_delete(given, 2, {names[1]}) == [utc, names[0], names[2]]
    assert releases_to_delete(given, 6, ()) == []
