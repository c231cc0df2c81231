"""Click's help and complaints in Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click
from click import exceptions

_HELP = "显示这份说明。"
_YES = frozenset({"y", "yes", "是", "确定", "写入"})


class ChineseCommand(click.Command):
    """A verb whose help is Chinese throughout."""

    # What is too much is said below; Click's own words for it can't be told from a verb's.
    allow_extra_args = True

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the words of a call; what is wrong with them is said in Chinese."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            # Where a value is missing Click doesn't say in which call.
            ctx = error.ctx or self.context_class(self, info_name=info_name, parent=parent)
            raise _in_chinese(error, ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Do what the verb is for, unless more was given than it takes."""
        if ctx.args and not isinstance(self, click.Group):
            raise _too_much(ctx, ctx.args)
        return super().invoke(ctx)

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

    def invoke(self, ctx: click.Context) -> Any:
        """Call the verb that is named."""
        if not ctx._protected_args:  # noqa: SLF001  (Click's public name for it warns that it goes)
            raise click.UsageError(f"还缺命令。可以用的有：{'、'.join(self._names(ctx))}。", ctx)
        return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; where there is none of that name, say which there are."""
        if self.get_command(ctx, args[0]) is None:
            names = self._names(ctx)
            near = get_close_matches(args[0], names, 1)
            mend = f"是不是 {near[0]}？" if near else f"可以用的有：{'、'.join(names)}。"
            raise click.UsageError(f"没有命令“{args[0]}”。{mend}", ctx)
        return super().resolve_command(ctx, args)

    def _names(self, ctx: click.Context) -> list[str]:
        return [verb.name or "" for verb in self.verbs(ctx)]

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


def complaint(error: click.UsageError) -> str:
    """Say what was wrong with the call, and where to read how to call it."""
    return f"{error.message}\n看说明：{error.ctx.command_path if error.ctx else 'gongkai'} --help"


def confirmed(question: str) -> bool:
    """Ask a question that has yes or no for an answer; whatever is no yes is a no."""
    answer = click.prompt(f"{question}[y/N]", default="n", show_default=False, prompt_suffix=" ")
    return answer.strip().lower() in _YES


class ChineseChoice(click.Choice[str]):
    """One of a few words, said in Chinese where it is another."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Say what stands there and what may."""
        return f"没有“{value}”，只能是 {'、'.join(self.choices)}。"


def _in_chinese(error: click.UsageError, ctx: click.Context) -> click.UsageError:
    """Say in Chinese what Click found wrong with the words of a call: each of its kinds, and whatever it may add."""
    param = getattr(error, "param", None)
    match error:
        case exceptions.NoArgsIsHelpError():
            return error
        case exceptions.NoSuchOption():
            near = f"是不是 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            words = f"没有选项 {error.option_name}。{near}"
        case exceptions.MissingParameter():
            words = f"还缺 {_named(param)}"
        case exceptions.BadOptionUsage():
            words = _bad_option(error.option_name, ctx.command.get_params(ctx))
        case exceptions.BadParameter():
            ours = isinstance(getattr(param, "type", None), ChineseChoice)
            words = f"{_named(param).rstrip('。')}\n{error.message}" if ours else f"写得不对：{_named(param)}"
        case _:
            words = "命令写得不对。"
    return click.UsageError(f"{words}\n用法：{_usage(ctx)}", ctx)


def _bad_option(name: str, params: Sequence[click.Parameter]) -> str:
    option = next((param for param in params if name in (*param.opts, *param.secondary_opts)), None)
    if isinstance(option, click.Option) and option.is_flag:
        return f"选项 {name} 后面不写内容。"
    return f"选项 {name} 后面要写内容：{_named(option)}"


def _named(param: click.Parameter | None) -> str:
    """Name a parameter as the help does, with what the help says of it."""
    if isinstance(param, click.Option):
        return f"{'、'.join(param.opts)} {param.metavar or ''}".rstrip() + (f"，{param.help}" if param.help else "。")
    return f"{param.human_readable_name}。" if param else "内容。"


def _usage(ctx: click.Context) -> str:
    return f"{ctx.command_path} {' '.join(ctx.command.collect_usage_pieces(ctx))}"


def _too_much(ctx: click.Context, rest: Sequence[str]) -> click.UsageError:
    """Say what a call holds beyond what its verb takes, and what to do with it."""
    names = [param.human_readable_name for param in ctx.command.params if isinstance(param, click.Argument)]
    taken = "和".join(name.strip("[]") for name in names)
    expected = f"{ctx.command_path} 后面只写{taken}，一次一个" if taken else f"{ctx.command_path} 后面只写选项"
    mend = "有几个的，一个一个地运行；名称里有空格的，前后加引号。" if taken else "把多的去掉。"
    words = f"多了“{' '.join(rest)}”：{expected}。{mend}"
    return click.UsageError(f"{words}\n用法：{_usage(ctx)}", ctx)
