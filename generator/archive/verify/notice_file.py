"""One file of a notice compared with the ledger: data, text, YAML, an attachment, or a PDF that carries data."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from generator.archive.foreign import read_file
from generator.archive.verify.comparison import Verdict
from generator.archive.verify.nearest import Nearest, nearest_version
from generator.archive.verify.paper import Paper, drawn_difference
from generator.archive.verify.text_difference import (
    Difference,
    data_difference,
    decoded,
    markdown_lines,
    text_difference,
    text_lines,
)
from generator.characters import printable
from generator.check import validate
from generator.model import Notice, canonical_json, notice_of, notice_text, units
from generator.pages.blocks import blocks_of
from generator.pages.notice import notice_markdown
from generator.period import format_instant
from generator.read import MAX_BYTES, source_of
from generator.records import SITE_ID, LedgerLine, Records, RecordsError, both_digests
from generator.strict_json import JsonError, read_object

_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)
_MARKDOWN, _PAGES = frozenset({".md", ".markdown"}), frozenset({".html", ".htm", ".mhtml", ".xml"})
_BEFORE_JSON = codecs.BOM_UTF8 + b" \t\r\n"
_COPY = "要核对里面的文字，把全文复制到一个 .txt 文件里，再查那个文件"
_NOT_READ = f"不是公开过的附件，也不是通报的文字、数据或者 PDF。{_COPY}；要核对网页，查网站的整个文件夹"


def verify_notice(file: Path, records: Records) -> Verdict:
    """Return what a file was found to be, and how it differs from what was published."""
    name = printable(file.name)
    data = read_file(file)
    of = both_digests(data)
    for line in records.ledger.lines:
        if of in line.shown.files:
            which = _which(records, line, line.shown.files.index(of))
            return Verdict((f"{name} 是 {line.id} 第 {line.version} 版的{which}，和公开的一样",))
        if line.id == SITE_ID and line.shown.fingerprint == of:
            return Verdict(
                (f"{name} 是网站信息的第 {line.version} 版，{format_instant(line.instant)}起公开，一字不差",)
            )
    kind = file.suffix.lower()
    if kind in {".yml", ".yaml"}:
        return _judged(file, _from_yaml(file, data), records)
    if kind == ".pdf" or data.startswith(b"%PDF-"):
        return _paper(file, data, records)
    if kind == ".json" or data.lstrip(_BEFORE_JSON).startswith(b"{"):
        return _judged(file, data, records)
    read = decoded(data)
    if read is None or kind in _PAGES:
        return Verdict((), (f"{name}：{_NOT_READ}",))
    return _markdown(file, data, read, records) if kind in _MARKDOWN else _bare(file, text_lines(read), records)


def _paper(file: Path, data: bytes, records: Records) -> Verdict:
    """Compare the data that a PDF carries with the ledger, and the drawn text with that data."""
    paper, name = Paper(data, file.name), printable(file.name)
    carried = paper.carried()
    if carried is None:
        return Verdict((), (f"{name}：里面没有通报的数据，也不是公开过的附件。{_COPY}",))
    found = _judged(file, carried, records)
    if found.flaws:
        return found
    notice, pages = notice_of(carried), paper.drawn()
    looked = tuple(f"带的数据：{line}" for line in found.looked_at)
    if not any(pages):
        told = f"{name}：只核对了带的数据；页面上没有能读出来的文字，画的是什么没有核对"
        return Verdict(looked, (), (told,))
    if wrong := drawn_difference(pages, notice):
        return Verdict(looked, (f"{name}：带的数据没有变，但是页面上画的文字和它不一样：{wrong}",))
    more = sum(map(len, pages)) - len("".join(notice_text(notice).split()))
    told = f"{name}：页面上正文以外的 {more} 个字，还有画出来的样子，没有核对"
    return Verdict((*looked, "页面上读出来的正文：每一段都在，一字不差，顺序一样"), (), (told,))


def _which(records: Records, line: LedgerLine, index: int) -> str:
    """Name an attachment by its place, and where the notice is at hand by its name."""
    try:
        name = next(name for name, of in records.attached(line).items() if of == line.shown.files[index])
    except RecordsError:
        return f"附件 {index + 1}"
    return f"附件“{name}”"


def _judged(file: Path, data: bytes, records: Records) -> Verdict:
    """Compare the data of a notice with the ledger."""
    of, name = both_digests(data), printable(file.name)
    for line in records.ledger.lines:
        if line.shown.fingerprint == of:
            return Verdict((_published(file, line, records),))
    try:
        now = Notice.model_validate({key: value for key, value in read_object(data).items() if key != "schema"})
    except ValueError as error:
        return _no_data(file, data, records, str(error) if isinstance(error, JsonError) else "有的项目不对")
    newest = records.ledger.latest(now.id)
    if newest is not None and records.ledger.is_removed(now.id):
        return Verdict((), (f"{name}：{now.id} 是误发后移除的，公开过的文字不再保存，没有可以比的",))
    if newest is not None and not _has_texts(records):
        told = f"{name}：和 {now.id} 公开过的任何一版都不一样，第 {newest.version} 版的指纹应当是"
        return Verdict((), (f"{told} {newest.shown.fingerprint.sha256}",))
    found = nearest_version(notice_text(now).splitlines(), records, now.id)
    if found is None or not found.near:
        if newest is None:
            return Verdict((), (f"{name}：发布记录里没有这份通报（{printable(now.id)}），也没有文字和它相近的",))
        found = Nearest(newest, records.notice(newest), 0, 0, near=False)
    return _differing(file, found, data_difference(now, found.notice), records)


def _no_data(file: Path, data: bytes, records: Records, why: str) -> Verdict:
    """Say what a file resembles that is no data of a notice."""
    flaw = f"{printable(file.name)}：不是通报的数据，发布记录里没有它（{printable(why)}）"
    found = (
        nearest_version(text_lines((decoded(data) or "").replace('"', "\n")), records) if _has_texts(records) else None
    )
    return Verdict((), (f"{flaw}。{_resembling(found, records)}" if found and found.near else flaw,))


def _published(file: Path, line: LedgerLine, records: Records) -> str:
    told = f"{printable(file.name)} 是 {line.id} 的第 {line.version} 版（{_age(line, records)}）"
    return f"{told}，{format_instant(line.instant)}起公开，一字不差"


def _bare(file: Path, lines: Sequence[str], records: Records) -> Verdict:
    """Compare the lines of a text with every version."""
    name = printable(file.name)
    if not lines:
        return Verdict((), (f"{name}：里面没有文字",))
    if not _has_texts(records):
        raise RecordsError(f"只给了一行行的记录，里面没有通报的文字，不能核对 {name}。用 --records 指明整个文件夹。")
    found = nearest_version(lines, records)
    if found is not None and found.same:
        return Verdict((f"{_published(file, found.line, records)}（换行和段落首尾的空格不算）",))
    if found is None or not found.near:
        return Verdict((), (f"{name}：发布记录里没有文字和它一样的通报，也没有相近的",))
    return _differing(file, found, text_difference(lines, found.notice), records)


def _markdown(file: Path, data: bytes, read: str, records: Records) -> Verdict:
    """Compare a notice's Markdown with every version; it says more than the text: the progress of each finding."""
    lines = markdown_lines(read)
    found = nearest_version(lines, records) if lines and _has_texts(records) else None
    if found is None or not found.near:
        return _bare(file, lines, records)
    published = notice_markdown(found.notice, blocks_of(units(found.notice)))
    if data.decode(errors="replace").replace("\r\n", "\n") == published:
        return Verdict((_published(file, found.line, records),))
    difference = text_difference(lines, found.notice, markdown_lines(published))
    return _differing(file, found, difference, records)


