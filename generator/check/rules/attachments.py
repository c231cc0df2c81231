"""Rules of the attachments: there, of an allowed kind, harmless, and all of them listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.check.active_content import active_content
from generator.check.violation import CheckContext, Path, Violation
from generator.file_names import name_flaw
from generator.media_types import ATTACHMENT_KINDS, kind_of
from generator.model import Notice
from generator.problems import Severity, closest

_MACRO = b"vbaProject.bin"
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/")
# What the first bytes must be, one of the marks that must follow in the head of a zip, and those that must not.
_KINDS: dict[str, tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]]] = {
    "pdf": (b"%PDF-", (), ()),
    "png": (b"\x89PNG\r\n\x1a\n", (), ()),
    "jpg": (b"\xff\xd8\xff", (), ()),
    "jpeg": (b"\xff\xd8\xff", (), ()),
    "docx": (b"PK\x03\x04", (*_OFFICE, b"word/"), (b"xl/workbook", b"OFD.xml", _MACRO)),
    "xlsx": (b"PK\x03\x04", (*_OFFICE, b"xl/"), (b"word/document", b"OFD.xml", _MACRO)),
    "ofd": (b"PK\x03\x04", (b"OFD.xml", b"Doc_"), (b"word/document", b"xl/workbook")),
}
_ALLOWED = "、".join(_KINDS)
_WHY = {
    "svg": ("SVG 图片里可以藏程序", "存成 png。"),
    "html": ("网页里可以藏程序", "存成 pdf。"),
    "htm": ("网页里可以藏程序", "存成 pdf。"),
    "doc": ("旧格式的 Word 文件可以带宏", "另存为 docx 或 pdf。"),
    "xls": ("旧格式的 Excel 文件可以带宏", "另存为 xlsx 或 pdf。"),
    "docm": ("带宏的 Word 文件", "另存为 docx 或 pdf。"),
    "xlsm": ("带宏的 Excel 文件", "另存为 xlsx 或 pdf。"),
    "wps": ("手机上多半打不开的格式", "另存为 docx 或 pdf。"),
    "et": ("手机上多半打不开的格式", "另存为 xlsx 或 pdf。"),
    "zip": ("压缩包，看不到里面是什么", "解开，一个文件写一条。"),
    "rar": ("压缩包，看不到里面是什么", "解开，一个文件写一条。"),
    "7z": ("压缩包，看不到里面是什么", "解开，一个文件写一条。"),
    "exe": ("程序，不是文件", "删掉。"),
}
_PLAIN_NAME = (
    '普通的文件名：不带路径，不以点开头，没有 / \\ : * ? " < > | 这些符号，不是 CON 一类的保留名，不超过 60 个汉字'
)


def attachment_files(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Refuse an attachment with an unsafe name, listed twice, absent, of no allowed kind, or not what its name says.

    Refused, too, is what a reader's machine would run; what hides from readers is a warning.
    """
    seen: set[str] = set()
    for index, attachment in enumerate(notice.attachments):
        path, name = ("附件", index, "文件"), attachment.file
        if name.casefold() in seen:
            yield _refused(
                path, "attachment-twice", f"“{name}”前面已经写过（不分大小写）", "每个文件只写一次", "删掉重复的一条。"
            )
            continue
        seen.add(name.casefold())
        yield from _name(path, name) if _is_unsafe(name) else _file(path, name, context)


def unlisted_files(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Warn of files in the notice's folder that 附件 does not list."""
    listed = {attachment.file for attachment in notice.attachments}
    extra = sorted(set(context.attachments) - listed)
    if extra:
        yield Violation(
            path=("附件",) if notice.attachments else (),
            code="attachment-unlisted",
            found=f"文件夹里的“{'”“'.join(extra[:5])}”不在“附件”里，不会公开",
            expected="文件夹里只有附件，而且都列出",
            mend="要公开的，在“附件”下补一条；不公开的，移走。",
            severity=Severity.WARNING,
        )


def _is_unsafe(name: str) -> bool:
    return "/" in name or name.startswith(".") or name_flaw(name) is not None


def _name(path: Path, name: str) -> Iterator[Violation]:
    yield _refused(
        path,
        "attachment-name",
        name if len(name) <= 60 else name[:60] + "…",
        _PLAIN_NAME,
        "把文件放进与通报同名的文件夹，用简单的名称，如 整改台账.pdf。",
    )


def _file(path: Path, name: str, context: CheckContext) -> Iterator[Violation]:
    kind = kind_of(name)
    if kind not in ATTACHMENT_KINDS:
        why, mend = _WHY.get(kind, ("没有列入允许的格式", "另存为 pdf。"))
        yield _refused(path, "attachment-kind", f"“{name}”：{why}", f"{_ALLOWED} 之一", mend)
        return
    head = context.attachments.get(name)
    if head is None:
        near = closest(name, context.attachments)
        mend = (
            f"文件夹里有“{near}”，是不是它？" if near else "把文件放进与通报同名的文件夹；没有这个附件，就删掉这一条。"
        )
        yield _refused(path, "attachment-absent", f"没有“{name}”这个文件", "文件放在与通报同名的文件夹里", mend)
    elif not _is(kind, head):
        found = f"“{name}”是空文件" if not head else f"“{name}”的内容不是 {kind}"
        if _MACRO in head:
            found = f"“{name}”里有宏，也就是程序"
        yield _refused(
            path, "attachment-content", found, f"真正的 {kind} 文件", "用原来的软件重新导出，不要只改扩展名。"
        )
    elif context.whole and (data := context.whole(name)) is not None:
        for one in active_content(kind, data):
            yield replace(one, path=path, found=f"“{name}”{one.found}")


def _is(kind: str, head: bytes) -> bool:
    first, marks, foreign = _KINDS[kind]
    fits = head.startswith(first) and not any(mark in head for mark in foreign)
    return fits and (not marks or any(mark in head for mark in marks))


def _refused(path: Path, code: str, found: str, expected: str, mend: str) -> Violation:
    return Violation(path=path, code=code, found=found, expected=expected, mend=mend)
