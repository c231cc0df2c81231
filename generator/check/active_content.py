"""Active and hidden content of attachments, found without running any of it.

A PDF is searched by the names of ISO 32000-2 (12.6 Actions, 7.6 Encryption, 7.11.4 Embedded file streams); an Office
file by the parts and relationships of ECMA-376 part 2.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree as ET

from generator.check.violation import Violation
from generator.problems import Severity

_RUNS = "一份只给人看的文件：打开的时候什么也不运行，也不到别处去取东西"
_AS_PDF = "用原来的软件重新导出成 PDF，再打开看一遍；不知道它是做什么用的，请找懂电脑的人看看这份文件的来历。"
_PDF_RUNS = {
    b"JavaScript": "里面有程序（JavaScript）",
    b"JS": "里面有程序（JavaScript）",
    b"Launch": "打开时会启动别的程序（Launch）",
    b"RichMedia": "里面有会运行的多媒体（RichMedia）",
    b"ImportData": "会读取别的文件（ImportData）",
    b"SubmitForm": "会把填写的内容发到别处（SubmitForm）",
}
_PDF_NAMES = b"|".join([*_PDF_RUNS, b"EmbeddedFiles?", b"Encrypt", b"XFA"])
_NAME = re.compile(rb"/(" + _PDF_NAMES + rb")(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# A short name turns up in what is compressed by chance.
_SHORT = frozenset({b"JS", b"XFA"})
_DICTIONARY = 4096
_MOST_INFLATED = 64_000_000
_MOST_PARTS, _MOST_READ = 10_000, 64_000_000
_TEXT, _LINK = "word/document.xml", "/hyperlink"
_DDE = re.compile(rb"instrText[^<]{0,100}>\s{0,20}DDE(?:AUTO)?\b|ddeLink")


def active_content(kind: str, data: bytes) -> Iterator[Violation]:
    """Find in a pdf, docx, xlsx or ofd file what a reader's machine would run, and what hides from readers."""
    if kind == "pdf":
        yield from _pdf(data)
    elif kind in {"docx", "xlsx", "ofd"}:
        yield from _zip(data)


def _pdf(data: bytes) -> Iterator[Violation]:
    names, opaque = _names(data)
    for words in dict.fromkeys(words for name, words in _PDF_RUNS.items() if name in names):
        yield _found(code="attachment-active", found=words)
    if b"Encrypt" in names:
        yield _warning(
            "attachment-encrypted",
            "加了密，或者限制了打印和复制：公众可能打不开、打印不了，读屏软件也读不了",
            "没有密码和限制的文件",
            "用原来的软件重新导出，不要设密码和权限。不改也能发布。",
        )
    elif opaque:
        yield _warning(
            "attachment-opaque",
            "有一部分读不出来，看不到里面有没有程序",
            "完好的 PDF",
            "用原来的软件重新导出成 PDF。不改也能发布。",
        )
    if names & {b"EmbeddedFile", b"EmbeddedFiles"}:
        yield _EMBEDS
    if b"XFA" in names:
        yield _warning(
            "attachment-form",
            "是动态表单（XFA），手机和多数电脑上打不开",
            "一般的 PDF",
            "打印成 PDF，换掉它。不改也能发布。",
        )


def _names(data: bytes) -> tuple[set[bytes], bool]:
    """Return which of the names a PDF holds, and whether some of its objects could not be read."""
    outside, packed, opaque = _parted(data)
    found = {match[1] for match in _NAME.finditer(data) if match[1] not in _SHORT}
    for part in (outside, packed):
        plain = _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), part)
        found |= {match[1] for match in _NAME.finditer(plain)}
    return found, opaque


