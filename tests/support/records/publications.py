"""Publications in memory and on disk, for tests of the records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from generator.check import PackedNotice, StaffPage, check_content
from generator.model import Notice, Organs, Site
from generator.pages import BuildTime, public_notices
from generator.period import SHANGHAI, local, parse_now
from generator.read import read_bytes
from generator.records import Records, SiteFacts, append_changes, load, save
from tests.support.pages import ORGANS, notice

SITE = Site.model_validate({"网站名称": "示例县公开", "网址": "https://www.example.com/xcgk"})
PUBLISHED = "2025-11-21 00:00"
ID = "2025/yi"


def published(
    records: Records,
    *notices: Notice,
    at: str,
    site: Site = SITE,
    organs: Organs = ORGANS,
    pages: Iterable[StaffPage] = (),
    files: Mapping[str, bytes] | None = None,
) -> Records:
    """Return the records after a publication at a day or minute; they are saved where they have a folder."""
    now = parse_now(at)
    entries = [PackedNotice.of(one).as_of(local(now)) for one in notices if one.publishes_at <= now]
    facts = SiteFacts.of(site, organs, pages, {entry.summary.organ for entry in entries})
    return save(append_changes(records, entries, facts, now, lambda path: (files or {})[path]))


def record_past(root: Path, until: str) -> None:
    """Enter into the records beside a content what it would have left there, had it been published day by day."""
    content = check_content(root / "content").content
    assert content is not None
    heads, last = [entry.summary for entry in content.entries], parse_now(until)
    events = {datetime.combine(day, time(9), SHANGHAI) for head in heads for day in head.events}
    records = load(root / "records")
    for now in sorted({head.publishes_at for head in heads} | events):
        if now <= last:
            shown = public_notices(content, BuildTime(now, pinned=False))
            facts = SiteFacts.of(content.site, content.organs, content.prose, {entry.summary.organ for entry in shown})
            records = save(append_changes(records, shown, facts, now, partial(read_bytes, content.folder)))


def in_folder(folder: Path) -> Records:
    """Return records that are to be kept in a folder."""
    return Records(folder)


def yi(**more: Any) -> Notice:
    """Make the notice that most tests are about; `more` holds further Chinese keys."""
    return notice(ID, **more)


def correction(day: str, note: str = "改正文字。") -> dict[str, str]:
    """Make an entry under 更正."""
    return {"日期": day, "说明": note}


def instant(text: str) -> datetime:
    """Return the instant that a day or minute means."""
    return parse_now(text)
