"""The history of a notice after its publication, with the changes of each version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from generator.addresses import version_address
from generator.model import Dated, Extension, Notice
from generator.pages.difference import changes
from generator.pages.navigation import Link
from generator.pages.view import Event
from generator.pages.wording import happened
from generator.period import full_date, local
from generator.records import History, Version


def events(notice: Notice, past: History, *, text: bool) -> tuple[Event, ...]:
    """Return the events of a notice, newest first, publication last; none where publication is the only one.

    `text` says whether the text is public: where it is not, neither are the changes in it.
    """
    listed = [*_entered(notice, past, text=text), *_recorded(past, text=text)]
    if not listed:
        return ()
    # Of one day's events the one that was written later comes first, and publication last.
    return tuple(sorted([_first(notice, past), *listed], key=lambda event: event.day))[::-1]


def _first(notice: Notice, past: History) -> Event:
    """Return the publication: its day on record, or the one that the notice states; an older notice was collected."""
    version = 1 if past.versions else 0
    if notice.provenance is not None:
        return _event(notice.provenance.collected_on, "收录", first=True, version=version)
    if past.first_public is not None:
        return _event(local(past.first_public), "首次公开", first=True, version=version)
    return _event(local(notice.publishes_at), "发布", first=True)


def _entered(notice: Notice, past: History, *, text: bool) -> Iterator[Event]:
    """Yield corrections and extensions in the office's own words, each version's changes with its first entry."""
    versions = {_key(entry): pair for pair in _pairs(past) for entry in _entries(*pair)[-1:]}
    for extension in notice.extensions:
        words = f"公开期限延长到{full_date(extension.until)}。原因：{extension.reason}"
        yield _with(_event(extension.on, "延期", words), versions.get(_key(extension)), text=text)
    for correction in notice.corrections:
        made = replace(_event(correction.on, "更正"), paragraphs=tuple(correction.note.split("\n")))
        yield _with(made, versions.get(_key(correction)), text=text)


def _recorded(past: History, *, text: bool) -> Iterator[Event]:
    """Yield events on record that no entry of the notice explains: an outcome, a withdrawal, added facts."""
    for was, now in _pairs(past):
        if not _entries(was, now):
            event = _event(local(now.line.instant), happened(now.line.event, collected=False))
            yield _with(event, (was, now), text=text)


def _pairs(past: History) -> list[tuple[Version, Version]]:
    return [(was, now) for was, now in pairwise(past.versions) if was.notice is not None and now.notice is not None]


def _entries(was: Version, now: Version) -> list[Dated]:
    """Return the entries that came with a version, corrections last."""
    assert was.notice is not None
    assert now.notice is not None
    before = {_key(entry) for entry in (*was.notice.extensions, *was.notice.corrections)}
    return [entry for entry in (*now.notice.extensions, *now.notice.corrections) if _key(entry) not in before]


def _key(entry: Dated) -> tuple[bool, str]:
    return isinstance(entry, Extension), entry.model_dump_json()


def _with(event: Event, pair: tuple[Version, Version] | None, *, text: bool) -> Event:
    if pair is None:
        return event
    was, now = pair
    assert was.notice is not None
    assert now.notice is not None
    number = was.line.version
    before = Link(text=f"看第 {number} 版的全文", address=version_address(was.notice.id, number))
    found = changes(was.notice, now.notice) if text else ()
    return replace(event, version=now.line.version, before=before if text else None, changes=found)


def _event(day: date, kind: str, words: str = "", *, first: bool = False, version: int = 0) -> Event:
    return Event(
        day=day.isoformat(),
        day_text=full_date(day),
        kind=kind,
        paragraphs=(words,) if words else (),
        first=first,
        version=version,
    )
