"""Compiled templates are kept for the next process, and never used once they are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.html.resources import theme_folder
from generator.html.templates import environment


def up(compiled: Path | None, theme: Path | None = None) -> str:
    return environment(theme or theme_folder(), compiled).get_template("up.html").render()


def held(folder: Path) -> list[bytes]:
    return [place.read_bytes() for place in sorted(folder.iterdir())]


def test_a_template_is_kept_compiled_and_taken_from_there(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "templates"
    made = up(folder)
    (data,) = held(folder)
    assert made == up(None)
    assert up(folder) == made
    assert held(folder) == [data]


@pytest.mark.parametrize("damage", [b"", b"j2", b"\0" * 400])
def test_what_is_damaged_is_compiled_anew(tmp_path: Path, damage: bytes) -> None:
    made = up(tmp_path)
    (place,) = tmp_path.iterdir()
    whole = place.read_bytes()
    place.write_bytes(damage)
    assert up(tmp_path) == made
    assert place.read_bytes() == whole
    place.write_bytes(whole[:-20] + bytes(20))
    assert up(tmp_path) == made
    assert place.read_bytes() == whole


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for words in ("one", "two"):
        (tmp_path / "pages/up.html").write_text(words)
        assert up(tmp_path / "compiled", tmp_path) == words


def test_without_a_folder_to_write_they_are_compiled_each_time(tmp_path: Path) -> None:
    """A file in the folder's place."""
    (tmp_path / "file").write_text("")
    assert up(tmp_path / "file") == up(None)
