"""Verbs that write an entry into a notice, so that nobody edits YAML: correct, extend, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import click

from generator.addresses import content_path, notice_address
from generator.check import CheckContext, Content, check_content, check_notice
from generator.cli.chinese import ChineseCommand, confirmed
from generator.cli.reading_verbs import RECORDS, content_folder, load_notice
from generator.clock import clock
from generator.files import write_file
from generator.intake import EntryError, entry, removed, with_item, with_map
from generator.model import Notice
from generator.pages.difference import changes
from generator.pages.events import events
from generator.pages.record_view import Change, Piece
from generator.period import format_day, full_date, with_weekday, workdays
from generator.problems import show
from generator.read import Plain, forbidden, name_of, read_bytes, source_of
from generator.records import NO_HISTORY, RecordsError, load, records_folder

_HEAD = 4096
_DAY = timedelta(days=1)
_NOTICE = click.argument("id_", metavar="通报")
_REASON = click.option("--reason", metavar="原因", help="一行文字，会写在网页上；不写就问。")
_YES = click.option("--yes", is_flag=True, help="不再问，直接写入。")


@click.command("correct", cls=ChineseCommand)
@_NOTICE
@click.option("--reason", metavar="原因", help="改了什么、为什么改，会写在网页上；不写就问。")
@click.option("--note", metavar="原因", hidden=True)  # what --reason was called here before
@RECORDS
@_YES
@click.pass_obj
def correct_verb(
    root: Path, id_: str, reason: str | None, note: str | None, records: Path | None, *, yes: bool
) -> None:
    """给公开过的通报写一条更正；通报写成 2025/shili-media 或者文件名。"""
    opened, today = _open(root, id_), clock().date()
    _still_stands(opened.notice)
    _tell(_against_records(opened.notice, records or records_folder(root)))
    words = _words(note if reason is None else reason, "改了什么")
    item: dict[str, Plain] = {"日期": today.isoformat(), "说明": words}
    text, made = _proposed(opened, partial(with_item, opened.text, "更正", item), entry("更正", [item]))
    if made.corrections[-1] in opened.notice.corrections:
        raise click.ClickException("同样的一条更正今天已经写过了，没有再写。")
    _tell(_on_page(made, today, "更正"))
    _write(opened, text, yes=yes)


@click.command("extend", cls=ChineseCommand)
@_NOTICE
@click.option("--until", required=True, metavar="年-月-日", help="延长到哪一天，含当天，如 2025-12-10。")
@_REASON
@_YES
@click.pass_obj
def extend_verb(root: Path, id_: str, until: str, reason: str | None, *, yes: bool) -> None:
    """延长公开期限；通报写成 2025/shili-media 或者文件名。"""
    opened, today = _open(root, id_), clock().date()
    _still_stands(opened.notice)
    was = opened.notice.period
    if was is None:
        raise click.ClickException("这份通报没有写明公开期限，不能延期。没有写入。")
    last = _day(until)
    if last <= was.closes:
        raise click.UsageError(f"现在就公开到{full_date(was.closes)}，延期要晚于这一天。")
    words = _words(reason, "延期的原因", line=True)
    item: dict[str, Plain] = {"日期": today.isoformat(), "至": last.isoformat(), "说明": words}
    text, made = _proposed(opened, partial(with_item, opened.text, "延期", item), entry("延期", [item]))
    assert made.period is not None
    more, all_ = workdays(was.closes + _DAY, last), made.period.length()
    count = "（节假日安排还没有公布，暂按周一至周五计算）" if all_.provisional else ""
    span = f"公开期限从原来的{format_day(was.closes, last)}延长到{with_weekday(last, was.closes)}"
    length = f"多 {more.days} 个工作日，一共 {all_.workdays_with_first} 个（含第一天）{count}。"
    _tell([*_on_page(made, today, "延期"), f"{span}，{length}"])
    _write(opened, text, yes=yes)


@click.command("withdraw", cls=ChineseCommand)
@_NOTICE
@_REASON
@click.option("--in-error", is_flag=True, help="误发：正文、标题和附件都移除，文件里也不留。")
@_YES
@click.pass_obj
def withdraw_verb(root: Path, id_: str, reason: str | None, *, in_error: bool, yes: bool) -> None:
    """撤回通报；通报写成 2025/shili-media 或者文件名。"""
    opened, today = _open(root, id_), clock().date()
    if opened.notice.text_removed or not in_error:
        _still_stands(opened.notice)
    words = _words(reason, "撤回的原因", line=True)
    item: dict[str, Plain] = {"日期": today.isoformat(), "说明": words}
    if in_error:
        item["类型"] = "误发"
    gone = [one.file for one in opened.notice.attachments] if in_error else []
    left = partial(removed, opened.text, opened.notice, item)
    put = partial(with_map, opened.text, "撤回", item)
    text, _ = _proposed(opened, left if in_error else put, entry("撤回", item), gone)
    kept = "正文不移除，上面写明已经撤回；不再收集意见。"
    _tell(["网页上会写：", "  这份通报已经撤回", f"  {full_date(today)}撤回。", f"  原因：{words}"])
    _tell(_leaving(opened, gone) if in_error else [kept])
    _write(opened, text, gone, yes=yes)
    if in_error:
        click.echo("git 的历史里还有原文：推送以后，请管理员在发布主机上用 gongkai server purge 清除。")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A notice as it lies in its file: `text` with byte order mark and line breaks, `known` what is wrong already."""

    content: Content
    notice: Notice
    path: str
    shown: str
    text: str
    known: frozenset[tuple[str, str]]

    @property
    def beside(self) -> tuple[str, ...]:
        """The names of the files in the notice's own folder."""
        own = notice_address(self.notice.id)
        return tuple(file.path.removeprefix(own) for file in self.content.folder.files if file.path.startswith(own))


