"""A notice's page, and the files beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from generator.addresses import proof_address
from generator.files import DataFile
from generator.model import (
    Notice,
    NoticeSummary,
    OfficialNumbers,
    Organs,
    Site,
    Unit,
    canonical_json,
    fingerprint,
    text_of,
    units,
)
from generator.model.site import AfterClosing
from generator.pages.blocks import Block, blocks_of, escape, markdown, verbatim
from generator.pages.contacts import contact_views, where_to_look, whom_to_ask
from generator.pages.disclosed import disclosed, over_in_words
from generator.pages.events import events
from generator.pages.lists import HOME, organ_link
from generator.pages.navigation import Link
from generator.pages.page import Page
from generator.pages.public_notice import PublicNotice
from generator.pages.states import day_label, made_public, status
from generator.pages.summary import summary_of
from generator.pages.view import Event, NoticeView
from generator.pages.wording import counts_in_words, kinds_of, period_in_words, rectification
from generator.period import SHANGHAI, full_date

_FORMS = (
    ("notice.txt", "纯文字", "只有通报全文"),
    ("notice.md", "Markdown", "带标题层次的全文"),
    ("notice.json", "数据", "供程序读取，指纹按它计算"),
)
_PROOF = "公开过什么、从什么时候到什么时候，可以打印"
# Made with the page's HTML, not here.
_FRAGMENT = ("fragment.html", "可粘贴的网页", "贴进别的网站用，打开后全选、复制")


def notice_page(public: PublicNotice) -> tuple[Page, tuple[DataFile, ...]]:
    """Make a notice's page, and the files beside it.

    Where the text was taken down, the page has none of it, and there are no files.
    """
    notice, head, organs = public.notice, public.summary, public.organs
    removed = public.removed
    reading = public_units(notice, public.site, public.now)
    blocks = blocks_of(reading)
    canonical = canonical_json(notice)
    view = _view(public, fingerprint(canonical))
    page = Page(
        address=head.address,
        template="notice",
        title=head.title,
        description=_description(head, organs, counted=not removed),
        meta=_article(head, organs),
        crumbs=(HOME, Link(text=f"{head.year}年", address=f"archive/{head.year}/")),
        view=view,
        blocks=blocks,
        updated=head.changed_on,
        outside=frozenset(one.href for one in view.contacts if one.host),
        verbatim=verbatim(reading),
        published=view.day,
        has_states=True,
    )
    if removed:
        return page, ()
    contents = (text_of(reading).encode(), notice_markdown(notice, blocks).encode(), canonical)
    files = (DataFile(f"{head.address}{name}", data) for (name, _, _), data in zip(_FORMS, contents, strict=True))
    return page, tuple(files)


def notice_markdown(notice: Notice, blocks: Iterable[Block]) -> str:
    """Return a notice as Markdown: its title, and the blocks of its text."""
    return f"# {escape(notice.title)}\n\n{markdown(blocks)}\n"


def public_units(notice: Notice, site: Site, now: datetime) -> tuple[Unit, ...]:
    """Return the units of a notice's text that are public at `now`: all, the title alone, or none."""
    if notice.text_removed:
        return ()
    return units(notice)[: None if site.shows_text(notice, now) else 1]


