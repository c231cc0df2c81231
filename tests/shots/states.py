"""What there is to look at: sites made for an instant, and the states that pages of theirs show."""

from __future__ import annotations

import shutil
from contextlib import chdir
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from generator.check import check_content
from generator.html.renderer import Renderer
from generator.html.resources import theme_folder
from generator.pages import BuildTime, broken_page, frame
from generator.period import SHANGHAI
from tests.support.browser.page_kinds import SEARCHES
from tests.support.marks import drawn
from tests.support.program import ROOT, gongkai
from tests.support.samples import TWIN

_UNTIMED = """\
格式: 1
标题: 中共示例市图书馆总支部委员会关于巡察整改后续情况的通报
单位: shili-library
发布: 2025-11-26 09:00
联系方式:
  - 电话: 0000-2000601
    时间: 周二至周日9:00—17:00
正文:
  部分:
    - 标题: 一、已经完成的事项
      段落:
        - 自习座位增加到340个，预约后30分钟未到的，座位自动放出。
    - 标题: 二、继续推进的事项
      段落:
        - 古籍书库每天记录两次温度和湿度，记录每月公布一次。
  尾段:
    - 欢迎读者监督。联系电话：0000-2000601（周二至周日9:00—17:00）。
落款:
  - 中共示例市图书馆总支部委员会
  - 2025年11月26日
"""
_WEB = (
    _UNTIMED.replace("发布: 2025-11-26 09:00", "公开期限:\n  开始: 2025-11-26\n  结束: 2025-12-16")
    .replace("周二至周日9:00—17:00", "工作日9:00—12:00，14:00—17:00")
    .replace("正文:\n", "  - 网址: https://liuyan.example.com/12345/write?dept=library\n正文:\n")
)
# More than an organ's page lists.
_MANY = tuple(
    (
        f"notices/{year}/shili-library-{number}.yml",
        _UNTIMED.replace("发布: 2025-11-26", f"发布: {year}-{number % 9 + 1:02}-{number % 27 + 1:02}"),
    )
    for year in (2024, 2025)
    for number in range(2, 32)
)
# A red, like what alerts: the hardest colour to have beside it.
_FACE = """\
首页标题: 巡察查出的问题，改得怎么样，请您来看
导语: 示例市各单位接受巡察以后怎样整改，都在这里公开。公开期限内，欢迎您打电话、写信提意见。
主色: "#7A1E1E"
标志: logo.png
"""
_BROKEN = """\
格式: 1
标题: 中共示例市图书馆总支部委员会关于巡察整改后续情况的通报
单位: shili-libary
公开期限：
  开始: 2025-11-26
  结束: 2025-11-31
联系电话: 0000-2000601
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site of the demo's content, made for an instant.

    `files` are added below content/, `settings` replaced in site.yml; `whole` has the invented acceptance notice
    and no others.
    """

    now: datetime
    files: tuple[tuple[str, str | bytes], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A page as a reader meets it: a notice has a first screen to look at, `paper` asks for its print.

    `broken` puts a notice's problems into the page, as a preview shows them.
    """

    site: str
    address: str
    notice: bool = False
    paper: bool = False
    broken: bool = False


def _at(text: str, time: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{text}T{time}").replace(tzinfo=SHANGHAI)


# Named as the paths that they are served at; the first as in the demo's 网址, to which links of its 404.html lead.
SITES = {
    "xcgk": Site(now=_at("2025-12-01")),
    "early": Site(now=_at("2025-11-25")),
    "corrections": Site(now=_at("2025-10-30")),
    "last-day": Site(now=_at("2025-12-03")),
    "night": Site(now=_at("2025-11-28", "20:00"), files=(("notices/2025/shili-library-2.yml", _WEB),)),
    "quiet": Site(now=_at("2026-02-10")),
    "taken-down": Site(
        now=_at("2025-12-01"),
        files=(("notices/2025/shili-library-2.yml", _UNTIMED),),
        settings=(("期满: 保留", "期满: 撤下正文"),),
    ),
    "many": Site(now=_at("2025-12-01"), files=_MANY),
    "whole": Site(now=_at("2025-12-01"), whole=True),
    "own-face": Site(
        now=_at("2025-12-01"),
        files=(("logo.png", drawn()),),
        settings=(("期满: 保留", "期满: 保留\n" + _FACE),),
    ),
}
STATES = {
    "home": State(site="xcgk", address=""),
    "home-none-open": State(site="quiet", address=""),
    "before": State(site="xcgk", address="notices/2025/shili-school/", notice=True),
    "open": State(site="early", address="notices/2025/shili-media/", notice=True, paper=True),
    "progress": State(site="xcgk", address="notices/2025/shili-hospital/", notice=True, paper=True),
    "urgent": State(site="xcgk", address="notices/2025/shili-media/", notice=True),
    "last-day": State(site="last-day", address="notices/2025/shili-media/", notice=True),
    "unanswered": State(site="night", address="notices/2025/shili-library-2/", notice=True),
    "closed": State(site="xcgk", address="notices/2024/shili-housing/", notice=True),
    "outcome": State(site="xcgk", address="notices/2025/shili-housing/", notice=True),
    "corrected": State(site="corrections", address="notices/2025/shili-library/", notice=True, paper=True),
    "extended": State(site="xcgk", address="notices/2025/shili-bus/", notice=True),
    "withdrawn": State(site="xcgk", address="notices/2025/shili-water/", notice=True, paper=True),
    "removed": State(site="xcgk", address="notices/2025/shili-school-draft/", notice=True),
    "taken-down": State(site="taken-down", address="notices/2025/shili-library/", notice=True),
    "untimed": State(site="taken-down", address="notices/2025/shili-library-2/", notice=True),
    "archive": State(site="xcgk", address="archive/"),
    "year": State(site="xcgk", address="archive/2025/"),
    "organs": State(site="xcgk", address="organs/"),
    "organ": State(site="xcgk", address="organs/shili-media/"),
    "organ-of-many": State(site="many", address="organs/shili-library/"),
    "organ-year": State(site="many", address="organs/shili-library/2024/"),
    **{name: State(site="xcgk", address=address) for name, address in SEARCHES.items()},
    "about": State(site="xcgk", address="about/"),
    "accessibility": State(site="xcgk", address="accessibility/"),
    "missing": State(site="xcgk", address="nothing/here/"),
    "broken": State(site="xcgk", address="about/", broken=True),
    "own-home": State(site="own-face", address=""),
    "own-open": State(site="own-face", address="notices/2025/shili-hospital/", notice=True, paper=True),
    "own-withdrawn": State(site="own-face", address="notices/2025/shili-water/", notice=True),
    "whole": State(site="whole", address=f"notices/{TWIN.id}/", notice=True, paper=True),
}


def build(name: str, folder: Path) -> Path:
    """Build a site as an office would at its instant, with no demo's day, and return where it lies."""
    site, root = SITES[name], folder / name
    _copy_content(root / "content", site)
    for path, data in site.files:
        (root / "content" / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    if site.whole:
        _run("-C", root, "import", TWIN.source, "-o", root / "content" / "notices" / f"{TWIN.id}.yml")
    # The clock that MkDocs builds by: https://reproducible-builds.org/specs/source-date-epoch/
    _run("-C", root, "build", epoch=str(int(site.now.timestamp())))
    return root / "site"


def broken_body(folder: Path) -> str:
    """Return what a preview shows in place of a notice that cannot be made, for the frame of another page."""
    content = folder / "broken" / "content"
    _copy_content(content, SITES["xcgk"])
    shutil.rmtree(content / "notices")
    notice = content / "notices" / "2025" / "shili-library-2.yml"
    notice.parent.mkdir(parents=True)
    notice.write_text(_BROKEN, encoding="utf-8")
    with chdir(content.parent):
        checked = check_content(Path("content")).content
    assert checked is not None
    at = BuildTime(SITES["xcgk"].now, pinned=False)
    (page,) = map(broken_page, checked.broken)
    return Renderer(theme_folder(), frame(checked, at), checked.site, "/").render(page)["body"]


def _copy_content(target: Path, site: Site) -> None:
    """Copy the demo's content without its fixed day, and with what a site changes."""
    shutil.copytree(ROOT / "content", target, ignore=shutil.ignore_patterns("notices") if site.whole else None)
    settings = target / "site.yml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith("示例日期:"))
    for old, new in site.settings:
        assert old in text, old
        text = text.replace(old, new)
    settings.write_text(text, encoding="utf-8")


def _run(*arguments: str | Path, epoch: str = "") -> None:
    run = gongkai(*arguments, env={"SOURCE_DATE_EPOCH": epoch} if epoch else None)
    assert run.returncode == 0, run.stdout + run.stderr
