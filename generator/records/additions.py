"""The lines that a publication adds to the ledger: one for each notice of which the public will see something else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise

from generator.check import PackedNotice
from generator.model import Notice, NoticeSummary, Site, canonical_json
from generator.period import SHANGHAI, format_instant
from generator.records.digest import NONE, Digest, RecordsError, both_digests
from generator.records.ledger import Ledger
from generator.records.line import SITE_ID, LedgerEvent, LedgerLine, PublicState
from generator.records.site_facts import SiteChange, SiteFacts
from generator.records.store import Records, attachment_path, files_of, names_of, version_path

ReadFile = Callable[[str], bytes]


def append_changes(
    records: Records,
    entries: Sequence[PackedNotice],
    facts: SiteFacts,
    now: datetime,
    read: ReadFile,
    *,
    clock_set_back: bool = False,
) -> Records:
    """Return the records with a line for each notice of which the public sees something else from `now` on.

    `entries` are the notices that are public then, as they stand then, `facts` what the site is made of beside them:
    where those differ from the last ones on record, their line comes first. `read` returns a file of the content by
    its path. RecordsError where `now` lies before the last line, unless `clock_set_back` says that the clock had been
    ahead.
    """
    adding = _Adding(records.ledger, now, clock_set_back=clock_set_back)
    new = dict(_site(records.ledger.site, facts, adding, read))
    gone: list[str] = []
    for entry in entries:
        own = records.ledger.by_id.get(entry.summary.id, ())
        showing, names = _showing(entry, own[-1] if own else None, facts.site, now, read), _names(entry)
        if own and own[-1].ordered(names) == showing:
            gone += _left_over(records, entry.summary)
            continue
        version = _version(own, showing, names)
        line = adding.add(version, _event(records, own, version, entry, showing), showing)
        if all(version != other.version for other in own):
            new[version_path(line.id, version)] = partial(_canonical, entry)
            attached = {attachment_path(line.id, of): name for name, of in zip(names, showing.files, strict=True)}
            new |= {path: partial(read, f"{entry.summary.address}{name}") for path, name in attached.items()}
        if line.event is LedgerEvent.REMOVED:
            gone += sorted(_texts(records.ledger, line.id))
    made = replace(records, ledger=adding.ledger(), to_write={**records.to_write, **new}, to_delete=tuple(gone))
    return replace(made, site_changes=changes_of_site(made))


def _site(
    own: tuple[LedgerLine, ...], facts: SiteFacts, adding: _Adding, read: ReadFile
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Add a line where the facts of the site differ from the last on record; yield the files of a new version."""
    canonical = facts.canonical()
    pictures = [read(facts.site.mark)] if facts.site.mark else []
    before = {of.sha256: of for line in own for of in line.shown.files}
    showing = PublicState(
        id=SITE_ID,
        fingerprint=_digest(canonical, {line.shown.fingerprint.sha256: line.shown.fingerprint for line in own}),
        files=tuple(_digest(picture, before) for picture in pictures),
        text=True,
        address=facts.site.address or "",
    )
    if own and own[-1].shown == showing:
        return
    version = _version(own, showing, ())
    known = any(version == line.version for line in own)
    adding.add(version, LedgerEvent.SHOWN_AGAIN if known else LedgerEvent.SITE_CHANGED, showing)
    if not known:
        yield version_path(SITE_ID, version), partial(bytes, canonical)
        for of, picture in zip(showing.files, pictures, strict=True):
            yield attachment_path(SITE_ID, of), partial(bytes, picture)


def changes_of_site(records: Records) -> tuple[SiteChange, ...]:
    """Return each change of the site's facts, in order; none while there is one line of them."""
    lines = records.ledger.site if len(records.ledger.site) > 1 else ()
    facts = {line.version: records.site_facts(line) for line in lines}
    return tuple(
        SiteChange(line, facts[was.version], facts[line.version], redrawn=was.shown.files != line.shown.files)
        for was, line in pairwise(lines)
    )


def record_rollback(records: Records, shown: Ledger, now: datetime) -> Records:
    """Return the records with a line for each notice of which an earlier site, whose ledger was `shown`, shows less.

    The facts of the site, too, are those of then, as far as they were on record. RecordsError where `now` lies before
    the last line.
    """
    adding = _Adding(records.ledger, now, clock_set_back=False)
    if shown.site and shown.site[-1].shown != records.ledger.site[-1].shown:
        adding.add(shown.site[-1].version, LedgerEvent.SHOWN_AGAIN, shown.site[-1].shown)
    for id_ in records.ledger.ids_since(shown):
        own, then = records.ledger.by_id[id_], shown.by_id.get(id_)
        last = _ordered(records, own[-1])
        if then is None:
            goal = replace(last, text=False)
            if last != goal:
                adding.add(own[-1].version, LedgerEvent.TAKEN_DOWN, goal)
        elif (goal := _ordered(records, then[-1])) != last:
            adding.add(then[-1].version, LedgerEvent.SHOWN_AGAIN, goal)
    return replace(records, ledger=adding.ledger())


