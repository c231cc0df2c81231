"""Changes of the site itself, in the words of the archive page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.model.body import as_written
from generator.model.values import ContentMap
from generator.period import format_instant
from generator.records import SiteChange

_SHOWN = 50


def site_changes(changes: Sequence[SiteChange]) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Return the latest changes, newest first: an instant, a line of the ledger, and sentences."""
    latest = changes[::-1][:_SHOWN]
    return tuple((format_instant(change.line.instant), change.line.number, tuple(_what(change))) for change in latest)


def _what(change: SiteChange) -> Iterator[str]:
    yield from _facts(as_written(change.was.site), as_written(change.now.site))
    if change.redrawn and change.was.site.mark == change.now.site.mark:
        yield "标志换了一张图片"
    yield from _organs(change.was.organs, change.now.organs)
    was, now = change.was.pages, change.now.pages
    for stem in sorted(was.keys() | now.keys()):
        if was.get(stem) != now.get(stem):
            done = "新增了" if stem not in was else "撤下了" if stem not in now else "修改了"
            title = now.get(stem, was.get(stem, "")).partition("\n")[0].removeprefix("# ")
            yield f"{done}说明页“{title}”"


def _organs(was: Mapping[str, ContentMap], now: Mapping[str, ContentMap]) -> Iterator[str]:
    for key in sorted(was.keys() | now.keys()):
        before, after = (as_written(organs[key]) if key in organs else {} for organs in (was, now))
        if not before or not after:
            name = (before or after)["名称"]
            yield f"单位“{name}”{'第一次公开通报' if after else '不再列出'}"
        elif before["名称"] != after["名称"]:
            yield f"单位更名：“{before['名称']}”改为“{after['名称']}”"
        elif before != after:
            yield f"单位“{after['名称']}”的{'、'.join(_differing(before, after))}改了"
    kept = [key for key in was if key in now]
    if kept != [key for key in now if key in was]:
        yield "单位排列的先后改了"


def _facts(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in _differing(was, now):
        before, after = was.get(name), now.get(name)
        if before is None:
            yield f"新写了{name}：“{after}”"
        elif after is None:
            yield f"去掉了{name}：“{before}”"
        else:
            yield f"{name}：“{before}”改为“{after}”"


def _differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [name for name in dict.fromkeys((*was, *now)) if was.get(name) != now.get(name)]