def _view(public: PublicNotice, sha256: str) -> NoticeView:
    notice, head, organs, site = public.notice, public.summary, public.organs, public.site
    now, past, removed = public.now, public.past, public.removed
    standing = status(head, now)
    day, made = head.day, made_public(head, standing.state)
    kept = site.after_closing is AfterClosing.KEEP
    source = None if notice.text_removed else notice.provenance
    return NoticeView(
        id=notice.id,
        title=head.title,
        title_is_verbatim=not notice.text_removed,
        organ=organ_link(organs, notice.organ),
        day=day.isoformat(),
        day_text=full_date(day),
        made=made,
        day_label=day_label(head, standing.state),
        origin=source.address if source else "",
        collected=f"{full_date(source.collected_on)}收录" if source else "",
        status=standing,
        period=period_in_words(head.period) if head.period and not notice.text_removed else "",
        over=over_in_words(head, standing.state, disclosed(notice, past, now), kept=kept),
        no_outcome="" if notice.outcome or notice.provenance else "单位还没有公布公开的结果。",
        ask=whom_to_ask(notice, head, organs, site),
        contacts=contact_views(notice, standing, now),
        no_contact=where_to_look(notice, site, standing),
        has_text=not removed,
        summary=None if removed else summary_of(notice, head.counts, organs[notice.organ]),
        changes="" if notice.text_removed else _changes(notice),
        events=() if notice.text_removed else events(notice, past, text=not removed),
        events_title="版本和改动" if past.superseded else "更正和延期",
        outcome=None if notice.text_removed else _outcome(notice),
        withdrawal=_withdrawal(notice),
        removed=removed,
        taken_down=not kept,
        attachments=() if removed else _attachments(notice, head),
        forms=()
        if removed
        else tuple(
            Link(text=words, address=head.address + name, note=note) for name, words, note in (*_FORMS, _FRAGMENT)
        ),
        permanent=f"{site.address or ''}{head.address}",
        fingerprint="" if removed else sha256,
        official=() if notice.text_removed else _official(notice),
        proof=Link(text="公开情况证明", address=proof_address(notice.id), note=_PROOF) if past.lines else None,
    )


def _changes(notice: Notice) -> str:
    """Say how often the notice was corrected, and when last; an extension alone is shown with the period."""
    if not notice.corrections:
        return ""
    extended = f"，延期 {len(notice.extensions)} 次" if notice.extensions else ""
    last = max(event.on for event in (*notice.corrections, *notice.extensions))
    return f"更正过 {len(notice.corrections)} 次{extended}，最近一次是{full_date(last)}"


def _outcome(notice: Notice) -> Event | None:
    outcome = notice.outcome
    if outcome is None:
        return None
    lines = tuple(line for paragraph in outcome.paragraphs for line in paragraph.split("\n"))
    return Event(day=outcome.on.isoformat(), day_text=full_date(outcome.on), kind="反馈结果", paragraphs=lines)


def _withdrawal(notice: Notice) -> Event | None:
    withdrawal = notice.withdrawal
    if withdrawal is None:
        return None
    return Event(
        day=withdrawal.on.isoformat(),
        day_text=full_date(withdrawal.on),
        kind=withdrawal.kind.value,
        paragraphs=(withdrawal.reason,),
    )


def _attachments(notice: Notice, head: NoticeSummary) -> tuple[Link, ...]:
    return tuple(
        Link(
            text=attachment.title or attachment.file,
            address=head.address + attachment.file,
            note=attachment.file.rpartition(".")[2].upper(),
        )
        for attachment in notice.attachments
    )


def _official(notice: Notice) -> tuple[tuple[str, str], ...]:
    official, source = notice.official or OfficialNumbers(), notice.provenance
    pairs = (
        ("索引号", official.index),
        ("发文字号", official.document),
        ("主题分类", official.topic),
        ("原来的网页", source and source.address),
        ("收录", source and full_date(source.collected_on)),
    )
    return tuple((label, value) for label, value in pairs if value)


def _description(head: NoticeSummary, organs: Organs, *, counted: bool) -> str:
    if head.withdrawal is not None:
        what = "属于误发，已经移除" if head.text_removed else "已经撤回"
        return f"{organs[head.organ].name}的这份通报{what}。"
    period = head.period
    until = f"公开期限：{full_date(period.opens)}至{full_date(period.closes)}。" if period else ""
    counts = "，".join(counts_in_words(head.counts)) if counted else ""
    subject = rectification(kinds_of([head]))
    return f"{organs[head.organ].name}公开的{subject}通报。{until}{counts}{'。' if counts else ''}"


def _article(head: NoticeSummary, organs: Organs) -> tuple[tuple[str, str], ...]:
    """Meta tags of an article page (国办发〔2017〕47号)."""
    published = head.public_since or head.publishes_at
    return (
        ("ArticleTitle", head.title),
        ("PubDate", published.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")),
        ("ContentSource", organs[head.organ].name),
        ("ColumnName", "通报"),
        ("ColumnType", "信息公开"),
    )
