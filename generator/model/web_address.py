"""The web addresses that a page may lead to, so that comments reach the office and nobody else."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import urlsplit

_LONGEST = 500
# What a browser's address bar gives: ASCII, everything else in per cent.
_CHARACTERS = re.compile(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=]|%[0-9A-Fa-f]{2}){1,500}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_HAN = re.compile("[\u3400-\u9fff0-9]{1,63}")
# Names that lead nowhere, or to a place within a network (RFC 6761, RFC 6762, RFC 8375).
_PRIVATE = frozenset(
    [
        "arpa",
        "corp",
        "home",
        "internal",
        "intra",
        "intranet",
        "invalid",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "onion",
        "private",
        "test",
    ]
)
_COPY = "从浏览器的地址栏里复制。"


def web_address_flaw(address: str) -> tuple[str, str] | None:
    """Return what was expected of an address to comment at and how to mend it, None where nothing is wrong.

    It begins with https:// (http:// only within gov.cn, whose servers are the government's own), names a host of the
    public internet, and neither a user nor what looks like another host.
    """
    if not address.startswith(("https://", "http://")):
        return "https:// 开头的完整网址", _COPY
    if len(address) > _LONGEST or not _CHARACTERS.fullmatch(address):
        return f"不超过 {_LONGEST} 个字符，没有空格、汉字和引号", _COPY
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "主机名和端口写得对的网址", _COPY
    if "@" in parts.netloc:
        return "没有用户名和 @ 的网址", "有 @ 的，真正通向的是 @ 后面的主机：核对是不是仿冒的。"
    return _host_flaw(host) or _scheme_flaw(parts.scheme, host)


def _scheme_flaw(scheme: str, host: str) -> tuple[str, str] | None:
    if scheme == "https" or host.endswith(".gov.cn"):
        return None
    return "https:// 开头的网址", "只有 gov.cn 下的网址可以用 http://：群众写的意见，半路上谁都看得到。"


def _host_flaw(host: str) -> tuple[str, str] | None:
    labels = host.split(".")
    public = ("公众能打开的主机名，如 www.example.gov.cn", "不要写 IP 地址、localhost 和内网的名字。")
    if len(labels) < 2 or len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return public
    if not _TOP.fullmatch(labels[-1]) or labels[-1] in _PRIVATE:
        return public
    within = any(pair == ("gov", "cn") for pair in pairwise(labels[:-1]))
    if within or any("gov-cn" in label or label.endswith("govcn") for label in labels):
        return "gov.cn 在主机名的最后", "gov.cn 后面或者旁边还有别的，不是政府网站：核对是不是仿冒的。"
    if not all(map(_readable, labels)):
        return "英文字母和数字的主机名，或者中文域名", "混用别种文字的主机名，看上去像另一个：核对是不是仿冒的。"
    return None


def _readable(label: str) -> bool:
    """Whether a label is what it looks like: ASCII, or Chinese through and through where it is encoded."""
    if not label.startswith("xn--"):
        return label[2:4] != "--"
    try:
        return _HAN.fullmatch(label[4:].encode().decode("punycode")) is not None
    except (UnicodeError, OverflowError):
        return False
