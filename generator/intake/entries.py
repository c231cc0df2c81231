"""An entry into a notice's file: text to text, and not a character of the rest changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.errors import GongkaiError
from generator.model import Notice
from generator.model.body import instant_as_written
from generator.model.notice import REMOVED_TEXT
from generator.problems import Problem
from generator.read import List, Map, Node, Plain, TextNode, decode, parse, plain
from generator.read.yaml_writer import entry

_MARK = "\ufeff"
_SCHEMA = re.compile(r"# yaml-language-server: \$schema=[!-~]{1,200}")


class EntryError(GongkaiError):
    """A file of a notice into which nothing can be written without a change of the rest, and the problems in it."""

    def __init__(self, why: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(why)
        self.problems = problems


def with_item(text: str, key: str, item: Mapping[str, Plain]) -> str:
    """Add an item at the end of a list at the top of a file; an absent key is put at the file's end.

    `text` is the file as it lies there, with its byte order mark and line breaks. EntryError where it is no map, where
    the key holds no list, and where the result would not read back as the same plus the item.
    """
    tree = _read(text)
    there = tree.get(key)
    if there is None:
        return _at_end(text, tree, key, [dict(item)])
    if not isinstance(there, List):
        raise EntryError(f"“{key}”下面不是列表")
    dash = there.span.column - 1
    written = (line.removeprefix("  ") for line in _written(key, [dict(item)])[1:])
    at = _behind(text.splitlines(), _last_line(there), max(dash, tree.span.column))
    put = _put(text, at, [" " * dash + line for line in written])
    return _proved(put, tree, key, [*map(plain, there.items), dict(item)])


def with_map(text: str, key: str, data: Mapping[str, Plain]) -> str:
    """Put a key and its map at the end of a file; EntryError as `with_item`, and where the key is there already."""
    tree = _read(text)
    if tree.get(key) is not None:
        raise EntryError(f"“{key}”已经有了")
    return _at_end(text, tree, key, dict(data))


def removed(text: str, notice: Notice, withdrawal: Mapping[str, Plain]) -> str:
    """Return the file of a notice that was published in error: whose it was, when it was published, why it went.

    Of `text` only the line that names the schema, the byte order mark and the kind of line break are kept.
    """
    data: dict[str, Plain] = {
        "格式": "1",
        "标题": REMOVED_TEXT,
        "单位": notice.organ,
        "发布": instant_as_written(notice.publishes_at),
        "正文": {"段落": [REMOVED_TEXT]},
        "撤回": dict(withdrawal),
    }
    lines = text.removeprefix(_MARK).splitlines()
    kept = [line for line in lines[:1] if _SCHEMA.fullmatch(line)]
    left = "\n".join([*kept, *(line for key, value in data.items() for line in _written(key, value)), ""])
    mark = _MARK if text.startswith(_MARK) else ""
    made = mark + left.replace("\n", _ending(text.splitlines(keepends=True)[:1]))
    if plain(_read(made)) != data:
        raise EntryError("写出来的读不回原样")
    return made


def _read(text: str) -> Map:
    decoded, problems = decode(text.encode(errors="surrogatepass"), "")
    tree: Node | None = None
    if decoded is not None:
        tree, problems = parse(decoded, "")
    if not isinstance(tree, Map):
        raise EntryError("这个文件读不出来", problems)
    return tree


def _written(key: str, data: Plain) -> list[str]:
    return entry(key, data).removesuffix("\n").split("\n")


def _at_end(text: str, tree: Map, key: str, data: Plain) -> str:
    margin = " " * (tree.span.column - 1)
    put = _put(text, len(text.splitlines()), [margin + line for line in _written(key, data)])
    return _proved(put, tree, key, data)


def _put(text: str, at: int, written: Sequence[str]) -> str:
    """Put lines behind the first `at` lines, with the line break that is used there."""
    lines = text.splitlines(keepends=True)
    ending = _ending([lines[at - 1], lines[0]])
    if not lines[at - 1].endswith(("\r", "\n")):
        lines[at - 1] += ending
    lines[at:at] = [line + ending for line in written]
    return "".join(lines)


def _ending(lines: Sequence[str]) -> str:
    """Return the line break of the first line that has one."""
    return next((ending for line in lines if (ending := line[len(line.rstrip("\r\n")) :])), "\n")


def _proved(text: str, before: Map, key: str, value: Plain) -> str:
    data = plain(before)
    assert isinstance(data, dict)
    if plain(_read(text)) != {**data, key: value}:
        raise EntryError("写进去以后，别的内容会变")
    return text


def _last_line(node: Node) -> int:
    if isinstance(node, TextNode):
        return node.end_line
    if isinstance(node, List):
        return max(map(_last_line, node.items), default=node.span.line)
    return max((max(key.end_line, _last_line(value)) for key, value in node.entries), default=node.span.line)


def _behind(lines: Sequence[str], last: int, margin: int) -> int:
    """Return how many lines end with a list: comments below it that are set in belong to its last item.

    Left behind a new item they would become part of a block at its end.
    """
    for at in range(last, len(lines)):
        words = lines[at].lstrip(" ")
        if words.startswith("#") and len(lines[at]) - len(words) >= margin:
            last = at + 1
        elif words.strip():
            break
    return last
