"""A call that is written wrong is answered in Chinese, whatever is wrong with it, and says what to write."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest
from click import exceptions

from generator.cli.chinese import ChineseChoice, ChineseCommand, complaint
from generator.cli.program import gongkai as program
from tests.support.english import english
from tests.support.program import gongkai


def _verbs(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every verb, hidden ones included, with the words that call it."""
    for name in group.list_commands(click.Context(group)):
        verb = group.get_command(click.Context(group), name)
        assert verb is not None
        yield (*path, name), verb
        if isinstance(verb, click.Group):
            yield from _verbs(verb, (*path, name))


assert isinstance(program, click.Group)
_ALL = [((), program), *_verbs(program)]


def _wrong(verb: click.Command) -> Iterator[list[str]]:
    """Yield calls of a verb, each wrong in one way that Click finds."""
    arguments = [param for param in verb.params if isinstance(param, click.Argument)]
    options = [param for param in verb.params if isinstance(param, click.Option)]
    whole = [_value(param) for param in arguments if param.nargs == 1]
    whole += [word for option in options if option.required for word in (option.opts[-1], _value(option))]
    yield [*whole, "--no-such"]
    yield [*whole, "--hel"]
    yield ["--help=是"]
    for option in options:
        yield [*whole, f"{option.opts[-1]}=是"] if option.is_flag else [*whole, option.opts[-1]]
        if isinstance(option.type, click.Choice):
            yield [*whole, option.opts[-1], "没有的"]
    if isinstance(verb, click.Group):
        yield []
        yield ["没有的"]
        yield [verb.list_commands(click.Context(verb))[0][:-1]]
    elif all(argument.nargs == 1 for argument in arguments):
        yield [*whole, *("a.txt" for _ in arguments), "通报.txt"]
    for number, param in enumerate(arguments):
        if param.required:
            yield whole[:number]
        if isinstance(param.type, click.Choice):
            yield [*whole[:number], "没有的", *whole[number + 1 :]]
    for option in options:
        if option.required:
            yield [word for word in whole if word not in (option.opts[-1], _value(option))]


def _value(param: click.Parameter) -> str:
    return param.type.choices[0] if isinstance(param.type, click.Choice) else "2025"


@pytest.mark.parametrize(("path", "verb"), _ALL, ids=lambda given: " ".join(given) if isinstance(given, tuple) else "")
def test_every_wrong_call_of_every_verb_is_answered_in_chinese(path: tuple[str, ...], verb: click.Command) -> None:
    """It ends with 2, and the answer names the help of this very verb."""
    for words in _wrong(verb):
        run = gongkai(*path, *words)
        assert run.returncode == 2, words
        assert english(run.stderr) == [], words
        assert run.stdout == "", words
        assert run.stderr.endswith(f"看说明：{' '.join(['gongkai', *path])} --help\n"), words


def test_what_is_too_much_is_named_with_what_to_do() -> None:
    run = gongkai("text", "2025/yi", "2025/er")
    assert run.stderr == (
        "多了“2025/er”：gongkai text 后面只写通报，一次一个。有几个的，一个一个地运行；名称里有空格的，前后加引号。\n"
        "用法：gongkai text [选项] 通报\n看说明：gongkai text --help\n"
    )


_ODD = {
    exceptions.BadArgumentUsage: (click.Argument(["two"], nargs=2), ["a"]),
    exceptions.BadParameter: (click.Option(["--number"], type=click.IntRange(1, 9), metavar="数"), ["--number", "no"]),
    exceptions.MissingParameter: (click.Option(["--until"], required=True, metavar="日期"), []),
    exceptions.NoSuchOption: (click.Option(["--until"], metavar="日期"), ["--unti", "x"]),
    exceptions.BadOptionUsage: (click.Option(["--until"], metavar="日期"), ["--until"]),
    exceptions.UsageError: (click.Option(["--kind"], type=ChineseChoice(["甲"]), metavar="种类"), ["--kind", "乙"]),
}


@pytest.mark.parametrize("kind", _ODD, ids=lambda kind: kind.__name__)
def test_each_of_clicks_own_errors_has_chinese_words(kind: type[click.UsageError]) -> None:
    """Those too that no verb of today can have: a number out of its range, an argument of two words."""
    param, words = _ODD[kind]
    with pytest.raises(click.UsageError) as raised:
        ChineseCommand("check", params=[param]).main(words, prog_name="gongkai check", standalone_mode=False)
    assert isinstance(raised.value.__cause__, kind)
    assert english(complaint(raised.value).replace("TWO", "")) == []


def test_clicks_errors_are_these() -> None:
    """A new kind in a new Click needs its words."""
    known = {"NoArgsIsHelpError", "NoSuchCommand", *(kind.__name__ for kind in _ODD)}
    kinds = {
        name for name, kind in vars(exceptions).items() if isinstance(kind, type) and issubclass(kind, click.UsageError)
    }
    assert kinds <= known
