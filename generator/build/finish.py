"""The end of a build: the whole site as a value, the links between its parts, and what the next build may know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from generator.addresses import NOTICES, id_of_address, year_of_path
from generator.build.audit import unresolved
from generator.build.keys import key_of
from generator.build.manifest import list_of
from generator.build.plan import SitePlan
from generator.build.render import Rendered
from generator.build.year_lists import removed_form
from generator.build.years import KnownNotice, Memory, YearState, file_stamps, stamp_of, year_key
from generator.folder_tree import Tree
from generator.pages import notice_changes, year_sitemap_path
from generator.problems import Severity, count
from generator.records import Ledger
from generator.search import SegmentFacts

_INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedSite:
    """A whole site: the tree of its files, and their number and bytes; `paths` are those of no year that was `kept`."""

    tree: Tree
    paths: frozenset[str]
    kept: Mapping[str, YearState]
    files: int
    size: int

    def has(self, path: str) -> bool:
        """Whether the site has a file; of the notices of a year that was kept, only their own pages are known."""
        year = year_of_path(path)
        if year not in self.kept:
            return path in self.paths
        return id_of_address(path.removesuffix(_INDEX)) in self.kept[year].ids


def finished_site(plan: SitePlan, made: Mapping[str, Rendered]) -> FinishedSite:
    """Put the outputs that were made, those that were made before, and the years that were kept together."""
    memory = plan.source.memory
    files, folders = dict[str, str](), dict[str, str]()
    for name, one in made.items():
        if one.fresh or not one.made.folder:
            files |= {path: digest for path, (digest, _) in one.made.files.items()}
        else:
            folders[name] = one.made.folder
    kept = memory.kept if memory else {}
    for state in kept.values():
        folders |= state.folders
        files |= {path: digest for path, (digest, _) in state.loose.items()}
    sizes = [size for one in made.values() for _, size in one.made.files.values()]
    return FinishedSite(
        tree=Tree.of(files, folders),
        paths=frozenset(chain.from_iterable(one.made.files for one in made.values())),
        kept=kept,
        files=len(sizes) + sum(state.files for state in kept.values()),
        size=sum(sizes) + sum(state.size for state in kept.values()),
    )


def site_flaws(site: FinishedSite, made: Mapping[str, Rendered]) -> list[str]:
    """Return, sorted, what the audit found in the files that were made, and the links of any file that lead nowhere."""
    facts = {path: one for rendered in made.values() for path, one in rendered.facts.items()}
    flaws = [f"{path}：{flaw}" for path, one in facts.items() for flaw in one.flaws]
    anchors = {path: one.anchors for path, one in facts.items()}
    flaws += unresolved(facts, site.has, anchors.get)
    before = {name: one.made.links for name, one in made.items() if not one.fresh}
    before |= {year: state.links for year, state in site.kept.items()}
    flaws += (
        f"{name}：链接通向不存在的 {path}" for name, links in before.items() for path in links if not site.has(path)
    )
    return sorted(flaws)


def remember_site(
    plan: SitePlan, made: Mapping[str, Rendered], search: Mapping[str, Sequence[SegmentFacts]], site: FinishedSite
) -> None:
    """Put into the index what the next build may take over, or know without reading it."""
    memory, years = plan.source.memory, plan.years
    assert memory is not None
    memory.index.put("site", "", site.tree.name)
    for name, one in made.items():
        if one.fresh and one.made.key and not year_of_path(name):
            memory.index.put(f"output/{name}", one.made.key, one.made)
        if one.indexed is not None:
            memory.index.put(f"search/{one.made.folder}", one.made.key, one.indexed)
    stamps = file_stamps(plan.source.content.folder)
    for year in memory.known:
        _remember_notices(plan, memory, year, stamps)
        own = {id_of_address(name): one.made for name, one in made.items() if year_of_path(name) == year}
        memory.index.put(f"made/{year}", "", own)
        for organ, digest in years.digests.get(year, {}).items():
            summaries = tuple(notice for notice in years.of_year(year) if notice.organ == organ)
            memory.index.put(f"summaries/{year}/{organ}", digest, summaries)
        ledger = plan.source.records.ledger if plan.source.records else Ledger()
        key = year_key(memory, year, ledger, plan.source.at.now)
        memory.index.put(f"year/{year}", key, _state(plan, memory, year, made, search.get(year, ())))


def _remember_notices(plan: SitePlan, memory: Memory, year: str, stamps: Mapping[str, str]) -> None:
    known = {}
    for entry in plan.source.content.entries:
        id_ = entry.summary.id
        if entry.summary.year != year:
            continue
        result = memory.results[id_]
        known[id_] = KnownNotice(
            stamp=stamp_of(result.wanted, stamps),
            digest=result.digest,
            summary=entry.summary,
            fingerprint=entry.fingerprint,
            attachments=entry.attachments,
            problems=result.problems,
        )
        if isinstance(entry.packed, bytes):
            memory.index.put(f"text/{id_}", key_of(memory.check_key, result.digest), entry.packed)
    memory.index.put(f"notices/{year}", memory.check_key, known)


def _state(
    plan: SitePlan, memory: Memory, year: str, made: Mapping[str, Rendered], facts: Sequence[SegmentFacts]
) -> YearState:
    content, now, years = plan.source.content, plan.source.at.now, plan.years
    entries = [entry for entry in content.entries if entry.summary.year == year]
    own = {name: one.made for name, one in made.items() if year_of_path(name) == year}
    search = {name: one.made for name, one in made.items() if name.startswith(f"search/{year}")}
    own_lists = {list_of(f"{NOTICES}{year}/"), year_sitemap_path(year)}
    lists = {name: one.made for name, one in made.items() if name in own_lists}
    changes = [notice_changes(entry.summary, now) for entry in entries]
    public = [entry for entry in plan.public if entry.summary.year == year]
    all_ = [*own.values(), *search.values(), *lists.values()]
    sizes = [size for one in all_ for _, size in one.files.values()]
    tree = Tree.of({}, {name: one.folder for name, one in {**own, **search}.items() if one.folder})
    # What lies right below search/ and notices/, with all below it.
    folders = {f"{top}/{name}": _name(one) for top, held in tree.folders.items() for name, one in _below(held).items()}
    loose = [one.files for one in (*search.values(), *lists.values()) if not one.folder]
    return YearState(
        named=frozenset(entry.summary.organ for entry in entries),
        facts=memory.facts_of({entry.summary.organ for entry in entries}, content.organs),
        since=max((last for last, _ in changes if last), default=None),
        until=min((following for _, following in changes if following), default=None),
        figures=next((one for one in years.figures if one.year == year), None),
        organs=years.digests.get(year, {}),
        search=tuple(facts),
        folders=folders,
        loose={path: facts for files in loose for path, facts in files.items()},
        links=frozenset(chain.from_iterable(one.links for one in all_)),
        ids=frozenset(entry.summary.id for entry in public),
        files=len(sizes),
        size=sum(sizes),
        warnings=sum(count(memory.results[entry.summary.id].problems, Severity.WARNING) for entry in entries),
        removed={one.summary.id: removed_form(one) for one in public if one.summary.text_removed},
        waiting={one.summary.id: one.summary.publishes_at for one in entries if one.summary.publishes_at > now},
    )


def _below(held: Tree | str) -> Mapping[str, Tree | str]:
    return held.folders if isinstance(held, Tree) else {}


def _name(held: Tree | str) -> str:
    return held.name if isinstance(held, Tree) else held
