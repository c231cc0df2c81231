"""Contrast as WCAG counts it, colours that look alike, and the nearest one that can be read."""

from __future__ import annotations

import pytest

from generator.color import BLACK, WHITE, Color, contrast, distance, least_contrast, nearest

PAPER = Color.of("#f6f4ee")


@pytest.mark.parametrize(
    ("color", "figure"),
    [("#000000", 21), ("#ffffff", 1), ("#767676", 4.54), ("#174A61", 9.61), ("#c7000b", 6.12)],
)
def test_contrast_with_white(color: str, figure: float) -> None:
    """#767676 on white is WCAG's own example."""
    assert contrast(Color.of(color), WHITE) == contrast(WHITE, Color.of(color)) == pytest.approx(figure, abs=0.02)


@pytest.mark.parametrize("text", ["", "red", "7a1e1e", "#7a1", "#7a1e1g", "#7a1e1e ", "＃7a1e1e", "#７a1e1e"])
def test_what_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError, match="^" + text + "$"):
        Color.of(text)


@pytest.mark.parametrize("text", ["#c7000b", "#ffd700", "#00a0e9", "#808080", "#ffffff", "#7a1e1e"])
def test_the_nearest_colour_passes_and_the_one_before_does_not(text: str) -> None:
    """It is the colour itself where that passes, and else as little darker as may be."""
    color = Color.of(text)
    found = nearest(color, [PAPER, WHITE], 7, lighter=False)
    assert least_contrast(found, [PAPER, WHITE]) >= 7
    if least_contrast(color, [PAPER, WHITE]) >= 7:
        assert found == color
    else:
        assert least_contrast(found, [PAPER, WHITE]) < 7.15
    bright = nearest(color, [BLACK], 7, lighter=True)
    assert contrast(bright, BLACK) >= 7


def test_where_none_passes_it_is_black_or_white() -> None:
    assert nearest(Color.of("#7a1e1e"), [Color.of("#808080")], 7, lighter=False) == BLACK
    assert nearest(Color.of("#7a1e1e"), [Color.of("#808080")], 7, lighter=True) == WHITE


def test_reds_are_more_alike_than_red_and_blue() -> None:
    red, other, blue = Color.of("#98281a"), Color.of("#7a1e1e"), Color.of("#174a61")
    assert distance(red, red) == 0
    assert distance(BLACK, WHITE) == pytest.approx(1, abs=0.001)
    assert distance(red, other) < 0.1 < distance(red, blue)
