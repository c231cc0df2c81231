"""What a rule says of a notice: a dotted path and words; its line is found later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from generator.model import Notice, Organs, Site
from generator.problems import Severity

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A problem at a path of Chinese keys and list indexes.

    `needle` is the very words in the value there, if any; `at_key` says that the key is wrong, not its value.
    """

    path: Path
    code: str
    found: str
    expected: str
    mend: str
    severity: Severity = Severity.ERROR
    needle: str = ""
    at_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckContext:
    """What a notice is checked against: organs, site, and the heads of its attachments by name (None: not there).

    `whole` returns an attachment by its name, None one that is too large; without it they are not looked into.
    `live` says that the public is to see it.
    """

    organs: Organs
    site: Site
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    whole: Callable[[str], bytes | None] | None = None
    live: bool = False


Rule = Callable[[Notice, CheckContext], Iterable[Violation]]
