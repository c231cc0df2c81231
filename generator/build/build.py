"""The build: from content to a finished site, step by step."""

from __future__ import annotations

import time
from collections import ChainMap
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from generator.build.audit import AuditError
from generator.build.finish import FinishedSite, finished_site, remember_site, site_flaws
from generator.build.index import Index
from generator.build.load import load_source, with_publication
from generator.build.material import Shell, ask_shell, shell_key
from generator.build.plan import SitePlan, plan_site
from generator.build.render import Rendered, RenderWork, render_outputs, reuse
from generator.build.render_lists import render_lists, render_search
from generator.build.request import BuildError, BuildRequest, BuildResult, OnStage, Stage, ignore_stage
from generator.build.swap import replacement
from generator.build.years import LostEntryError
from generator.files import make_readable
from generator.pages import next_instant
from generator.records import save

# How deep the addresses of pages lie: the home page, lists, organs, notices and an organ's years, earlier versions.
_DEPTHS = range(5)


def build(request: BuildRequest, out: Path, on_stage: OnStage = ignore_stage) -> BuildResult:
    """Build a site in the empty folder `out` and audit it; BuildError or RecordsError where that fails.

    After an error the folder is waste, and the records are as before. With an index, the folder holds only what was
    made anew.
    """
    with Index(request.index) if request.index else nullcontext() as index:
        try:
            return _build(request, index, out, on_stage)
        except LostEntryError:
            # What it lost it would miss again.
            assert index is not None
            index.clear()
            return _build(request, index, out, on_stage)


def _build(request: BuildRequest, index: Index | None, out: Path, on_stage: OnStage) -> BuildResult:
    on_stage(Stage.CHECK, 0, 0)
    source = with_publication(request.source or load_source(request, index), clock_set_back=request.clock_set_back)
    plan = plan_site(source, shell_key(request), preview=request.preview)
    made = reuse(plan.outputs, source.memory)
    todo = [output for output in plan.outputs if output.name not in made]
    work = RenderWork.of(plan, _shell(request, index), out, request)
    made |= render_outputs(todo, work, request.workers, lambda done: on_stage(Stage.MAKE, done, len(todo)))
    search = render_search(plan, made, work, request.workers)
    made |= search.outputs
    on_stage(Stage.AUDIT, 0, 0)
    made |= render_lists(plan, made, work, request.workers)
    make_readable(out)
    site = finished_site(plan, made)
    if not request.preview and (flaws := site_flaws(site, made)):
        raise AuditError(flaws)
    if source.records and request.live and not request.draft:
        save(source.records)
    if index:
        remember_site(plan, made, search.facts, site)
        index.commit()
    return _result(plan, site, made)


def _shell(request: BuildRequest, index: Index | None) -> Shell:
    """Return the frame of the pages, from the index where it has it."""
    key = shell_key(request)
    held = index.get("shell", key) if index else None
    if held is not None:
        return Shell.load(held)
    shell = ask_shell(request, _DEPTHS)
    if index:
        index.put("shell", key, shell.dump())
    return shell


def _result(plan: SitePlan, site: FinishedSite, made: Mapping[str, Rendered]) -> BuildResult:
    source, kept = plan.source, site.kept.values()
    content, records, now = source.content, source.records, source.at.now
    changes = (next_instant(content, now), *(state.until for state in kept))
    removed = {one.summary.id for one in plan.public if one.summary.text_removed}
    waiting = {one.summary.id: one.summary.publishes_at for one in content.entries if one.summary.publishes_at > now}
    return BuildResult(
        pages=sum(one.made.pages for one in made.values() if one.fresh),
        warnings=source.warnings + sum(state.warnings for state in kept),
        now=now,
        next_instant=min(filter(None, changes), default=None),
        tree=site.tree,
        earlier=source.memory.earlier if source.memory else "",
        notices=sum(one.number for one in plan.years.figures),
        files=site.files,
        size=site.size,
        removed=tuple(sorted(removed.union(*(state.removed for state in kept)))),
        waiting=dict(ChainMap(waiting, *(dict(state.waiting) for state in kept))),
        address=plan.frame.address,
        recorded=records.written if records else (),
        forgotten=records.to_delete if records else (),
        late=source.late,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """A site in its place: what the build returned, and how long it took in seconds."""

    result: BuildResult
    seconds: float


def build_site(request: BuildRequest, out: Path, on_stage: OnStage = ignore_stage) -> BuiltSite:
    """Build a site and put it in the place of `out`, which stays as it is until the new one is whole.

    Errors as in `build`.
    """
    start = time.monotonic()
    _refuse_other_folders(request.root, out)
    with replacement(out) as folder:
        result = build(request, folder, on_stage)
    return BuiltSite(result=result, seconds=time.monotonic() - start)


def _refuse_other_folders(root: Path, out: Path) -> None:
    """Keep a site from taking the place of anything but an earlier one."""
    target, source = out.resolve(), root.resolve()
    if source.is_relative_to(target) or target.is_relative_to(source / "content"):
        raise BuildError(f"网站不能生成到 {out}：那里是内容。请换一个文件夹。")
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not all((out / path).is_file() for path in ("404.html", "assets/gongkai.css", "data/headers/nginx.conf")):
        advice = "请换一个文件夹，或者先把它移走。"
        raise BuildError(f"{out} 里有别的东西，不是以前生成的网站，没有动它。{advice}")
