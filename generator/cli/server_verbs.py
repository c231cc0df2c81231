"""The verbs of a publishing host: init, status, reconcile, rollback and purge; each imports what only it needs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from generator.cli.chinese import ChineseCommand, ChineseGroup, confirmed
from generator.cli.hook import say
from generator.clock import system_clock
from generator.errors import GongkaiError, reason
from generator.publish.host import Host
from generator.publish.progress import Phases, ignore_step, silent
from generator.publish.repository import GitError, git_reason
from generator.publish.settings import load_settings

_HOST = click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")


@click.group("server", cls=ChineseGroup)
def server_verb() -> None:
    """管理发布主机：推送即发布。"""


@server_verb.command("init", cls=ChineseCommand)
@_HOST
@click.option("--address", metavar="网址", help="公众访问的首页网址；第一次必须写。")
def server_init_verb(folder: Path, address: str | None) -> None:
    """建立发布主机的文件夹；改了设置、升级或者搬家以后再运行一次。"""
    from generator.publish.install import install  # noqa: PLC0415  (see above)

    host = Host(folder.absolute())
    with _failures_in_chinese():
        settings = install(host, address)
    click.echo(f"发布主机在 {host.root}，网址是 {settings.address}。")
    click.echo(f"  设置：{host.settings}")
    click.echo(f"  推送到：{host.repository}（分支 {settings.branch}）")
    click.echo(f"  网页服务器：{host.root}/web/nginx.conf 或者 {host.root}/web/Caddyfile")
    click.echo(f"  定时：{host.root}/web/gongkai.timer 和 gongkai.service，没有 systemd 的用 {host.root}/web/crontab")


@server_verb.command("status", cls=ChineseCommand)
@_HOST
@click.option("--full", is_flag=True, help="把正在用的版本逐个文件和清单对照。")
def status_verb(folder: Path, *, full: bool) -> None:
    """看发布主机的情况；有要处理的事，退出码是 1。"""
    from generator.publish.status import host_status  # noqa: PLC0415  (see above)

    host = Host(folder.absolute())
    with _failures_in_chinese():
        found = host_status(host, load_settings(host), system_clock(), full=full)
    for fact in found.facts:
        click.echo(fact)
    for warning in found.warnings:
        click.echo(f"注意：{warning}")
    if found.warnings:
        raise click.exceptions.Exit(1)


@server_verb.command("reconcile", cls=ChineseCommand)
@_HOST
@click.option("--full", is_flag=True, help="把每个文件都读一遍，和清单对照。")
@click.option("--rebuild", is_flag=True, help="不管有没有现成的，重新生成一次。")
def reconcile_verb(folder: Path, *, full: bool, rebuild: bool) -> None:
    """让网站回到应有的样子：补上中断的发布，到了时刻就重新生成。定时运行。"""
    from generator.publish.reconcile import reconcile  # noqa: PLC0415  (see above)

    host = Host(folder.absolute())
    phases = Phases(say if sys.stderr.isatty() else silent)
    with _failures_in_chinese():
        done = reconcile(host, now=system_clock, on_step=phases, full=full, rebuild=rebuild)
    if done.changed and done.release:
        click.echo(f"{done.reason}，已经换上 {done.release.name}。{phases.summary()}")


@server_verb.command("rollback", cls=ChineseCommand)
@_HOST
@click.argument("name", required=False, metavar="[版本]")
@click.option("--drop", is_flag=True, help="退回去会少了现在公开着的通报，也退。")
def rollback_verb(folder: Path, name: str | None, *, drop: bool) -> None:
    """退回以前的版本，并且钉住，直到下一次推送被接受；不写版本，就退回上一个。"""
    from generator.publish.rollback import rollback  # noqa: PLC0415  (see above)

    host = Host(folder.absolute())
    with _failures_in_chinese():
        release = rollback(host, name, drop=drop, now=system_clock, on_step=ignore_step)
    click.echo(f"已经退回 {release.name}，并且钉住：到下一次推送被接受以前，不会自己变。")
    click.echo("仓库没有变。请办公室改正内容再推送，推送一被接受，网站就按新的内容发布。")


@server_verb.command("purge", cls=ChineseCommand)
@_HOST
@click.argument("id_", metavar="通报")
@click.option("--yes", is_flag=True, help="不再询问。")
def purge_verb(folder: Path, id_: str, *, yes: bool) -> None:
    """把误发的通报从这台主机的仓库历史、旧版本和预览里清除干净。"""
    from generator.locks import locked  # noqa: PLC0415  (see above)
    from generator.publish.purge import purge  # noqa: PLC0415  (see above)
    from generator.publish.purge_report import purge_report  # noqa: PLC0415  (see above)

    host = Host(folder.absolute())
    click.echo(f"要从 {host.root} 清除 {id_} 的全部旧内容。")
    click.echo("仓库的历史会重写，各人都要重新 git clone；旧版本不能再退回。")
    if not yes and not confirmed("确定吗？"):
        raise click.Abort
    with _failures_in_chinese():
        settings = load_settings(host)
        with locked(host.lock, settings.patience):
            result = purge(host, settings, id_, system_clock(), lambda _: None)
    click.echo("\n".join(purge_report(host, result)))
    if result.note.left:
        raise click.exceptions.Exit(1)


@contextmanager
def _failures_in_chinese() -> Iterator[None]:
    try:
        yield
    except GitError as error:
        raise click.ClickException(git_reason(error)) from error
    except GongkaiError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"读写文件失败：{reason(error)}。") from error
