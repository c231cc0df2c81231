"""The pages of a notice's earlier versions, each at a permanent address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from generator.addresses import version_address
from generator.files import DataFile
from generator.model import Notice, text_of, units
from generator.pages.blocks import blocks_of, verbatim
from generator.pages.lists import HOME, organ_link
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.public_notice import TAKEN_DOWN, PublicNotice
from generator.pages.record_view import VersionView
from generator.pages.states import day_label, state_of
from generator.pages.summary import contents
from generator.pages.wording import happened, period_in_words
from generator.period import format_instant, full_date
from generator.records import Digest, History, Records, Version, names_of

_FORMS = (("notice.txt", "纯文字", "只有通报全文"), ("notice.json", "数据", "供程序读取，指纹按它计算"))


def version_pages(public: PublicNotice, records: Records) -> Iterator[tuple[Page, tuple[DataFile, ...]]]:
    """Yield a page for each version of a notice but the newest, with the files beside it."""
    for version, following in pairwise(public.past.versions):
        yield _page(public, version, following, records)


def _page(
    public: PublicNotice, version: Version, following: Version, records: Records
) -> tuple[Page, tuple[DataFile, ...]]:
    head, line = public.summary, version.line
    then = version.notice if public.site.shows_text(head, public.now) else None
    address = version_address(head.id, line.version)
    reading = units(then) if then else ()
    page = Page(
        address=address,
        template="version",
        title=f"{then.title if then else head.title}（第 {line.version} 版）",
        description="这是旧版本，已经由新的代替。",
        meta=(),
        crumbs=(HOME, Link(text="这份通报", address=head.address)),
        view=_view(public, version, following, then),
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
    files += [
        DataFile(f"{address}{name}", records.attachment(line, of)) for name, of in _own_files(version, public.past)
    ]
    return page, tuple(files)


def _view(public: PublicNotice, version: Version, following: Version, then: Notice | None) -> VersionView:
    notice, head, past = public.notice, public.summary, public.past
    line, newest = version.line, past.versions[-1].line
    address, own = version_address(notice.id, line.version), dict(_own_files(version, past))
    day = head.day
    return VersionView(
        id=notice.id,
        title=then.title if then else head.title,
        title_is_verbatim=then is not None,
        number=line.version,
        organ=organ_link(public.organs, notice.organ),
        day=day.isoformat(),
        day_text=full_date(day),
        day_label=day_label(head, state_of(head, public.now)),
        since=format_instant(line.instant),
        until=format_instant(version.until) if version.until else "",
        why=happened(following.line.event, collected=head.collected),
        newest=Link(text=f"看现在的第 {newest.version} 版", address=head.address),
        withdrawn=notice.withdrawal is not None,
        removed="" if then else public.removed or TAKEN_DOWN,
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
        permanent=f"{public.site.address or ''}{address}",
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
