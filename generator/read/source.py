"""A YAML file as text, as plain data, and as a tree with places once something is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.problems import Problem, Severity
from generator.read.plain_yaml import plain_map
from generator.read.text import decode
from generator.read.tree import Node, Plain, plain
from generator.read.yaml_tree import parse


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A YAML file: its path, its text, its data (None where it could not be read), the problems of reading it."""

    file: str
    text: str
    data: Plain | None
    problems: tuple[Problem, ...]

    def tree(self) -> Node:
        """Return the data with its places; only of a file that could be read."""
        tree, _ = parse(self.text, self.file)
        assert tree is not None
        return tree


def source_of(data: bytes, file: str) -> SourceFile:
    """Read the bytes of a YAML file."""
    text, problems = decode(data, file)
    if text is None:
        return SourceFile(file, "", None, problems)
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    if not failed and (usual := plain_map(text)) is not None:
        return SourceFile(file, text, usual, problems)
    tree, found = parse(text, file)
    return SourceFile(file, text, None if failed or tree is None else plain(tree), (*problems, *found))
