"""A PDF that carries a notice's data: what it carries, and the text that is drawn on its pages."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from generator.characters import printable
from generator.model import Notice, units
from generator.records import RecordsError

_EMBEDDED = "notice.json"
_MOST_PAGES = 500
_AROUND = 20
# How much may stand at the foot of a page and at the head of the next.
_EDGE = 80


class Paper:
    """A PDF file; RecordsError wherever it is not whole."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = printable(name)
        try:
            self._reader = PdfReader(BytesIO(data))
        except (PyPdfError, OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
            raise self._broken() from error

    def carried(self) -> bytes | None:
        """Return the data that it carries, None where it carries none."""
        try:
            held = self._reader.attachments.get(_EMBEDDED)
        except (PyPdfError, OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
            raise self._broken() from error
        return held[0] if held else None

    def drawn(self) -> tuple[str, ...]:
        """Return the text that is drawn on each page, without blanks, as far as it can be read."""
        try:
            pages = self._reader.pages
            if len(pages) > _MOST_PAGES:
                raise RecordsError(f"{self._name} 有 {len(pages)} 页，最多核对 {_MOST_PAGES} 页。")
            return tuple("".join(page.extract_text().split()) for page in pages)
        except (PyPdfError, OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
            raise self._broken() from error

    def _broken(self) -> RecordsError:
        return RecordsError(f"{self._name} 不是完好的 PDF：多半是坏了、没有下载完，或者加了密。请另找一份。")


def drawn_difference(pages: Sequence[str], notice: Notice) -> str:
    """Say in Chinese which part of a notice's text is not drawn, "" where all of it is there, in order.

    Blanks don't count, nor does what stands between two paragraphs or at a page's edges, such as its number.
    """
    drawn, breaks = "".join(pages), tuple(accumulate(map(len, pages)))[:-1]
    at = 0
    for unit in () if notice.text_removed else units(notice):
        for cell in unit.cells:
            at = _end_of("".join(cell.split()), drawn, at, breaks)
            if at < 0:
                return f"“{cell[:_AROUND]}{'…' if len(cell) > _AROUND else ''}”没有照原样画出来"
    return ""


def _end_of(text: str, drawn: str, at: int, breaks: Sequence[int]) -> int:
    """Return where a text ends that begins at `at` or later, whole or over one page break; -1 where it is not drawn."""
    found = drawn.find(text, at)
    if found >= 0:
        return found + len(text)
    for end in (one for one in breaks if one > at):
        for length in range(1, len(text)):
            if drawn.find(text[:length], max(at, end - _EDGE - length), end) < 0:
                break
            rest = drawn.find(text[length:], end, end + _EDGE + len(text) - length)
            if rest >= 0:
                return rest + len(text) - length
    return -1
