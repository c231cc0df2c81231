"""Verbs that read content and say something of it: check, text, schema."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path

import click

from generator.addresses import NOTICES, content_path, id_of_path
from generator.check import Checked, check_content
from generator.check.schema import schemas
from generator.cli.chinese import ChineseCommand
from generator.clock import clock
from generator.model import Notice, notice_text
from generator.pages import choose_build_time
from generator.problems import Severity, count, show
from generator.records import RecordsError, compare_with_records, load, records_folder

# A suggestion is not worth minutes of comparing.
_COMPARED = 1000

LIVE = click.option(
    "--live", is_flag=True, help="正式发布用：不许有“示例日期”，也不许有还没有填的；有发布记录的，写进记录。"
)
RECORDS = click.option(
    "--records",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="发布记录所在的文件夹；不写就看内容旁边有没有。",
)


@click.command("check", cls=ChineseCommand)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[通报文件 …]")
@LIVE
@RECORDS
@click.pass_obj
def check_verb(root: Path, files: tuple[Path, ...], records: Path | None, *, live: bool) -> None:
    """检查 content/ 里的全部内容，或者只检查给出的通报。"""
    content = content_folder(root)
    checked = check_content(content, [below(content, file) for file in files], os.cpu_count() or 1, live=live)
    folder = records or records_folder(root)
    if folder and checked.content:
        checked = _compared(checked, folder, live=live)
    report(checked)
    if not folder:
        click.echo("没有发布记录可以比较，没有检查公开过的通报有没有改动、没公开过的是不是晚了。")
    if checked.failed:
        raise click.exceptions.Exit(1)


def _compared(checked: Checked, folder: Path, *, live: bool) -> Checked:
    """Add what differs from the records without a word, and what is late."""
    assert checked.content is not None
    now = choose_build_time(None, checked.content.site, clock()).now
    try:
        return compare_with_records(checked, load(folder), now, refuse_late=live)
    except RecordsError as error:
        raise click.ClickException(str(error)) from error


@click.command("text", cls=ChineseCommand)
@click.argument("id_", metavar="通报")
@click.pass_obj
def text_verb(root: Path, id_: str) -> None:
    """按原文顺序打印一份通报的纯文字；通报写成 2025/shili-media 或者文件名。"""
    data = notice_text(load_notice(root, id_)).encode()
    if sys.stdout.isatty():
        click.echo(data.decode(), nl=False)
    else:
        # Into a file or another program goes UTF-8, so that no character is lost to a console's encoding.
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@click.command("schema", cls=ChineseCommand)
@click.option("-o", "out", type=click.Path(path_type=Path), metavar="文件夹", help="写到哪里，默认是 content/schema。")
@click.pass_obj
def schema_verb(root: Path, out: Path | None) -> None:
    """写出 JSON Schema，供编辑器提示和检查。"""
    folder = out or content_folder(root) / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in schemas().items():
        (folder / name).write_bytes(data)
    click.echo(f"已写出 {'、'.join(schemas())}，在 {folder}。")


def content_folder(root: Path) -> Path:
    """Return the folder of the content; a usage error where there is none."""
    folder = root / "content"
    if not folder.is_dir():
        raise click.UsageError(
            f"{root.absolute()} 里没有 content 文件夹。请到网站所在的文件夹里运行，或者先用 gongkai init。"
        )
    return folder


def below(content: Path, file: Path) -> str:
    """Return a notice's path below the content, from a path as the user gives it."""
    try:
        path = file.resolve().relative_to(content.resolve()).as_posix()
    except ValueError:
        shape = content / "notices" / "2025" / "shili-media.yml"
        raise click.UsageError(f"{file} 不在 {content} 里。通报的文件写成 {shape} 这样。") from None
    if not file.is_file():
        raise click.UsageError(f"没有文件 {file}。")
    return path


def plain_id(id_: str) -> str:
    """Return an id as it is kept, with `/`; a person on Windows may write the other slash."""
    return id_.replace("\\", "/")


def load_notice(root: Path, id_: str) -> Notice:
    """Return a notice by id or file name; problems are shown and end the program."""
    content = content_folder(root)
    as_file = Path(id_)
    path = below(content, as_file) if as_file.is_file() else content_path(plain_id(id_))
    checked = check_content(content, [path])
    if not checked.notices:
        raise click.UsageError(f"没有通报 {id_}（找过 {content / path}）。{_meant_notice(content, id_)}")
    wanted = id_of_path(path)
    for entry in checked.content.entries if checked.content else ():
        if entry.summary.id == wanted:
            return entry.notice
    report(checked)
    raise click.exceptions.Exit(1)


def _meant_notice(content: Path, id_: str) -> str:
    """Ask for the notice that was meant, where its title, a part of its address or something near it was given."""
    files = {f"{file.parent.name}/{file.stem}": file for file in sorted(content.glob(f"{NOTICES}*/*.yml"))}
    named = [known for known in files if known.endswith(f"/{id_}")]
    titled = [known for known, file in files.items() if id_ in _title(file)] if len(id_) > 1 else []
    near = named or titled or get_close_matches(id_, list(files)[:_COMPARED], n=3)
    return f"写成“年份/名称”：是不是 {'、'.join(near[:3])}？" if near else ""


def _title(file: Path) -> str:
    lines = file.read_text("utf-8", errors="replace").split("\n")
    return next((line for line in lines if line.startswith("标题:")), "")


def report(checked: Checked) -> None:
    """Print problems and a summary."""
    if checked.problems:
        click.echo(show(checked.problems, checked.sources) + "\n")
    errors, warnings = (count(checked.problems, severity) for severity in (Severity.ERROR, Severity.WARNING))
    verdict = f"{errors} 个错误，改好才能公开" if errors else "没有错误"
    advice = f"；{warnings} 条提醒，请人核对" if warnings else ""
    click.echo(f"检查了 {checked.notices} 份通报：{verdict}{advice}。")
