"""The whole of content/: every notice made or every problem named, at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

from generator.check.files import lay_out, missing, too_large
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
from generator.read import MAX_BYTES, Folder, Node, decode, read_bytes, scan

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

    `prefix` precedes each path of the content in the problems; `whole` says that all notices were looked at.
    """

    content: Content | None
    problems: tuple[Problem, ...]
    sources: dict[str, str]
    notices: int
    prefix: str
    whole: bool

    @property
    def failed(self) -> bool:
        """Whether a problem prevents publication."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def check_content(root: Path, only: Iterable[str] = (), cores: int = 1, *, live: bool = False) -> Checked:
    """Check the folder `root` on so many cores; with `only`, of the notices just those (paths below it, with `/`).

    `live` says that the public is to see it: a demo's day and placeholders are refused.
    """
    return _check(root, frozenset(only) or None, cores, live=live)


def load_facts(root: Path) -> Checked:
    """Check all of the folder `root` but its notices."""
    return _check(root, frozenset(), 1, live=False)


def _check(root: Path, only: frozenset[str] | None, cores: int, *, live: bool) -> Checked:
    folder = scan(root, _APART if (root / "records" / "ledger.jsonl").is_file() else frozenset())
    notes = _Notes("" if root == Path() else root.as_posix().rstrip("/") + "/")
    site = _facts(folder, "site.yml", _SITE, Site, notes)
    paths = [file.path for file in folder.files]
    # What a site.yml that can't be read names, nobody knows.
    layout = lay_out(paths, [site.made.mark] if site and site.made.mark else [] if site else paths)
    large = (too_large(file) for file in folder.files if file.size > LARGEST_FILE)
    notes.take((*folder.problems, *layout.problems, *large))
    organs = _facts(folder, "organs.yml", _ORGANS, Organ, notes)
    prose = tuple(page for path, stem in layout.prose.items() if (page := _prose(folder, path, stem, notes)))
    wanted = [
        NoticeFiles(path, id_, tuple(layout.beside[id_]))
        for path, id_ in layout.notices.items()
        if only is None or path in only
    ]
    content = None
    if site is None or organs is None:
        _check_alone(folder, wanted, notes)
    else:
        context = CheckContext(organs=organs.made, site=site.made, live=live)
        entries, broken = _notices(check_notices(folder, wanted, context, cores), notes)
        content = _content(folder, site, organs, notes, live=live)
        content = replace(content, entries=entries, broken=broken, prose=prose)
    return Checked(
        content=content,
        problems=in_order(notes.problems),
        sources=notes.sources,
        notices=len(wanted),
        prefix=notes.prefix,
        whole=only is None,
    )


class _Notes:
    """The problems that one run finds, under the names that users know, and the texts that they point into."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.problems: list[Problem] = []
        self.sources: dict[str, str] = {}

    def take(self, problems: Iterable[Problem], text: str = "") -> tuple[Problem, ...]:
        """Add problems, named by the path below content/, and return them as the user sees them."""
        named = tuple(replace(problem, file=self.prefix + problem.file) for problem in problems)
        self.problems += named
        self.sources.update({problem.file: text for problem in named if text})
        return named


@dataclass(frozen=True, slots=True)
class _Facts(Generic[_Made]):
    """The facts that a file holds, with its tree and its text."""

    made: _Made
    tree: Node
    text: str


def _facts(
    folder: Folder, path: str, adapter: TypeAdapter[_Made], model: type[BaseModel], notes: _Notes
) -> _Facts[_Made] | None:
    if path not in {file.path for file in folder.files}:
        notes.take((missing(path),))
        return None
    source = read_source(folder, path)
    notes.take(source.problems, source.text)
    if source.tree is None:
        return None
    made: _Made | None
    made, found = validate(source.tree, adapter, {}, model)
    notes.take(place(found, source.tree, path, source.text), source.text)
    return None if made is None else _Facts(made, source.tree, source.text)


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
    notes.take(place(violations, site.tree, "site.yml", site.text), site.text)
    violations = list(organ_placeholders(organs.made, live=live))
    notes.take(place(violations, organs.tree, "organs.yml", organs.text), organs.text)
    # A preview shows the site without a mark that is none.
    shown = site.made if mark else site.made.model_copy(update={"mark": None})
    return Content(folder=folder, site=shown, organs=organs.made, entries=(), prose=(), broken=(), mark=mark)


def _check_alone(folder: Folder, wanted: Iterable[NoticeFiles], notes: _Notes) -> None:
    """Check each notice by itself while the facts that it refers to are unusable."""
    for one in wanted:
        source = read_source(folder, one.path)
        notes.take(source.problems, source.text)
        if source.tree is not None:
            _, found = validate(source.tree, _NOTICE, {"编号": one.id}, Notice)
            notes.take(place(found, source.tree, one.path, source.text), source.text)


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
