"""Rules of the site: which facts its footer needs, by the kind of organ that publishes on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.rules.placeholders import is_placeholder, site_placeholders
from generator.check.violation import Violation
from generator.color import Color
from generator.model import OrganKind, Organs, Site
from generator.palette import NEEDED, legibility, legible
from generator.problems import Severity

_BASIC = ("主办单位", "电话", "地址", "ICP备案号", "公安备案号")
# A government site's footer: 国办发〔2017〕47号. Every site on the mainland needs its two filings.
_REQUIRED: dict[OrganKind, tuple[str, ...]] = {
    OrganKind.GOVERNMENT: (*_BASIC, "网站标识码"),
    OrganKind.INSTITUTION: _BASIC,
    OrganKind.HOSPITAL: _BASIC,
    OrganKind.SCHOOL: _BASIC,
    OrganKind.COMPANY: ("主办单位", "ICP备案号", "公安备案号"),
    OrganKind.OTHER: ("ICP备案号", "公安备案号"),
}
_SPOKEN = {OrganKind.OTHER: "其他单位"}
_MOST_CHARACTERS = {"首页标题": 40, "导语": 120}
_FORMS = {
    "ICP备案号": (re.compile(r"[\u4e00-\u9fff]ICP备[0-9]{5,10}号(?:-[0-9]{1,4})?"), "京ICP备12345678号-1"),
    "公安备案号": (re.compile(r"[\u4e00-\u9fff]公网安备[ \u3000]?[0-9]{10,16}号?"), "京公网安备11000000000001号"),
    "网站标识码": (re.compile(r"[A-Za-z0-9]{10}"), "2100000001"),
}


def site_rules(site: Site, organs: Organs, *, live: bool = False) -> Iterator[Violation]:
    """Warn of facts that the site should show for its kinds of organ, and of filings that do not look like any.

    Where the public is to see the site (`live`), placeholders are refused, and a demo's day, which would fix every
    period to that day.
    """
    if live and site.demo_day is not None:
        yield Violation(
            path=("示例日期",),
            code="demo-day",
            found=f"示例日期：{site.demo_day.isoformat()}，网站会一直停在这一天",
            expected="正式的网站没有这一项",
            mend="删掉“示例日期”这一行。",
            at_key=True,
        )
    yield from site_placeholders(site, live=live)
    yield from _pale(site.color)
    yield from _long(site)
    kinds = [kind for kind in OrganKind if any(organ.kind is kind for organ in organs.values())]
    facts = site.model_dump(by_alias=True)
    for key in _REQUIRED[OrganKind.GOVERNMENT]:
        needing = [kind for kind in kinds if key in _REQUIRED[kind]]
        if needing and facts[key] is None:
            yield Violation(
                path=(),
                code="site-fact-missing",
                found=f"没有“{key}”",
                expected=f"{'、'.join(_SPOKEN.get(kind, kind) for kind in needing)}的网站写明{key}",
                mend=f"在 site.yml 里补上一行“{key}: …”。",
                severity=Severity.WARNING,
            )
    for key, (form, example) in _FORMS.items():
        if facts[key] is not None and not is_placeholder(facts[key]) and not form.fullmatch(facts[key]):
            yield Violation(
                path=(key,),
                code="site-fact-form",
                found=facts[key],
                expected=f"如 {example}",
                mend=f"照备案或管理系统里的写法核对{key}。",
                severity=Severity.WARNING,
            )


def _pale(color: str | None) -> Iterator[Violation]:
    """Refuse a lead colour in which words, or white words on it, are hard to read; suggest the nearest that is not."""
    if color is None or legibility(Color.of(color)) >= NEEDED:
        return
    # Cut, not rounded: 6.96 is not 7.0.
    figure = int(legibility(Color.of(color)) * 10) / 10
    yield Violation(
        path=("主色",),
        code="color-contrast",
        found=f"{color}，和网页底色的对比度只有 {figure}，字看不清",
        expected=f"对比度不低于 {NEEDED}（无障碍标准 WCAG 的 AAA 级）",
        mend=f'换一个深些的颜色；最接近的是 "{legible(Color.of(color))}"。',
    )


def _long(site: Site) -> Iterator[Violation]:
    facts = site.model_dump(by_alias=True)
    for key, most in _MOST_CHARACTERS.items():
        if len(facts[key] or "") > most:
            yield Violation(
                path=(key,),
                code="site-text-long",
                found=f"{len(facts[key])} 个字",
                expected=f"不超过 {most} 个字",
                mend="写短些：在手机上，它下面的搜索和通报会被挤到看不见的地方。要多说的，写进“关于本站”。",
                severity=Severity.WARNING,
            )