def _differing(file: Path, found: Nearest, difference: Difference, records: Records) -> Verdict:
    name = printable(file.name)
    told = f"{name}：和公开过的任何一版都不一样。{_resembling(found, records)}。和那一版相比："
    unread = () if difference.whole else ("  文件太长，只比了前面的一部分",)
    listed = difference.shown or ("看得见的内容都一样，只是写法不同，例如空格或者先后",)
    return Verdict((told, *unread), tuple(f"  {line}" for line in listed), (), difference.more)


def _resembling(found: Nearest, records: Records) -> str:
    """Name the version that a file is most like, and say how that was found."""
    version = f"{found.line.id} 的第 {found.line.version} 版（{_age(found.line, records)}）"
    if not found.near:
        return f"编号是 {found.line.id} 的，文字也不相近，只能和 {version} 比"
    ties = "".join(f"；一样像的还有 {line.id} 的第 {line.version} 版" for line in found.ties)
    given, held = int(100 * found.given_share), int(100 * found.version_share)
    shares = f"它的文字有 {given}% 在那一版里，那一版的文字有 {held}% 在它里面"
    return f"最像的是 {version}：每连着四个字比一次，{shares}{ties}"


def _age(line: LedgerLine, records: Records) -> str:
    newest = records.ledger.latest(line.id)
    return "现在的" if newest is not None and newest.version == line.version else "旧的"


def _has_texts(records: Records) -> bool:
    """Whether the versions themselves are at hand, and not the ledger alone."""
    return records.folder is not None or records.fetch is not None


def _from_yaml(file: Path, data: bytes) -> bytes:
    """Return the canonical form of a notice that staff wrote; its id is that of its place."""
    source = source_of(data[: MAX_BYTES + 1], file.name)
    notice = None
    if source.data is not None:
        notice, _ = validate(source.data, _NOTICE, {"编号": f"{file.resolve().parent.name}/{file.stem}"}, Notice)
    if notice is None:
        raise RecordsError(f"{file} 读不成一份通报。先运行 gongkai check。")
    made: Notice = notice
    return canonical_json(made.public_form())
