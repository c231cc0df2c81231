"""Placeholders: what a new site leaves to be filled in; the starter writes these, the rules look for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.check.violation import CheckContext, Path, Violation
from generator.model import Notice, Organs, Site
from generator.problems import Severity

ORGAN_PLACEHOLDER = "某某单位"
# By key of site.yml.
SITE_PLACEHOLDERS = {
    "网址": "https://www.example.gov.cn/xcgk/",
    "主办单位": "某某县人民政府办公室",
    "地址": "某某县某某路1号",
    "电话": "0000-0000000",
    "ICP备案号": "某ICP备00000000号",
    "公安备案号": "某公网安备00000000000000号",
    "网站标识码": "0000000000",
}
_WHOLE = frozenset({ORGAN_PLACEHOLDER, *SITE_PLACEHOLDERS.values()})
# Within a name it stands for one that is still to come. In running text it hides a person's name and may stay.
_MARK = "某某"


def is_placeholder(value: str) -> bool:
    """Whether a value is still as a new site has it, or holds 某某 for a name."""
    return value in _WHOLE or _MARK in value


def site_placeholders(site: Site, *, live: bool) -> Iterator[Violation]:
    """Name the facts of the site that are still to be filled in; errors where the public is to see it (`live`)."""
    facts = site.model_dump(by_alias=True)
    yield from _left([(("网站名称",), site.name)], "网站自己的名称", "换成真实的名称。", live=live)
    values = (((key,), facts[key]) for key in SITE_PLACEHOLDERS)
    yield from _left(values, "网站自己的内容", "换成真实的内容；还没有的，删掉这一行。", live=live)


def organ_placeholders(organs: Organs, *, live: bool) -> Iterator[Violation]:
    """Name the organs that still bear a made-up name; errors where the public is to see the site (`live`)."""
    values: list[tuple[Path, str | None]] = []
    for key, organ in organs.items():
        values += [((key, "名称"), organ.name), ((key, "简称"), organ.short), ((key, "隶属"), organ.parent)]
        values += [((key, "曾用名", index, "名称"), former.name) for index, former in enumerate(organ.former)]
    mend = "换成真实的名称；用不着这个单位，就删掉它的几行。"
    yield from _left(values, "单位真实的名称", mend, live=live)


def notice_placeholders(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Name what is still to be filled in of a notice's title, contacts and signature."""
    values: list[tuple[Path, str | None]] = [(("标题",), notice.title)]
    for index, contact in enumerate(notice.contacts):
        values += [(("联系方式", index, key), value) for key, value in contact.model_dump(by_alias=True).items()]
    values += [(("落款", index), line) for index, line in enumerate(notice.signature)]
    yield from _left(values, "真实的内容，照批准的原文写", "照原文改正。", live=context.live)


def _left(values: Iterable[tuple[Path, str | None]], expected: str, mend: str, *, live: bool) -> Iterator[Violation]:
    for path, value in values:
        if value is not None and is_placeholder(value):
            yield Violation(
                path=path,
                code="placeholder",
                found=f"“{value}”，是留给人填的",
                expected=expected,
                mend=mend,
                severity=Severity.ERROR if live else Severity.WARNING,
            )
