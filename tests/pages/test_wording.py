"""Contacts as a reader sees them, and as a telephone dials them."""

from __future__ import annotations

import pytest

from generator.model import Contact
from generator.pages.contacts import contact_view


@pytest.mark.parametrize(
    ("value", "href"),
    [
        ("0000-2195262", "tel:00002195262"),
        ("(0000)23226773", "tel:000023226773"),
        ("（0000） 2322677", "tel:00002322677"),
        ("+86 0000-2195262", "tel:00002195262"),
        ("13800000000", "tel:13800000000"),
        ("86-13800000000", "tel:13800000000"),
        ("400-000-0000", "tel:4000000000"),
        ("12345", "tel:12345"),
        ("0000-2195262-8001", "tel:00002195262,8001"),
        ("0000-2195262转801", "tel:00002195262,801"),
        ("2195262 2195263", ""),
        ("0000-2195262、2195263", ""),
        ("办公室", ""),
    ],
)
def test_what_a_telephone_dials(value: str, href: str) -> None:
    assert contact_view(Contact.model_validate({"电话": value})).href == href


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        ("工作日9:00--17:00", "工作日 9:00 至 17:00"),
        ("8:30-12:00、14:30-18:00", "8:30 至 12:00、14:30 至 18:00"),
        ("9:00~17:00", "9:00 至 17:00"),
        ("节假日请打0000-2195263", "节假日请打0000-2195263"),
        ("2025-11-21起", "2025-11-21起"),
    ],
)
def test_hours_in_words(hours: str, shown: str) -> None:
    assert contact_view(Contact.model_validate({"电话": "1", "时间": hours})).hours == shown


def test_an_address_of_mail_is_quoted() -> None:
    assert contact_view(Contact.model_validate({"电子邮箱": "a%3Fbcc%3Dx@x.cn"})).href == "mailto:a%253Fbcc%253Dx@x.cn"
