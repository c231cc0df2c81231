"""A site's folder with one notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

SmallContent = Callable[..., Path]

_SITE = "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/gk/\n"
_ORGANS = "bangongshi:\n  名称: 示例县办公室\n  类型: 机关\n"
_ABOUT = "# 关于本站\n\n这里公开通报。\n"
NOTICE = """\
格式: 1
标题: 中共示例县办公室党组关于巡察整改情况的通报
单位: bangongshi
发布: 2025-11-21 09:00
正文:
  部分:
    - 标题: 一、总体情况
      段落:
        - 已经召开会议三次。
    - 标题: 二、整改情况
      问题:
        - 标题: 1.学习不够方面。
          措施:
            - 一是制定计划。
            - 二是按月检查。
落款:
  - 中共示例县办公室党组
  - 2025年11月21日
"""


def write_small(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a site's folder with one notice, 2025/yi, and return it; `files` adds or replaces files below content/."""
    texts: dict[str, str | bytes] = {
        "site.yml": _SITE,
        "organs.yml": _ORGANS,
        "about.md": _ABOUT,
        "notices/2025/yi.yml": NOTICE,
        **(files or {}),
    }
    for path, text in texts.items():
        place = root / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root