def _open(root: Path, id_: str) -> _Opened:
    notice = load_notice(root, id_)
    path = content_path(notice.id)
    checked = check_content(content_folder(root), [path])
    assert checked.content is not None
    return _Opened(
        content=checked.content,
        notice=notice,
        path=path,
        shown=f"{checked.prefix}{path}",
        text=read_bytes(checked.content.folder, path).decode(),
        known=frozenset((problem.code, problem.found) for problem in checked.problems),
    )


def _still_stands(notice: Notice) -> None:
    if notice.withdrawal is not None:
        when = full_date(notice.withdrawal.on)
        how = "作为误发移除" if notice.text_removed else "撤回"
        raise click.ClickException(f"这份通报已于{when}{how}，没有写入。")


def _day(text: str) -> date:
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    raise click.UsageError(f"“{text}”不是日历上的日子，要写成年-月-日，如 2025-12-10。")


def _words(given: str | None, what: str, *, line: bool = False) -> str:
    """Return what the public is to read, asked for where it isn't given, without blanks around its lines."""
    asked = given if given is not None else click.prompt(f"{what}（会写在网页上）", type=str, prompt_suffix="：")
    text = asked.replace("\r\n", "\n")
    for _, char in forbidden(text):
        raise click.UsageError(f"{what}里有{name_of(char)}，请删掉它，重新写。")
    kept = [stripped for raw in text.split("\n") if (stripped := raw.strip())]
    if not kept:
        raise click.UsageError(f"{what}不能空着。")
    if line and len(kept) > 1:
        raise click.UsageError(f"{what}要写成一行。")
    return "\n".join(kept)


def _proposed(opened: _Opened, make: Callable[[], str], by_hand: str, gone: Sequence[str] = ()) -> tuple[str, Notice]:
    """Return the new text and the notice that it makes, as if it lay in its file and the attachments `gone` did not.

    What is wrong with it is shown and ends the program; `by_hand` is what a person can write instead.
    """
    try:
        text = make()
    except EntryError as error:
        advice = f"{opened.shown} 的写法特别，没有写入。请手工加上：\n{by_hand}"
        raise click.ClickException(f"{error}\n{advice}") from error
    source = source_of(text.encode(), opened.shown)  # `make` could read it
    content, own = opened.content, notice_address(opened.notice.id)
    heads = {name: read_bytes(content.folder, own + name, _HEAD) for name in opened.beside if name not in gone}
    context = CheckContext(organs=content.organs, site=content.site, attachments=heads)
    made, found = check_notice(source, opened.notice.id, context)
    if new := [problem for problem in found if (problem.code, problem.found) not in opened.known]:
        click.echo(show(new, {opened.shown: source.text}) + "\n")
    if made is None:
        raise click.ClickException("这样写有错误，没有写入。")
    return text, made


