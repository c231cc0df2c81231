"""Colours as sRGB sees them: their contrast, how alike they are, and the nearest one with a contrast."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

_WRITTEN = re.compile(r"#[0-9A-Fa-f]{6}")
_STEPS = 400
# What is light and fully saturated glares on a dark ground.
_MOST_SATURATION = 0.6


@dataclass(frozen=True, slots=True)
class Color:
    """A colour of a screen: its red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def of(cls, text: str) -> Color:
        """Read `#rrggbb`; ValueError where it is not written so."""
        if not _WRITTEN.fullmatch(text):
            raise ValueError(text)
        red, green, blue = bytes.fromhex(text[1:])
        return cls(red, green, blue)

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def parts(self) -> tuple[int, int, int]:
        """Red, green and blue."""
        return self.red, self.green, self.blue

    def mixed(self, other: Color, share: float) -> Color:
        """Return this colour with a share, from 0 to 1, of another one."""
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(self.parts, other.parts, strict=True))
        return Color(red, green, blue)


BLACK, WHITE = Color(0, 0, 0), Color(255, 255, 255)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(color: Color, others: Iterable[Color]) -> float:
    """Return the lowest contrast that a colour has with any of the others."""
    return min(contrast(color, other) for other in others)


def nearest(color: Color, others: Iterable[Color], least: float, *, lighter: bool) -> Color:
    """Return the nearest colour of the same hue, lighter or darker, that has the contrast `least` with all of `others`.

    White or black where there is none.
    """
    against = tuple(others)
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color.parts))
    end, saturation = (1.0, min(saturation, _MOST_SATURATION)) if lighter else (0.0, saturation)
    for step in range(_STEPS):
        tried = color
        if step:
            mixed = colorsys.hls_to_rgb(hue, light + (end - light) * step / _STEPS, saturation)
            red, green, blue = (round(part * 255) for part in mixed)
            tried = Color(red, green, blue)
        if least_contrast(tried, against) >= least:
            return tried
    return WHITE if lighter else BLACK


def distance(one: Color, other: Color) -> float:
    """Return how unlike two colours look: 0 for the same, 1 for black and white (Oklab, B. Ottosson, 2020)."""
    return math.dist(_oklab(one), _oklab(other))


def _light(color: Color) -> tuple[float, float, float]:
    """Return the parts of a colour as amounts of light, from 0 to 1 (IEC 61966-2-1)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in color.parts)
    )
    return red, green, blue


def _luminance(color: Color) -> float:
    red, green, blue = _light(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(color: Color) -> tuple[float, float, float]:
    red, green, blue = _light(color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
