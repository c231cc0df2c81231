"""A site that was published, corrected, extended and withdrawn over a month, and its bag."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.archive import make_archive
from generator.build.request import BuildRequest
from generator.clock import clock
from generator.period import parse_now
from tests.support.building import make_site
from tests.support.content import NOTICE
from tests.support.marks import drawn

SECRET = "绝对不应当公开的一句话"  # noqa: S105  (the words to look for)
PERIOD = "公开期限:\n  开始: 2025-11-21\n  结束: 2025-12-12\n"
_SITE = "网站名称: 示例县巡察整改公开\n网址: https://www.example.com/gk/\n主办单位: 示例县办公室\n电话: 0000-2195262\n"
_FACE = "首页标题: 改得怎么样\n导语: 请您来看。\n主色: '#7A1E1E'\n标志: logo.png\n"
_ORGANS = "bangongshi:\n  名称: 示例县办公室\n  类型: 机关\n"
_TIMED = NOTICE.replace("正文:", f"{PERIOD}正文:", 1)
_ATTACHED = "附件:\n  - 文件: 台账.pdf\n    标题: 整改台账\n"
FIRST: Mapping[str, str | bytes] = {
    "site.yml": _SITE + _FACE,
    "logo.png": drawn(),
    "organs.yml": _ORGANS,
    "about.md": "# 关于本站\n\n这里公开通报。\n",
    "notices/2025/yi.yml": _TIMED + _ATTACHED,
    "notices/2025/yi/台账.pdf": b"%PDF-1.7 one",
    "notices/2025/er.yml": _TIMED,
    "notices/2025/san.yml": _TIMED.replace("一是制定计划。", f"一是制定计划。{SECRET}。"),
    "notices/2025/si.yml": _TIMED,
    "notices/2024/wu.yml": NOTICE.replace("2025-11-21 09:00", "2024-11-21 09:00"),
}
_CORRECTED = "更正:\n  - 日期: 2025-11-25\n    说明: 会议应为四次。\n"
_EXTENDED = "延期:\n  - 日期: 2025-12-01\n    至: 2025-12-19\n    说明: 来信较多。\n"
_WITHDRAWN = "撤回:\n  日期: 2025-12-02\n  说明: 有误。\n"
LATER: tuple[tuple[str, Mapping[str, str | bytes]], ...] = (
    (
        "2025-11-25 10:00",
        {
            "notices/2025/yi.yml": _TIMED.replace("三次", "四次") + _ATTACHED + _CORRECTED,
            "notices/2025/yi/台账.pdf": b"%PDF-1.7 two",
        },
    ),
    # Another picture under the same name.
    ("2025-12-01 10:00", {"notices/2025/er.yml": _TIMED + _EXTENDED, "logo.png": drawn(ink="#174a61")}),
    (
        "2025-12-02 10:00",
        {
            "notices/2025/san.yml": str(FIRST["notices/2025/san.yml"]) + _WITHDRAWN + "  类型: 误发\n",
            "notices/2025/si.yml": _TIMED + _WITHDRAWN,
        },
    ),
)
ARCHIVED = "2026-01-05 10:00"


@dataclass(frozen=True, slots=True)
class Story:
    """What there is in the end: the folder with content and records, the site, the bag, the key that signed it."""

    root: Path
    site: Path
    bag: Path
    key: Path
    signers: Path

    @property
    def records(self) -> Path:
        """The folder of the records."""
        return self.root / "records"


@contextmanager
def clock_at(text: str) -> Iterator[datetime]:
    """Let builds take an instant for the present."""
    now = parse_now(text)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(now.timestamp()))
    try:
        yield now
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files of the content."""
    for path, text in files.items():
        place = root / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())


def publish(root: Path, site: Path, at: str) -> None:
    """Publish the content as it is, with its records beside it."""
    with clock_at(at):
        make_site(root, site, None, live=True, records=root / "records")


def tell_story(root: Path, site: Path) -> None:
    """Publish all that happens, one after the other."""
    write(root, FIRST)
    publish(root, site, "2025-11-21 09:00")
    for at, files in LATER:
        write(root, files)
        publish(root, site, at)
    publish(root, site, ARCHIVED)


def archived(root: Path, out: Path, year: str = "2025", key: Path | None = None) -> Path:
    """Make a bag of a year."""
    with clock_at(ARCHIVED) as now:
        order = BuildRequest(now=clock(), root=root)
        make_archive(order, year, out, now, site=None, key=key, previous=None, progress=lambda *_: None)
    return out
