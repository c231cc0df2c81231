"""One file of a notice held to the ledger: its data, its text, its YAML, an attachment, or a PDF that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from generator.archive.foreign import read_file
from generator.archive.verification.paper import Paper, drawn_difference
from generator.archive.verification.verdict import Verdict
from generator.check import validate
from generator.model import Notice, canonical_json, notice_of, text
from generator.pages.difference import changes
from generator.pages.record_view import Change
from generator.read import MAX_BYTES, decode, parse
from generator.records import SITE_ID, Line, Records, RecordsError, digest, spoken
from generator.strict_json import read_object

_NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)
_SHOWN = 20


def verify_notice(file: Path, records: Records) -> Verdict:
    """Return what a file was found to be, and how it differs from what was published."""
    if not file.is_file():
        raise RecordsError(f"没有文件 {file}。")
    data = read_file(file)
    of = digest(data)
    for line in records.ledger.lines:
        if of in line.shown.files:
            which = _which(records, line, line.shown.files.index(of))
            return Verdict((f"{file.name} 是 {line.id} 第 {line.version} 版的{which}，和公开的一样",))
        if line.id == SITE_ID and line.shown.fingerprint == of:
            return Verdict((f"{file.name} 是网站信息的第 {line.version} 版，{spoken(line.instant)}起公开，一字不差",))
    kind = file.suffix.lower()
    if kind == ".txt":
        return _bare(file, data, records)
    if kind in {".yml", ".yaml"}:
        return _judged(file, _from_yaml(file, data), records)
    return _paper(file, data, records) if kind == ".pdf" else _judged(file, data, records)


def _paper(file: Path, data: bytes, records: Records) -> Verdict:
    """Hold the data that a PDF carries to the ledger, and the text that is drawn to that data."""
    paper = Paper(data, file.name)
    carried = paper.carried()
    if carried is None:
        return Verdict((), (f"{file.name}：里面没有通报的数据，也不是公开过的附件",))
    found = _judged(file, carried, records)
    if found.flaws:
        return found
    notice, pages = notice_of(carried), paper.drawn()
    looked = tuple(f"带的数据：{line}" for line in found.looked_at)
    if not any(pages):
        told = f"{file.name}：只核对了带的数据；页面上没有能读出来的文字，画的是什么没有核对"
        return Verdict(looked, (), (told,))
    if wrong := drawn_difference(pages, notice):
        return Verdict(looked, (f"{file.name}：带的数据没有变，但是页面上画的文字和它不一样：{wrong}",))
    more = sum(map(len, pages)) - len("".join(text(notice).split()))
    told = f"{file.name}：页面上正文以外的 {more} 个字，还有画出来的样子，没有核对"
    return Verdict((*looked, "页面上读出来的正文：每一段都在，一字不差，顺序一样"), (), (told,))


def _which(records: Records, line: Line, index: int) -> str:
    """Name an attachment by its place, and where the notice is at hand by its name."""
    try:
        name = next(name for name, of in records.attached(line).items() if of == line.shown.files[index])
    except RecordsError:
        return f"附件 {index + 1}"
    return f"附件“{name}”"


def _judged(file: Path, canonical: bytes, records: Records) -> Verdict:
    of = digest(canonical)
    for line in records.ledger.lines:
        if line.shown.fingerprint == of:
            return Verdict((_published(file, line, records),))
    id_ = _id(canonical)
    newest = records.ledger.latest(id_)
    if newest is None:
        return Verdict((), (f"{file.name}：发布记录里没有这份通报（{id_ or '认不出编号'}）",))
    told = f"{file.name}：和 {id_} 公开过的任何一版都不一样；和第 {newest.version} 版相比："
    return Verdict((), (told, *_told(canonical, newest, records)))


def _published(file: Path, line: Line, records: Records) -> str:
    newest = records.ledger.latest(line.id)
    assert newest is not None
    words = "现在的" if newest.version == line.version else "旧的"
    return f"{file.name} 是 {line.id} 的第 {line.version} 版（{words}），{spoken(line.instant)}起公开，一字不差"


def _told(canonical: bytes, line: Line, records: Records) -> Iterator[str]:
    """Say what differs, word by word where the published version is at hand."""
    try:
        now, was = Notice.model_validate(_data(canonical)), records.notice(line)
    except (RecordsError, ValueError):
        yield f"  指纹应当是 {line.shown.fingerprint.sha256}"
        return
    found = changes(was, now)
    yield from (f"  {_words(change)}" for change in found[:_SHOWN])
    if not found:
        yield "  文字一样，别的信息不同（如公文编号、统计、日期）"


def _words(change: Change) -> str:
    marks = {"same": "{}", "gone": "［公开的：{}］", "new": "［现在：{}］"}
    return f"{change.label}：" + "".join(marks[piece.kind].format(piece.text) for piece in change.pieces)


def _bare(file: Path, data: bytes, records: Records) -> Verdict:
    """Hold a bare text to every version that is at hand."""
    given = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").strip()
    for lines in records.ledger.by_id.values():
        for line in lines:
            if not records.ledger.is_removed(line.id) and text(records.notice(line)).strip() == given:
                return Verdict((_published(file, line, records),))
    return Verdict((), (f"{file.name}：发布记录里没有文字和它一样的通报",))


def _from_yaml(file: Path, data: bytes) -> bytes:
    """Return the canonical form of a notice that staff wrote; its id is that of its place."""
    source, _ = decode(data[: MAX_BYTES + 1], file.name)
    tree, _ = parse(source or "", file.name)
    notice = None
    if tree is not None:
        notice, _ = validate(tree, _NOTICE, {"编号": f"{file.resolve().parent.name}/{file.stem}"}, Notice)
    if notice is None:
        raise RecordsError(f"{file} 读不成一份通报。先运行 gongkai check。")
    made: Notice = notice
    return canonical_json(made.public_form())


def _data(canonical: bytes) -> dict[str, object]:
    return {key: value for key, value in read_object(canonical).items() if key != "schema"}


def _id(canonical: bytes) -> str:
    try:
        return str(_data(canonical).get("id", ""))
    except ValueError:
        return ""
