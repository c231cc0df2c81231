"""The pages of a notice's earlier versions, each at a permanent address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from generator.addresses import version_address
from generator.check import summarize
from generator.files import DataFile
from generator.model import Notice, NoticeSummary, Organs, Site, text_of, units
from generator.pages.blocks import blocks_of, verbatim
from generator.pages.lists import HOME, organ_link
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.record_view import VersionView
from generator.pages.states import day_label, state_of
from generator.pages.summary import contents
from generator.pages.wording import happened, period_in_words
from generator.period import full_date
from generator.records import Digest, History, Records, Version, format_instant, names_of

_FORMS = (("notice.txt", "纯文字", "只有通报全文"), ("notice.json", "数据", "供程序读取，指纹按它计算"))


def version_pages(
    notice: Notice, past: History, records: Records, organs: Organs, site: Site, now: datetime
) -> Iterator[tuple[Page, tuple[DataFile, ...]]]:
    """Yield a page for each version of a notice but the newest, with the files beside it."""
    for version, following in zip(past.versions, past.versions[1:], strict=False):
        yield _page(notice, version, following, past, records, organs, site, now)


def _page(
    notice: Notice,
    version: Version,
    following: Version,
    past: History,
    records: Records,
    organs: Organs,
    site: Site,
    now: datetime,
) -> tuple[Page, tuple[DataFile, ...]]:
    head, line = replace(summarize(notice), first_public=past.first_public), version.line
    then = version.notice if version.notice is not None and site.shows_text(head, now) else None
    address = version_address(notice.id, line.version)
    reading = units(then) if then else ()
    page = Page(
        address=address,
        template="version",
        title=f"{then.title if then else head.title}（第 {line.version} 版）",
        description="这是旧版本，已经由新的代替。",
        meta=(),
        crumbs=(HOME, Link(text="这份通报", address=head.address)),
        view=_view(notice, head, version, following, past, then, organs, site, now),
        blocks=blocks_of(reading),
        verbatim=verbatim(reading),
        indexed=False,
    )
    if then is None:
        return page, ()
    files = [
        DataFile(f"{address}notice.txt", text_of(reading).encode()),
        DataFile(f"{address}notice.json", records.canonical(line)),
    ]
    files += [DataFile(f"{address}{name}", records.attachment(line, of)) for name, of in _own_files(version, past)]
    return page, tuple(files)


def _view(
    notice: Notice,
    head: NoticeSummary,
    version: Version,
    following: Version,
    past: History,
    then: Notice | None,
    organs: Organs,
    site: Site,
    now: datetime,
) -> VersionView:
    line, newest = version.line, past.versions[-1].line
    address, own = version_address(notice.id, line.version), dict(_own_files(version, past))
    day = head.day
    return VersionView(
        id=notice.id,
        title=then.title if then else head.title,
        title_is_verbatim=then is not None,
        number=line.version,
        organ=organ_link(organs, notice.organ),
        day=day.isoformat(),
        day_text=full_date(day),
        day_label=day_label(head, state_of(head, now)),
        since=format_instant(line.instant),
        until=format_instant(version.until) if version.until else "",
        why=happened(following.line.event, collected=head.collected),
        newest=Link(text=f"看现在的第 {newest.version} 版", address=head.address),
        withdrawn=notice.withdrawal is not None,
        removed=""
        if then
        else "这份通报属于误发，正文已经移除。"
        if notice.text_removed
        else "公开期限已满，正文按规定撤下。",
        period=period_in_words(then.period) if then and then.period else "",
        contents=contents(then) if then else (),
        attachments=tuple(
            Link(
                text=attachment.title or attachment.file,
                address=(address if attachment.file in own else head.address) + attachment.file,
                note=attachment.file.rpartition(".")[2].upper(),
            )
            for attachment in (then.attachments if then else ())
        ),
        forms=tuple(Link(text=words, address=address + name, note=note) for name, words, note in _FORMS if then),
        permanent=f"{site.address or ''}{address}",
        sha256=line.shown.fingerprint.sha256 if then else "",
        sm3=line.shown.fingerprint.sm3 if then else "",
    )


def _own_files(version: Version, past: History) -> tuple[tuple[str, Digest], ...]:
    """Return the attachments of a version that are not those beside the notice today."""
    today = _attached(past.versions[-1])
    return tuple((name, of) for name, of in _attached(version).items() if today.get(name) != of)


def _attached(version: Version) -> dict[str, Digest]:
    """Return the attachments of a version by name; none where its text was removed."""
    return version.line.attached(names_of(version.notice)) if version.notice else {}
