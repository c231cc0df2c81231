"""The notice as staff write it: Chinese keys outside, English names inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from generator.model.body import Body
from generator.model.values import (
    CommentAddress,
    ContentMap,
    Day,
    Instant,
    OneLine,
    OrganKey,
    Prose,
    VagueDay,
    WebAddress,
    WholeNumber,
    YesNo,
    refusal,
)
from generator.period import SHANGHAI, Period, end_after

INSPECTION_DAYS = ("开始", "结束", "反馈")
_LONGEST_DAYS = 400
# The title may be the very thing that should not have been public.
REMOVED_TITLE = "误发的通报（已经移除）"
REMOVED_TEXT = "（已移除）"


class ContactKind(StrEnum):
    """The kind of a contact; the value is its key in the YAML."""

    PHONE = "电话"
    FAX = "传真"
    POST = "通信地址"
    EMAIL = "电子邮箱"
    WEB = "网址"
    OTHER = "其他"


class WithdrawalKind(StrEnum):
    """A withdrawn text stays readable under a banner; one published in error is removed."""

    WITHDRAWN = "撤回"
    IN_ERROR = "误发"


class OfficialNumbers(ContentMap):
    """The numbers that government documents carry."""

    index: OneLine | None = Field(None, alias="索引号")
    document: OneLine | None = Field(None, alias="发文字号")
    topic: OneLine | None = Field(None, alias="主题分类")


class Inspection(ContentMap):
    """Who inspected and when; a vague date keeps the source's words."""

    authority: OneLine | None = Field(None, alias="机关", description="派出巡察组或者巡视组的机关，如 市委")
    teams: tuple[OneLine, ...] = Field((), alias="巡察组")
    begins: VagueDay | None = Field(None, alias="开始")
    ends: VagueDay | None = Field(None, alias="结束")
    findings_on: VagueDay | None = Field(None, alias="反馈", description="反馈意见的日子")

    @property
    def days(self) -> dict[str, date | str | None]:
        """The days of the inspection by their keys, in the order in which they come."""
        return dict(zip(INSPECTION_DAYS, (self.begins, self.ends, self.findings_on), strict=True))


class PeriodTerms(ContentMap):
    """The period as the notice states it: a closing day, or a number of working days."""

    opens: Day = Field(alias="开始")
    closes: Day | None = Field(None, alias="结束", description="最后一天，含当天；与“工作日”二选一")
    workdays: Annotated[WholeNumber, Field(ge=1, le=250)] | None = Field(None, alias="工作日")
    first_day_counts: YesNo = Field(default=False, alias="首日计入", description="按工作日推算时，开始的当天算不算")

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if (self.closes is None) == (self.workdays is None):
            raise refusal("period-end", "“结束”和“工作日”恰好写一个", "写明最后一天的日期，或者写公开多少个工作日。")
        if self.closes is not None and self.closes < self.opens:
            raise refusal(
                "period-order", f"不早于开始的日子（{self.opens}）", "核对原文，改正开始或结束的日期。", at="结束"
            )
        if self.closes is not None and (self.closes - self.opens).days > _LONGEST_DAYS:
            raise refusal("period-long", f"不超过 {_LONGEST_DAYS} 天", "核对年份是不是写错了。", at="结束")
        return self

    @property
    def period(self) -> Period:
        """The period as first announced, both days inclusive."""
        if self.closes is not None:
            return Period(self.opens, self.closes)
        return Period(self.opens, end_after(self.opens, self.workdays or 1, first_day_counts=self.first_day_counts))


class Contact(ContentMap):
    """One way to comment: exactly one of phone, fax, post, email, web, other."""

    phone: OneLine | None = Field(None, alias="电话")
    fax: OneLine | None = Field(None, alias="传真")
    post: OneLine | None = Field(None, alias="通信地址")
    email: OneLine | None = Field(None, alias="电子邮箱")
    web: CommentAddress | None = Field(None, alias="网址", description="网上留言的网页")
    other: OneLine | None = Field(None, alias="其他")
    hours: OneLine | None = Field(None, alias="时间", description="什么时候有人接听或接收")
    postcode: OneLine | None = Field(None, alias="邮编")
    addressee: OneLine | None = Field(None, alias="收件人")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if len(self._ways) != 1:
            kinds = "、".join(ContactKind)
            raise refusal("contact-one", f"{kinds}中恰好一项", "一种联系方式写一条，另起一个短横线。")
        return self

    @property
    def _ways(self) -> list[tuple[ContactKind, str]]:
        values = (self.phone, self.fax, self.post, self.email, self.web, self.other)
        return [(kind, value) for kind, value in zip(ContactKind, values, strict=True) if value]

    @property
    def kind(self) -> ContactKind:
        """The one of the six that it is."""
        return self._ways[0][0]

    @property
    def value(self) -> str:
        """The number or address, as the source writes it."""
        return self._ways[0][1]


class Statistic(ContentMap):
    """A number that the source gives, and the words that give it."""

    name: OneLine = Field(alias="名称")
    number: WholeNumber = Field(alias="数")
    quote: OneLine = Field(alias="原文", description="原文里写明这个数的一句话，一字不差")


class Attachment(ContentMap):
    """A file in the notice's own folder."""

    file: OneLine = Field(alias="文件")
    title: OneLine | None = Field(None, alias="标题")


