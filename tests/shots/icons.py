"""Draw the site's icons and the picture of its share cards from theme/assets/mark.svg."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from tests.support.browser.chromium import chromium
from tests.support.program import ROOT

ASSETS = ROOT / "theme" / "assets"
FAVICON = (16, 32, 48)
TOUCH = 180
SHARE = (1200, 630)
# Of a share card WeChat shows the square in its middle, so that all of it stands there.
_SHARE = """\
<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; height: 100vh; display: grid; place-content: center; justify-items: center; gap: 20px;
  background: #174A61; color: #FFF; font: 700 68px/1.2 "Noto Sans CJK SC", "Noto Sans SC", sans-serif }}
svg {{ width: 416px; height: 416px; margin: -52px }}
p {{ margin: 44px 0 0; letter-spacing: .06em; text-indent: .06em }}
</style>{mark}<p>整改公开</p>
"""
_ALONE = "<!doctype html><style>body {{ margin: 0 }} svg {{ display: block; width: 100vw }}</style>{mark}"


def draw(browser: Browser, folder: Path) -> None:
    """Draw favicon.ico, touch-icon.png and share.png into a folder."""
    mark = (ASSETS / "mark.svg").read_text(encoding="utf-8")
    sizes = [_shown(browser, _ALONE.format(mark=mark), size, size) for size in FAVICON]
    sizes[-1].save(folder / "favicon.ico", append_images=sizes[:-1], sizes=[(size, size) for size in FAVICON])
    _save(_shown(browser, _ALONE.format(mark=mark), TOUCH, TOUCH), folder / "touch-icon.png")
    _save(_shown(browser, _SHARE.format(mark=mark), *SHARE), folder / "share.png")


def _shown(browser: Browser, html: str, width: int, height: int) -> Image.Image:
    page = browser.new_page(viewport={"width": width, "height": height})
    try:
        page.set_content(html)
        return Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    finally:
        page.close()


def _save(picture: Image.Image, path: Path) -> None:
    """Save a picture of one ink on white: sixteen shades are all that it has."""
    picture.quantize(16, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    with chromium() as opened:
        draw(opened, ASSETS)
