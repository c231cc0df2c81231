"""Contacts, exactly as they stand in closing prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import ContactKind
from generator.prose import contacts

PHONE, FAX = ContactKind.PHONE, ContactKind.FAX
POST, EMAIL = ContactKind.POST, ContactKind.EMAIL


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("联系电话：0000-2195262", ["0000-2195262"]),
        ("电  话:0000-2195262。", ["0000-2195262"]),
        ("监督电话为(0000)12345678", ["(0000)12345678"]),
        ("举报电话:（0000） 12345678", ["（0000） 12345678"]),
        ("值班电话:0000-12345678 12345679", ["0000-12345678", "12345679"]),
        ("联系电话：0000 12345678、0000 12345679", ["0000 12345678", "0000 12345679"]),
        ("联系电话：0000-12345678/12345679", ["0000-12345678", "12345679"]),
        ("联系电话：2195262", ["2195262"]),
        ("联系电话 2195262", ["2195262"]),
        ("手机13900001234", ["13900001234"]),
        ("手机：139-0000-1234、139 0000 1235", ["139-0000-1234", "139 0000 1235"]),
        ("联系电话：0000-2195262转8001", ["0000-2195262转8001"]),
        ("联系电话：0000-2195262-8001；", ["0000-2195262-8001"]),
        ("联系电话：0000-2195262 分机 12", ["0000-2195262 分机 12"]),
        ("联系电话：００００－２１９５２６２", ["００００－２１９５２６２"]),
        ("举报电话：12388，2025年12月12日前", ["12388"]),
        ("联系电话：400-810-1234", ["400-810-1234"]),
        ("热线：12345", ["12345"]),
        ("联系方式：0000-2195262", ["0000-2195262"]),
        ("联系电话：0000-XXXXXXX", ["0000-XXXXXXX"]),
        ("专门值班电话:,邮政信箱12号", [""]),
        ("联系电话：", [""]),
        ("电话会议按期召开，打电话了解情况", []),
    ],
)
def test_numbers_in_every_spelling(text: str, numbers: list[str]) -> None:
    assert [found.value for found in contacts(text) if found.kind is PHONE] == numbers


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("联系电话：0000-2195262（工作日9:00--17:00）", "工作日9:00--17:00"),
        ("联系电话：0000-2195262 (工作日8:30-12:00、14:30-18:00)", "工作日8:30-12:00、14:30-18:00"),
        ("联系电话：0000-2195262，工作日08:30—17:30", "工作日08:30—17:30"),
        ("联系电话：0000-2195262；受理时间：上午9:00至下午5:00", "上午9:00至下午5:00"),
        ("联系电话：0000-2195262，早8:00—晚8:00", "早8:00—晚8:00"),
        ("联系电话（工作日的上班时间）：0000-2195262", "工作日的上班时间"),
        ("联系电话：0000-2195262，周一至周五9:00~17:00", "周一至周五9:00~17:00"),
        ("联系电话：0000-2195262，接听时间为上午8:30-12:00，下午2:30-5:30", "上午8:30-12:00，下午2:30-5:30"),
        ("联系电话：0000-2195262（24小时）", "24小时"),
        ("联系电话：0000-2195262。邮箱：a@b.cn。接听时间：9:00-17:00", "9:00-17:00"),
        ("联系电话：0000-2195262（李同志）", ""),
        ("联系电话：0000-2195262", ""),
    ],
)
def test_hours_go_with_their_number(text: str, hours: str) -> None:
    found = contacts(text)[0]
    assert (found.value, found.hours) == ("0000-2195262", hours)


def test_hours_after_the_last_number_hold_for_all_without_their_own() -> None:
    found = contacts("电话：2195262（8:00-9:00）、2195263、2195264（9:00-17:00）")
    assert [one.hours for one in found] == ["8:00-9:00", "9:00-17:00", "9:00-17:00"]


@pytest.mark.parametrize(
    ("text", "value", "postcode", "addressee"),
    [
        ("邮政信箱：示例市滨河街1号党群工作部。", "示例市滨河街1号党群工作部", "", ""),
        ("通信地址：示例市滨河街1号（邮编：118000）", "示例市滨河街1号", "118000", ""),
        ("通讯地址:示例市滨河街1号,邮编118000,收件人:党群部", "示例市滨河街1号", "118000", "党群部"),
        ("邮编：118000，地  址：示例市滨河街1号", "示例市滨河街1号", "118000", ""),
        ("来信请寄:示例市滨河街1号，或发送邮件", "示例市滨河街1号", "", ""),
        ("邮政信箱12号", "邮政信箱12号", "", ""),
        (
            "邮政信箱:A101邮政信箱转市委第二巡察组收,邮编:118000",
            "A101邮政信箱转市委第二巡察组收",
            "118000",
            "市委第二巡察组",
        ),
        ("邮寄至B30001邮政专用信箱", "B30001邮政专用信箱", "", ""),
        ("寄往1010邮箱转省委第五巡视组收", "1010邮箱转省委第五巡视组收", "", "省委第五巡视组"),
        ("来信请寄：示例市1010邮箱转省委第五巡视组", "示例市1010邮箱转省委第五巡视组", "", ""),
        ("邮箱：示例市12号信箱", "示例市12号信箱", "", ""),
    ],
)
def test_streets_and_boxes_are_post(text: str, value: str, postcode: str, addressee: str) -> None:
    (found,) = contacts(text)
    assert (found.kind, found.value, found.postcode, found.addressee) == (POST, value, postcode, addressee)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("电子邮箱：xc@example.gov.cn", ["xc@example.gov.cn"]),
        ("互联网电子信箱:a.b-c@x.cn；", ["a.b-c@x.cn"]),
        ("邮 箱：xc@example.cn。", ["xc@example.cn"]),
        ("信箱：xc@example.cn。", ["xc@example.cn"]),
        ("发送至xc@example.cn，", ["xc@example.cn"]),
        ("电子信箱：xc@example", ["xc@example"]),
        ("邮箱：xc＠example.cn", ["xc＠example.cn"]),
        ("电子邮箱：；", [""]),
    ],
)
def test_email_with_and_without_label(text: str, values: list[str]) -> None:
    assert [found.value for found in contacts(text) if found.kind is EMAIL] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("网址：https://liuyan.example.com/a?b=1&c=2。", ["https://liuyan.example.com/a?b=1&c=2"]),
        ("网上留言：https://x.example.cn/#/a，电话：0000-2195262", ["https://x.example.cn/#/a"]),
        ("（网上留言网址:https://x.example.cn/a)。", ["https://x.example.cn/a"]),
        ("网络举报平台：http://www.example.gov.cn/", ["http://www.example.gov.cn/"]),
        ("网址：http://x.example.cn/", []),
        ("网址：www.example.gov.cn", []),
        ("网站：https://www.example.gov.cn/", []),
        ("请登录https://www.example.gov.cn/", []),
        ("网址：https://user@example.cn/", []),
        ("网址：；", []),
    ],
)
def test_web_addresses_are_contacts_where_it_is_certain_that_they_take_comments(text: str, values: list[str]) -> None:
    """A label and a whole address that a page may lead to."""
    assert [found.value for found in contacts(text) if found.kind is ContactKind.WEB] == values


def test_a_whole_closing_paragraph_in_order() -> None:
    text = (
        "公开期限：2025年11月21日至12月12日。联系电话：0000-2195262（工作日9:00-17:00）；传  真：0000-2195263；"
        "地址：示例市滨河街1号，邮编：118000；网址：www.example.cn；电子邮箱：xc@example.cn。"
    )
    found = contacts(text)
    assert [(one.kind, one.value) for one in found] == [
        (PHONE, "0000-2195262"),
        (FAX, "0000-2195263"),
        (POST, "示例市滨河街1号"),
        (EMAIL, "xc@example.cn"),
    ]
    assert [text[one.start : one.end] for one in found] == [one.words for one in found]


WORDS = (
    "电话 联系 ： : 0000-2195262 2195262 （ ） 9:00-17:00 ， 、 邮箱 信箱 邮编 地址 a@b.cn 转 收 12号 传真 收件人 "
    "接听时间 ； 。 工作日 手机 示例市"
)
FRAGMENTS = st.sampled_from([*WORDS.split(), " ", "\n"])


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    for found in contacts(text):
        assert text[found.start : found.end] == found.words
        assert found.value in found.words
        for rest in (found.hours, found.postcode, found.addressee):
            assert rest in text
