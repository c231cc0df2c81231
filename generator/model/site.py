"""The facts of the site and the organs that publish on it."""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from generator.addresses import SLUG_PATTERN
from generator.color import Color
from generator.model.notice import Notice
from generator.model.summary import NoticeSummary
from generator.model.values import ContentMap, Day, OneLine, OrganKey, WholeNumber, refusal
from generator.period import Status

_MARK = re.compile(rf"{SLUG_PATTERN}\.png")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63}){0,9}/?")


class AfterClosing(StrEnum):
    """The fate of a text when its period is over."""

    KEEP = "保留"
    TAKE_DOWN = "撤下正文"


class OrganKind(StrEnum):
    """The kind of an organ, on which depend the facts that its site must show."""

    GOVERNMENT = "机关"
    INSTITUTION = "事业单位"
    HOSPITAL = "医院"
    SCHOOL = "学校"
    COMPANY = "国有企业"
    OTHER = "其他"


def _address(value: Any) -> str:
    text = str(value).strip()
    if not _ADDRESS.fullmatch(text):
        raise refusal(
            "address-form",
            "网站首页的完整网址，如 https://www.example.gov.cn/xcgk/",
            "写全 http:// 或 https:// 开头的网址。",
        )
    return text.rstrip("/") + "/"


def _color(value: Any) -> str:
    text = str(value).strip()
    try:
        Color.of(text)
    except ValueError:
        raise refusal(
            "color-form",
            '带引号的“#”和六位十六进制数，如 "#7A1E1E"',
            '写成 主色: "#7A1E1E"，引号不能少；颜色的数值，做图的软件里都能查到。',
        ) from None
    return text


def _mark(value: Any) -> str:
    text = str(value).strip()
    if not _MARK.fullmatch(text):
        raise refusal(
            "mark-name",
            "PNG 图片的文件名，如 logo.png，只用小写字母、数字和短横线",
            "把标志存成 PNG 文件，和 site.yml 放在一起，这里只写文件名。",
        )
    return text


Address = Annotated[str, BeforeValidator(_address), WithJsonSchema({"type": "string", "format": "uri"})]

ColorText = Annotated[str, BeforeValidator(_color), WithJsonSchema({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"})]
MarkFile = Annotated[str, BeforeValidator(_mark), WithJsonSchema({"type": "string", "pattern": f"^{_MARK.pattern}$"})]


class Site(ContentMap):
    """content/site.yml: what every page says of the site."""

    name: OneLine = Field(alias="网站名称")
    address: Address | None = Field(None, alias="网址")
    sponsor: OneLine | None = Field(None, alias="主办单位")
    postal_address: OneLine | None = Field(None, alias="地址")
    phone: OneLine | None = Field(None, alias="电话")
    icp: OneLine | None = Field(None, alias="ICP备案号")
    police: OneLine | None = Field(None, alias="公安备案号")
    identity: OneLine | None = Field(None, alias="网站标识码")
    headline: OneLine | None = Field(None, alias="首页标题", description="首页上最大的一行字")
    lead: OneLine | None = Field(None, alias="导语", description="首页标题下面的一句话")
    color: ColorText | None = Field(None, alias="主色", description='网站的颜色，如 "#7A1E1E"，引号不能少')
    mark: MarkFile | None = Field(None, alias="标志", description="页顶的标志：图片的文件名，图片和这个文件放在一起")
    minimum_workdays: WholeNumber = Field(0, alias="最短公开工作日", description="短于它就提醒；0 表示不检查")
    after_closing: AfterClosing = Field(AfterClosing.KEEP, alias="期满")
    demo_day: Day | None = Field(None, alias="示例日期", description="只用于演示：网站固定在这一天")

    def shows_text(self, notice: NoticeSummary | Notice, now: datetime) -> bool:
        """Whether a notice's text is public at the aware instant `now`, or was taken away."""
        over = notice.period is not None and notice.period.status(now) is Status.CLOSED
        return not notice.text_removed and not (over and self.after_closing is AfterClosing.TAKE_DOWN)


class FormerName(ContentMap):
    """A name that an organ bore."""

    name: OneLine = Field(alias="名称")
    since: Day | None = Field(None, alias="起")
    until: Day | None = Field(None, alias="止")


class Organ(ContentMap):
    """One entry of content/organs.yml."""

    name: OneLine = Field(alias="名称")
    short: OneLine | None = Field(None, alias="简称")
    kind: OrganKind = Field(OrganKind.OTHER, alias="类型")
    parent: OneLine | None = Field(None, alias="隶属")
    former: tuple[FormerName, ...] = Field((), alias="曾用名")

    @property
    def shown(self) -> str:
        """The name for lists: the short one where there is one."""
        return self.short or self.name


Organs = dict[OrganKey, Organ]


def publishing(organs: Organs, used: Container[str]) -> Organs:
    """Return the organs to which public notices belong, by their keys, in their own order; no other organ is public."""
    return {key: organ for key, organ in organs.items() if key in used}
