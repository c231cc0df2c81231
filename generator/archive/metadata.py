"""The table of metadata for the archivist, one row a version."""

from __future__ import annotations

from pathlib import Path

from generator.archive.sheets import Kept
from generator.period import local
from generator.records import SiteFacts, spoken

# What an archivist decides: the columns are there, and empty.
_THEIRS = ("档号", "全宗号", "保管期限", "密级")


def row(one: Kept, facts: SiteFacts, bag: Path) -> dict[str, str]:
    """Return what is known of a version, by the names of the columns; sizes are in bytes."""
    site, notice, line = facts.site, one.notice, one.line
    official = notice.official
    return {
        "题名": notice.title,
        "责任者": one.organ.name,
        "编号": notice.id,
        "版本": str(line.version),
        "网站名称": site.name,
        "主办单位": site.sponsor or "",
        "网站标识码": site.identity or "",
        "网址": line.shown.address,
        "索引号": (official and official.index) or "",
        "发文字号": (official and official.document) or "",
        "主题分类": (official and official.topic) or "",
        "发布日期": local(notice.publishes_at).isoformat(),
        "公开起": line.shown.opens.isoformat() if line.shown.opens else "",
        "公开止": line.shown.closes.isoformat() if line.shown.closes else "",
        "本版起": spoken(line.instant),
        "本版止": spoken(one.version.until) if one.version.until else "",
        "撤回": notice.withdrawal.kind.value if notice.withdrawal else "",
        "采集方式": "由发布程序直接写出",
        "文件": f"{one.folder}/notice.json",
        "格式": "JSON（UTF-8）",
        "大小": str((bag / one.folder / "notice.json").stat().st_size),
        "SHA-256": line.shown.fingerprint.sha256,
        "SM3": line.shown.fingerprint.sm3,
        "附件": "；".join(attachment.file for attachment in notice.attachments),
        **dict.fromkeys(_THEIRS, ""),
    }
