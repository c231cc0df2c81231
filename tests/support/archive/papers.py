"""PDF files whose pages draw a text and which carry a notice's data, as papers do."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject


def paper(pages: Iterable[Iterable[str]], carried: bytes | None) -> bytes:
    """Make a PDF with pages of lines, and the data that it carries."""
    writer, written = PdfWriter(), BytesIO()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        shown = list(lines)
        drawn = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td\n" for line in shown)
        stream = _stream(f"BT /F1 12 Tf 40 800 Td\n{drawn}ET")
        page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001  (pypdf has no public name for it)
        fonts = DictionaryObject({NameObject("/F1"): _font("".join(shown))})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    if carried is not None:
        writer.add_attachment("notice.json", carried)
    writer.write(written)
    return written.getvalue()


def _stream(text: str) -> StreamObject:
    made = StreamObject()
    made.set_data(text.encode())
    return made


def _font(text: str) -> DictionaryObject:
    """Make a font whose codes are the characters themselves, as the table that goes with it says."""
    codes = "".join(f"<{ord(char):04x}> <{ord(char):04x}>\n" for char in sorted(set(text)))
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(set(text))} beginbfchar\n{codes}endbfchar\n"
        "endcmap end end"
    )
    system = DictionaryObject(
        {
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("Identity"),
            NameObject("/Supplement"): NumberObject(0),
        }
    )
    below = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Song"),
            NameObject("/CIDSystemInfo"): system,
            NameObject("/DW"): NumberObject(1000),
        }
    )
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Song"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([below]),
            NameObject("/ToUnicode"): _stream(table),
        }
    )
