"""Attachments as their programs write them, the least of each that is whole."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from pypdf import PdfWriter

OFFICE: Mapping[str, bytes] = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}
TABLE: Mapping[str, bytes] = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
OFD: Mapping[str, bytes] = {"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<Document/>"}


def pdf(change: Callable[[PdfWriter], object] = lambda _: None) -> bytes:
    """Make a PDF of one page, as `change` changes it."""
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    change(writer)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack the parts of an Office file."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)
    return written.getvalue()
