"""Rules of the contacts: there are some, in the form of what they are, and they agree with the closing prose."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rules.places import Places, closing, joined
from generator.check.violation import CheckContext, Violation
from generator.contact_grammar import is_email, is_local_phone, is_postcode, is_whole_phone, phone_digits
from generator.model import Contact, ContactKind, Notice, notice_text
from generator.problems import Severity
from generator.prose import StatedContact, contacts

_HINTS = ("话", "机", "邮", "信", "地", "真", "热线", "联系", "@", "http")
_NUMBERS = frozenset({ContactKind.PHONE, ContactKind.FAX})
_FIELD_OR_TEXT = "对照批准的原文：字段错了改字段，录入错了改正文。"


def no_contact(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn of a period without any contact: open to comment, and nobody to comment to."""
    del context
    if notice.terms is not None and not notice.contacts:
        yield Violation(
            path=("公开期限",),
            code="contact-none",
            found="有“公开期限”，没有“联系方式”",
            expected="公开期间至少有一种联系方式",
            mend="补上“联系方式”，写电话、通信地址、电子邮箱或网址。",
            severity=Severity.WARNING,
        )


def contact_form(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn of a number without area code or of an odd length, of an odd email address or postcode, of plain http."""
    del context
    for index, contact in enumerate(notice.contacts):
        wrong = _wrong(contact)
        if wrong is not None:
            code, expected, mend = wrong
            yield Violation(
                path=("联系方式", index, contact.kind),
                code=code,
                found=contact.value,
                expected=expected,
                mend=mend,
                severity=Severity.WARNING,
            )
        if contact.postcode is not None and not is_postcode(contact.postcode):
            yield Violation(
                path=("联系方式", index, "邮编"),
                code="postcode-form",
                found=contact.postcode,
                expected="六位数字",
                mend="核对原文的邮编。",
                severity=Severity.WARNING,
            )


def _wrong(contact: Contact) -> tuple[str, str, str] | None:
    if contact.kind is ContactKind.EMAIL and not is_email(contact.value):
        return "email-form", "name@example.cn 形式的邮箱", "核对原文：@ 和点用半角，中间没有空格。"
    if contact.kind is ContactKind.WEB and contact.value.startswith("http://"):
        return "web-plain-http", "https:// 开头的网址", "换成 https:// 打得开的，就用它；打不开的，可以不改。"
    if contact.kind not in {ContactKind.PHONE, ContactKind.FAX}:
        return None
    number = phone_digits(contact.value)
    if is_whole_phone(number):
        return None
    if is_local_phone(number):
        return "phone-area-code", "区号和号码，如 0000-2195262", "原文没有区号的，可以不改；外地群众打不通。"
    return "phone-form", "一个完整的电话号码，如 0000-2195262", "核对位数；几个号码的，一个号码写一条。"


def contact_text(notice: Notice, words: Places) -> Iterator[Violation]:
    """Compare contacts in fields and closing prose, both ways, with their hours and postcodes.

    Refuses a label with nothing after it, and a field that the text contradicts; warns of what only the text has. A
    kind of contact that the text does not have may be in the fields alone.
    """
    read = [place for place in closing(notice, words) if any(hint in place[1] for hint in _HINTS)]
    found = [(place, stated) for place in read for stated in contacts(place[1])]
    empty = [(place, stated) for place, stated in found if not stated.value]
    said = [(place, stated) for place, stated in found if stated.value]
    for (path, _), stated in empty:
        yield Violation(
            path=path,
            code="contact-empty",
            found=f"“{stated.words}”后面没有内容",
            expected=f"写明{stated.kind}，或者没有这一句",
            mend="对照批准的原文补上；原文就是空的，请退回经办人改正后再公开。",
            needle=stated.words,
        )
    if not notice.contacts and not said:
        return
    whole = joined(read)
    if any(contact.value not in whole for contact in notice.contacts):
        whole = notice_text(notice)
    for index, contact in enumerate(notice.contacts):
        yield from _field(index, contact, [stated for _, stated in said], whole)
    for (path, _), stated in said:
        if notice.contacts and not any(_same(contact, stated) for contact in notice.contacts):
            yield _unlisted(path, stated)


def _field(index: int, contact: Contact, said: list[StatedContact], whole: str) -> Iterator[Violation]:
    kin = [stated for stated in said if stated.kind is contact.kind]
    if not kin:
        return
    if contact.value not in whole:
        yield Violation(
            path=("联系方式", index, contact.kind),
            code="contact-differs",
            found=contact.value,
            expected=f"正文里的{contact.kind}：{_values(kin)}",
            mend=_FIELD_OR_TEXT,
        )
        return
    own = next((stated for stated in kin if _same(contact, stated)), None)
    if own is None:
        return
    for key, value, stands in (
        ("时间", contact.hours, own.hours),
        ("邮编", contact.postcode, own.postcode),
        ("收件人", contact.addressee, own.addressee),
    ):
        if stands and value != stands and not (value is None and key == "收件人"):
            missing = value is None
            yield Violation(
                path=("联系方式", index) if missing else ("联系方式", index, key),
                code="contact-incomplete" if missing else "contact-differs",
                found=f"没有“{key}”" if value is None else value,
                expected=f"{stands}（正文：“{own.words}”）",
                mend=f"补上“{key}: {stands}”。" if missing else _FIELD_OR_TEXT,
                severity=Severity.WARNING if missing else Severity.ERROR,
            )


def _same(contact: Contact, stated: StatedContact) -> bool:
    """Whether a field and a contact in the prose are the same; OTHER in the fields may name any."""
    if contact.value == stated.value or contact.value in stated.words:
        return True
    if contact.kind is ContactKind.OTHER:
        return stated.value in contact.value
    if contact.kind is not stated.kind:
        return False
    if contact.kind in _NUMBERS and phone_digits(contact.value) == phone_digits(stated.value) != "":
        return True
    return stated.value in contact.value


def _unlisted(path: tuple[str | int, ...], stated: StatedContact) -> Violation:
    return Violation(
        path=path,
        code="contact-unlisted",
        found=f"正文的“{stated.value}”不在“联系方式”里",
        expected="正文里的联系方式都列出",
        mend=f"在“联系方式”下补一条“- {stated.kind}: {stated.value}”。",
        severity=Severity.WARNING,
        needle=stated.words,
    )


def _values(said: list[StatedContact]) -> str:
    return "、".join(stated.value for stated in said)
