"""The facts that the prose of a notice states, as its fields: inspection, period, contacts, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from generator.intake.outline import Outline
from generator.model.notice import INSPECTION_DAYS, contradictions
from generator.period import Period, full_date
from generator.prose import (
    StatedContact,
    StatedInspection,
    StatedPeriod,
    contacts,
    days,
    inspection,
    inspection_kind,
    periods,
)
from generator.read import Plain

_OPENING = 5
_CLOSING = 2
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE_DAY = re.compile(r".{0,8}年.{0,8}[日号]|.{0,12}[-/.．].{0,12}")
_PUBLICATION = re.compile("(?:发布|成文|发文|公开|更新)(?:时间|日期)|20[0-9]{2}[-/.]")


@dataclass(frozen=True, slots=True)
class Facts:
    """Fields in their Chinese keys, None or empty where the prose states nothing; `doubts` are Chinese sentences."""

    inspection: dict[str, Plain]
    terms: dict[str, Plain]
    contacts: tuple[dict[str, Plain], ...]
    published: str | None
    doubts: tuple[str, ...]


def read_facts(outline: Outline, known: Plain | None = None) -> Facts:
    """Read the facts from the first paragraphs and the closing ones, where `check` will compare them again.

    `known` is the value of 发布, where it need not be guessed.
    """
    doubts: list[str] = []
    opening = [text for text in outline.body.paragraphs if isinstance(text, str)][:_OPENING]
    lines = outline.lines
    closing = [line.text for line in lines.closing or lines.body[-_CLOSING:]]
    paragraphs = [*dict.fromkeys([*opening, *closing])]
    signed = _signed_on(outline)
    year = signed.year if signed else None
    terms = _terms([stated for text in paragraphs for stated in periods(text, year)], signed, doubts)
    kind = inspection_kind(outline.title, "\n".join(opening)) or "巡察"
    published = None
    if not terms and known is None:
        published, doubt = _publication(outline, signed)
        doubts.append(doubt)
    public = published or terms.get("开始") if known is None else known
    return Facts(
        inspection=_in_order(_inspection(inspection("\n".join(opening)), kind, doubts), public, kind, doubts),
        terms=terms,
        contacts=tuple(_contacts([stated for text in paragraphs for stated in contacts(text)], doubts)),
        published=published,
        doubts=tuple(doubts),
    )


def _signed_on(outline: Outline) -> date | None:
    found = [day for line in outline.signature for day in days("".join(line.split()))]
    return found[-1].on() if found else None


def _publication(outline: Outline, signed: date | None) -> tuple[str | None, str]:
    """Return the day of publication of a notice without a period, and the doubt about it."""
    if signed is not None:
        return signed.isoformat(), f"没有写明公开期限：“发布”暂按落款日期 {full_date(signed)} 填写，请核对。"
    for line in outline.lines.left_out:
        found = days(line.text) if _PUBLICATION.search(line.text) else []
        day = found[0].on() if found else None
        if day is not None:
            return day.isoformat(), f"没有写明公开期限，也没有落款日期：“发布”取自网页上的“{line.text}”，请核对。"
    return None, "没有写明公开期限，也没有落款日期。"


def _terms(stated: list[StatedPeriod], signed: date | None, doubts: list[str]) -> dict[str, Plain]:
    """Return the period's fields: both days, or a number of working days from the day of the signature."""
    if not stated:
        return {}
    words = stated[0].words
    if len({(one.opens, one.closes, one.workdays) for one in stated}) > 1:
        others = "”“".join(one.words for one in stated[1:])
        doubts.append(f"公开期限有几种写法，按“{words}”填写，另有“{others}”，请核对。")
    opens, closes, workdays = stated[0].opens, stated[0].closes, stated[0].workdays
    if closes is None and workdays is None:
        doubts.append(f"“{words}”看不出哪天结束，没有填写公开期限。")
        return {}
    if opens is None and signed is not None:
        opens = signed
        doubts.append(f"“{words}”没有写明哪天开始，暂按落款日期 {full_date(signed)} 算起，请核对。")
    if opens is None:
        doubts.append(f"“{words}”没有写明哪天开始，也没有落款日期，没有填写公开期限。")
        return {}
    if closes is None:
        return {"开始": opens.isoformat(), "工作日": str(workdays)}
    if closes < opens:
        doubts.append(f"“{words}”的结束早于开始，没有填写公开期限，请核对原文。")
        return {}
    if workdays is not None:
        length = Period(opens, closes).length()
        if workdays not in {length.workdays_with_first, length.workdays_without_first}:
            doubts.append(f"“{words}”写着 {workdays} 个工作日，与起止日期对不上，按起止日期填写。")
    return {"开始": opens.isoformat(), "结束": closes.isoformat()}


def _inspection(stated: StatedInspection, kind: str, doubts: list[str]) -> dict[str, Plain]:
    fields: dict[str, Plain] = {}
    if stated.authority:
        fields["机关"] = stated.authority
    if stated.teams:
        fields["巡察组"] = [*stated.teams]
    for key, value in (("开始", stated.begins), ("结束", stated.ends), ("反馈", stated.findings_on)):
        if isinstance(value, date):
            fields[key] = value.isoformat()
        elif value and _WHOLE_DAY.fullmatch(value):
            doubts.append(f"{kind}的日期“{value}”日历上没有，没有填写。")
        elif value:
            fields[key] = value
            doubts.append(f"{kind}的日期“{value}”不是确切的一天，照原文填写。")
    if isinstance(stated.findings_on, date) and not re.search(r"[年./-]", stated.findings_words):
        day = full_date(stated.findings_on)
        doubts.append(f"反馈意见的日期“{stated.findings_words}”没有写年份，按 {day} 填写，请核对。")
    return fields


def _in_order(inspection: dict[str, Plain], public: Plain | None, kind: str, doubts: list[str]) -> dict[str, Plain]:
    """Leave out days of an inspection that contradict each other or the first public day: `check` refuses them."""
    days = [(key, day) for key in INSPECTION_DAYS if (day := _iso(inspection.get(key)))]
    if day := _iso(public):
        days.append(("公开", day))
    wrong: set[str] = set()
    for (before, earlier), (after, later) in contradictions(days):
        wrong |= {before, after}
        words = f"{before}是 {earlier}，{after}却是 {later}"
        doubts.append(f"{kind}的日期前后矛盾（{words}），没有填写，请核对原文。")
    return {key: value for key, value in inspection.items() if key not in wrong}


def _iso(value: Plain | None) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(value[:10]) if isinstance(value, str) and _ISO.match(value) else None
    return None


def _contacts(stated: list[StatedContact], doubts: list[str]) -> Iterator[dict[str, Plain]]:
    seen: list[dict[str, Plain]] = []
    for one in stated:
        if not one.value:
            doubts.append(f"“{one.words}”后面没有内容，没有填写这一条联系方式。")
            continue
        fields: dict[str, Plain] = {str(one.kind): one.value}
        details = {"时间": one.hours, "邮编": one.postcode, "收件人": one.addressee}
        fields |= {key: value for key, value in details.items() if value}
        if fields not in seen:
            seen.append(fields)
            yield fields
