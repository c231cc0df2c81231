"""Rules of the contacts themselves: there are some, and they have the form of what they are."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.violation import CheckContext, Violation
from generator.contact_grammar import is_email, is_local_phone, is_postcode, is_whole_phone, phone_digits
from generator.model import Contact, ContactKind, Notice
from generator.problems import Severity


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
