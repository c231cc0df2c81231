"""The colours of a site that has a lead colour of its own: all that change follow from that one.

A key is a custom property of the theme's style sheet, without its two dashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.color import BLACK, WHITE, Color, distance, least_contrast, nearest

# What WCAG 2.2 asks of text for AAA (1.4.6), as the theme's own colours have it.
NEEDED = 7.0
# The style sheet's own values, which every site has.
LIGHT: Mapping[str, Color] = {
    "paper": Color.of("#f6f4ee"),
    "surface": Color.of("#ffffff"),
    "ink": Color.of("#1d1e1c"),
    "lead": Color.of("#174a61"),
    "band": Color.of("#174a61"),
    "alert": Color.of("#98281a"),
    "alert-tint": Color.of("#fbeeea"),
}
DARK: Mapping[str, Color] = {
    "paper": Color.of("#12171a"),
    "surface": Color.of("#1a2125"),
    "ink": Color.of("#eae7df"),
    "lead": Color.of("#8fc6de"),
    "band": Color.of("#12242d"),
    "alert": Color.of("#ffa393"),
    "alert-tint": Color.of("#35211e"),
}
# Closer than this, a lead colour and an alert are told apart by their words alone.
_ALIKE = 0.12

# Where a reader asks for high contrast, the style sheet's own blocks for that come first; this is for the one that a
# rule of the same weight would undo.
_ASKED = {
    "lead": "var(--strong-lead)",
    "lead-ink": "var(--strong-lead)",
    "on-lead": "var(--plain)",
    "tint": "var(--plain)",
    "alert": "var(--strong-alert)",
    "alert-tint": "var(--plain)",
    "on-alert": "var(--plain)",
    "band": "#000",
    "on-band": "#fff",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours that a lead colour changes, by custom property, for light and for dark screens."""

    light: Mapping[str, Color]
    dark: Mapping[str, Color]


def legibility(lead: Color) -> float:
    """Return the lowest contrast that a lead colour has where it is text, or where white text is on it."""
    return least_contrast(lead, _grounds(LIGHT))


def legible(lead: Color) -> Color:
    """Return the nearest darker colour of the same hue with which `legibility` is enough."""
    return nearest(lead, _grounds(LIGHT), NEEDED, lighter=False)


def palette_of(lead: Color) -> Palette:
    """Return the colours that follow from a lead colour with which `legibility` is enough."""
    bright = nearest(lead, _grounds(DARK), NEEDED, lighter=True)
    paper = DARK["paper"]
    light = {
        "lead": lead,
        "lead-ink": lead,
        "on-lead": WHITE,
        "band": lead,
        "on-band": WHITE,
        "tint": lead.mixed(WHITE, 0.9),
        "mark": lead.mixed(WHITE, 0.79),
        "strong-lead": nearest(lead, [WHITE], 12, lighter=False),
    }
    dark = {
        "lead": bright,
        "lead-ink": bright,
        "on-lead": paper,
        "band": paper.mixed(lead, 0.35),
        "on-band": DARK["ink"],
        "tint": paper.mixed(bright, 0.1),
        "mark": paper.mixed(bright, 0.25),
        "strong-lead": nearest(bright, [BLACK], 14, lighter=True),
    }
    red, ink = (min(distance(lead, LIGHT[name]), distance(bright, DARK[name])) for name in ("alert", "ink"))
    if red < min(ink, _ALIKE):
        light |= _in_ink(LIGHT, WHITE)
        dark |= _in_ink(DARK, paper)
    return Palette(light, dark)


def style_sheet(palette: Palette) -> str:
    """Write the style sheet that comes after the theme's own; on paper nothing of it counts."""
    blocks = (
        ("screen", {name: str(color) for name, color in palette.light.items()}),
        ("screen and (prefers-color-scheme: dark)", {name: str(color) for name, color in palette.dark.items()}),
        ("screen and (prefers-contrast: more)", _ASKED),
    )
    return "".join(f"@media {media} {{\n  :root {{ {_written(values)} }}\n}}\n" for media, values in blocks)


def _grounds(scheme: Mapping[str, Color]) -> tuple[Color, ...]:
    return scheme["paper"], scheme["surface"], scheme["alert-tint"]


def _in_ink(scheme: Mapping[str, Color], on: Color) -> dict[str, Color]:
    """Return alerts in ink, for a lead colour that is like their own."""
    ink = scheme["ink"]
    return {"alert": ink, "alert-tint": scheme["paper"], "on-alert": on, "strong-alert": ink}


def _written(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())
