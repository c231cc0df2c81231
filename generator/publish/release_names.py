"""Names of releases, on a host and on a server that gets uploads: how they are written, which is older, which go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from generator.period import SHANGHAI

# Names without the first hyphen were given by publish.sh, in UTC.
_NAME = re.compile(r"(20[0-9]{6})(-?)([0-9]{6})-([0-9a-f]{1,64})(?:-([a-z]{1,10})([0-9]{1,20}))?")


@dataclass(frozen=True, slots=True)
class ReleaseName:
    """A release by the instant of its beginning, its commit, and its place in a sequence.

    `sequence` is a kind and a number, such as ("run", 12) of a pipeline; ("", 0) where there is none.
    """

    began: datetime
    commit: str
    sequence: tuple[str, int] = ("", 0)

    def __str__(self) -> str:
        kind, number = self.sequence
        name = f"{self.began.astimezone(SHANGHAI):%Y%m%d-%H%M%S}-{self.commit[:12]}"
        return f"{name}-{kind}{number}" if kind else name

    def is_older(self, other: ReleaseName) -> bool:
        """Whether it comes before another: by number within one sequence, by the instant otherwise."""
        if self.sequence[0] == other.sequence[0] and self.sequence != other.sequence:
            return self.sequence < other.sequence
        return self.began < other.began


def parse_release_name(name: str) -> ReleaseName | None:
    """Read the name of a release, None where it is none."""
    match = _NAME.fullmatch(name)
    if not match:
        return None
    day, hyphen, time, commit, kind, number = match.groups()
    try:
        began = datetime.strptime(day + time, "%Y%m%d%H%M%S").replace(tzinfo=SHANGHAI if hyphen else UTC)
    except ValueError:
        return None
    return ReleaseName(began, commit, (kind, int(number)) if kind else ("", 0))


def next_instant_after(names: Iterable[str], now: datetime) -> datetime:
    """Return the instant for a new release: later than those there, even where the clock was set back or stopped."""
    earlier = [release.began + timedelta(seconds=1) for name in names if (release := parse_release_name(name))]
    return max([now, *earlier])


def releases_to_delete(names: Iterable[str], kept: int, keeping: Collection[str]) -> list[str]:
    """Return, oldest first, all releases but the newest `kept` and those in `keeping`."""
    dated = sorted((release.began, name) for name in names if (release := parse_release_name(name)))
    return [name for _, name in dated[: max(0, len(dated) - kept)] if name not in keeping]
