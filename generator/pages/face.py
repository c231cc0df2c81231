"""The face of a site: the theme's own, or a colour and a mark that an office gives it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check import Content
from generator.color import Color
from generator.files import DataFile
from generator.pages.page import Face
from generator.palette import DARK, LIGHT, Palette, palette_of, style_sheet

_MARK, _STYLES = "assets/own-mark.png", "assets/own.css"


def face(content: Content) -> Face:
    """Return the face of a site."""
    own = _own_palette(content)
    light, dark = (own.light, own.dark) if own else (LIGHT, DARK)
    return Face(
        lead=str(light["lead"]),
        bands=(str(light["band"]), str(dark["band"])),
        styles=_STYLES if own else "",
        mark=_MARK if content.mark else "",
        mark_side=content.mark.side if content.mark else 0,
    )


def face_files(content: Content, mark: bytes | None) -> Iterator[DataFile]:
    """Yield the files of a face that is an office's own; `mark` is the picture of its mark, where it has one."""
    if own := _own_palette(content):
        yield DataFile(_STYLES, style_sheet(own).encode())
    if mark is not None:
        yield DataFile(_MARK, mark)


def _own_palette(content: Content) -> Palette | None:
    return palette_of(Color.of(content.site.color)) if content.site.color else None
