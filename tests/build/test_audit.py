"""The audit names every flaw that a finished site can have."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.build.audit import PageExpectation, audit
from generator.build.expectations import planned_pages
from generator.build.load import SiteSource
from generator.build.manifest import is_list
from generator.build.plan import SitePlan, plan_site
from generator.check import Content, check_content
from generator.pages import BuildTime, choose_build_time
from generator.parallel import Workers
from generator.period import SHANGHAI, parse_now
from tests.support.building import make_site
from tests.support.content import NOTICE, SmallContent
from tests.support.program import ROOT, tree

PAGE = "notices/2025/shili-media/index.html"
BUILT = parse_now("2025-12-01")
FRAGMENT = "notices/2025/shili-media/fragment.html"


@dataclass(frozen=True, slots=True)
class Audited:
    """What the audit expects of a site: its pages, and the paths of all its files."""

    plan: SitePlan
    pages: Mapping[str, PageExpectation]
    files: frozenset[str]

    def flaws(self, site: Path) -> list[str]:
        """Return what the audit finds in a finished site."""
        return audit(site, self.plan.root, self.pages, self.files, Workers()).flaws


def planned(content: Content, at: BuildTime, site: Path) -> Audited:
    """Plan a site that was built into a folder."""
    plan = plan_site(SiteSource(content, at), "")
    return Audited(plan, planned_pages(plan), frozenset(path for path in tree(site) if not is_list(path)))


@pytest.fixture(scope="module")
def promise(demo: Path) -> Audited:
    """Return what the demo site must hold."""
    content = check_content(ROOT / "content").content
    assert content is not None
    made = planned(content, choose_build_time(None, content.site, parse_now("2025-12-01").astimezone(SHANGHAI)), demo)
    assert made.flaws(demo) == []
    return made


@pytest.fixture
def site(demo: Path, tmp_path: Path) -> Path:
    return shutil.copytree(demo, tmp_path / "site")


def alter(site: Path, path: str, old: str, new: str) -> None:
    """Put `new` for the first `old` of a file."""
    place = site / path
    text = place.read_text("utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), "utf-8")


WEB = """\
公开期限:
  开始: 2025-11-21
  结束: 2025-12-12
联系方式:
  - 网址: https://liuyan.example.com/write?dept=tsg&kind=2