def _ordered(records: Records, line: LedgerLine) -> PublicState:
    """Return what a line shows; of one of the first schema the attachments in the order of the notice."""
    several = line.is_first_schema and len(line.names) > 1
    return line.ordered(names_of(records.notice(line))) if several else line.shown


class _Adding:
    """Adds lines to a ledger, each sealed and tied to the one before."""

    def __init__(self, before: Ledger, now: datetime, *, clock_set_back: bool) -> None:
        self._before, self._last, self._lines = before, before.last, list[LedgerLine]()
        self._set_back_accepted = clock_set_back
        self._instant = now.astimezone(SHANGHAI).replace(microsecond=0)

    def add(self, version: int, event: LedgerEvent, showing: PublicState) -> LedgerLine:
        """Add a line; RecordsError where it would lie before the last one."""
        last = self._last
        back = last is not None and self._instant < last.instant
        if last is not None and back and not self._set_back_accepted:
            raise RecordsError(_EARLY.format(now=format_instant(self._instant), last=format_instant(last.instant)))
        line = LedgerLine(
            number=last.number + 1 if last else 1,
            version=version,
            event=event,
            instant=self._instant,
            shown=showing,
            clock_set_back=back,
            previous=last.seal if last else NONE,
        ).sealed()
        self._lines.append(line)
        self._last = line
        return line

    def ledger(self) -> Ledger:
        """Return the ledger with what was added."""
        return self._before.extended(self._lines) if self._lines else self._before


_EARLY = (
    "现在是 {now}，发布记录的最后一行却是 {last} 写的，时间倒退了。什么都没有改动。\n"
    "先校准这台机器的时钟（Linux：timedatectl），再来一次。以前的时钟走快了、现在的才对，"
    "主机上运行 gongkai server reconcile --rebuild，别处用 gongkai build --live --clock-set-back：记录里会写明。"
)


def _showing(entry: PackedNotice, last: LedgerLine | None, site: Site, now: datetime, read: ReadFile) -> PublicState:
    """Say what the public will see of a notice; SM3 is worked out only for what is not the same as before."""
    head = entry.summary
    known = {last.shown.fingerprint.sha256: last.shown.fingerprint} if last else {}
    before = {of.sha256: of for of in last.shown.files} if last else {}
    return PublicState(
        id=head.id,
        fingerprint=known.get(entry.fingerprint) or both_digests(_canonical(entry)),
        files=tuple(_digest(read(f"{head.address}{name}"), before) for name in _names(entry)),
        opens=head.period.opens if head.period and not head.text_removed else None,
        closes=head.period.closes if head.period and not head.text_removed else None,
        text=site.shows_text(head, now),
        address=f"{site.address}{head.address}" if site.address else "",
    )


def _names(entry: PackedNotice) -> tuple[str, ...]:
    """Return the names of the attachments that may be public."""
    return () if entry.summary.text_removed else entry.attachments


def _digest(data: bytes, known: dict[str, Digest]) -> Digest:
    return known.get(hashlib.sha256(data).hexdigest()) or both_digests(data)


def _canonical(entry: PackedNotice) -> bytes:
    return canonical_json(entry.notice.public_form())


def _version(own: tuple[LedgerLine, ...], showing: PublicState, names: tuple[str, ...]) -> int:
    """Return the number of the version that was the same, or a new one."""
    for line in own:
        if line.shown.fingerprint == showing.fingerprint and line.ordered(names).files == showing.files:
            return line.version
    return max((line.version for line in own), default=0) + 1


def _event(
    records: Records, own: tuple[LedgerLine, ...], version: int, entry: PackedNotice, showing: PublicState
) -> LedgerEvent:
    if entry.summary.text_removed and not records.ledger.is_removed(entry.summary.id):
        return LedgerEvent.REMOVED
    if not own:
        return LedgerEvent.PUBLISHED
    last = own[-1].ordered(_names(entry))
    if any(version == line.version for line in own):
        if showing == replace(last, text=False):
            return LedgerEvent.TAKEN_DOWN
        return LedgerEvent.MOVED if showing == replace(last, address=showing.address) else LedgerEvent.SHOWN_AGAIN
    was = records.ledger.latest(entry.summary.id)
    assert was is not None
    return _difference(records.notice(was), entry.notice)


def _difference(was: Notice, now: Notice) -> LedgerEvent:
    if now.withdrawal is not None and was.withdrawal is None:
        return LedgerEvent.WITHDRAWN
    if len(now.corrections) > len(was.corrections):
        return LedgerEvent.CORRECTED
    if len(now.extensions) > len(was.extensions):
        return LedgerEvent.EXTENDED
    return LedgerEvent.REPORTED if now.outcome != was.outcome else LedgerEvent.UPDATED


def _left_over(records: Records, head: NoticeSummary) -> list[str]:
    """List what is still kept of a text that was published in error, after a run that was ended."""
    folder = records.folder
    if not head.text_removed or folder is None:
        return []
    return [path for path in _texts(records.ledger, head.id) if (folder / path).exists()]


def _texts(ledger: Ledger, id_: str) -> set[str]:
    """Return where the versions and the attachments lie that were shown before a text was removed."""
    since, own = ledger.removed_at(id_), ledger.by_id.get(id_, ())
    return {path for line in own if since is None or line.number < since for path in files_of(line)}
