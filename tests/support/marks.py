"""Pictures for a site's mark, drawn here."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw


def drawn(width: int = 256, height: int = 256, ink: str = "#7a1e1e", kind: str = "PNG", **options: object) -> bytes:
    """Draw a disc on nothing; `options` are those of the kind of file."""
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((8, 8, width - 8, height - 8), fill=ink)
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()