"""


def test_a_contacts_address_is_led_to_from_its_notice_and_fragment_alone(small_content: SmallContent) -> None:
    """The whole site passes; the same address on another of its pages does not."""
    root = small_content({"notices/2025/yi.yml": NOTICE + WEB})
    out = root / "site"
    make_site(root, out, "2025-12-01")
    content = check_content(root / "content").content
    assert content is not None
    made = planned(content, choose_build_time("2025-12-01", content.site, BUILT), out)
    address = "https://liuyan.example.com/write?dept=tsg&kind=2"
    led = {path for path, expected in made.pages.items() if address in expected.outside}
    assert led == {"notices/2025/yi/index.html", "notices/2025/yi/fragment.html"}
    link = 'href="https://liuyan.example.com/write?dept=tsg&amp;kind=2"'
    assert {path for path in made.pages if link in (out / path).read_text("utf-8")} == led
    alter(out, "about/index.html", "</body>", f"<a {link}>x</a></body>")
    assert f"about/index.html：通向别处的链接：{address}" in made.flaws(out)


TEXTS = {
    "a character changed": ("清点设备2184件", "清点设备2185件"),
    "a character lost": ("清点设备2184件，", "清点设备2184件"),
    "a sentence added": ("清点设备2184件", "清点设备2184件（已核实）"),
    "an added paragraph": ("</body>", "<p data-verbatim>加一段</p></body>"),
    "a mark lost": (" data-verbatim", ""),
    "a word of a measure changed": ("用两个月时间", "用三个月时间"),
}


@pytest.mark.parametrize("page", [PAGE, FRAGMENT])
@pytest.mark.parametrize("name", TEXTS)
def test_changed_text(name: str, page: str, site: Path, promise: Audited) -> None:
    alter(site, page, *TEXTS[name])
    assert promise.flaws(site) == [f"{page}：网页上的正文和通报的原文不一样。"]


def extra(site: Path, path: str) -> None:
    (site / path).parent.mkdir(exist_ok=True)
    (site / path).write_bytes(b"x")


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing page": (lambda site: (site / PAGE).unlink(), f"{PAGE}：应当有，却没有。"),
    "missing data": (
        lambda site: (site / "notices/2025/shili-media/notice.txt").unlink(),
        "notices/2025/shili-media/notice.txt：应当有，却没有。",
    ),
    "missing fragment": (lambda site: (site / FRAGMENT).unlink(), f"{FRAGMENT}：应当有，却没有。"),
    "added page": (lambda site: extra(site, "secret/index.html"), "secret/index.html：多出来的文件，不该公开。"),
    "YAML": (lambda site: extra(site, "notices/a.yml"), "notices/a.yml：这种文件不能公开。"),
    "source map": (lambda site: extra(site, "assets/gongkai.js.map"), "assets/gongkai.js.map：这种文件不能公开。"),
    "hidden file": (lambda site: extra(site, ".htaccess"), ".htaccess：这种文件不能公开。"),
    "half-written file": (lambda site: extra(site, ".writing-a.html"), ".writing-a.html：这种文件不能公开。"),
    "link to a file": (lambda site: (site / "a.txt").symlink_to("/etc/hostname"), "a.txt：是符号链接，不能公开。"),
    "link to a folder": (lambda site: (site / "a").symlink_to("/etc"), "a：是符号链接，不能公开。"),
    "pipe": (lambda site: os.mkfifo(site / "a.txt"), "a.txt：不是文件，不能公开。"),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str, site: Path, promise: Audited) -> None:
    change, flaw = FILES[name]
    change(site)
    assert flaw in promise.flaws(site)


SCRIPT_ON_ELEMENT = "，安全策略会拦住它。"
MARKUP = {
    "broken link": (
        '<a href="../../../notices/2025/nothing/">x</a>',
        "链接通向不存在的 notices/2025/nothing/index.html",
    ),
    "link out of the site": ('<a href="../../../../secret/">x</a>', "链接通向不存在的 ../secret/index.html"),
    "link without a slash": ('<a href="../../../about">x</a>', "链接通向不存在的 about"),
    "absolute link past the root": ('<a href="/other/">x</a>', "链接通向不存在的 /other/index.html"),
    "broken anchor here": ('<a href="#nothing">x</a>', f"{PAGE} 里没有锚点 #nothing"),
    "broken anchor there": ('<a href="../../../about/#nothing">x</a>', "about/index.html 里没有锚点 #nothing"),
    "area": ('<map><area href="https://evil.example/"></map>', "通向别处的链接：https://evil.example/"),
    "foreign link": ('<a href="https://evil.example/">x</a>', "通向别处的链接：https://evil.example/"),
    "foreign link in capitals": ('<a href="HTTPS://evil.example/">x</a>', "通向别处的链接：HTTPS://evil.example/"),
    "foreign link without scheme": ('<a href="//evil.example/a">x</a>', "通向别处的链接：//evil.example/a"),
    "foreign link by backslashes": ('<a href="\\\\evil.example">x</a>', "通向别处的链接：\\\\evil.example"),
    "foreign link by a slash and a backslash": ('<a href="/\\evil.example">x</a>', "通向别处的链接：/\\evil.example"),
    "foreign link in SVG": (
        '<svg><a xlink:href="https://evil.example/">x</a></svg>',
        "通向别处的链接：https://evil.example/",
    ),
    "javascript": ('<a href="javascript:alert(1)">x</a>', "不该有的链接：javascript:alert(1)"),
    "javascript behind blanks": ('<a href="  JavaScript:alert(1)">x</a>', "不该有的链接：  JavaScript:alert(1)"),
    "javascript over two lines": ('<a href="java\nscript:alert(1)">x</a>', "不该有的链接：java\nscript:alert(1)"),
    "javascript by references": (
        '<a href="java&Tab;script&colon;alert(1)">x</a>',
        "不该有的链接：java\tscript:alert(1)",
    ),
    "javascript in SVG": ('<svg><a xlink:href="javascript:1">x</a></svg>', "不该有的链接：javascript:1"),
    "data link": ('<a href="data:text/html,x">x</a>', "不该有的链接：data:text/html,x"),
    "foreign script": (
        '<script src="https://evil.example/a.js"></script>',
        "向别处要内容：https://evil.example/a.js",
    ),
    "script from data": ('<script src="data:text/javascript,1"></script>', "向别处要内容：data:text/javascript,1"),
    "foreign image": ('<img src="//evil.example/a.png">', "向别处要内容：//evil.example/a.png"),
    "missing image": ('<img src="nothing.png">', "链接通向不存在的 notices/2025/shili-media/nothing.png"),
    "image set": ('<img srcset="data:image/gif, https://evil.example/b 2x">', "向别处要内容：https://evil.example/b"),
    "picture source": ('<picture><source srcset="//evil.example/b"></picture>', "向别处要内容：//evil.example/b"),
    "preloaded image": ('<link rel="preload" imagesrcset="//evil.example/b">', "向别处要内容：//evil.example/b"),
    "foreign style sheet": (
        '<link rel="stylesheet" href="http://evil.example/a.css">',
        "向别处要内容：http://evil.example/a.css",
    ),
    "early connection": ('<link rel="preconnect" href="https://evil.example">', "向别处要内容：https://evil.example"),
    "video poster": ('<video poster="//evil.example/p"></video>', "向别处要内容：//evil.example/p"),
    "audio": ('<audio src="//evil.example/p"></audio>', "向别处要内容：//evil.example/p"),
    "track": ('<video><track src="//evil.example/p"></video>', "向别处要内容：//evil.example/p"),
    "image button": ('<input type="image" src="//evil.example/p">', "向别处要内容：//evil.example/p"),
    "form elsewhere": ('<form action="https://evil.example/"></form>', "向别处要内容：https://evil.example/"),
    "button elsewhere": ('<button formaction="https://evil.example/">x</button>', "有不该有的属性 formaction。"),
    "ping": ('<a href="#main" ping="https://evil.example/">x</a>', "有不该有的属性 ping。"),
    "old background": ('<table background="https://evil.example/a"></table>', "有不该有的属性 background。"),
    "SVG use": (
        '<svg><use href="https://evil.example/a.svg#x"/></svg>',
        "向别处要内容：https://evil.example/a.svg#x",
    ),
    "SVG use by XLink": (
        '<svg><use xlink:href="//evil.example/a.svg#x"/></svg>',
        "向别处要内容：//evil.example/a.svg#x",
    ),
    "SVG image": ('<svg><image href="//evil.example/a.png"/></svg>', "向别处要内容：//evil.example/a.png"),
    "SVG paint": ('<svg><path fill="url(//evil.example/a.svg#x)"/></svg>', "向别处要内容：//evil.example/a.svg#x"),
    "SVG script": ("<svg><script>1</script></svg>", "有写在网页里的脚本，安全策略会拦住它。"),
    "SVG animation": ("<svg><set attributeName=href to=javascript:1 /></svg>", "有不该有的元素 <set>。"),
    "SVG with HTML inside": ("<svg><foreignObject></foreignObject></svg>", "有不该有的元素 <foreignobject>。"),
    "SVG script beside a source": (
        '<svg><script src="assets/gongkai.js">1</script></svg>',
        "有写在网页里的脚本，安全策略会拦住它。",
    ),
    "inline script": ("<script>alert(1)</script>", "有写在网页里的脚本，安全策略会拦住它。"),
    "style attribute": ('<p style="color:red">x</p>', "有 style 属性，安全策略会拦住它。"),
    "style element": ("<style>p{}</style>", "有不该有的元素 <style>。"),
    "frame": ("<iframe src=about:blank></iframe>", "有不该有的元素 <iframe>。"),
    "object": ("<object data=x></object>", "有不该有的元素 <object>。"),
    "embed": ("<embed src=x>", "有不该有的元素 <embed>。"),
    "base": ("<base href=//evil.example/>", "有不该有的元素 <base>。"),
    "template": ("<template><script>1</script></template>", "有不该有的元素 <template>。"),
    "refresh": ('<meta http-equiv=refresh content="0;url=//evil.example">', "有不该有的属性 http-equiv=refresh。"),
    "cookie": ('<meta http-equiv="Set-Cookie" content="a=b">', "有不该有的属性 http-equiv=Set-Cookie。"),
    "onclick": ("<p onclick=alert(1)>x</p>", f"有写在元素上的脚本（onclick）{SCRIPT_ON_ELEMENT}"),
    "ontoggle": ("<details ontoggle=alert(1)>x</details>", f"有写在元素上的脚本（ontoggle）{SCRIPT_ON_ELEMENT}"),
    "capitals and no blank": ("<svg/ONLOAD=alert(1)>", f"有写在元素上的脚本（onload）{SCRIPT_ON_ELEMENT}"),
    "handler yet unknown": ("<p onsomethingnew=1>x</p>", f"有写在元素上的脚本（onsomethingnew）{SCRIPT_ON_ELEMENT}"),
    "duplicate id": ('<p id="main">x</p>', "有重复的锚点。"),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKUP)
def test_markup(name: str, site: Path, promise: Audited) -> None:
    html, flaw = MARKUP[name]
    alter(site, PAGE, "</h1>", f"</h1>{html}")
    assert f"{PAGE}：{flaw}" in promise.flaws(site)


STYLE = "style 属性里有不该有的内容："
PASTED = {
    "inline script": ("<script>alert(1)</script>", "有写在网页里的脚本，安全策略会拦住它。"),
    "our own script": ('<script src="../gongkai.js"></script>', "向别处要内容：../gongkai.js"),
    "our own style sheet": (
        '<link rel="stylesheet" href="../../../assets/gongkai.css">',
        "向别处要内容：../../../assets/gongkai.css",
    ),
    "foreign image": ('<img src="https://evil.example/a.png">', "向别处要内容：https://evil.example/a.png"),
    "our own image": ('<img src="../../../assets/mark.svg">', "向别处要内容：../../../assets/mark.svg"),
    "form": ('<form action=""></form>', "向别处要内容："),
    "relative link": ('<a href="../../../about/">x</a>', "不该有的链接：../../../about/"),
    "link within the page": ('<a href="#x">x</a>', "不该有的链接：#x"),
    "foreign link": ('<a href="https://evil.example/">x</a>', "不该有的链接：https://evil.example/"),
    "foreign link that begins as ours": (
        '<a href="https://www.example.com/xcgk/notices/2025/shili-media/.evil/">x</a>',
        "不该有的链接：https://www.example.com/xcgk/notices/2025/shili-media/.evil/",
    ),
    "javascript": ('<a href="java\nscript:alert(1)">x</a>', "不该有的链接：java\nscript:alert(1)"),
    "handler": ("<p onclick=alert(1)>x</p>", f"有写在元素上的脚本（onclick）{SCRIPT_ON_ELEMENT}"),
    "style element": ("<style>p{}</style>", "有不该有的元素 <style>。"),
    "address in a style": ('<p style="background:url(a)">x</p>', f"{STYLE}background:url(a)"),
    "foreign address in a style": (
        '<p style="background:url(//evil.example/a)">x</p>',
        f"{STYLE}background:url(//evil.example/a)",
    ),
    "address in capitals": ('<p style="background:URL(a)">x</p>', f"{STYLE}background:URL(a)"),
    "address behind an escape": ('<p style="background:u\\72l(a)">x</p>', f"{STYLE}background:u\\72l(a)"),
    "address by references": ('<p style="background:url&#40;a&#41;">x</p>', f"{STYLE}background:url(a)"),
    "address in a set": ("<p style=\"content:image-set('a' 1x)\">x</p>", f"{STYLE}content:image-set('a' 1x)"),
    "address beside max": ('<p style="width:max(1px,2px);background:url(a)">x</p>', STYLE),
    "old expression": ('<p style="width:expression(alert(1))">x</p>', f"{STYLE}width:expression(alert(1))"),
}  # fmt: skip


@pytest.mark.parametrize("name", PASTED)
def test_markup_of_a_fragment(name: str, site: Path, promise: Audited) -> None:
    """What is pasted into another site runs nothing, fetches nothing and leads to our own addresses alone."""
    html, flaw = PASTED[name]
    alter(site, FRAGMENT, "</h2>", f"</h2>{html}")
    (found,) = promise.flaws(site)
    assert found.startswith(f"{FRAGMENT}：{flaw}")


def test_what_a_fragment_may_hold(site: Path, promise: Audited) -> None:
    """Styles on elements, telephone, mail and the notice's own permanent address are no flaws."""
    html = (
        '<p style="font-size:max(18px,1em)!important;margin:-.5em 0;font:700 1em/1.5 serif;color:#1d1e1c">x</p>'
        '<a href="tel:110">x</a><a href="mailto:a@example.com">x</a>'
        '<a href="https://www.example.com/xcgk/notices/2025/shili-media/">x</a>'
    )
    alter(site, FRAGMENT, "</h2>", f"</h2>{html}")
    assert promise.flaws(site) == []


