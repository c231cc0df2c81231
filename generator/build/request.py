"""The request for a build, and its result."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from generator.errors import GongkaiError
from generator.folder_tree import Tree
from generator.html.resources import default_configuration
from generator.parallel import Workers
from generator.read import ContentFiles
from generator.records import RecordsSource

if TYPE_CHECKING:
    from generator.build.load import SiteSource


class BuildError(GongkaiError):
    """A site that could not be built."""


class Stage(StrEnum):
    """A stage of a build, by the word that people see."""

    CHECK = "校验"
    MAKE = "生成"
    AUDIT = "核对"


# Called at the start of each stage, and with how many pages are done, and of how many.
OnStage = Callable[[Stage, int, int], None]


# Called with the path of a folder and its name, as of `folder_tree`, or the path of a file and its SHA-256, and with
# the name of the whole site in which a build left them: whether they are there.
Has = Callable[[str, str, str], bool]


def ignore_stage(stage: Stage, done: int, total: int) -> None:
    """Take no notice of a stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """A site to build, and the instant to build it for.

    `root` is the folder that holds the content, in `below` ("content", or "." where it is the content itself). `now` is
    the clock; `today` fixes the site to a day or minute instead. `configuration` names an mkdocs.yml to be used
    whatever lies in `root`. `live` refuses what must not be public, such as a demo's day, and writes the publication to
    the records; `draft` marks every page as a preview, and shows also what is not due yet; `preview` makes a site that
    is served at "/", shows broken notices as pages and is not audited. `records` is the folder of the records, by
    default the one beside the content; `fetch` holds them where that is empty; `clock_set_back` as in
    `records.append_changes`. `accepted` says that the content was accepted earlier, so that a late publication is no
    longer refused. `source` is the content where it is at hand: then nothing is read or checked; `files` are those of
    the content where it is no folder of this machine. `index` names the file that remembers what was made: what would
    come out the same is not made again where `has` says that it is at hand. `templates` is a folder, which nobody else
    may write, that keeps the templates compiled. `compressed` lays compressed copies beside files. `executor` renders
    the pages, None for processes of this machine.
    """

    root: Path
    now: datetime
    below: str = "content"
    today: str | None = None
    configuration: Path | None = None
    live: bool = False
    draft: bool = False
    preview: bool = False
    records: Path | None = None
    clock_set_back: bool = False
    accepted: bool = False
    fetch: RecordsSource | None = None
    source: SiteSource | None = None
    files: ContentFiles | None = None
    index: Path | None = None
    has: Has | None = None
    templates: Path | None = None
    compressed: bool = False
    executor: Executor | None = None

    @property
    def content(self) -> Path:
        """The folder of the content."""
        return self.root / self.below

    @property
    def workers(self) -> Workers:
        """The workers of the build; a preview has threads, and a process with threads must not be forked."""
        return Workers(1 if self.preview else os.cpu_count() or 1, self.executor)

    @property
    def own_configuration(self) -> Path | None:
        """The configuration beside the content, unless the one to use was named."""
        own = self.root / "mkdocs.yml"
        return own if self.configuration is None and own.is_file() else None

    @property
    def configuration_file(self) -> Path:
        """The configuration of the site's frame."""
        return self.own_configuration or self.configuration or default_configuration()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """A finished site: how many pages were made and warnings found, its instant, and the tree of all its files.

    Of the tree only what was made lies in the build's folder; the rest is at hand, single files in the site that bears
    the name `earlier`. `next_instant` is when the
    site must be made anew, None for never. `notices` counts those that it shows, `files` and `size` its files and their
    bytes; `removed` are the ids of the notices of which no text is left, because they were published in error.
    `waiting` gives the notices that are not due yet, each with its instant. `address` is the site's own, "" where it
    names none. `recorded` are the files that the publication adds to the records, `forgotten` those that it removes;
    `late` as in `SiteSource`.
    """

    pages: int
    warnings: int
    now: datetime
    next_instant: datetime | None
    tree: Tree
    earlier: str
    notices: int
    files: int
    size: int
    removed: tuple[str, ...]
    waiting: dict[str, datetime]
    address: str
    recorded: tuple[str, ...]
    forgotten: tuple[str, ...]
    late: str
