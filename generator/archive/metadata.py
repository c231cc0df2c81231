"""The table of metadata for the archivist, one row a version; days and instants in it are those of ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from generator.archive.bag_pages import ArchivedVersion
from generator.csv_table import read_table
from generator.period import SHANGHAI, local
from generator.records import SiteFacts

# What an archivist decides: the columns are there, and empty.
_THEIRS = ("档号", "全宗号", "保管期限", "密级")
_SINCE, _UNTIL = "本版起（时刻）", "本版止（时刻）"
# The columns of tables from before 2026-11-28, whose instants are written as 2025年11月21日 09:00.
_FORMERLY = {"公开起": "公开起（日）", "公开止": "公开止（日）", "本版起": _SINCE, "本版止": _UNTIL}
_FORMER_INSTANT = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日 ([0-9]{2}:[0-9]{2})")
_TO_THE_MINUTE = len("2025-11-21T09:00")


def row(one: ArchivedVersion, facts: SiteFacts, bag: Path) -> dict[str, str]:
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
        "公开起（日）": line.shown.opens.isoformat() if line.shown.opens else "",
        "公开止（日）": line.shown.closes.isoformat() if line.shown.closes else "",
        _SINCE: _instant(line.instant),
        _UNTIL: _instant(one.version.until) if one.version.until else "",
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


def says_the_same(given: bytes, made: bytes) -> bool:
    """Whether a table, of this form or the former, says in each cell what another says; seconds don't count."""
    try:
        return _cells(given) == _cells(made)
    except ValueError:
        return False


def _instant(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).isoformat()


def _cells(table: bytes) -> list[list[str]]:
    header, *rows = read_table(table) or [[]]
    columns = [_FORMERLY.get(name, name) for name in header]
    instants = [index for index, name in enumerate(columns) if name in {_SINCE, _UNTIL}]
    for cells in rows:
        for index in instants:
            cells[index : index + 1] = map(_to_the_minute, cells[index : index + 1])
    return [columns, *rows]


def _to_the_minute(cell: str) -> str:
    if former := _FORMER_INSTANT.fullmatch(cell):
        year, month, day, time = former.groups()
        return f"{year}-{month:0>2}-{day:0>2}T{time}"
    return cell[:_TO_THE_MINUTE]
