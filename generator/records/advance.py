"""What a publication adds to the records: the differences between what was shown and what will be."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from generator.check import Entry
from generator.model import Headline, Notice, Site, canonical_json
from generator.period import SHANGHAI, full_date
from generator.records.digest import NONE, Digest, RecordsError, digest
from generator.records.ledger import Happening, Ledger, Line, Showing
from generator.records.store import Records, attachment_path, version_path

Read = Callable[[str], bytes]


def advance(records: Records, entries: Iterable[Entry], site: Site, now: datetime, read: Read) -> Records:
    """Return the records with a line for each notice of which the public sees something else from `now` on.

    `entries` are the notices that are public then, as they stand then; `read` returns a file of the content by its
    path. RecordsError where `now` lies before the last line.
    """
    lines = list(records.ledger.lines)
    instant = now.astimezone(SHANGHAI).replace(microsecond=0)
    if lines and instant < lines[-1].instant:
        raise RecordsError(_EARLY.format(now=spoken(instant), last=spoken(lines[-1].instant)))
    new: dict[str, Callable[[], bytes]] = {}
    gone: list[str] = []
    for entry in entries:
        own = records.ledger.by_id.get(entry.headline.id, ())
        showing = _showing(entry, own[-1] if own else None, site, now, read)
        if own and own[-1].shown == showing:
            gone += _left_over(records, entry.headline)
            continue
        version = _version(own, showing)
        line = _follow(lines, version, _happening(records, own, version, entry, showing), instant, showing)
        lines.append(line)
        if all(version != other.version for other in own):
            new[version_path(line.id, version)] = partial(_canonical, entry)
            names = {attachment_path(line.id, of): name for name, of in showing.files.items()}
            new |= {path: partial(read, f"{entry.headline.address}{name}") for path, name in names.items()}
        if line.happening is Happening.REMOVED:
            gone += sorted(_texts(own))
    return replace(
        records,
        ledger=Ledger.of(lines) if len(lines) > len(records.ledger.lines) else records.ledger,
        new={**records.new, **new},
        gone=tuple(gone),
    )


def show_again(records: Records, shown: Ledger, now: datetime) -> Records:
    """Return the records with a line for each notice of which an earlier site, whose ledger was `shown`, shows less.

    RecordsError where `now` lies before the last line.
    """
    lines = list(records.ledger.lines)
    instant = now.astimezone(SHANGHAI).replace(microsecond=0)
    if lines and instant < lines[-1].instant:
        raise RecordsError(_EARLY.format(now=spoken(instant), last=spoken(lines[-1].instant)))
    for id_, own in records.ledger.by_id.items():
        then = shown.by_id.get(id_)
        if then is None:
            goal = replace(own[-1].shown, text=False)
            if own[-1].shown != goal:
                lines.append(_follow(lines, own[-1].version, Happening.TAKEN_DOWN, instant, goal))
        elif then[-1].shown != own[-1].shown:
            lines.append(_follow(lines, then[-1].version, Happening.SHOWN_AGAIN, instant, then[-1].shown))
    return replace(records, ledger=Ledger.of(lines))


_EARLY = (
    "现在是 {now}，发布记录的最后一行却是 {last} 写的，时间倒退了。什么都没有改动。\n"
    "请校准这台机器的时钟（Linux：timedatectl），再来一次。"
)


def spoken(instant: datetime) -> str:
    """Write an instant as people read it."""
    at = instant.astimezone(SHANGHAI)
    return f"{full_date(at.date())} {at:%H:%M}"


def _showing(entry: Entry, last: Line | None, site: Site, now: datetime, read: Read) -> Showing:
    """Say what the public will see of a notice; SM3 is worked out only for what is not the same as before."""
    head = entry.headline
    known = {last.shown.fingerprint.sha256: last.shown.fingerprint} if last else {}
    files = {} if head.text_removed else {name: read(f"{head.address}{name}") for name in entry.attachments}
    before = {of.sha256: of for of in last.shown.files.values()} if last else {}
    return Showing(
        id=head.id,
        fingerprint=known.get(entry.fingerprint) or digest(_canonical(entry)),
        files={name: _digest(data, before) for name, data in files.items()},
        opens=head.period.opens if head.period and not head.text_removed else None,
        closes=head.period.closes if head.period and not head.text_removed else None,
        text=site.shows_text(head, now),
        address=f"{site.address}{head.address}" if site.address else "",
    )


def _digest(data: bytes, known: dict[str, Digest]) -> Digest:
    return known.get(hashlib.sha256(data).hexdigest()) or digest(data)


def _canonical(entry: Entry) -> bytes:
    return canonical_json(entry.notice.public_form())


def _version(own: tuple[Line, ...], showing: Showing) -> int:
    """Return the number of the version that was the same, or a new one."""
    for line in own:
        if line.shown.fingerprint == showing.fingerprint and line.shown.files == showing.files:
            return line.version
    return max((line.version for line in own), default=0) + 1


def _follow(lines: list[Line], version: int, happening: Happening, instant: datetime, showing: Showing) -> Line:
    return Line(
        number=len(lines) + 1,
        version=version,
        happening=happening,
        instant=instant,
        shown=showing,
        previous=lines[-1].seal if lines else NONE,
    ).sealed()


def _happening(records: Records, own: tuple[Line, ...], version: int, entry: Entry, showing: Showing) -> Happening:
    if entry.headline.text_removed and not records.is_removed(entry.headline.id):
        return Happening.REMOVED
    if not own:
        return Happening.PUBLISHED
    last = own[-1]
    if any(version == line.version for line in own):
        if showing == replace(last.shown, text=False):
            return Happening.TAKEN_DOWN
        return Happening.MOVED if showing == replace(last.shown, address=showing.address) else Happening.SHOWN_AGAIN
    was = records.ledger.latest(entry.headline.id)
    assert was is not None
    return _difference(records.notice(was), entry.notice)


def _difference(was: Notice, now: Notice) -> Happening:
    if now.withdrawal is not None and was.withdrawal is None:
        return Happening.WITHDRAWN
    if len(now.corrections) > len(was.corrections):
        return Happening.CORRECTED
    if len(now.extensions) > len(was.extensions):
        return Happening.EXTENDED
    return Happening.REPORTED if now.outcome != was.outcome else Happening.UPDATED


def _left_over(records: Records, head: Headline) -> list[str]:
    """List what is still kept of a text that was published in error, after a run that was ended."""
    folder = records.folder
    if not head.text_removed or folder is None:
        return []
    return [path for path in _texts(records.ledger.by_id[head.id]) if (folder / path).exists()]


def _texts(own: tuple[Line, ...]) -> set[str]:
    """Return where the versions and the attachments lie that were shown before a text was removed."""
    since = next((line.number for line in own if line.happening is Happening.REMOVED), None)
    shown = [line for line in own if since is None or line.number < since]
    versions = {version_path(line.id, line.version) for line in shown}
    return versions | {attachment_path(line.id, of) for line in shown for of in line.shown.files.values()}
