"""The pictures that a person looks at before a release can be taken, and the drawn icons are the mark's."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from tests.shots.icons import ASSETS, draw
from tests.shots.run import take_all


def test_one_state_at_one_width(browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named by state, width, scheme and choice, as wide as the window and all of the page; and laid on a sheet."""
    take_all(browser, tmp_path, ["removed"], [320])
    taken = {path.stem: path for path in tmp_path.glob("*.png")}
    names = {f"removed-320-{scheme}{choice}" for scheme in ("light", "dark") for choice in ("", "-large", "-contrast")}
    assert taken.keys() == names
    sizes = {}
    for name, path in taken.items():
        with Image.open(path) as picture:
            sizes[name] = picture.size
    assert sizes["removed-320-light"] == sizes["removed-320-dark"]
    assert sizes["removed-320-light"][0] == 320
    assert sizes["removed-320-light-large"][1] > sizes["removed-320-light"][1] > 640
    assert taken["removed-320-light"].read_bytes() != taken["removed-320-dark"].read_bytes()
    assert taken["removed-320-light"].read_bytes() != taken["removed-320-light-contrast"].read_bytes()
    with Image.open(tmp_path / "sheets" / "removed.png") as sheet:
        assert sheet.width <= 2000
        assert sheet.height <= 2400
    assert "removed: " in capsys.readouterr().out


def test_the_icons_are_drawn_from_the_mark(browser: Browser, tmp_path: Path) -> None:
    """Whoever changes mark.svg draws them anew: python tests/shots/icons.py."""
    draw(browser, tmp_path)
    for name in ("favicon.ico", "touch-icon.png"):
        with Image.open(tmp_path / name) as drawn, Image.open(ASSETS / name) as committed:
            difference = ImageChops.difference(drawn.convert("L"), committed.convert("L"))
        # Another release of Chromium may shade an edge otherwise.
        assert not sum(difference.histogram()[48:]), name