ASSETS = {
    "foreign font": (
        "gongkai.css", "a{src:url( 'https://evil.example/f.woff')}",
        "向别处要内容：https://evil.example/f.woff",
    ),
    "import": ("gongkai.css", "@import '//evil.example/a.css';", "向别处要内容：//evil.example/a.css"),
    "import by address": ("gongkai.css", "@IMPORT url(//evil.example/a.css);", "向别处要内容：//evil.example/a.css"),
    "image set": ("gongkai.css", "a{background:image-set('//evil.example/a' 1x)}", "向别处要内容：//evil.example/a"),
    "missing picture": ("gongkai.css", "a{background:url(nothing.png)}", "链接通向不存在的 assets/nothing.png"),
    "style's source map": (
        "gongkai.css", "/*# sourceMappingURL=a.css.map */",
        "指向源码映射文件，那个文件不该公开。",
    ),
    "script's source map": ("gongkai.js", "//# sourceMappingURL=a.js.map", "指向源码映射文件，那个文件不该公开。"),
    "foreign address in a script": (
        "gongkai.js", 'fetch("https://evil.example/")',
        "脚本里有别处的网址：https://evil.example/",
    ),
    "script in a picture": ("mark.svg", "<svg><script>1</script></svg>", "有写在网页里的脚本，安全策略会拦住它。"),
    "handler in a picture": (
        "mark.svg", "<svg onload='1'></svg>",
        f"有写在元素上的脚本（onload）{SCRIPT_ON_ELEMENT}",
    ),
    "link in a picture": ("mark.svg", "<svg><a href='//evil.example'>x</a></svg>", "有不该有的链接：//evil.example"),
}  # fmt: skip


@pytest.mark.parametrize("name", ASSETS)
def test_assets(name: str, site: Path, promise: Audited) -> None:
    file, added, flaw = ASSETS[name]
    with (site / "assets" / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n{added}\n")
    assert f"assets/{file}：{flaw}" in promise.flaws(site)


def test_what_is_allowed(site: Path, promise: Audited) -> None:
    """Telephone, mail, pictures in place, paint of the page itself and links within the site are no flaws."""
    html = (
        '<a href="tel:110">x</a><a href="mailto:a@example.com">x</a><a href="../../../about/?a=1">x</a>'
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><form action=""></form>'
        '<svg><path id="gk-paint" fill="url(#gk-paint)"/></svg>'
    )
    alter(site, PAGE, "</h1>", f"</h1>{html}")
    assert promise.flaws(site) == []
