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
from generator.records.store import Records, attachment_path, files_of, version_path

Read = Callable[[str], bytes]


def advance(
    records: Records, entries: Iterable[Entry], site: Site, now: datetime, read: Read, *, believed: bool = False
) -> Records:
    """Return the records with a line for each notice of which the public sees something else from `now` on.

    `entries` are the notices that are public then, as they stand then; `read` returns a file of the content by its
    path. RecordsError where `now` lies before the last line, unless the clock is `believed`: it had been ahead.
    """
    adding = _Adding(records.ledger, now, believed=believed)
    new: dict[str, Callable[[], bytes]] = {}
    gone: list[str] = []
    for entry in entries:
        own = records.ledger.by_id.get(entry.headline.id, ())
        showing = _showing(entry, own[-1] if own else None, site, now, read)
        if own and own[-1].shown == showing:
            gone += _left_over(records, entry.headline)
            continue
        version = _version(own, showing)
        line = adding.add(version, _happening(records, own, version, entry, showing), showing)
        if all(version != other.version for other in own):
            new[version_path(line.id, version)] = partial(_canonical, entry)
            names = {attachment_path(line.id, of): name for name, of in showing.files.items()}
            new |= {path: partial(read, f"{entry.headline.address}{name}") for path, name in names.items()}
        if line.happening is Happening.REMOVED:
            gone += sorted(_texts(records.ledger, line.id))
    return replace(records, ledger=adding.ledger(), new={**records.new, **new}, gone=tuple(gone))


def show_again(records: Records, shown: Ledger, now: datetime) -> Records:
    """Return the records with a line for each notice of which an earlier site, whose ledger was `shown`, shows less.

    RecordsError where `now` lies before the last line.
    """
    adding = _Adding(records.ledger, now, believed=False)
    for id_, own in records.ledger.by_id.items():
        then = shown.by_id.get(id_)
        if then is None:
            goal = replace(own[-1].shown, text=False)
            if own[-1].shown != goal:
                adding.add(own[-1].version, Happening.TAKEN_DOWN, goal)
        elif then[-1].shown != own[-1].shown:
            adding.add(then[-1].version, Happening.SHOWN_AGAIN, then[-1].shown)
    return replace(records, ledger=adding.ledger())


class _Adding:
    """Adds lines to a ledger, each sealed and tied to the one before."""

    def __init__(self, before: Ledger, now: datetime, *, believed: bool) -> None:
        self._before, self._lines, self._believed = before, list(before.lines), believed
        self._instant = now.astimezone(SHANGHAI).replace(microsecond=0)

    def add(self, version: int, happening: Happening, showing: Showing) -> Line:
        """Add a line; RecordsError where it would lie before the last one."""
        last = self._lines[-1] if self._lines else None
        back = last is not None and self._instant < last.instant
        if last is not None and back and not self._believed:
            raise RecordsError(_EARLY.format(now=spoken(self._instant), last=spoken(last.instant)))
        line = Line(
            number=len(self._lines) + 1,
            version=version,
            happening=happening,
            instant=self._instant,
            shown=showing,
            clock_set_back=back,
            previous=last.seal if last else NONE,
        ).sealed()
        self._lines.append(line)
        return line

    def ledger(self) -> Ledger:
        """Return the ledger with what was added."""
        return Ledger.of(self._lines) if len(self._lines) > len(self._before.lines) else self._before


_EARLY = (
    "现在是 {now}，发布记录的最后一行却是 {last} 写的，时间倒退了。什么都没有改动。\n"
    "先校准这台机器的时钟（Linux：timedatectl），再来一次。以前的时钟走快了、现在的才对，"
    "主机上运行 gongkai server reconcile --rebuild，别处用 gongkai build --live --clock-set-back：记录里会写明。"
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


def _happening(records: Records, own: tuple[Line, ...], version: int, entry: Entry, showing: Showing) -> Happening:
    if entry.headline.text_removed and not records.ledger.is_removed(entry.headline.id):
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
    return [path for path in _texts(records.ledger, head.id) if (folder / path).exists()]


def _texts(ledger: Ledger, id_: str) -> set[str]:
    """Return where the versions and the attachments lie that were shown before a text was removed."""
    since, own = ledger.removed_at(id_), ledger.by_id.get(id_, ())
    return {path for line in own if since is None or line.number < since for path in files_of(line)}