def _parted(data: bytes) -> tuple[bytes, bytes, bool]:
    """Split a PDF: the bytes outside its streams, those of its object streams, and whether one could not be read."""
    outside: list[bytes] = []
    packed: list[bytes] = []
    position = size = 0
    opaque = False
    while (start := data.find(b"stream", position)) >= 0 and (end := data.find(b"endstream", start + 6)) >= 0:
        outside.append(data[position:start])
        if b"/ObjStm" in data[max(position, start - _DICTIONARY) : start]:
            inflated = _inflated(data[start + 6 : end].lstrip(b"\r\n"), _MOST_INFLATED - size)
            opaque = opaque or inflated is None
            size += len(inflated or b"")
            packed.append(inflated or b"")
        position = end + len(b"endstream")
    return b"\n".join([*outside, data[position:]]), b"\n".join(packed), opaque


def _inflated(data: bytes, most: int) -> bytes | None:
    """Inflate a stream; None where it is none, or larger than what is left to be read."""
    inflater = zlib.decompressobj()
    try:
        inflated = inflater.decompress(data, max(1, most))
    except zlib.error:
        return None
    return inflated if inflater.eof else None


def _zip(data: bytes) -> Iterator[Violation]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS:
                yield _broken(f"里面有 {len(parts)} 个部分，不像一份文件")
            elif any(part.flag_bits & 1 for part in parts):
                yield _broken("加了密，公众打不开")
            else:
                yield from _parts(packed, parts)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, ET.ParseError):
        yield _broken("打不开，多半是坏了")


def _parts(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[Violation]:
    names = [part.filename.casefold() for part in parts]
    if any(name.endswith("vbaproject.bin") for name in names):
        yield _found(
            code="attachment-active", found="里面有宏，也就是程序", mend="另存为不带宏的 docx、xlsx，或者 PDF。"
        )
    if any("/activex/" in name for name in names):
        yield _found(code="attachment-active", found="里面有 ActiveX 控件，也就是程序")
    if any("/embeddings/" in name and name.endswith(".bin") for name in names):
        yield _EMBEDS
    related = [part for part, name in zip(parts, names, strict=True) if name.endswith(".rels")]
    fields = [part for part, name in zip(parts, names, strict=True) if name == _TEXT or "/externallinks/" in name]
    # No more than what a part says of its size is ever read of it.
    if sum(part.file_size for part in (*related, *fields)) > _MOST_READ:
        yield _broken("解开以后太大，不像一份文件")
        return
    if any(_DDE.search(packed.read(part)) for part in fields if not part.filename.endswith(".rels")):
        yield _found(code="attachment-active", found="里面有 DDE 域，打开时会启动别的程序")
    fetched: dict[str, str] = {}
    for part in related:
        fetched |= _fetched(packed.read(part))
    for kind, target in fetched.items():
        yield _found(
            code="attachment-remote",
            found=f"打开时会到别处去取东西（{kind}：{target[:80]}）",
            mend="模板换回 Normal，外部的图片和表格改成放进文件里（断开链接）；或者导出成 PDF。",
        )


def _fetched(data: bytes) -> dict[str, str]:
    """Return the outer targets of a part's relationships by kind, those apart that a reader has to click."""
    root = ET.fromstring(data)  # noqa: S314  (a bounded part; expat itself limits what entities expand to)
    return {
        one.get("Type", "").rpartition("/")[2]: one.get("Target", "")
        for one in root
        if one.get("TargetMode", "").casefold() == "external" and not one.get("Type", "").endswith(_LINK)
    }


def _found(
    code: str, found: str, expected: str = _RUNS, mend: str = _AS_PDF, severity: Severity = Severity.ERROR
) -> Violation:
    return Violation(path=(), code=code, found=found, expected=expected, mend=mend, severity=severity)


def _broken(found: str) -> Violation:
    return _found(
        code="attachment-content",
        found=found,
        expected="打得开的文件",
        mend="用原来的软件重新导出，不要设密码；在别的电脑上打开看一看。",
    )


def _warning(code: str, found: str, expected: str, mend: str) -> Violation:
    return _found(code=code, found=found, expected=expected, mend=mend, severity=Severity.WARNING)


_EMBEDS = _warning(
    "attachment-embeds",
    "里面还夹着别的文件，公众下载时会一起带走",
    "只有看得到的内容",
    "打开看一看夹着什么；不该公开的，重新导出一份不带它的。不改也能发布。",
)
