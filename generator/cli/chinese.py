"""Click's help and complaints in Chinese."""

from __future__ import annotations

import click
from click import exceptions

_HELP = "显示这份说明。"


class ChineseCommand(click.Command):
    """A verb whose help is Chinese throughout."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with a Chinese explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line."""
        return [piece.replace("[OPTIONS]", "[选项]") for piece in super().collect_usage_pieces(ctx)]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that shows how to call the verb."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        records = [record for option in options if (record := option.get_help_record(ctx))]
        _write_list(formatter, "选项", [(name, words.replace("[required]", "必须写。")) for name, words in records])


class ChineseGroup(ChineseCommand, click.Group):
    """The program as a whole: options first, then the verbs."""

    command_class = ChineseCommand

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the verbs, in the order in which a newcomer needs them."""
        return list(self.commands)

    def verbs(self, ctx: click.Context) -> list[click.Command]:
        """Return the verbs that people call."""
        found = (self.get_command(ctx, name) for name in self.list_commands(ctx))
        return [verb for verb in found if verb is not None and not verb.hidden]

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the pieces of the usage line."""
        return ["[选项]", "命令", "…"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List options and verbs."""
        super().format_options(ctx, formatter)
        _write_list(formatter, "命令", [(verb.name or "", verb.get_short_help_str(70)) for verb in self.verbs(ctx)])


def _write_list(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Write a list below its heading; Click's own headings end in an English colon."""
    formatter.write(f"\n{heading}：\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def complaint(error: click.ClickException) -> str:
    """Say in Chinese what was wrong with the call."""
    match error:
        case exceptions.NoSuchOption():
            words = f"没有选项 {error.option_name}。"
        case exceptions.MissingParameter():
            param = error.param
            missing = f"{param.opts[0]} {param.metavar}" if isinstance(param, click.Option) else ""
            words = f"还缺 {missing or (param.human_readable_name if param else '')}。"
        case exceptions.BadOptionUsage():
            words = f"选项 {error.option_name} 后面要有内容。"
        case exceptions.BadParameter():
            name = error.param.human_readable_name if error.param else ""
            words = f"{name} 不对：{error.message}" if not error.message.isascii() else f"{name} 不对。"
        case exceptions.UsageError() if error.message.isascii() and "command" in error.message.lower():
            words = "没有这个命令。"
        case exceptions.UsageError() if error.message.isascii():
            words = "命令后面的内容太多，或者写得不对。"
        case _:
            words = error.message
    ctx = getattr(error, "ctx", None)
    return f"{words}\n看说明：{ctx.command_path if ctx else 'gongkai'} --help"
