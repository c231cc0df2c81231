"""The build: from content to a finished site, step by step."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from generator.build.audit import AuditError, audit
from generator.build.cache import CacheEntry, PreviousSite
from generator.build.load import load_source, with_publication
from generator.build.manifest import write_manifest
from generator.build.material import Shell, ask_shell, shell_key
from generator.build.plan import SitePlan, plan_site
from generator.build.render import Entries, count_pages, render_outputs, render_search, reuse
from generator.build.request import BuildError, BuildRequest, BuildResult, OnStage, Stage, ignore_stage
from generator.build.swap import replacement
from generator.files import entries, make_readable
from generator.pages import next_instant
from generator.parallel import Workers
from generator.records import LEDGER, save


def build(request: BuildRequest, out: Path, on_stage: OnStage = ignore_stage) -> BuildResult:
    """Build a site in the empty folder `out` and audit it; BuildError or RecordsError where that fails.

    After an error the folder is waste, and the records are as before.
    """
    workers = request.workers
    on_stage(Stage.CHECK, 0, 0)
    source = with_publication(request.source or load_source(request), clock_set_back=request.clock_set_back)
    key = shell_key(request)
    plan = plan_site(source, key, workers, preview=request.preview)
    made = reuse(plan, request.previous, out)
    pages = count_pages(plan, made)
    shell = _shell(request, key, plan)
    made |= render_outputs(plan, made, shell, out, workers, lambda done, total: on_stage(Stage.MAKE, done, total))
    made |= render_search(plan, request.previous, out, workers.cores)
    made["shell"] = CacheEntry(key, (), shell.dump())
    if not request.preview:
        on_stage(Stage.AUDIT, 0, 0)
        _audit(plan, made, request.previous, out, workers)
    if source.records and request.live and not request.draft:
        save(source.records)
    return _result(plan, made, pages)


def _shell(request: BuildRequest, key: str, plan: SitePlan) -> Shell:
    """Return the frame of the pages, from the previous site where it has the one for this key."""
    depths = {path.count("/") for path, page in plan.pages.items() if not page.alone}
    held = request.previous.find("shell", key) if request.previous else None
    shell = Shell.load(held.extra) if held else None
    return shell if shell and depths <= shell.parts.keys() else ask_shell(request, depths)


def _audit(plan: SitePlan, made: Entries, previous: PreviousSite | None, out: Path, workers: Workers) -> None:
    make_readable(out)
    if previous:
        previous.share(out)
    files = {path for entry in made.values() for path in entry.files}
    found = audit(out, plan.root, plan.pages, files, workers)
    if found.flaws:
        raise AuditError(found.flaws)
    write_manifest(out, found.digests)


def _result(plan: SitePlan, made: Entries, pages: int) -> BuildResult:
    content, at, records = plan.source.content, plan.source.at, plan.source.records
    shown = [entry.summary for entry in plan.public]
    waiting = (entry.summary for entry in content.entries if entry.summary.publishes_at > at.now)
    return BuildResult(
        pages=pages,
        warnings=plan.source.warnings,
        now=at.now,
        next_instant=next_instant(content, at.now),
        public=tuple(notice.id for notice in shown),
        removed=tuple(notice.id for notice in shown if notice.text_removed),
        waiting={notice.id: notice.publishes_at for notice in waiting},
        address=plan.frame.address,
        entries={name: entry for name, entry in made.items() if entry.key},
        recorded=(*records.to_write, LEDGER) if records and records.changed else (),
        forgotten=records.to_delete if records else (),
        late=plan.source.late,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite:
    """A site in its place: what the build returned, how many files and bytes it has, how long it took in seconds."""

    result: BuildResult
    files: int
    size: int
    seconds: float


def build_site(request: BuildRequest, out: Path, on_stage: OnStage = ignore_stage) -> BuiltSite:
    """Build a site and put it in the place of `out`, which stays as it is until the new one is whole.

    Errors as in `build`.
    """
    start = time.monotonic()
    _refuse_other_folders(request.root, out)
    with replacement(out) as folder:
        result = build(request, folder, on_stage)
        sizes = [entry.stat().st_size for _, entry in entries(folder) if entry.is_file()]
    return BuiltSite(result=result, files=len(sizes), size=sum(sizes), seconds=time.monotonic() - start)


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
