"""The scalar values of content: every one arrives as text and leaves typed, or is refused in Chinese."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.addresses import SLUG_PATTERN, is_slug
from generator.model.web_address import web_address_flaw
from generator.period import SHANGHAI

_FIRST_YEAR, _LAST_YEAR = 1949, 2199
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_LIKE = re.compile(r"[0-9０-９]{2,4}[-/.．年][0-9０-９]{1,2}[-/.．月][0-9０-９]{1,2}日?")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}):([0-9]{2}))?")
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:/[^\s<>\"'`\\^{|}]{0,2000})?")
_NUMBER = re.compile(r"[0-9]{1,9}")


class ContentMap(BaseModel):
    """One map of the content: immutable, with Chinese keys, refusing keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_alias=True, validate_by_name=True)


def refusal(code: str, expected: str, mend: str, at: str = "") -> PydanticCustomError:
    """Make the error that a validator raises: a stable code, what was expected, how to mend it, at which key below."""
    return PydanticCustomError(code, "{expected}", {"expected": expected, "mend": mend, "at": at})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise refusal("not-text", "一段文字", "这里直接写文字，不要再分层或分条。")
    if "\n" not in value:
        return value.strip()
    return "\n".join(line for raw in value.split("\n") if (line := raw.strip()))


def _line(value: Any) -> str:
    text = _text(value)
    if not text:
        raise refusal("empty", "不空的文字", "补上内容；可以不写的项，没有内容就整行删掉。")
    if "\n" in text:
        raise refusal("several-lines", "一行文字", "把几行接成一行。")
    return text


def _prose(value: Any) -> str:
    text = _text(value)
    if not text:
        raise refusal("empty", "不空的文字", "补上内容；可以不写的项，没有内容就整行删掉。")
    return text


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    matched = _DAY.fullmatch(_text(value))
    if matched is None:
        raise refusal("day-form", "年-月-日，如 2025-11-21", "按“四位年-两位月-两位日”写，不足两位的补 0。")
    try:
        day = date(*map(int, matched.groups()))
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise refusal("day-unknown", "日历上有的日子", "核对原文，改成真实的日期。")
    return day


def _vague_day(value: Any) -> date | str:
    if isinstance(value, date):
        return value
    text = _line(value)
    return _day(text) if _DAY_LIKE.fullmatch(text) else text


def _instant(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    text = _text(value)
    matched = _INSTANT.fullmatch(text)
    if matched is None:
        raise refusal("instant-form", "日期和时刻，如 2025-11-21 09:00", "按“年-月-日 时:分”写，时刻用 24 小时制。")
    day, hour, minute = matched.groups()
    try:
        moment = time(int(hour or 0), int(minute or 0))
    except ValueError:
        raise refusal("instant-form", "00:00 到 23:59 之间的时刻", "时刻用 24 小时制，如 09:00、16:30。") from None
    return datetime.combine(_day(day), moment, SHANGHAI)


def _web_address(value: Any) -> str:
    text = _line(value)
    if not _WEB_ADDRESS.fullmatch(text):
        raise refusal("web-address-form", "完整的网址，如 https://www.example.gov.cn/2023/x.html", "从浏览器里复制。")
    return text


def _comment_address(value: Any) -> str:
    text = _line(value)
    flaw = web_address_flaw(text)
    if flaw:
        raise refusal("contact-web", *flaw)
    return text


def _aware(value: Any) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) and "+" in value else _instant(value)
    return moment.astimezone(SHANGHAI)


def _number(value: Any) -> int:
    if isinstance(value, int):
        return value
    text = _text(value)
    if not _NUMBER.fullmatch(text):
        raise refusal("number-form", "用 0 到 9 写的整数", "只写数字，不写单位，如 12。")
    return int(text)


def _yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _text(value)
    if text not in {"是", "否"}:
        raise refusal("yes-or-no", "“是”或“否”", "写 是 或 否。")
    return text == "是"


def _key(value: Any) -> str:
    text = _line(value)
    if not is_slug(text):
        raise refusal("organ-key-form", "organs.yml 里的代号", "代号用小写字母、数字和短横线，如 shili-media。")
    return text


def _cell(value: Any) -> str:
    text = _text(value)
    if "\n" in text:
        raise refusal("several-lines", "一行文字", "把几行接成一行，或者分成几格。")
    return text


# An editor reads 118000 as a number and true as a boolean; for gongkai they are text.
_ANY_SCALAR = {"type": ["string", "number", "boolean"]}
_DAY_SCHEMA = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

OneLine = Annotated[str, BeforeValidator(_line), WithJsonSchema(_ANY_SCALAR)]
Prose = Annotated[str, BeforeValidator(_prose), WithJsonSchema(_ANY_SCALAR)]
Cell = Annotated[str, BeforeValidator(_cell), WithJsonSchema({"type": ["string", "number", "boolean", "null"]})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(_DAY_SCHEMA)]
WebAddress = Annotated[str, BeforeValidator(_web_address), WithJsonSchema({"type": "string", "format": "uri"})]
CommentAddress = Annotated[
    str, BeforeValidator(_comment_address), WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"})
]
VagueDay = Annotated[date | str, BeforeValidator(_vague_day), WithJsonSchema({"type": "string"})]
Instant = Annotated[
    datetime,
    BeforeValidator(_aware),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2})?$"}),
]
WholeNumber = Annotated[
    int,
    BeforeValidator(_number),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": "^[0-9]+$"}]}),
]
YesNo = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"enum": ["是", "否"]})]
OrganKey = Annotated[str, BeforeValidator(_key), WithJsonSchema({"type": "string", "pattern": f"^{SLUG_PATTERN}$"})]
