"""YAML text to a tree in one pass over the parser's events: every scalar is text, and only plain YAML is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from generator.characters import forbidden_problems, without_forbidden
from generator.problems import Problem, Span
from generator.read.diagnosis import diagnose, like_key
from generator.read.refusals import refusal_problem
from generator.read.scalars import (
    Scalar,
    block_text,
    comment_problem,
    inline_text,
    is_sentence,
    place_of,
    plain_problem,
    quoted_problems,
    scalar_of,
)
from generator.read.tree import List, Map, Node, TextNode

MAX_DEPTH = 24
_MAX_PROBLEMS = 100
LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str, file: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read YAML, as `decode` returned it, into a map; there is a tree exactly where there is no problem.

    Lines are stripped of blanks at their ends, a value of empty lines around it; nothing else changes. All that
    is refused is reported at once, up to the place where the parser itself must stop.
    """
    problems = forbidden_problems(text, file)
    walk = _Walk(without_forbidden(text) if problems else text, file)
    walk.run()
    # What is wrong in a line with a forbidden character may be its doing, and no mend could quote that line.
    problems += tuple(found for found in walk.problems if not (problems and walk.has_replacement(found)))
    return (None if problems else walk.root), problems


def _events(text: str) -> Iterator[Event]:
    """Yield the parser's events; unlike `yaml.parse` it does not ask twice for each."""
    loader = LOADER(text)
    try:
        while (event := loader.get_event()) is not None and not isinstance(event, StreamEndEvent):
            yield event
    finally:
        loader.dispose()


class _Frame:
    """A list or map that is still open; `key` waits for its value."""

    __slots__ = ("entries", "is_map", "items", "key", "lines", "span")

    def __init__(self, is_map: bool, span: Span) -> None:
        self.is_map = is_map
        self.span = span
        self.items: list[Node] = []
        self.entries: list[tuple[TextNode, Node]] = []
        self.lines: dict[str, int] = {}
        self.key: TextNode | None = None


