"""Content made in memory, for tests of pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from generator.check import Content, PackedNotice
from generator.model import Notice, Organ, Site
from generator.pages import BuildTime
from generator.period import parse_now
from generator.read import Folder

ORGANS = {"tsg": Organ.model_validate({"名称": "示例县图书馆"}), "yy": Organ.model_validate({"名称": "示例县医院"})}


def notice(id_: str, opens: str = "2025-11-21", closes: str = "2025-12-12", **more: Any) -> Notice:
    """Make a short notice; `more` holds further Chinese keys, None leaves one out."""
    data = {
        "编号": id_,
        "格式": "1",
        "标题": f"关于{id_}的通报",
        "单位": "tsg",
        "公开期限": {"开始": opens, "结束": closes},
        "联系方式": [{"通信地址": "示例县滨河街1号"}, {"电话": "0000-2195262", "时间": "工作日9:00--17:00"}],
        "正文": {"段落": [f"{id_}的正文。"]},
        **more,
    }
    return Notice.model_validate({key: value for key, value in data.items() if value is not None})


def content(*notices: Notice, demo_day: date | None = None, **site: Any) -> Content:
    """Put notices on a site; `site` holds its Chinese keys."""
    facts = {"网站名称": "示例县公开", "网址": "https://www.example.com/xcgk", **site}
    if demo_day is not None:
        facts["示例日期"] = demo_day
    return Content(
        folder=Folder(Path(), (), ()),
        site=Site.model_validate(facts),
        organs=ORGANS,
        entries=tuple(PackedNotice.of(one) for one in notices),
        prose=(),
        broken=(),
    )


def at(text: str) -> BuildTime:
    """Fix the site to a day or a minute."""
    return BuildTime(parse_now(text), pinned=True)
