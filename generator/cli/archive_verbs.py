"""Verbs for what is kept: archive, restore, verify."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.archive import ArchiveError, make_archive, restore_bags, verify
from generator.archive.signing import SigningError
from generator.build.request import BuildError, BuildRequest
from generator.characters import printable
from generator.cli.chinese import ChineseCommand
from generator.cli.reading_verbs import RECORDS, content_folder
from generator.cli.site_verbs import ProgressLine
from generator.clock import clock
from generator.records import RecordsError, records_folder

_YEAR = re.compile(r"[0-9]{4}")
_FAILURES = (ArchiveError, BuildError, RecordsError, SigningError)


@click.command("archive", cls=ChineseCommand)
@click.argument("year", metavar="年份")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="文件夹",
    help="归档包写到哪里，必须还没有；以 .zip 结尾就打成一个压缩包。",
)
@RECORDS
@click.option("--key", type=click.Path(path_type=Path), metavar="密钥", help="签名用的 SSH 私钥文件；不写就不签名。")
@click.option("--previous", type=click.Path(path_type=Path), metavar="归档包", help="上一个归档包，两个连成一串。")
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="用这个已经发布的网站，如主机上的；不写就按内容生成一个。",
)
@click.pass_obj
def archive_verb(
    root: Path,
    year: str,
    out: Path,
    records: Path | None,
    key: Path | None,
    previous: Path | None,
    site: Path | None,
) -> None:
    """把一年的通报做成归档包：各个版本、公布的网页、发布记录和查验方法。"""
    content_folder(root)
    if not _YEAR.fullmatch(year):
        raise click.UsageError(f"“{year}”不是年份，应当像 2025。")
    order, told = BuildRequest(now=clock(), root=root, records=records), ProgressLine()
    try:
        made = make_archive(order, year, out, clock(), site=site, key=key, previous=previous, progress=told)
    except _FAILURES as failure:
        told.clear()
        raise click.ClickException(f"{failure}\n没有写出任何文件。") from failure
    told.clear()
    click.echo(f"归档包在 {made.place}：{made.notices} 份通报，{made.versions} 个版本，{made.pages} 条网页存档。")
    click.echo(f"清单的校验值（写进移交清单）：{made.sha256}")
    if key is None:
        click.echo("没有签名。要签名，用 --key 指明 SSH 私钥。")


@click.command("restore", cls=ChineseCommand)
@click.argument("bags", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="归档包 …")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, metavar="文件夹", help="恢复到哪个新文件夹。"
)
def restore_verb(bags: tuple[Path, ...], out: Path) -> None:
    """从归档包恢复内容和发布记录；几年的归档包可以一起恢复。"""
    told = ProgressLine()
    try:
        restored = restore_bags(bags, out, told)
    except _FAILURES as failure:
        told.clear()
        raise click.ClickException(f"{failure}\n没有写出任何文件。") from failure
    told.clear()
    click.echo(f"已恢复到 {out}：{restored.notices} 份通报，{restored.versions} 个版本。")
    if restored.absent:
        listed = "、".join(restored.absent[:10]) + (" 等" if len(restored.absent) > 10 else "")
        click.echo(f"还有 {len(restored.absent)} 份，最新的一版不在这些归档包里，没有恢复：{listed}。")
        click.echo("把有它们的归档包一起恢复：别的年份的，或者那一年重新做的。")
    click.echo(f"接下来：进入 {out}，运行 gongkai check。")


@click.command("verify", cls=ChineseCommand)
@click.argument("target", type=click.Path(path_type=Path, readable=False), metavar="归档包、网站或文件")
@RECORDS
@click.option(
    "--signers", type=click.Path(path_type=Path), metavar="文件", help="可以相信的签名人，一行一个：名称和公钥。"
)
@click.pass_obj
def verify_verb(root: Path, target: Path, records: Path | None, signers: Path | None) -> None:
    """查验归档包、生成的网站或通报的一个文件是不是和公开的一样；不一样的，退出码是 1。

    没有发现改动、但是有的地方没有人担保的，会逐条列出来，退出码是 0。
    """
    if not target.exists():
        broken = "：这是一个链接，它指向的文件没有" if target.is_symlink() else ""
        raise click.UsageError(f"没有 {printable(str(target))}{broken}。")
    if signers is not None and not signers.is_file():
        raise click.UsageError(f"没有文件 {signers}。")
    told = ProgressLine()
    try:
        verdict = verify(target, records or records_folder(root), signers, told)
    except RecordsError as error:
        told.clear()
        raise click.ClickException(str(error)) from error
    told.clear()
    for words in verdict.looked_at:
        click.echo(words)
    if flaws := (*verdict.flaws, *verdict.other_version):
        click.echo("\n".join(flaws))
        if verdict.more:
            click.echo(f"还有 {verdict.more} 处没有列出。")
        click.echo(f"不一样：{len(flaws) + verdict.more} 处。")
        raise click.exceptions.Exit(1)
    if verdict.unproven:
        click.echo("没有发现改动，但是下面这些没有人担保：")
        click.echo("\n".join(f"  {line}" for line in verdict.unproven))
    else:
        click.echo("一样，没有发现改动。")
