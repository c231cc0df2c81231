"""The whole site as Markdown files, for engines that come after this one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.build.load import SiteSource, with_publication
from generator.build.plan import SitePlan, plan_site
from generator.files import DataFile, write_files
from generator.pages import configuration, exported, ledger_file


def export(source: SiteSource, out: Path) -> int:
    """Write the site as Markdown below `out`, with a configuration for stock Material; return the number of files."""
    plan = plan_site(with_publication(source), "")
    return len([*write_files(out, _files(plan))])


def _files(plan: SitePlan) -> Iterator[DataFile]:
    yield configuration(plan.frame)
    if plan.source.records is not None:
        for part in map(ledger_file, plan.source.records.ledger.parts):
            yield DataFile(f"docs/{part.path}", part.data)
    for output in plan.outputs:
        for page, files in output.contents():
            if page is None or page.template == "search":
                continue
            yield exported(page, plan.frame)
            for file in files:
                # The page itself is the notice in Markdown; another engine would make a second page of the file.
                if not file.path.endswith(".md"):
                    yield DataFile(f"docs/{file.path}", file.data)
