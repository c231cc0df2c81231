"""The verb that publishes without a publishing host: upload, for the pipelines of forges and by hand."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC
from fnmatch import filter as matching
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from generator.build.manifest import MANIFEST, SEAL, listed
from generator.cli.chinese import ChineseCommand
from generator.cli.reading_verbs import check_verb
from generator.cli.site_verbs import build_verb
from generator.clock import clock
from generator.errors import GongkaiError
from generator.publish.pipeline_records import fetched_records
from generator.publish.release_names import ReleaseName
from generator.publish.repository import GitError, Repository
from generator.publish.upload import Target, UploadError, parse_target, reached_by_ssh, upload

_OUT = "public"
# What a forge needs beside content that is a repository of its own.
_NOT_CONTENT = ("publish.sh", "requirements.txt", "gongkai-*.whl", _OUT, ".*")
_RUNS = ("GONGKAI_RUN", "GITHUB_RUN_NUMBER", "CI_PIPELINE_IID")
_COMMITS = ("GITHUB_SHA", "CI_COMMIT_SHA")
_SETTINGS = """\
\b
代码平台的流水线用变量设置，都可以不写：
  GONGKAI_UPLOAD、GONGKAI_KEEP、GONGKAI_FORCE  就是 --to、--keep、--force；FORCE 写成 1，用过就删掉。
  GONGKAI_SSH_KEY    SSH 私钥，或者存着私钥的文件。设为保密的变量。
  GONGKAI_SSH_HOSTS  主机的公钥，用 ssh-keyscan 取得后核对。写了私钥就必须写。
  GONGKAI_SSH_PORT   SSH 端口，默认 22。
  GONGKAI_RUN        这次运行的编号，后来的比先来的大。GitHub、GitLab、Gitea 自己有，不用写。
  GONGKAI_RECORDS    发布记录推到哪个仓库的 records 分支，不写就是这个仓库；写成 no，不留记录。
"""


@click.command("upload", cls=ChineseCommand, epilog=_SETTINGS)
@click.option(
    "--to",
    envvar="GONGKAI_UPLOAD",
    metavar="地方",
    help="传到哪里，如 rsync:用户@主机:/srv/xcgk；不写就留在 public，由平台的 Pages 发布。",
)
@click.option("--keep", envvar="GONGKAI_KEEP", default="10", metavar="个数", help="那里留几个版本，默认 10。")
@click.option("--force", envvar="GONGKAI_FORCE", is_flag=True, help="那里的版本比这次的新，也换成这次的。")
@click.option("--site", type=click.Path(path_type=Path), metavar="文件夹", help="只上传已经生成好的网站。")
@click.option("--check", "only_check", is_flag=True, help="只检查，不生成，不上传；合并请求用。")
@click.pass_context
def upload_verb(
    ctx: click.Context, to: str | None, keep: str, site: Path | None, *, force: bool, only_check: bool
) -> None:
    """检查、生成、上传网站，传完才一次换上；代码平台的流水线用。"""
    if site and not to:
        raise click.UsageError("没有写传到哪里。用 --to，如 rsync:用户@主机:/srv/xcgk。", ctx)
    _clean_up_when_ended()
    try:
        if only_check:
            _make(ctx, None)
            return
        kept = _keep(keep)
        with _reached(to) as there:
            out, release = (site, _sealed(site)) if site else (ctx.obj / _OUT, _release(ctx.obj))
            if not site:
                _make(ctx, out)
            if not there:
                click.echo(f"网站在 {_OUT}/，没有上传。")
                return
            name = upload(out, there, release, kept, force=force, on_begin=lambda begun: click.echo(f"上传 {begun} …"))
        click.echo(f"已经换上 {name}。")
    except GongkaiError as error:
        raise click.ClickException(f"没有发布：{error}") from error


def _clean_up_when_ended() -> None:
    """Leave no key behind where a pipeline is ended."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(1))


def _keep(text: str) -> int:
    if not re.fullmatch("[1-9][0-9]{0,5}", text):
        raise UploadError("GONGKAI_KEEP（--keep）应当是从 1 起的数。")
    return int(text)


def _reached(to: str | None) -> AbstractContextManager[Target | None]:
    """Give the target that the settings name, None where they name none."""
    ssh = (os.environ.get(f"GONGKAI_SSH_{name}", "") for name in ("KEY", "HOSTS", "PORT"))
    return reached_by_ssh(parse_target(to) if to else None, *ssh)


def _release(root: Path) -> ReleaseName:
    """Return the release of a repository's commit; its place is the pipeline's number, else the commit's time."""
    run = next(filter(None, map(os.environ.get, _RUNS)), "")
    if not re.fullmatch("[0-9]{0,20}", run):
        raise UploadError("GONGKAI_RUN 应当是一个数。")
    repository = Repository(root)
    try:
        commit = next(filter(None, map(os.environ.get, _COMMITS)), "") or repository.run("rev-parse", "HEAD").decode()
        sequence = ("run", int(run)) if run else ("commit", int(repository.run("log", "-1", "--format=%ct")))
    except GitError as error:
        raise UploadError("这里不是 git 仓库，或者还没有提交。") from error
    return ReleaseName(clock(), commit.strip(), sequence)


def _sealed(site: Path) -> ReleaseName:
    """Return the release of a built site, which has the digest of its list in place of a commit."""
    try:
        return ReleaseName(clock(), listed((site / SEAL).read_bytes())[MANIFEST])
    except (OSError, ValueError, KeyError) as error:
        raise UploadError(f"{site} 不是 gongkai build 生成的网站。") from error


def _make(ctx: click.Context, out: Path | None) -> None:
    """Check the content, and build it into `out`; what is published is pushed to the records before anybody sees it."""
    remote = os.environ.get("GONGKAI_RECORDS", "")
    root = ctx.obj
    with _with_content(root) as site, nullcontext() if remote == "no" else fetched_records(root, remote) as records:
        ctx.obj = site
        given = {"live": True, "records": records.folder if records else None}
        try:
            click.echo("检查 …")
            ctx.invoke(check_verb, files=(), **given)
            if out is None:
                return
            click.echo("生成 …")
            ctx.invoke(build_verb, out=out, **given)
        except click.exceptions.Exit as error:
            raise UploadError("上面的问题改好以后再来。网站和以前一样。") from error
        except click.ClickException as error:
            raise click.ClickException(f"{error.message}\n没有发布：网站没有生成。公开的和以前一样。") from error
        if records:
            records.push(f"{clock().astimezone(UTC):%Y-%m-%dT%H:%MZ}")


@contextmanager
def _with_content(root: Path) -> Iterator[Path]:
    """Give a folder that holds the content in `content`: a copy where the repository is the content."""
    if (root / "content").is_dir():
        yield root
        return
    if not (root / "site.yml").is_file():
        raise UploadError(f"{root.absolute()} 里没有 content 文件夹，也没有 site.yml。")

    def ignored(folder: str, names: list[str]) -> set[str]:
        found = (name for pattern in _NOT_CONTENT for name in matching(names, pattern))
        return set(found) if Path(folder) == root else set()

    with TemporaryDirectory(prefix="gongkai-") as place:
        # Links stay links, for the check to refuse.
        shutil.copytree(root, Path(place, "content"), symlinks=True, ignore=ignored)
        yield Path(place)
