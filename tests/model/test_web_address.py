"""A web address to comment at: https, a public host that is what it looks like, and nobody's name in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import check_content
from generator.model import web_address_flaw
from tests.support.content import NOTICE, SmallContent

GOOD = [
    "https://liuyan.example.com/12345",
    "https://liuyan.example.com/#/write?dept=tsg&kind=2",
    "https://liuyan.example.com:8443/a%E7%95%99.html",
    "https://12345.example.gov.cn/",
    "http://www.example.gov.cn/hd/xzxx/",
    "https://xn--fsq.xn--zfr164b/",
    "https://example.cn",
]
BAD = {
    "http://liuyan.example.com/": "https:// 开头的网址",
    "www.example.gov.cn": "https:// 开头的完整网址",
    "javascript:alert(1)": "https:// 开头的完整网址",
    "HTTPS://example.com/": "https:// 开头的完整网址",
    "//example.com/": "https:// 开头的完整网址",
    "https://user@example.com/": "没有用户名和 @ 的网址",
    "https://www.example.gov.cn@example.com/": "没有用户名和 @ 的网址",
    "https://www.example.gov.cn:443@example.com/": "没有用户名和 @ 的网址",
    "https://localhost/": "公众能打开的主机名",
    "https://oa/": "公众能打开的主机名",
    "https://oa.local/": "公众能打开的主机名",
    "https://oa.example.internal/": "公众能打开的主机名",
    "https://192.168.1.1/": "公众能打开的主机名",
    "https://10.0.0.1:8080/": "公众能打开的主机名",
    "https://2130706433/": "公众能打开的主机名",
    "https://0x7f.1/": "公众能打开的主机名",
    "https://127.1/": "公众能打开的主机名",
    "https://[::1]/": "公众能打开的主机名",
    "https://example.com./": "公众能打开的主机名",
    "https:///a": "公众能打开的主机名",
    "https://-a.example.com/": "公众能打开的主机名",
    "https://www.example.gov.cn.example.com/": "gov.cn 在主机名的最后",
    "https://www-example-gov-cn.com/": "gov.cn 在主机名的最后",
    "https://examplegovcn.com/": "gov.cn 在主机名的最后",
    "https://xn--gv-gmc.cn/": "英文字母和数字的主机名",
    "https://xn--ls8h.cn/": "英文字母和数字的主机名",
    "https://xn--.cn/": "公众能打开的主机名",
    "https://www.exаmple.gov.cn/": "没有空格、汉字和引号",
    "https://www.example.gov.cn/留言": "没有空格、汉字和引号",
    "https://www.example.gov.cn/a b": "没有空格、汉字和引号",
    "https://www.example.gov.cn\\@example.com/": "没有空格、汉字和引号",
    'https://example.com/"onclick=x': "没有空格、汉字和引号",
    "https://example.com/%zz": "没有空格、汉字和引号",
    "https://example.com/\n": "没有空格、汉字和引号",
    "https://example.com:99999/": "主机名和端口",
    "https://example.com/" + "a" * 500: "不超过 500 个字符",
}


@pytest.mark.parametrize("address", GOOD)
def test_addresses_that_an_office_may_name(address: str) -> None:
    assert web_address_flaw(address) is None


@pytest.mark.parametrize(("address", "expected"), BAD.items())
def test_what_is_refused_and_why(address: str, expected: str) -> None:
    """Each with what was expected and how to mend it."""
    flaw = web_address_flaw(address)
    assert flaw is not None
    assert expected in flaw[0]
    assert flaw[1].endswith("。")


@given(st.text(max_size=80).map(lambda rest: f"https://{rest}"))
def test_any_words_are_judged(address: str) -> None:
    """What passes is printable ASCII that can stand in an attribute."""
    if web_address_flaw(address) is None:
        assert address.isascii()
        assert not set(address) & set("\"'<>\\ @\n\t") - {"@"}


def test_check_says_where_it_stands_and_how_to_mend_it(small_content: SmallContent) -> None:
    contacts = "联系方式:\n  - 网址: https://www.example.gov.cn.example.com/\n"
    root = small_content({"notices/2025/yi.yml": NOTICE + contacts})
    found = check_content(root / "content").problems
    (problem,) = (one for one in found if one.code == "contact-web")
    assert problem.file.endswith("notices/2025/yi.yml")
    assert problem.span is not None
    assert problem.span.line == len((NOTICE + contacts).splitlines())
    assert problem.mend.startswith("gov.cn 后面或者旁边还有别的，不是政府网站")
