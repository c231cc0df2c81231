"""The whole of content/: every notice made or every problem named, at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

from generator.addresses import LEDGER, LEDGER_FOLDER
from generator.check.files import Layout, lay_out, missing, too_large
from generator.check.mark import MOST_BYTES, SiteMark, absent_mark, check_mark
from generator.check.markdown import StaffPage, check_markdown
from generator.check.notice import place, validate
from generator.check.notices import NoticeFiles, NoticeResult, PackedNotice, check_notices, read_source
from generator.check.rules.placeholders import organ_placeholders
from generator.check.rules.site import site_rules
from generator.check.violation import CheckContext, Violation
from generator.media_types import LARGEST_FILE
from generator.model import Notice, Organ, Organs, Site
from generator.problems import Problem, Severity, in_order, show
from generator.read import MAX_BYTES, Folder, SourceFile, decode, read_bytes, scan

_SITE: TypeAdapter[Site] = TypeAdapter(Site)
_ORGANS: TypeAdapter[Organs] = TypeAdapter(Organs)
_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)
# Where the content is a repository of its own, the records of what was published lie in it and are no content.
_APART = frozenset({"records"})
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Broken:
    """A notice that could not be made; a preview shows its problems at its address."""

    id: str
    file: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """All that is needed to make a site."""

    folder: Folder
    site: Site
    organs: Organs
    entries: tuple[PackedNotice, ...]
    prose: tuple[StaffPage, ...]
    broken: tuple[Broken, ...]
    mark: SiteMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The outcome of a check: content unless site or organs are unusable, all problems, the texts to show them in.

    `prefix` precedes each path of the content in the problems; `whole` says that all notices were looked at; `results`
    are those of the notices that were checked this time.
    """

    content: Content | None
    problems: tuple[Problem, ...]
    sources: dict[str, str]
    notices: int
    prefix: str
    whole: bool
    results: tuple[NoticeResult, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether a problem prevents publication."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def check_content(root: Path, only: Iterable[str] = (), cores: int = 1, *, live: bool = False) -> Checked:
    """Check the folder `root` on so many cores; with `only`, of the notices just those (paths below it, with `/`).

    `live` says that the public is to see it: a demo's day and placeholders are refused.
    """
    folder, chosen = content_folder_files(root), frozenset(only)
    facts = check_facts(folder, root, live=live)
    wanted = [one for one in facts.notices(folder) if not chosen or one.path in chosen]
    return facts.with_notices(folder, wanted, cores=cores, whole=not chosen)


def load_facts(root: Path) -> Checked:
    """Check all of the folder `root` but its notices."""
    folder = content_folder_files(root)
    return check_facts(folder, root, live=False).with_notices(folder, [], whole=False)


def content_folder_files(root: Path) -> Folder:
    """List the files of a content folder, but for the records that may lie in it."""
    has_records = any((root / "records" / name).exists() for name in (LEDGER, LEDGER_FOLDER))
    return scan(root, _APART if has_records else frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFacts:
    """The outcome of checking all of a content but its notices; `content` is None where the facts are unusable."""

    content: Content | None
    live: bool
    notes: _Notes
    pictures: tuple[str, ...] | None

    def notices(self, folder: Folder) -> tuple[NoticeFiles, ...]:
        """Return the notices among the files of a folder, with the files of each."""
        layout = self._layout(folder)
        return tuple(NoticeFiles(path, id_, tuple(layout.beside[id_])) for path, id_ in layout.notices.items())

    def with_notices(
        self,
        folder: Folder,
        wanted: Sequence[NoticeFiles],
        known: Sequence[NoticeResult] = (),
        cores: int = 1,
        *,
        whole: bool = True,
    ) -> Checked:
        """Check notices of a folder, on so many cores, and add to the outcome them and those `known` from before.

        What else is wrong with the files of the folder is in the outcome too; `whole` as in that.
        """
        notes, layout = self.notes.copy(), self._layout(folder)
        large = (too_large(file) for file in folder.files if file.size > LARGEST_FILE)
        notes.take((*folder.problems, *layout.problems, *large))
        content, results = self.content, list[NoticeResult]()
        if content is None:
            _check_alone(folder, wanted, notes)
        else:
            context = CheckContext(organs=content.organs, site=content.site, live=self.live)
            results += check_notices(folder, list(wanted), context, cores)
            entries, broken = _notices(sorted([*results, *known], key=lambda one: one.wanted.path), notes)
            content = replace(content, folder=folder, entries=entries, broken=broken)
        return Checked(
            content=content,
            problems=in_order(notes.problems),
            sources=notes.sources,
            notices=len(wanted) + len(known),
            prefix=notes.prefix,
            whole=whole,
            results=tuple(results),
        )

    def _layout(self, folder: Folder) -> Layout:
        paths = [file.path for file in folder.files]
        # What a site.yml that can't be read names, nobody knows.
        return lay_out(paths, paths if self.pictures is None else self.pictures)


def check_facts(folder: Folder, root: Path, *, live: bool) -> CheckedFacts:
    """Check the facts of the site among the files of a folder, which people know as `root`; `live` as above."""
    notes = _Notes("" if root == Path() else root.as_posix().rstrip("/") + "/")
    site = _facts(folder, "site.yml", _SITE, Site, notes)
    organs = _facts(folder, "organs.yml", _ORGANS, Organ, notes)
    layout = lay_out([file.path for file in folder.files])
    prose = tuple(page for path, stem in layout.prose.items() if (page := _prose(folder, path, stem, notes)))
    content = None
    if site is not None and organs is not None:
        content = replace(_content(folder, site, organs, notes, live=live), prose=prose)
    mark = site.made.mark if site else None
    pictures = None if site is None else (mark,) if mark else ()
    return CheckedFacts(content=content, live=live, notes=notes, pictures=pictures)


class _Notes:
    """The problems that one run finds, under the names that users know, and the texts that they point into."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.problems: list[Problem] = []
        self.sources: dict[str, str] = {}

    def copy(self) -> _Notes:
        """Return notes that can be added to without changing these."""
        other = _Notes(self.prefix)
        other.problems, other.sources = [*self.problems], {**self.sources}
        return other

    def take(self, problems: Iterable[Problem], text: str = "") -> tuple[Problem, ...]:
        """Add problems, named by the path below content/, and return them as the user sees them."""
        named = tuple(replace(problem, file=self.prefix + problem.file) for problem in problems)
        self.problems += named
        self.sources.update({problem.file: text for problem in named if text})
        return named


@dataclass(frozen=True, slots=True)
class _Facts(Generic[_Made]):
    """The facts that a file holds, and the file."""

    made: _Made
    source: SourceFile


def _facts(
    folder: Folder, path: str, adapter: TypeAdapter[_Made], model: type[BaseModel], notes: _Notes
) -> _Facts[_Made] | None:
    if path not in {file.path for file in folder.files}:
        notes.take((missing(path),))
        return None
    source = read_source(folder, path)
    notes.take(source.problems, source.text)
    if source.data is None:
        return None
    made: _Made | None
    made, found = validate(source.data, adapter, {}, model)
    notes.take(place(found, source), source.text)
    return None if made is None else _Facts(made, source)


def _prose(folder: Folder, path: str, stem: str, notes: _Notes) -> StaffPage | None:
    text, problems = decode(read_bytes(folder, path, MAX_BYTES + 1), path)
    notes.take(problems, text or "")
    if text is None:
        return None
    page, found = check_markdown(text, path, stem)
    notes.take(found, text)
    return page


def _mark(folder: Folder, file: str | None) -> tuple[SiteMark | None, tuple[Violation, ...]]:
    if file is None:
        return None, ()
    if file not in {one.path for one in folder.files}:
        return None, (absent_mark(file),)
    return check_mark(file, read_bytes(folder, file, MOST_BYTES + 1))


def _content(folder: Folder, site: _Facts[Site], organs: _Facts[Organs], notes: _Notes, *, live: bool) -> Content:
    """Check the facts against each other; the content has no notices and pages yet."""
    mark, found = _mark(folder, site.made.mark)
    violations = [*site_rules(site.made, organs.made, live=live), *found]
    notes.take(place(violations, site.source), site.source.text)
    violations = list(organ_placeholders(organs.made, live=live))
    notes.take(place(violations, organs.source), organs.source.text)
    # A preview shows the site without a mark that is none.
    shown = site.made if mark else site.made.model_copy(update={"mark": None})
    return Content(folder=folder, site=shown, organs=organs.made, entries=(), prose=(), broken=(), mark=mark)


def _check_alone(folder: Folder, wanted: Iterable[NoticeFiles], notes: _Notes) -> None:
    """Check each notice by itself while the facts that it refers to are unusable."""
    for one in wanted:
        source = read_source(folder, one.path)
        notes.take(source.problems, source.text)
        if source.data is not None:
            _, found = validate(source.data, _NOTICE, {"编号": one.id}, Notice)
            notes.take(place(found, source), source.text)


def _notices(outcomes: Iterable[NoticeResult], notes: _Notes) -> tuple[tuple[PackedNotice, ...], tuple[Broken, ...]]:
    entries, broken = [], []
    for outcome in outcomes:
        named = notes.take(outcome.problems, outcome.text)
        if outcome.entry is None:
            path = f"{notes.prefix}{outcome.wanted.path}"
            broken.append(Broken(outcome.wanted.id, path, show(named, {path: outcome.text})))
        else:
            entries.append(outcome.entry)
    return tuple(entries), tuple(broken)
