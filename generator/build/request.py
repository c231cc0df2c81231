"""What a build is asked for, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.cache import Earlier, Part
from generator.records import Fetch

if TYPE_CHECKING:
    from generator.build.load import Reading


class Stage(StrEnum):
    """What a build is doing, as a person is told."""

    CHECK = "校验"
    MAKE = "生成"
    AUDIT = "核对"


# Told at the start of each stage, and how many pages are done, and of how many.
Progress = Callable[[Stage, int, int], None]


def quiet(stage: Stage, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to build.

    `root` is the folder that holds the content, in `below` ("content", or "." where it is the content itself).
    `today` fixes the site to a day or minute. `configuration` names an mkdocs.yml to be used whatever lies in `root`.
    `live` refuses what must not be public, such as a demo's day, and enters the publication into the records; `draft`
    marks every page as a preview, and shows also what is not due yet. `records` is the folder of the records, by
    default the one beside the content; `fetch` returns by path what that lacks; `believed` as in `records.advance`.
    `accepted` says that the content was taken in earlier, so that a late publication is no longer refused.
    From `earlier` is taken what would come out the same. `reading` is what the site is made of where that is at hand:
    then nothing is read or checked, and neither the clock nor the environment counts.
    """

    root: Path
    below: str = "content"
    today: str | None = None
    configuration: Path | None = None
    live: bool = False
    draft: bool = False
    records: Path | None = None
    believed: bool = False
    accepted: bool = False
    fetch: Fetch | None = None
    earlier: Earlier | None = None
    reading: Reading | None = None

    @property
    def content(self) -> Path:
        """The folder of the content."""
        return self.root / self.below


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished site: how many pages and warnings, the instant it was made for, and what a later build may reuse.

    `next_instant` is when it must be made anew, None for never. `public` are the ids of the notices that it shows;
    `removed` those among them of which no text is left, because they were published in error. `waiting` gives the
    notices that are not due yet, each with its instant. `address` is the site's own, "" where it names none.
    `recorded` are the files that the publication adds to the records, `forgotten` those that it removes; `late` as in
    `Reading`.
    """

    pages: int
    warnings: int
    now: datetime
    next_instant: datetime | None
    public: tuple[str, ...]
    removed: tuple[str, ...]
    waiting: dict[str, datetime]
    address: str
    parts: dict[str, Part]
    recorded: tuple[str, ...]
    forgotten: tuple[str, ...]
    late: str