class Provenance(ContentMap):
    """来源: where a notice was public before it was taken in here, and since when it is on record here."""

    address: WebAddress = Field(alias="网址", description="原来公开的网页")
    collected_on: Day = Field(alias="收录")


class Dated(ContentMap):
    """Something that happened to a notice on a day."""

    on: Day = Field(alias="日期")


class Extension(Dated):
    """A later closing day; it never edits the period itself."""

    until: Day = Field(alias="至")
    reason: OneLine = Field(alias="说明")


class Correction(Dated):
    """A change after publication, and its day."""

    note: Prose = Field(alias="说明")


class Withdrawal(Dated):
    """Who took the notice back, when and why."""

    reason: OneLine = Field(alias="说明")
    kind: WithdrawalKind = Field(WithdrawalKind.WITHDRAWN, alias="类型")


class Outcome(Dated):
    """反馈结果: what became of the comments, published after closing."""

    paragraphs: tuple[Prose, ...] = Field(alias="段落", min_length=1)


def contradictions(days: Iterable[tuple[str, date]]) -> Iterator[tuple[tuple[str, date], tuple[str, date]]]:
    """Yield each two neighbours of named days, given in the order in which they must come, that do not come so."""
    return ((one, other) for one, other in pairwise(days) if other[1] < one[1])


def _format(value: Any) -> int:
    if value not in {"1", 1}:
        raise refusal("format", "格式: 1", "写 格式: 1。这是本程序认得的唯一格式。")
    return 1


class Notice(ContentMap):
    """One notice. `id` is `<year>/<slug>`, taken from its place in the folder, and never changes."""

    id: str = Field(alias="编号", exclude=False)
    format: Annotated[Literal[1], BeforeValidator(_format), WithJsonSchema({"enum": [1, "1"]})] = Field(alias="格式")
    title: OneLine = Field(alias="标题")
    organ: OrganKey = Field(alias="单位", description="content/organs.yml 里的代号")
    published: Instant | None = Field(None, alias="发布", description="不写就是公开期限第一天的 0 点")
    official: OfficialNumbers | None = Field(None, alias="公文")
    inspection: Inspection | None = Field(None, alias="巡察")
    terms: PeriodTerms | None = Field(None, alias="公开期限")
    contacts: tuple[Contact, ...] = Field((), alias="联系方式")
    body: Body = Field(alias="正文")
    signature: tuple[OneLine, ...] = Field((), alias="落款")
    provenance: Provenance | None = Field(None, alias="来源", description="以前在别处公开过的才写")
    statistics: tuple[Statistic, ...] = Field((), alias="统计")
    attachments: tuple[Attachment, ...] = Field((), alias="附件")
    extensions: tuple[Extension, ...] = Field((), alias="延期")
    corrections: tuple[Correction, ...] = Field((), alias="更正")
    withdrawal: Withdrawal | None = Field(None, alias="撤回")
    outcome: Outcome | None = Field(None, alias="反馈结果")

    @model_validator(mode="after")
    def _past(self) -> Self:
        if self.provenance is not None and self.terms is not None and not self.extensions:
            closes, collected = self.terms.period.closes, self.provenance.collected_on
            if closes >= collected:
                expected = f"晚于公开期限的最后一天（{closes}）"
                raise refusal("source-open", expected, "还在公开的，不写“来源”，照常发布。", at="来源")
        return self

    @model_validator(mode="after")
    def _datable(self) -> Self:
        if self.published is None and self.terms is None:
            raise refusal("undated", "“发布”或“公开期限”至少一项", "写明什么时候发布，如 发布: 2025-11-21 09:00。")
        return self

    def as_of(self, day: date) -> Notice:
        """Return the notice without what is published about it after `day`; a text published in error goes at once."""
        known = {
            "extensions": tuple(extension for extension in self.extensions if extension.on <= day),
            "corrections": tuple(correction for correction in self.corrections if correction.on <= day),
            "withdrawal": self.withdrawal if self.text_removed or _is_known(self.withdrawal, day) else None,
            "outcome": self.outcome if _is_known(self.outcome, day) else None,
        }
        return self.model_copy(update=known)

    def public_form(self) -> Notice:
        """Return what may be public: all, or of a text published in error whose it was, when and why it went."""
        if not self.text_removed:
            return self
        return Notice(
            id=self.id,
            format=self.format,
            title=REMOVED_TITLE,
            organ=self.organ,
            published=self.publishes_at,
            body=Body(paragraphs=(REMOVED_TEXT,)),
            withdrawal=self.withdrawal,
        )

    @property
    def period(self) -> Period | None:
        """The period that holds, extensions included."""
        announced = self.announced_period
        if announced is None or not self.extensions:
            return announced
        return Period(announced.opens, max(announced.closes, *(extension.until for extension in self.extensions)))

    @property
    def announced_period(self) -> Period | None:
        """The period as first announced, without extensions."""
        return self.terms.period if self.terms else None

    @property
    def publishes_at(self) -> datetime:
        """The instant before which the notice is in no output at all."""
        if self.published is not None:
            return self.published
        assert self.terms is not None
        return datetime.combine(self.terms.opens, time(), SHANGHAI)

    @property
    def text_removed(self) -> bool:
        """Whether the text was withdrawn as published in error and must not appear anywhere."""
        return self.withdrawal is not None and self.withdrawal.kind is WithdrawalKind.IN_ERROR


def _is_known(event: Dated | None, day: date) -> bool:
    return event is not None and event.on <= day
