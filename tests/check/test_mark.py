"""The mark of a site: a square PNG picture that is whole, small and still."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.check import SiteMark, check_content, check_mark
from generator.check.mark import MOST_BYTES, absent_mark
from generator.problems import Severity
from tests.support.content import SmallContent
from tests.support.goldens import check_golden
from tests.support.marks import drawn
from tests.support.program import ROOT
from tests.support.sample_notice import report

GOOD = drawn()
SITE = "网站名称: 示例县公开\n标志: logo.png\n"
_END = GOOD.index(b"IEND") - 4


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


def _with_pixels(body: bytes) -> bytes:
    """Put other pixels into the picture, under a sum that fits."""
    begin = GOOD.index(b"IDAT") - 4
    size = int.from_bytes(GOOD[begin : begin + 4])
    return GOOD[:begin] + _chunk(b"IDAT", body) + GOOD[begin + size + 12 :]


BAD: dict[str, tuple[bytes, str]] = {
    "别的图片": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "mark-content"),
    "空文件": (b"", "mark-content"),
    "只有开头": (GOOD[:8], "mark-content"),
    "传了一半": (GOOD[: len(GOOD) // 2], "mark-content"),
    "坏了一处": (GOOD[:60] + bytes([GOOD[60] ^ 1]) + GOOD[61:], "mark-content"),
    "后面多了东西": (GOOD + _chunk(b"IEND", b""), "mark-content"),
    "后面多了网页": (GOOD + b"<script>alert(1)</script>", "mark-content"),
    "没有图像": (GOOD[:33] + GOOD[_END:], "mark-content"),
    "图像解不开": (_with_pixels(b"no pixels"), "mark-content"),
    "解开以后太大": (_with_pixels(zlib.compress(bytes(50_000_000), 9)), "mark-content"),
    "太大": (GOOD + bytes(MOST_BYTES), "mark-bytes"),
    "长条形": (drawn(512, 128), "mark-size"),
    "太小": (drawn(48, 48), "mark-size"),
    "像素太多": (drawn(1400, 1400), "mark-size"),
    "会动": (drawn(save_all=True, append_images=[Image.new("RGBA", (256, 256))]), "mark-moves"),
}


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_a_square_picture_of_any_depth_is_taken(mode: str, tmp_path: Path) -> None:
    Image.new(mode, (180, 180)).save(tmp_path / "a.png")
    assert check_mark("a.png", (tmp_path / "a.png").read_bytes()) == (SiteMark("a.png", 180), ())


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_mark_is_refused(name: str) -> None:
    data, code = BAD[name]
    mark, found = check_mark("logo.png", data)
    assert mark is None
    assert [one.code for one in found] == [code]


def test_the_words() -> None:
    found = {name: check_mark("logo.png", data)[1] for name, (data, _) in BAD.items()}
    check_golden(report({**found, "没有文件": [absent_mark("logo.png")]}), Path(__file__).parent / "cases/mark.txt")


def test_the_picture_lies_beside_the_site_file(small_content: SmallContent) -> None:
    """It is told where the site's file names it; a picture that nothing names is of no use there."""
    checked = check_content(small_content({"site.yml": SITE, "logo.png": GOOD, "other.png": GOOD}) / "content")
    assert checked.content is not None
    assert checked.content.mark == SiteMark("logo.png", 256)
    assert [problem.file.rpartition("/")[2] for problem in checked.problems if problem.code == "stray-file"] == [
        "other.png"
    ]
    absent = check_content(small_content({"site.yml": SITE}, "absent") / "content")
    (problem,) = (problem for problem in absent.problems if problem.severity is Severity.ERROR)
    assert (problem.code, problem.span and problem.span.line) == ("mark-absent", 2)
    # So that a preview shows the rest.
    assert absent.content is not None
    assert absent.content.site.mark is None


def test_a_site_file_that_cannot_be_read_makes_no_picture_a_stray(small_content: SmallContent) -> None:
    files = {"site.yml": SITE + "颜色: 红\n", "logo.png": GOOD}
    assert "stray-file" not in {one.code for one in check_content(small_content(files) / "content").problems}


@pytest.mark.parametrize("name", ["../logo.png", "logo.svg", "图.png", "Logo.png", "a/b.png", ".png", "logo.png/"])
def test_only_a_plain_name_of_a_png_file_is_taken(name: str, small_content: SmallContent) -> None:
    files = {"site.yml": f"网站名称: 示例县公开\n标志: {name}\n"}
    checked = check_content(small_content(files) / "content")
    assert "mark-name" in {problem.code for problem in checked.problems}


def test_what_the_guide_shows_is_taken(small_content: SmallContent) -> None:
    guide = (ROOT / "docs/office.md").read_text(encoding="utf-8")
    shown = re.findall("(?m)^    ((?:首页标题|导语|主色|标志): .+)$", guide)
    assert len(shown) == 4
    files = {"site.yml": "网站名称: 示例县公开\n" + "\n".join([*shown, ""]), "logo.png": GOOD}
    assert not check_content(small_content(files) / "content").failed
