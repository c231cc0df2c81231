"""The whole site as Markdown files, for engines that come after this one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator.build.plan import attachment_files
from generator.check import Content
from generator.files import DataFile, write_files
from generator.pages import (
    Moment,
    configuration,
    exported,
    frame,
    ledger_file,
    public,
    render,
)
from generator.read import read_bytes
from generator.records import Records, SiteFacts, advance


def export(content: Content, at: Moment, out: Path, records: Records | None = None) -> int:
    """Write the site as Markdown below `out`, with a configuration for stock Material; return the number of files."""
    return len([*write_files(out, _files(content, at, records))])


def _files(content: Content, at: Moment, records: Records | None) -> Iterator[DataFile]:
    around = frame(content, at)
    yield configuration(around)
    if records is not None:
        shown = public(content, at)
        facts = SiteFacts.of(content.site, content.organs, content.prose, shown)
        records = advance(records, shown, facts, at.now, partial(read_bytes, content.folder))
        ledger = ledger_file(records)
        yield DataFile(f"docs/{ledger.path}", ledger.data)
    for page, files in render(content, at, records):
        yield exported(page, around)
        for file in (*files, *attachment_files(content, page)):
            # The page itself is the notice in Markdown; another engine would make a second page of the file.
            if not file.path.endswith(".md"):
                yield DataFile(f"docs/{file.path}", file.data)
