"""The source of a site: the content, checked, with the records beside it, and the instant to build for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from generator.build.index import Index
from generator.build.keys import key_of
from generator.build.material import shell_key
from generator.build.request import BuildError, BuildRequest
from generator.build.years import Memory, check_key, known_results, remember, with_renames, with_results, with_unchanged
from generator.check import Checked, CheckedFacts, Content, check_facts, content_folder_files
from generator.html.resources import relative
from generator.pages import BuildTime, choose_build_time, frame, preview_time, public_notices
from generator.problems import Problem, Severity, count, show
from generator.read import ContentFiles, LocalFiles, read_bytes
from generator.records import (
    Records,
    SiteFacts,
    append_changes,
    compare_with_records,
    describe_lateness,
    load,
    records_folder,
)


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

    `late` says in Chinese how late those notices are that the public is to see for the first time. With a `memory`,
    the content has no notices of years that hold as they are; without, it is all there.
    """

    content: Content
    at: BuildTime
    records: Records | None = None
    warnings: int = 0
    late: str = ""
    memory: Memory | None = None


def load_source(request: BuildRequest, index: Index | None = None) -> SiteSource:
    """Read and check what a request names; ContentError or RecordsError where no site can be made of it.

    What an index knows is neither read nor checked again. A preview lets through what is wrong with single notices.
    """
    files = request.files or LocalFiles(content_folder_files(relative(request.content)))
    head = files.folder(())
    files.prefetch(head.files)
    facts = check_facts(head, relative(request.content), live=request.live)
    if facts.content is None:
        folder = files.folder(files.years())
        raise _content_error(facts.with_notices(folder, facts.notices(folder)))
    try:
        at = choose_build_time(request.today, facts.content.site, request.now)
    except ValueError:
        raise BuildError(f"日期“{request.today}”不对，应当像 2025-12-01 或 2025-12-01T10:30。") from None
    place = request.records or records_folder(request.root)
    records = load(place, request.fetch, index) if place else None
    memory = _remember(request, index, facts.content, at, records, files) if index else None
    checked, memory = _check(facts, files, memory, records, request.workers.cores)
    content = checked.content
    assert content is not None
    if memory:
        memory = with_unchanged(memory, content, at.now, records)
    if records:
        refuse, among = request.live and not request.accepted, memory.is_open if memory else None
        checked = compare_with_records(checked, records, at.now, refuse_late=refuse, among=among)
    if checked.failed and not request.preview:
        raise _content_error(checked)
    at = preview_time(content, at) if request.draft else at
    warnings = count(checked.problems, Severity.WARNING)
    late = describe_lateness(checked, records.ledger) if records else ""
    return SiteSource(content, at, records, warnings, late, memory)


def _remember(
    request: BuildRequest, index: Index, content: Content, at: BuildTime, records: Records | None, files: ContentFiles
) -> Memory:
    site_key = key_of(shell_key(request), repr(frame(content, at)), repr(content.site), str(request.compressed))
    keys = site_key, check_key(content, live=request.live)
    return remember(index, content, at, records, files.years(), keys, request.has)


def _check(
    facts: CheckedFacts, files: ContentFiles, memory: Memory | None, records: Records | None, cores: int
) -> tuple[Checked, Memory | None]:
    """Check the notices that are not known, and add what came of it to what is known."""
    assert facts.content is not None
    folder = files.folder(memory.known if memory else files.years())
    listed = facts.notices(folder)
    known = (
        {one.wanted.id: one for one in known_results(memory, listed, folder, facts.content.organs)} if memory else {}
    )
    # What the public has not seen yet may be late: that is said in its own words.
    seen = records.ledger.by_id.keys() if records else known.keys()
    wanted = [one for one in listed if one.id not in known or one.id not in seen]
    paths = {path for one in wanted for path in (one.path, *one.beside)}
    files.prefetch(file for file in folder.files if file.path in paths)
    held = [known[one.id] for one in listed if one.id in known and one.id in seen]
    checked = facts.with_notices(folder, wanted, held, cores)
    return checked, memory and with_results(memory, [*held, *checked.results], folder)


def with_publication(source: SiteSource, *, clock_set_back: bool = False) -> SiteSource:
    """Return the source with the records to which this publication leads."""
    if source.records is None:
        return source
    content, at, memory = source.content, source.at, source.memory
    shown = public_notices(content, at)
    used = {entry.summary.organ for entry in shown}
    if memory:
        shown = tuple(entry for entry in shown if memory.is_open(entry.summary.id))
        used |= {key for state in memory.kept.values() for key in state.organs}
    facts = SiteFacts.of(content.site, content.organs, content.prose, used)
    read = partial(read_bytes, content.folder)
    records = append_changes(source.records, shown, facts, at.now, read, clock_set_back=clock_set_back)
    return replace(source, records=records, memory=memory and with_renames(memory, records))


def _content_error(checked: Checked) -> ContentError:
    errors = tuple(problem for problem in checked.problems if problem.severity is Severity.ERROR)
    sources = {problem.file: checked.sources[problem.file] for problem in errors if problem.file in checked.sources}
    return ContentError(errors, count(checked.problems, Severity.WARNING), sources)