class _Walk:
    """The state of one pass: open frames, problems so far, and the last line that they explain."""

    __slots__ = ("asks", "explained", "file", "flow", "frames", "lines", "problems", "root", "text")

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = [*text.split("\n"), ""]  # the parser places what is missing at the end in a line of its own
        self.asks = "?" in text
        self.frames: list[_Frame] = []
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.flow = 0
        self.explained = 0

    def run(self) -> None:
        try:
            for event in _events(self.text):
                if not self.take(event):
                    return
        except yaml.MarkedYAMLError as error:
            # Where the line is refused already, or a bracket is open, the parser trips over the same thing.
            mark = error.context_mark if "quoted" in str(error.context) else error.problem_mark
            if not self.flow and (mark is None or mark.line >= self.explained):
                self.problems.append(diagnose(error, self.lines, self.file))
            return
        except (ValueError, OverflowError):
            # The parser in Python lets "\\UFFFFFFFF" through to chr().
            self.refuse("yaml", None)
            return
        if self.root is None and not self.problems:
            self.refuse("empty-file", None)

    def take(self, event: Event) -> bool:
        """Take one event in; False where it makes no sense to go on."""
        if isinstance(event, ScalarEvent):
            self.scalar(event)
        elif isinstance(event, CollectionStartEvent):
            return self.open(event)
        elif isinstance(event, CollectionEndEvent):
            self.close()
        elif isinstance(event, AliasEvent):
            self.properties(event)
            line, column = place_of(event)
            self.put(TextNode("", Span(line + 1, column + 1), line + 1))
        elif isinstance(event, DocumentStartEvent):
            return self.document(event)
        return len(self.problems) < _MAX_PROBLEMS or self.give_up()

    def has_replacement(self, problem: Problem) -> bool:
        return problem.span is not None and "\ufffd" in self.lines[problem.span.line - 1]

    def give_up(self) -> bool:
        self.refuse("too-many", None)
        return False

    def refuse(self, code: str, span: Span | None, line: str = "", **facts: object) -> None:
        self.add(refusal_problem(code, self.file, span, line, **facts))

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if problem.span is not None:
            self.explained = max(self.explained, problem.span.line)
            if problem.span.line == len(self.lines):
                self.problems[-1] = replace(problem, span=Span(problem.span.line - 1, 1))

    def document(self, event: DocumentStartEvent) -> bool:
        line, _ = place_of(event)
        if self.root is not None or self.explained:
            self.refuse("documents", Span(line + 1, 1, 3))
            return False
        if event.version or event.tags:
            self.refuse("directive", Span(line + 1, 1, len(self.lines[line])))
        return True

    def open(self, event: CollectionStartEvent) -> bool:
        line, column = place_of(event)
        span = Span(line + 1, column + 1)
        self.properties(event)
        if len(self.frames) == MAX_DEPTH:
            self.refuse("depth", span)
            return False
        is_map = isinstance(event, MappingStartEvent)
        if event.flow_style:
            if not self.flow:
                self.refuse_flow(span, is_map=is_map)
            self.flow += 1
        elif not self.frames and not is_map:
            self.refuse("root", span, kind="一个列表")
        self.frames.append(_Frame(is_map, span))
        return True

    def close(self) -> None:
        frame = self.frames.pop()
        self.flow -= bool(self.flow)
        self.put(Map(tuple(frame.entries), frame.span) if frame.is_map else List(tuple(frame.items), frame.span))

    def put(self, node: Node) -> None:
        """Hang a finished node into the innermost open frame."""
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        if not frame.is_map:
            frame.items.append(node)
        elif frame.key is not None:
            frame.entries.append((frame.key, node))
            frame.key = None
        elif isinstance(node, TextNode):
            self.take_key(frame, node)
        else:
            frame.key = TextNode("", node.span, node.span.line)
            if node.span.line > self.explained:
                self.refuse("key-not-text", node.span)

    def take_key(self, frame: _Frame, key: TextNode) -> None:
        name, span = key.value, key.span
        frame.key = key
        first = frame.lines.setdefault(name, span.line)
        if self.flow:
            return
        if self.asks and self.lines[span.line - 1][: span.column - 1].rstrip().endswith("?"):
            self.refuse("explicit-key", span, self.lines[span.line - 1])
        elif not name.strip():
            self.refuse("key-empty", span)
        elif name == "<<":
            self.refuse("merge-key", span)
        elif is_sentence(name):
            source = self.lines[span.line - 1]
            colon = Span(span.line, span.column + len(name), 2)
            self.refuse("colon-in-value", colon, source, value_at=span.column - 1)
        elif "：" in name or ":" in name:
            line = span.line - 1
            unseen = like_key(self.lines[line], line, self.file)
            if unseen is not None and span.line > self.explained:
                self.add(unseen)
        elif first != span.line:
            self.refuse("duplicate-key", span, key=name, first=first)

    def scalar(self, event: ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self.properties(event)
        scalar = scalar_of(event)
        if scalar.style in {"|", ">"}:
            node = block_text(scalar, self.lines)
            if scalar.style == ">":
                self.refuse_fold(scalar)
        else:
            node = inline_text(scalar)
            if not self.flow:
                self.check_inline(scalar)
        if not self.frames:
            self.check_root(node)
        self.put(node)

    def check_inline(self, scalar: Scalar) -> None:
        several = scalar.end_line > scalar.line
        if scalar.style:
            for problem in quoted_problems(scalar, self.lines, self.file):
                self.add(problem)
        else:
            own_line = self.on_own_line(scalar.line, several=several)
            if own_line or several:
                found = plain_problem(scalar, self.lines, self.file, own_line=own_line)
                if found is not None:
                    self.add(found)
        if several:
            self.explained = max(self.explained, scalar.end_line + 1)
        elif self.text[scalar.end_index : scalar.end_index + 1] in {" ", "\t"}:
            lost = comment_problem(scalar, self.lines, self.file)
            if lost is not None:
                self.add(lost)

    def on_own_line(self, line: int, *, several: bool) -> bool:
        """Whether a scalar that begins in this line, from 0, is alone or below its key, where a key should be."""
        if not self.frames:
            return True
        frame = self.frames[-1]
        return frame.is_map and (several if frame.key is None else frame.key.span.line <= line)

    def check_root(self, node: TextNode) -> None:
        if not node.value:
            self.refuse("empty-file", None)
        elif not self.problems:
            self.refuse("root", node.span, kind="一段文字")
        self.explained = len(self.lines) + 1

    def properties(self, event: ScalarEvent | CollectionStartEvent | AliasEvent) -> None:
        """Refuse anchor, tag and alias, which all come where a value begins."""
        if self.flow:
            return
        line, column = place_of(event)
        source, span = self.lines[line], Span(line + 1, column + 1)
        if isinstance(event, AliasEvent):
            self.refuse("alias", span, source, value_at=column)
            return
        above = "-above" if isinstance(event, CollectionStartEvent) and not event.flow_style else ""
        if event.anchor is not None:
            self.refuse("anchor" + above, span, source, value_at=column)
        if event.tag is not None:
            self.refuse("tag" + above, span, source, value_at=column)

    def refuse_flow(self, span: Span, *, is_map: bool) -> None:
        char, kind = (
            ("{ }", "几项，每项另起一行，写成“名称: 内容”") if is_map else ("[ ]", "几条，每条另起一行，写成“- 内容”")
        )
        is_key = bool(self.frames) and self.frames[-1].is_map and self.frames[-1].key is None
        line = "" if is_key else self.lines[span.line - 1]
        self.refuse("flow", span, line, value_at=span.column - 1, char=char, kind=kind)

    def refuse_fold(self, scalar: Scalar) -> None:
        line, column = scalar.line, scalar.column
        char = self.lines[line][column:].split()[0]
        self.refuse("folded", Span(line + 1, column + 1, len(char)), char=char)
