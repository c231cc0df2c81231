"""The verbs of a publishing host: init, status, reconcile, rollback, purge, and what git's hooks call."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from generator.cli.chinese import ChineseCommand, ChineseGroup
from generator.period import SHANGHAI
from generator.publish import daily
from generator.publish.building import defect, reason
from generator.publish.host import Host, RefusedError
from generator.publish.installing import install
from generator.publish.lock import locked
from generator.publish.publication import branch, converge, promise, promised
from generator.publish.purging import UNREACHED
from generator.publish.purging import purge as purge_notice
from generator.publish.push import Update, allowed, publish, receive, report, report_preview, updates
from generator.publish.repository import GitError
from generator.publish.returning import rollback as roll_back
from generator.publish.settings import load
from generator.publish.status import standing
from generator.publish.telling import Step

_HOST = click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
# What a person is told, by the steps that belong to it.
_PHASES = {
    Step.EXPORT: "校验",
    Step.CHECK: "校验",
    Step.MAKE: "生成",
    Step.AUDIT: "核对",
    Step.COMPRESS: "核对",
    Step.LIST: "核对",
    Step.SYNC: "发布",
    Step.PLACE: "发布",
    Step.ACCEPT: "发布",
    Step.SWITCH: "发布",
}


@click.group(cls=ChineseGroup)
def server() -> None:
    """管理发布主机：推送即发布。"""


@server.command(cls=ChineseCommand)
@_HOST
@click.option("--address", metavar="网址", help="公众访问的首页网址；第一次必须写。")
def init(folder: Path, address: str | None) -> None:
    """建立发布主机的文件夹；改了设置、升级或者搬家以后再运行一次。"""
    host = Host(folder.absolute())
    with _spoken_failures():
        settings = install(host, address)
    click.echo(f"发布主机在 {host.root}，网址是 {settings.address}。")
    click.echo(f"  设置：{host.settings}")
    click.echo(f"  推送到：{host.repository}（分支 {settings.branch}）")
    click.echo(f"  网页服务器：{host.root}/web/nginx.conf 或者 {host.root}/web/Caddyfile")
    click.echo(f"  定时：{host.root}/web/gongkai.timer 和 gongkai.service，没有 systemd 的用 {host.root}/web/crontab")


@server.command(cls=ChineseCommand)
@_HOST
@click.option("--full", is_flag=True, help="把正在用的版本逐个文件和清单对照。")
def status(folder: Path, *, full: bool) -> None:
    """看发布主机的情况；有要处理的事，退出码是 1。"""
    host = Host(folder.absolute())
    with _spoken_failures():
        found = standing(host, load(host), _now(), full=full)
    for fact in found.facts:
        click.echo(fact)
    for warning in found.warnings:
        click.echo(f"注意：{warning}")
    if found.warnings:
        raise click.exceptions.Exit(1)


@server.command(cls=ChineseCommand)
@_HOST
@click.option("--full", is_flag=True, help="把每个文件都读一遍，和清单对照。")
@click.option("--rebuild", is_flag=True, help="不管有没有现成的，重新生成一次。")
def reconcile(folder: Path, *, full: bool, rebuild: bool) -> None:
    """让网站回到应有的样子：补上中断的发布，到了时刻就重新生成。定时运行。"""
    host = Host(folder.absolute())
    phases = _Phases(shown=sys.stderr.isatty())
    with _spoken_failures():
        settings = load(host)
        with locked(host, settings.patience):
            now = _now()
            thorough = full or daily.is_due(host, now)
            done = converge(host, settings, now, phases, full=thorough, rebuild=rebuild)
            if thorough:
                daily.done(host, now)
    phases.clear()
    if done.changed and done.release:
        click.echo(f"{done.reason}，已经换上 {done.release.name}。{phases.summary()}")


@server.command(cls=ChineseCommand)
@_HOST
@click.argument("name", required=False, metavar="[版本]")
@click.option("--drop", is_flag=True, help="退回去会少了现在公开着的通报，也退。")
def rollback(folder: Path, name: str | None, *, drop: bool) -> None:
    """退回以前的版本，并且钉住，直到下一次推送被接受；不写版本，就退回上一个。"""
    host = Host(folder.absolute())
    phases = _Phases(shown=False)
    with _spoken_failures():
        settings = load(host)
        with locked(host, settings.patience):
            release = roll_back(host, settings, name, drop=drop, now=_now(), tell=phases)
    click.echo(f"已经退回 {release.name}，并且钉住：到下一次推送被接受以前，不会自己变。")
    click.echo("仓库没有变。请办公室改正内容再推送，推送一被接受，网站就按新的内容发布。")


@server.command(cls=ChineseCommand)
@_HOST
@click.argument("id_", metavar="通报")
@click.option("--yes", is_flag=True, help="不再询问。")
def purge(folder: Path, id_: str, *, yes: bool) -> None:
    """把误发的通报从这台主机的仓库历史、旧版本和预览里清除干净。"""
    host = Host(folder.absolute())
    click.echo(f"要从 {host.root} 清除 {id_} 的全部旧内容。")
    click.echo("仓库的历史会重写，各人都要重新 git clone；旧版本不能再退回。")
    if not yes and not click.confirm("确定吗？", default=False):
        raise click.Abort
    with _spoken_failures():
        settings = load(host)
        with locked(host, settings.patience):
            number = purge_notice(host, settings, id_, _now(), _Phases(shown=False))
    click.echo(f"已经清除：仓库历史里的 {number} 个文件，以及含有它的旧版本和预览。")
    click.echo("\n".join(UNREACHED))


@server.command(cls=ChineseCommand, hidden=True)
@click.argument("name", type=click.Choice(["pre-receive", "post-receive"]))
@_HOST
def hook(name: str, folder: Path) -> None:
    """由 git 调用，不用手工运行。"""
    host = Host(folder)
    pushed = updates(sys.stdin)
    if name == "pre-receive":
        _before(host, pushed)
    else:
        _after(host, pushed)


def _before(host: Host, pushed: list[Update]) -> None:
    git, phases = os.getppid(), _Phases(shown=True)
    try:
        settings = load(host)
        update = allowed(settings, pushed)
        with locked(host, settings.patience, lambda: phases(Step.WAIT)):
            receive(host, settings, update, _now(), phases)
            promise(host, update.ref, update.new, git, phases.spent())
    except Exception as error:  # noqa: BLE001  (whatever it is, the one who pushed must hear of it)
        _say(f"没有发布，网站和以前一样。\n{_words(host, error)}")
        sys.exit(1)


def _after(host: Host, pushed: list[Update]) -> None:
    try:
        settings = load(host)
        update = allowed(settings, pushed)
        phases = _Phases(shown=True, spent=promised(host, update.new))
        if update.ref == branch(settings):
            lines = report(host, settings, update, publish(host, settings, update, _now(), phases))
        else:
            lines = report_preview(host, settings, update)
        _say("\n".join([*lines, phases.summary()]))
    except Exception as error:  # noqa: BLE001  (the same)
        _say(f"推送已经收下，但网站还没有换上：\n{_words(host, error)}\n主机每分钟自己再试一次，不用重新推送。")


def _words(host: Host, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"读写文件失败：{reason(error)}。请找管理主机的人。"
    return str(error) if isinstance(error, RefusedError) else defect(host)


@contextmanager
def _spoken_failures() -> Iterator[None]:
    try:
        yield
    except (RefusedError, GitError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"读写文件失败：{reason(error)}。") from error


def _now() -> datetime:
    return datetime.now(SHANGHAI).replace(microsecond=0)


def _say(words: str) -> None:
    """Tell whoever pushed, if they are still there: a publication does not depend on it."""
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = None


class _Phases:
    """Tells how far a publication is, in one line that is written over, and how long each phase took."""

    def __init__(self, *, shown: bool, spent: dict[str, float] | None = None) -> None:
        self._shown = shown
        self._spent = dict(spent or {})
        self._phase, self._since = "", time.monotonic()

    def __call__(self, step: Step) -> None:
        """Note the beginning of a step."""
        phase = _PHASES.get(step, "")
        if phase != self._phase:
            self._note()
            self._phase = phase
            self._show("别人正在发布，等他完成 …" if step is Step.WAIT else f"{phase} …" if phase else "")

    def spent(self) -> dict[str, float]:
        """Return the seconds of each phase so far."""
        self._note()
        return dict(self._spent)

    def summary(self) -> str:
        """Say how long each phase took."""
        return "，".join(f"{phase} {seconds:.1f} 秒" for phase, seconds in self.spent().items()) + "。"

    def clear(self) -> None:
        """Take the progress line away."""
        self._show("")

    def _note(self) -> None:
        now = time.monotonic()
        if self._phase:
            self._spent[self._phase] = self._spent.get(self._phase, 0.0) + now - self._since
        self._since = now

    def _show(self, words: str) -> None:
        done = "".join(f"{name} {spent:.1f} 秒，" for name, spent in self._spent.items() if name != self._phase)
        if self._shown and words:
            try:
                print(f"{done}{words}", end="\r", file=sys.stderr, flush=True)
            except OSError:
                self._shown = False
