"""Where Tab leads on a page, how it is spoken, and whether a reader sees that it has focus."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import CDPSession, Page

_ROLES = {
    "link": "链接",
    "button": "按钮",
    "checkbox": "复选框",
    "DisclosureTriangle": "折叠",
    "region": "区域",
    "searchbox": "搜索框",
    "combobox": "选择框",
}
_AROUND = 8
_CHANGE = 3  # https://www.w3.org/TR/WCAG22/#focus-appearance
_PARTS = tuple(value / 255 for value in range(256))
_FOCUSED = """\
() => {
  const element = document.activeElement, switched = element.matches("[type=checkbox]");
  const shown = switched ? element.nextElementSibling : element;
  const box = shown.getBoundingClientRect();
  const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + Math.min(box.bottom, innerHeight)) / 2);
  return {
    left: box.left, top: box.top, right: box.right, bottom: box.bottom, scrolled: scrollY,
    reached: hit !== null && (element.contains(hit) || Boolean(element.closest("label")?.contains(hit))),
  };
}
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """What has focus: how it is spoken, where it stands on the page, and what is wrong with it."""

    spoken: str
    left: float
    top: float
    bottom: float
    faults: tuple[str, ...]

    def follows(self, other: Stop) -> bool:
        """Say whether this stands below the other, or to its right where both stand in one line."""
        common = min(self.bottom, other.bottom) - max(self.top, other.top)
        in_line = common > min(self.bottom - self.top, other.bottom - other.top) / 2
        return self.left > other.left if in_line else self.top > other.top


def spoken(devtools: CDPSession) -> str:
    """Return role and name of what has focus, by the browser's own accessibility tree; "" where nothing has it."""
    found = devtools.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    (node,) = devtools.send("Accessibility.getPartialAXTree", {"objectId": found, "fetchRelatives": False})["nodes"]
    return "" if node["ignored"] else f"{_ROLES[node['role']['value']]} {node['name']['value']}"


def walk(page: Page) -> list[Stop]:
    """Press Tab from the top of a page until focus leaves it."""
    devtools = page.context.new_cdp_session(page)
    stops: list[Stop] = []
    while True:
        page.keyboard.press("Tab")
        words = spoken(devtools)
        if not words:
            return stops
        assert len(stops) < 100, "Tab goes round and round"
        place: dict[str, Any] = page.evaluate(_FOCUSED)
        top, bottom = (place[edge] + place["scrolled"] for edge in ("top", "bottom"))
        stops.append(Stop(words, place["left"], top, bottom, tuple(_faults(page, place))))


def _faults(page: Page, place: dict[str, Any]) -> Iterator[str]:
    size = page.viewport_size
    assert size is not None
    left, top, right, bottom = (place[edge] for edge in ("left", "top", "right", "bottom"))
    if min(left, top) < -1 or right > size["width"] + 1 or bottom > size["height"] + 1:
        yield "is not in the window"
    if not place["reached"]:
        yield "is covered"
    x, y = max(0, left - _AROUND), max(0, top - _AROUND)
    clip = {"x": x, "y": y, "width": right + _AROUND - x, "height": bottom + _AROUND - y}
    with_focus = _picture(page, clip)
    # The next Tab goes on from here all the same.
    page.evaluate("document.activeElement.blur()")
    changed = _changed(with_focus, _picture(page, clip))
    least = 2 * 2 * (right - left + bottom - top)
    if changed < least:
        yield f"shows its focus on {changed} px, less than {least:.0f}"


def _picture(page: Page, clip: Any) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def _changed(one: Image.Image, other: Image.Image) -> int:
    """Return how many pixels changed with a contrast of 3 to 1."""
    changed = ImageChops.difference(one, other).getbbox()
    if changed is None:
        return 0
    pairs = zip(_lights(one.crop(changed)), _lights(other.crop(changed)), strict=True)
    return sum((max(pair) + 0.05) / (min(pair) + 0.05) >= _CHANGE for pair in pairs)


def _lights(picture: Image.Image) -> list[float]:
    """Return the relative luminance of each pixel: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _PARTS]
    data = picture.tobytes()
    bands = zip(data[::3], data[1::3], data[2::3], strict=True)
    return [0.2126 * linear[red] + 0.7152 * linear[green] + 0.0722 * linear[blue] for red, green, blue in bands]
