"""An organ is public with its notices: not before, not without."""

from __future__ import annotations

import zlib
from pathlib import Path

from tests.support.building import make_site
from tests.support.content import NOTICE, SmallContent

_ORGANS = """\
bangongshi:
  名称: 示例县办公室
  类型: 机关
yiyuan-key:
  名称: 示例县某处医院
  简称: 某处医院
  类型: 医院
xuexiao-key:
  名称: 示例县某处学校
  类型: 学校
"""
_WAITING = NOTICE.replace("单位: bangongshi", "单位: yiyuan-key").replace("2025-11-21", "2025-12-21")
_HIDDEN = ("yiyuan-key", "某处医院", "xuexiao-key", "某处学校")


def everything(site: Path) -> str:
    """Return all paths and bytes of a site as one text, its search index inflated."""
    paths = [path for path in site.rglob("*") if path.is_file()]
    return "\n".join(f"{path.relative_to(site)}\n{_text(path)}" for path in paths)


def _text(path: Path) -> str:
    data = path.read_bytes()
    if path.parent.name == "search" and path.suffix == ".bin":
        inflated = zlib.decompress(data, -15)
        return inflated.decode("utf-8", "ignore") + inflated.decode("gb18030", "ignore")
    return data.decode("utf-8", "ignore")


def test_no_byte_of_a_site_tells_of_an_organ_without_a_public_notice(small_content: SmallContent) -> None:
    """An organ that only a notice not yet due has, and one that has none; both files and their names are looked at."""
    root = small_content({"organs.yml": _ORGANS, "notices/2025/er.yml": _WAITING})
    make_site(root, root / "site", "2025-12-01")
    text = everything(root / "site")
    assert [word for word in _HIDDEN if word in text] == []
    make_site(root, root / "site", "2025-12-21T09:00")
    text = everything(root / "site")
    assert [word for word in _HIDDEN if word in text] == ["yiyuan-key", "某处医院"]
    assert (root / "site" / "organs" / "yiyuan-key" / "index.html").is_file()
