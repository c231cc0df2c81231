"""The source of a site: the content, checked, with the records beside it, and the instant to build for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from generator.build.request import BuildRequest
from generator.check import Checked, Content, check_content
from generator.errors import GongkaiError
from generator.html.resources import relative
from generator.pages import BuildTime, choose_build_time, preview_time, public_notices
from generator.problems import Problem, Severity, count, show
from generator.read import read_bytes
from generator.records import (
    Records,
    SiteFacts,
    append_changes,
    compare_with_records,
    describe_lateness,
    load,
    records_folder,
)


class BuildError(GongkaiError):
    """A site that could not be built."""


class ContentError(BuildError):
    """Content with errors: its problems, how many reminders there are besides, and the texts of the files by path."""

    def __init__(self, problems: tuple[Problem, ...], reminders: int, sources: Mapping[str, str]) -> None:
        super().__init__(problems, reminders, sources)
        self.problems, self.reminders, self.sources = problems, reminders, sources

    def __str__(self) -> str:
        # Reminders stop nothing, and would hide what does.
        more = f"另有 {self.reminders} 条提醒，用 gongkai check 查看。" if self.reminders else ""
        return f"内容有 {len(self.problems)} 个错误，没有生成网站。{more}\n\n{show(self.problems, self.sources)}"


@dataclass(frozen=True, slots=True)
class SiteSource:
    """The content, the instant to build for, the records (None where nothing is on record), the number of reminders.

    `late` says in Chinese how late those notices are that the public is to see for the first time.
    """

    content: Content
    at: BuildTime
    records: Records | None = None
    warnings: int = 0
    late: str = ""


def load_source(request: BuildRequest) -> SiteSource:
    """Read and check what a request names; ContentError or RecordsError where no site can be made of it.

    A preview lets through what is wrong with single notices.
    """
    checked = check_content(relative(request.content), cores=request.workers.cores, live=request.live)
    content = checked.content
    if content is None:
        raise _content_error(checked)
    try:
        at = choose_build_time(request.today, content.site, request.now)
    except ValueError:
        raise BuildError(f"日期“{request.today}”不对，应当像 2025-12-01 或 2025-12-01T10:30。") from None
    folder = request.records or records_folder(request.root)
    records = load(folder, request.fetch) if folder else None
    if records:
        checked = compare_with_records(checked, records, at.now, refuse_late=request.live and not request.accepted)
    if checked.failed and not request.preview:
        raise _content_error(checked)
    at = preview_time(content, at) if request.draft else at
    warnings = count(checked.problems, Severity.WARNING)
    return SiteSource(content, at, records, warnings, describe_lateness(checked, records.ledger) if records else "")


def with_publication(source: SiteSource, *, clock_set_back: bool = False) -> SiteSource:
    """Return the source with the records to which this publication leads."""
    if source.records is None:
        return source
    content, at = source.content, source.at
    shown = public_notices(content, at)
    facts = SiteFacts.of(content.site, content.organs, content.prose, shown)
    read = partial(read_bytes, content.folder)
    records = append_changes(source.records, shown, facts, at.now, read, clock_set_back=clock_set_back)
    return replace(source, records=records)


def _content_error(checked: Checked) -> ContentError:
    errors = tuple(problem for problem in checked.problems if problem.severity is Severity.ERROR)
    sources = {problem.file: checked.sources[problem.file] for problem in errors if problem.file in checked.sources}
    return ContentError(errors, count(checked.problems, Severity.WARNING), sources)
