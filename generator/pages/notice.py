"""A notice's page, and the files beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from generator.model import (
    Finding,
    Headline,
    Inspection,
    Notice,
    Organs,
    Part,
    Progress,
    Section,
    Site,
    canonical_json,
    fingerprint,
    headline,
    text_of,
    units,
)
from generator.model.site import AfterClosing
from generator.pages.blocks import blocks_of, markdown, verbatim
from generator.pages.escape import escape
from generator.pages.lists import HOME, organ_link
from generator.pages.page import DataFile, Page
from generator.pages.view import ContactView, Contents, Event, Figure, Link, NoticeView, State, StatusView
from generator.pages.wording import contact, counts_in_words, day_in_words, status
from generator.period import full_date, local

_FORMS = (
    ("notice.txt", "纯文字", "只有通报全文"),
    ("notice.md", "Markdown", "带标题层次的全文"),
    ("notice.json", "数据", "供程序读取，指纹按它计算"),
)


def notice_page(notice: Notice, organs: Organs, site: Site, now: datetime) -> tuple[Page, tuple[DataFile, ...]]:
    """Make a notice's page as it stands at the aware instant `now`, and the files beside it.

    Where the text was taken away the page has none of it, and there are no files.
    """
    head = headline(notice)
    standing = status(head, now)
    removed = _removed(notice, site, standing)
    reading = () if removed else units(notice)
    blocks = blocks_of(reading)
    canonical = canonical_json(notice)
    page = Page(
        address=head.address,
        template="notice",
        title=head.title,
        description=_description(head, organs, standing),
        meta=_article(notice, head.title, organs),
        crumbs=(HOME, Link(text=f"{head.year}年", address=f"archive/{head.year}/"), organ_link(organs, notice.organ)),
        view=_view(notice, head, organs, site, standing, removed, fingerprint(canonical)),
        blocks=blocks,
        updated=head.changed_on,
        verbatim=verbatim(reading) or ("" if notice.text_removed else notice.title),
    )
    if removed:
        return page, ()
    plain = f"# {escape(notice.title)}\n\n{markdown(blocks)}\n"
    contents = (text_of(reading).encode(), plain.encode(), canonical)
    files = (DataFile(f"{head.address}{name}", data) for (name, _, _), data in zip(_FORMS, contents, strict=True))
    return page, tuple(files)


def _view(
    notice: Notice,
    head: Headline,
    organs: Organs,
    site: Site,
    standing: StatusView,
    removed: str,
    print_: str,
) -> NoticeView:
    day = local(notice.publishes_at)
    return NoticeView(
        id=notice.id,
        title=head.title,
        title_is_verbatim=not notice.text_removed,
        organ=organ_link(organs, notice.organ),
        day=day.isoformat(),
        day_text=full_date(day),
        status=standing,
        contacts=_contacts(notice, standing),
        inspection=_inspection(notice.inspection, organs[notice.organ].shown),
        figures=() if removed else _figures(notice, head),
        progress=() if removed else _progress(notice),
        contents=() if removed else _contents(notice),
        events=() if notice.text_removed else _events(notice),
        outcome=None if notice.text_removed else _outcome(notice),
        withdrawal=_withdrawal(notice),
        removed=removed,
        attachments=() if removed else _attachments(notice, head),
        forms=()
        if removed
        else tuple(Link(text=words, address=head.address + name, note=note) for name, words, note in _FORMS),
        permanent=f"{site.address or ''}{head.address}",
        fingerprint="" if removed else print_,
        official=() if notice.text_removed else _official(notice),
    )


def _removed(notice: Notice, site: Site, standing: StatusView) -> str:
    if notice.text_removed:
        return "这份通报属于误发，正文已经移除。"
    if standing.state is State.CLOSED and site.after_closing is AfterClosing.TAKE_DOWN:
        return "公开期限已满，正文按规定撤下。"
    return ""


def _contacts(notice: Notice, standing: StatusView) -> tuple[ContactView, ...]:
    if standing.state not in {State.BEFORE, State.OPEN, State.UNTIMED}:
        return ()
    shown = [contact(entry) for entry in notice.contacts]
    return tuple(sorted(shown, key=lambda view: view.icon != "phone"))


def _inspection(inspection: Inspection | None, organ: str) -> str:
    """Tell the inspection in a sentence or two, from whatever the notice states."""
    if inspection is None:
        return ""
    who = "、".join(inspection.teams) or (f"{inspection.authority}派出的巡察组" if inspection.authority else "巡察组")
    sentences = []
    if inspection.begins and inspection.ends:
        sentences.append(f"{day_in_words(inspection.begins)}至{day_in_words(inspection.ends)}，{who}巡察了{organ}。")
    elif inspection.begins:
        sentences.append(f"{day_in_words(inspection.begins)}起，{who}巡察了{organ}。")
    elif inspection.teams:
        sentences.append(f"{who}巡察了{organ}。")
    if inspection.findings_on:
        sentences.append(f"{day_in_words(inspection.findings_on)}反馈巡察意见。")
    return "".join(sentences)


def _figures(notice: Notice, head: Headline) -> tuple[Figure, ...]:
    counts = head.counts
    # Where some findings tell their measures in prose, a count of the others would be wrong.
    measures = counts.measures if counts.findings_with_measures == counts.findings else 0
    counted = [(counts.sections, "类"), (counts.findings, "个问题"), (measures, "条整改措施")]
    own = [Figure(number=str(number), label=label) for number, label in counted if number and counts.findings]
    stated = (Figure(number=str(stat.number), label=stat.name, quote=stat.quote) for stat in notice.statistics)
    return (*own, *stated)


def _findings(notice: Notice) -> list[Finding]:
    sections = [*notice.body.sections, *(section for part in notice.body.parts for section in part.sections)]
    holders: list[Section | Part] = [*notice.body.parts, *sections]
    return [*notice.body.findings, *(finding for holder in holders for finding in holder.findings)]


def _progress(notice: Notice) -> tuple[Figure, ...]:
    """Count findings by progress; nothing unless the source states it for every finding."""
    findings = _findings(notice)
    counts = Counter(finding.progress for finding in findings)
    if not findings or counts[None]:
        return ()
    return tuple(Figure(number=str(counts[word]), label=word.value) for word in Progress if counts[word])


def _contents(notice: Notice) -> tuple[Contents, ...]:
    body = notice.body
    return _entries(body.parts or body.sections or body.findings, "")


def _entries(level: Iterable[Part | Section | Finding], prefix: str) -> tuple[Contents, ...]:
    entries = []
    for number, entry in enumerate(level, 1):
        kind = type(entry).__name__.lower()
        anchor = f"{prefix}{kind[0]}{number}"
        below = () if isinstance(entry, Finding) else (getattr(entry, "sections", ()) or entry.findings)
        findings = 0 if isinstance(entry, Finding) else len(entry.findings)
        entries.append(
            Contents(
                text=entry.title,
                anchor=anchor,
                kind=kind,
                summary=f"{findings} 个问题" if findings else "",
                progress=(entry.progress or "") if isinstance(entry, Finding) else "",
                below=_entries(below, f"{anchor}-"),
            )
        )
    return tuple(entries)


def _events(notice: Notice) -> tuple[Event, ...]:
    extensions = [(e.on, "延期", f"公开期限延长到{full_date(e.until)}。原因：{e.reason}") for e in notice.extensions]
    corrections = [(c.on, "更正", c.note) for c in notice.corrections]
    ordered = sorted([*extensions, *corrections], key=lambda event: event[0], reverse=True)
    return tuple(
        Event(day=on.isoformat(), day_text=full_date(on), kind=kind, paragraphs=tuple(note.split("\n")))
        for on, kind, note in ordered
    )


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


def _attachments(notice: Notice, head: Headline) -> tuple[Link, ...]:
    return tuple(
        Link(
            text=attachment.title or attachment.file,
            address=head.address + attachment.file,
            note=attachment.file.rpartition(".")[2].upper(),
        )
        for attachment in notice.attachments
    )


def _official(notice: Notice) -> tuple[tuple[str, str], ...]:
    if notice.official is None:
        return ()
    pairs = (
        ("索引号", notice.official.index),
        ("发文字号", notice.official.document),
        ("主题分类", notice.official.topic),
    )
    return tuple((label, value) for label, value in pairs if value)


def _description(head: Headline, organs: Organs, standing: StatusView) -> str:
    if standing.state is State.WITHDRAWN:
        return f"{organs[head.organ].name}的这份通报已经撤回。"
    period = head.period
    until = f"公开期限：{full_date(period.opens)}至{full_date(period.closes)}。" if period else ""
    counts = counts_in_words(head.counts)
    return f"{organs[head.organ].name}公开的巡察整改通报。{until}{counts}{'。' if counts else ''}"


def _article(notice: Notice, title: str, organs: Organs) -> tuple[tuple[str, str], ...]:
    """Meta tags of an article page (国办发〔2017〕47号)."""
    return (
        ("ArticleTitle", title),
        ("PubDate", notice.publishes_at.strftime("%Y-%m-%d %H:%M")),
        ("ContentSource", organs[notice.organ].name),
        ("ColumnName", "通报"),
        ("ColumnType", "信息公开"),
    )