def _against_records(notice: Notice, folder: Path | None) -> Iterator[str]:
    """Tell what the text has that the newest version on record has not."""
    if folder is None:
        yield "没有发布记录可以比较，没有列出改了哪里。"
        return
    try:
        records = load(folder)
        line = records.ledger.latest(notice.id)
        was = records.notice(line) if line else None
    except RecordsError as error:
        raise click.ClickException(str(error)) from error
    if line is None or was is None or was.text_removed:
        yield "发布记录里没有这份通报的文字，没有可以比较的。"
        return
    found = changes(was, notice)
    if not found:
        yield f"标题、公开期限、联系方式、正文和附件的名称，都和公开的第 {line.version} 版一样。"
        yield "要改文字的，请先改好文件，再写更正；别的改动，可以接着写。"
        return
    yield f"和公开的第 {line.version} 版比，改了 {len(found)} 处："
    yield from map(_told, found)


def _told(change: Change) -> str:
    place = f"正文，在“{change.label}”下" if change.anchor else change.label
    return f"  {place}：{''.join(_pieces(change.pieces))}".replace("\n", " ")


def _pieces(pieces: Sequence[Piece]) -> Iterator[str]:
    """Mark what went and what came, each pair of them as one."""
    gone = ""
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        if piece.kind == "gone" and after is not None and after.kind == "new":
            gone = piece.text
        elif piece.kind == "new":
            yield f"〔“{gone}”改成“{piece.text}”〕" if gone else f"〔加上“{piece.text}”〕"
            gone = ""
        else:
            yield f"〔删去“{piece.text}”〕" if piece.kind == "gone" else piece.text


def _on_page(made: Notice, today: date, kind: str) -> Iterator[str]:
    """Yield the new entry as the page tells it."""
    told = events(made, NO_HISTORY, text=True)
    event = next(event for event in told if (event.kind, event.day) == (kind, today.isoformat()))
    yield "网页上会写："
    yield f"  {event.day_text} {event.kind}"
    yield from (f"  {paragraph}" for paragraph in event.paragraphs)


def _leaving(opened: _Opened, gone: Sequence[str]) -> Iterator[str]:
    """Tell what goes with a text that was published in error, and what stays although it may hold some of it."""
    own = f"{opened.shown.removesuffix('.yml')}/"
    yield "正文、标题和附件都不再显示，只留下日期和原因。"
    yield f"{opened.shown} 也重新写过，原来的内容一个字不留。"
    if gone:
        yield "要删除的附件："
        yield from (f"  {own}{name}" for name in gone)
    if left := [name for name in opened.beside if name not in gone]:
        yield "不在“附件”里、不会删除的文件，请自己看看要不要留："
        yield from (f"  {own}{name}" for name in left)


def _tell(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


def _write(opened: _Opened, text: str, gone: Sequence[str] = (), *, yes: bool) -> None:
    """Write the file and remove the attachments `gone`, unless the person says no or changed the file meanwhile."""
    demo = opened.content.site.demo_day
    if demo is not None and demo < clock().date():
        click.echo(f"注意：网站的“示例日期”定在{full_date(demo)}，在那一天还看不到今天写的。")
    if not yes and not confirmed("写入吗？"):
        click.echo("没有写入。")
        raise click.exceptions.Exit(1)
    folder = opened.content.folder
    read_bytes(folder, opened.path, 0)  # refuses a file that was changed since it was read
    write_file(folder.root, opened.path, text.encode())
    click.echo(f"已写入 {opened.shown}。")
    place = folder.root / "notices" / opened.notice.id
    for name in gone:
        (place / name).unlink(missing_ok=True)
    if gone:
        with suppress(OSError):
            place.rmdir()
    click.echo(f"接下来：gongkai check {opened.shown}，再提交、推送。")
