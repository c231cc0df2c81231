"""The program: its verbs by name, its exit codes, and how it speaks to a terminal."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

import click

from generator.cli.chinese import ChineseGroup, complaint
from generator.errors import reason
from generator.version import version

PROBLEMS, USAGE = 1, 2
VERBS = {
    "init": "writing_verbs.init_verb",
    "new": "writing_verbs.new_verb",
    "import": "writing_verbs.import_verb",
    "check": "reading_verbs.check_verb",
    "text": "reading_verbs.text_verb",
    "correct": "entry_verbs.correct_verb",
    "extend": "entry_verbs.extend_verb",
    "withdraw": "entry_verbs.withdraw_verb",
    "build": "site_verbs.build_verb",
    "serve": "site_verbs.serve_verb",
    "pages": "site_verbs.pages_verb",
    "archive": "archive_verbs.archive_verb",
    "restore": "archive_verbs.restore_verb",
    "verify": "archive_verbs.verify_verb",
    "schema": "reading_verbs.schema_verb",
    "upload": "upload_verbs.upload_verb",
    "server": "server_verbs.server_verb",
}


class Program(ChineseGroup):
    """The verbs, each imported when it is called: `check` must not wait for what only `build` needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of all verbs."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a verb by name, None where there is none of it."""
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(".")
        return cast("click.Command", getattr(import_module(f"generator.cli.{module}"), name))


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001
    if value and not ctx.resilient_parsing:
        click.echo(f"gongkai {version()}")
        ctx.exit()


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="显示版本。")
@click.option(
    "-C",
    "root",
    type=click.Path(path_type=Path),
    default=".",
    metavar="文件夹",
    help="网站所在的文件夹，默认是当前文件夹。",
)
@click.pass_context
def gongkai(ctx: click.Context, root: Path) -> None:
    """公开：把每份通报的 YAML 文件变成网页。"""
    # A host's own account may be sent to work from a folder, such as root's home, that it cannot look into.
    if root != Path() and not root.is_dir():
        raise click.UsageError(f"没有文件夹 {root}。")
    ctx.obj = root


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit: 0 fine, 1 problems, 2 wrong usage."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console that lacks a character shows a mark in its place; the program goes on.
            stream.reconfigure(errors="replace")
    try:
        # Click hands back the code of an Exit, and None where a verb came to its end.
        sys.exit(gongkai.main(args=arguments, prog_name="gongkai", standalone_mode=False))
    except click.UsageError as error:
        click.echo(complaint(error), err=True)
        sys.exit(USAGE)
    except click.Abort:
        click.echo("已中断。", err=True)
        sys.exit(PROBLEMS)
    except click.ClickException as error:
        click.echo(error.message, err=True)
        sys.exit(PROBLEMS)
    except OSError as error:
        click.echo(f"读写文件失败：{reason(error)}。", err=True)
        sys.exit(PROBLEMS)
