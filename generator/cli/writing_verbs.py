"""Verbs that write content: init, new, import."""

from __future__ import annotations

from pathlib import Path

import click

from generator.addresses import content_path, id_of_path, is_notice_id, is_slug
from generator.check import ORGAN_PLACEHOLDER, load_facts
from generator.cli.chinese import ChineseChoice, ChineseCommand
from generator.cli.reading_verbs import content_folder, plain_id, report
from generator.cli.starter import FORGES, SOURCES_STAY_OUT, forge_files, gitignore, start_on_main, starting_files
from generator.clock import clock
from generator.files import write_file
from generator.intake import blank, import_text
from generator.model import Organs
from generator.problems import show
from generator.read import Plain, decode_any, forbidden, parse

_FORM = "四位年份/名称，名称用小写字母、数字和短横线，如 2025/shili-media"


@click.command("init", cls=ChineseCommand)
@click.argument("folder", type=click.Path(path_type=Path), metavar="文件夹")
@click.option("--organ", default="danwei", metavar="代号", help="本单位的代号，默认 danwei。")
@click.option("--name", default=ORGAN_PLACEHOLDER, metavar="名称", help="本单位的名称。")
@click.option(
    "--forge",
    type=ChineseChoice(FORGES),
    metavar="平台",
    help=f"加上由代码平台（{'、'.join(FORGES)}）发布要用的文件；已有网站的文件夹，只加这些，不动别的。",
)
def init_verb(folder: Path, organ: str, name: str, forge: str | None) -> None:
    """在一个新文件夹里建立本单位自己的网站。"""
    if forge and ((folder / "content").is_dir() or (folder / "site.yml").is_file()):
        below = "content" if (folder / "content").is_dir() else ""
        _add(folder, forge_files(forge) | {".gitignore": gitignore(below)})
        return
    # What git clone makes of an empty repository holds git's own folder and nothing else.
    if folder.exists() and any(place.name != ".git" for place in folder.iterdir()):
        raise click.UsageError(f"{folder} 里已经有东西。请换一个空文件夹。")
    if not is_slug(organ):
        raise click.UsageError(f"代号“{organ}”不合规则，要用小写字母、数字和短横线，如 shili-media。")
    if not name.strip() or "\n" in name or any(forbidden(name)):
        raise click.UsageError("单位的名称要写成一行看得见的字。")
    for path, data in starting_files(organ, name).items():
        write_file(folder, path, data)
    start_on_main(folder)
    year = clock().year
    here = folder.resolve() == Path.cwd()
    click.echo("已在这个文件夹里建好网站。接下来：" if here else f"已建好 {folder}。先进入这个文件夹，接下来：")
    click.echo("  1. 填写 content/site.yml 和 content/organs.yml；单位的类型是按名称猜的，请核对；")
    click.echo(f"  2. 用 gongkai import 导入一份通报，或者用 gongkai new {year}/shili-media 新写一份；")
    click.echo("  3. gongkai check 检查，gongkai serve 预览，gongkai build 生成网站。")
    if (folder / ".git").exists():
        click.echo("  4. gongkai check --live 没有错误了，就提交、推送：git add -A，git commit -m 新建网站，git push。")
    if forge:
        _add(folder, forge_files(forge))


def _add(folder: Path, files: dict[str, bytes]) -> None:
    """Write those files that are not there, and say which."""
    there = [path for path in files if (folder / path).exists()]
    new = [path for path in files if path not in there]
    for path in new:
        write_file(folder, path, files[path])
    if new:
        click.echo(f"已写出 {'、'.join(new)}。请按 requirements.txt 开头的说明和 gongkai upload --help 设置。")
    if there:
        click.echo(f"已经有了，没有改动：{'、'.join(there)}。")


@click.command("new", cls=ChineseCommand)
@click.argument("id_", metavar="通报")
@click.pass_obj
def new_verb(root: Path, id_: str) -> None:
    """新建一份通报的样稿；通报写成 2025/shili-media。"""
    id_ = plain_id(id_)
    path = content_path(id_)
    if not is_notice_id(id_):
        raise click.UsageError(f"“{id_}”不合规则，应当是：{_FORM}。")
    content = content_folder(root)
    if (content / path).exists():
        raise click.UsageError(f"{content / path} 已经有了，没有改动它。")
    write_file(content, path, blank(id_, clock().date()).encode())
    click.echo(f"已新建 {content / path}。填好以后运行：gongkai check {(content / path).as_posix()}")


