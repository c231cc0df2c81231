"""Lay the pictures of a state out on few sheets, so that one person can look at all of them quickly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 2000, 2400
_GAP = 20
_LABEL = 24
_GROUND, _INK = "#A8A59C", "#000000"
_SHRUNK = 0.66
# The top of a page as far as this goes on the sheet that compares sizes; longer pages get sheets of their own.
_TOP = 1100
_ROWS = (
    ("320-light", "360-light", "768-light", "1280-light"),
    ("320-dark", "360-dark", "768-dark", "1280-dark"),
    ("320-light-large", "360-dark-large", "1280-light-large", "320-light-contrast", "360-dark-contrast"),
)
_WHOLE = ("360-light", "360-light-large", "1280-light")


class Cell(NamedTuple):
    """A picture on a sheet, and the words above it."""

    label: str
    picture: Image.Image


def lay_sheets(out: Path, name: str) -> list[Path]:
    """Lay out what `out` holds of a state and return the sheets, in `out`/sheets."""
    folder = out / "sheets"
    folder.mkdir(parents=True, exist_ok=True)
    # A page that became shorter has fewer sheets.
    for old in (folder / f"{name}.png", *folder.glob(f"{name}-[0-9p]*.png")):
        old.unlink(missing_ok=True)
    sheets = [_compared(out, name, folder), *(_whole(out, name, part, folder) for part in _WHOLE)]
    sheets += _papers(out, name, folder)
    return [sheet for sheet in sheets if sheet is not None]


def _compared(out: Path, name: str, folder: Path) -> Path | None:
    """Lay the tops of a page at all sizes beside each other."""
    rows = []
    for parts in _ROWS:
        cells = [Cell(part, _shrink(picture.crop((0, 0, picture.width, min(picture.height, _TOP))), _SHRUNK))
                 for part in parts for picture in _opened(out / f"{name}-{part}.png")]  # fmt: skip
        rows.append(cells)
    return _lay([row for row in rows if row], folder / f"{name}.png")


def _whole(out: Path, name: str, part: str, folder: Path) -> Path | None:
    """Lay a long page out in columns, as large as a sheet holds all of it."""
    for picture in _opened(out / f"{name}-{part}.png"):
        if picture.height <= _TOP:
            return None
        columns, scale = _columns(picture.width, picture.height)
        step = -(-picture.height // columns)
        strips = [
            picture.crop((0, top, picture.width, min(top + step, picture.height)))
            for top in range(0, picture.height, step)
        ]
        cells = [Cell(f"{part} {number}/{columns}", _shrink(strip, scale)) for number, strip in enumerate(strips, 1)]
        return _lay([cells], folder / f"{name}-{part}-whole.png")
    return None


def _columns(width: int, height: int) -> tuple[int, float]:
    """Return into how many columns to cut a page, and the scale at which they fill a sheet best."""
    room = _HEIGHT - 2 * _GAP - _LABEL
    scales = {
        number: min(1, (_WIDTH - _GAP * (number + 1)) / (number * width), room / -(-height // number))
        for number in range(1, 30)
    }
    best = max(scales, key=lambda number: scales[number])
    return best, scales[best]


def _papers(out: Path, name: str, folder: Path) -> Iterator[Path]:
    """Lay out the sheets of paper, a dozen at a time."""
    pages = sorted(out.glob(f"{name}-paper-*.png"))
    for start in range(0, len(pages), 12):
        cells = [
            Cell(page.stem, _shrink(picture, 0.97)) for page in pages[start : start + 12] for picture in _opened(page)
        ]
        rows = [cells[first : first + 4] for first in range(0, len(cells), 4)]
        made = _lay(rows, folder / f"{name}-paper-{start // 12 + 1}.png")
        if made is not None:
            yield made


def _opened(path: Path) -> Iterator[Image.Image]:
    """Yield the picture, where it was taken."""
    if path.is_file():
        with Image.open(path) as opened:
            yield opened.convert("RGB")


def _shrink(picture: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.HAMMING)


def _lay(rows: Sequence[Sequence[Cell]], path: Path) -> Path | None:
    """Write rows of cells as one picture; nothing where there are none."""
    if not rows:
        return None
    heights = [max(cell.picture.height for cell in row) + _LABEL for row in rows]
    width = max(sum(cell.picture.width + _GAP for cell in row) for row in rows) + _GAP
    sheet = Image.new("RGB", (width, sum(heights) + _GAP * (len(rows) + 1)), _GROUND)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(18)
    top = _GAP
    for row, height in zip(rows, heights, strict=True):
        left = _GAP
        for cell in row:
            pen.text((left, top), cell.label, fill=_INK, font=font)
            sheet.paste(cell.picture, (left, top + _LABEL))
            left += cell.picture.width + _GAP
        top += height + _GAP
    sheet.save(path, compress_level=3)
    return path
