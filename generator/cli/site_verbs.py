"""Verbs that make a site: build, serve, pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.build.build import build_site
from generator.build.export import export
from generator.build.load import load_source
from generator.build.preview import serve_site
from generator.build.preview_guard import is_only_here
from generator.build.request import BuildError, BuildRequest, Stage
from generator.cli.chinese import ChineseCommand
from generator.cli.reading_verbs import LIVE, RECORDS, content_folder
from generator.clock import clock
from generator.period import parse_now
from generator.records import RecordsError

_TODAY = click.option(
    "--today", metavar="日期", help="按这一天生成（如 2025-12-01 或 2025-12-01T10:30），网页会注明；不写就按现在。"
)


@click.command("build", cls=ChineseCommand)
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="文件夹", help="生成到哪里，默认是 site。")
@_TODAY
@LIVE
@RECORDS
@click.option("--clock-set-back", is_flag=True, help="以前的时钟走快了，现在的才对：接着现在的时间记。")
@click.pass_obj
def build_verb(
    root: Path, out: Path | None, today: str | None, records: Path | None, *, live: bool, clock_set_back: bool
) -> None:
    """检查内容，生成并核对整个网站。"""
    content_folder(root)
    target = out or root / "site"
    progress = ProgressLine()
    request = BuildRequest(
        root=root, now=clock(), today=_checked(today), records=records, live=live, clock_set_back=clock_set_back
    )
    try:
        built = build_site(request, target, progress)
    except BuildError as failure:
        raise click.ClickException(str(failure)) from failure
    finally:
        progress.clear()
    size, result = f"{built.result.size / 1e6:.1f} MB", built.result
    click.echo(
        f"网站在 {target}：{result.pages} 个网页，共 {result.files} 个文件，{size}，用了 {built.seconds:.1f} 秒。"
    )
    if result.late:
        click.echo(f"公开得晚了：\n{result.late}")
    if result.warnings:
        click.echo(f"有 {result.warnings} 条提醒，用 gongkai check 查看。")


@click.command("serve", cls=ChineseCommand)
@click.option("--address", default="127.0.0.1:8000", metavar="地址:端口", help="在哪里显示，默认 127.0.0.1:8000。")
@_TODAY
@RECORDS
@click.pass_obj
def serve_verb(root: Path, address: str, today: str | None, records: Path | None) -> None:
    """预览网站；内容一改，网页跟着变。按 Ctrl+C 结束。"""
    content_folder(root)
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) <= 0xFFFF:
        raise click.UsageError(f"“{address}”不对，应当是“地址:端口”，如 127.0.0.1:8000。")
    if not _is_only_here(host):
        click.echo(
            f"注意：{host} 不只是这台电脑。同一个网络里的人都能看到还没有公开的内容；"
            "只给自己看，用 --address 127.0.0.1:8000。",
            err=True,
        )
    try:
        serve_site(
            BuildRequest(root=root, now=clock(), today=_checked(today), records=records),
            address,
            on_listening=lambda: click.echo(f"请在浏览器里打开 http://{address}/"),
            on_problem=lambda words: click.echo(words, err=True),
        )
    except BuildError as failure:
        raise click.ClickException(str(failure)) from failure


@click.command("pages", cls=ChineseCommand)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="文件夹",
    help="写到哪个文件夹；它必须是空的或者还没有。",
)
@_TODAY
@RECORDS
@click.pass_obj
def pages_verb(root: Path, out: Path, today: str | None, records: Path | None) -> None:
    """把整个网站写成 Markdown，别的网站程序也能用。"""
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(f"{out} 里已经有东西。请换一个空文件夹。")
    content_folder(root)
    try:
        request = BuildRequest(root=root, now=clock(), today=_checked(today), records=records)
        number = export(load_source(request), out)
    except (BuildError, RecordsError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"写出了 {number} 个文件，在 {out}。")


def _is_only_here(host: str) -> bool:
    try:
        return is_only_here(host.strip("[]"))
    except ValueError:
        raise click.UsageError(f"“{host}”不对，应当是 IP 地址或者 localhost，如 127.0.0.1:8000。") from None


def _checked(today: str | None) -> str | None:
    if today is not None:
        try:
            parse_now(today)
        except ValueError:
            raise click.UsageError(f"日期“{today}”不对，应当像 2025-12-01 或 2025-12-01T10:30。") from None
    return today


class ProgressLine:
    """Shows how far a build is, on a terminal only."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show the stage, and the number of finished pages."""
        if self._shown and (done == total or done % 20 == 0):
            words = f"已生成 {done} / {total} 个网页" if total else f"正在{stage} …"
            click.echo(f"\r{words:<30}", nl=False, err=True)

    def clear(self) -> None:
        """Take the progress line away."""
        if self._shown:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