@click.command("import", cls=ChineseCommand)
@click.argument("source", type=click.Path(path_type=Path), metavar="文本文件")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="文件",
    help="写成哪个文件，如 content/notices/2025/shili-media.yml。",
)
@click.option("--organ", metavar="代号", help="发布单位在 organs.yml 里的代号；不写就从落款里认。")
@click.option("--force", is_flag=True, help="文件已经有了也重写。")
@click.option("--past", is_flag=True, help="以前在别处公开过、已经结束的，收录进来；要写明下面两项。")
@click.option("--published", metavar="日期", help="收录的：当时是哪一天公开的，如 2023-05-10。")
@click.option("--source", "address", metavar="网址", help="收录的：原来公开在哪个网页。")
@click.pass_obj
def import_verb(
    root: Path,
    source: Path,
    out: Path,
    organ: str | None,
    published: str | None,
    address: str | None,
    *,
    force: bool,
    past: bool,
) -> None:
    """把一份通报的纯文字变成 YAML 文件，并说明认出了什么、没有把握的是什么。原稿不要放进仓库。"""
    content = content_folder(root)
    given = _past(published, address, past=past)
    path = path_below(content, out)
    if not source.is_file():
        raise click.UsageError(f"没有文件 {source}。")
    if out.exists() and not force:
        raise click.UsageError(f"{out} 已经有了，没有改动它。要重写请加 --force。")
    organs_file = content / "organs.yml"
    data = source.read_bytes()
    draft = import_text(
        data,
        slug_id=id_of_path(path) or "",
        organs=_organs(content),
        organs_text=organs_file.read_text(encoding="utf-8") if organs_file.is_file() else "",
        organ=organ,
        file=source.as_posix(),
        given=given,
    )
    if draft.yaml is None:
        decoded, _ = decode_any(data, source.as_posix())
        click.echo(show(draft.problems, {source.as_posix(): decoded.text} if decoded else {}))
        raise click.ClickException("没有写出任何文件。")
    # The organs first: a notice whose organ is unknown would be broken, an organ without notice is not.
    if draft.organs is not None:
        _, problems = parse(draft.organs, "organs.yml")
        if problems:
            advice = "请先在 organs.yml 里加上这个单位，再用 --organ 代号 导入。没有写出任何文件。"
            raise click.ClickException(f"organs.yml 的写法特别，不能自动加上新单位。{advice}")
        write_file(content, "organs.yml", draft.organs.encode())
    write_file(content, path, draft.yaml.encode())
    click.echo(f"{draft.report}\n已写出 {out}。请对照原文看一遍，再运行 gongkai check。")
    if source.resolve().is_relative_to(_repository(root, content)):
        click.echo(f"{SOURCES_STAY_OUT}：{source} 在网站的文件夹里，请移到外面，再提交。")


def _repository(root: Path, content: Path) -> Path:
    """Return the folder of the repository that holds the content, or the site's where there is none."""
    place = content.resolve()
    return next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), root.resolve())


def _past(published: str | None, address: str | None, *, past: bool) -> dict[str, Plain]:
    """Return what a person knows of a notice that was public elsewhere; a usage error where it is not all of it."""
    if not past:
        if published or address:
            raise click.UsageError("--published 和 --source 只和 --past 一起用。")
        return {}
    if not published or not address:
        raise click.UsageError("收录以前公开过的，要用 --published 写明当时公开的日期，用 --source 写明原来的网址。")
    return {"发布": published, "来源": {"网址": address, "收录": clock().date().isoformat()}}


def path_below(content: Path, out: Path) -> str:
    try:
        path = out.resolve().relative_to(content.resolve()).as_posix()
    except ValueError:
        path = ""
    if id_of_path(path) is None:
        raise click.UsageError(f"{out} 不合规则，应当是 {content / 'notices'} 下的 {_FORM}.yml。")
    return path


def _organs(content: Path) -> Organs:
    """Return the organs there are; a file that cannot be read must be mended before anything is added to it."""
    if not (content / "organs.yml").is_file():
        return {}
    checked = load_facts(content)
    if checked.content is None:
        report(checked)
        raise click.ClickException("先改好 site.yml 和 organs.yml，再导入。")
    return checked.content.organs
