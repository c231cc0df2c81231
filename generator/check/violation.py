"""Violations of rules and of the model, by the path of a value; its line is found later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ValidationError

from generator.model import Notice, Organs, Site
from generator.problems import Severity, closest

_SHOWN = 40

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
    """The facts that a notice is checked against: organs, site, and the first bytes of its attachments by name.

    `whole` returns an attachment by its name, None one that is too large; without it they are not looked into.
    `live` says that the public is to see it.
    """

    organs: Organs
    site: Site
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    whole: Callable[[str], bytes | None] | None = None
    live: bool = False


Rule = Callable[[Notice, CheckContext], Iterable[Violation]]


def violations(error: ValidationError, data: Any, model: type[BaseModel]) -> list[Violation]:
    """Turn a validator's errors on `data` into violations, all of them."""
    details = error.errors(include_url=False)
    missing = [resolved(detail["loc"], data) + detail["loc"][-1:] for detail in details if detail["type"] == "missing"]
    return [_complaint(dict(detail), data, missing, model) for detail in details]


def _complaint(detail: dict[str, Any], data: Any, missing: list[Path], model: type[BaseModel]) -> Violation:
    path = resolved(detail["loc"], data)
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if "mend" in context:
        path = (*path, context["at"]) if context["at"] else path
        at_key = detail["loc"][-1:] == ("[key]",)
        found = _shown(value if at_key else _at(data, path))
        expected, mend = context["expected"], context["mend"]
        return Violation(path=path, code=kind, found=found, expected=expected, mend=mend, at_key=at_key)
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        return Violation(
            path=path, code="missing-key", found=f"没有“{key}”", expected=f"有“{key}”", mend=f"补上一行“{key}: …”。"
        )
    if kind == "extra_forbidden":
        absent = [str(lost[-1]) for lost in missing if lost[:-1] == path[:-1]]
        return _unknown_key(path, key, data, absent, model)
    if kind in {"enum", "literal_error"}:
        words = str(context["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
        mend = _meant_word(value, words.split("、"))
        return Violation(path=path, code="unknown-word", found=_shown(value), expected=f"{words}之一", mend=mend)
    expected, mend = _SHAPES.get(kind, ("合乎格式的内容", "对照 README 里的样例改正。"))
    return Violation(path=path, code=kind.replace("_", "-"), found=_shown(value), expected=expected, mend=mend)


def _meant_word(value: Any, words: list[str]) -> str:
    """Suggest the word that is part of the value (公立医院), or holds it, or is near it."""
    text = value if isinstance(value, str) else ""
    parts = [word for word in words if text and (word in text or text in word)]
    near = parts[0] if len(parts) == 1 else closest(text, words)
    return f"是不是“{near}”？照写。" if near else "从中选一个，照写。"


_SHAPES = {
    "model_type": ("一组“名称: 内容”", "在下一行缩进两格，写“名称: 内容”。"),
    "dict_type": ("一组“名称: 内容”", "在下一行缩进两格，写“名称: 内容”。"),
    "model_attributes_type": ("一组“名称: 内容”", "在下一行缩进两格，写“名称: 内容”。"),
    "tuple_type": ("一个列表，每条以短横线加空格开头", "每条另起一行，写成“- 内容”。"),
    "list_type": ("一个列表，每条以短横线加空格开头", "每条另起一行，写成“- 内容”。"),
    "too_short": ("至少一条", "补上内容；可以不写的项，没有内容就整行删掉。"),
    "greater_than_equal": ("1 到 250 之间的数", "改成公开的工作日数。"),
    "less_than_equal": ("1 到 250 之间的数", "改成公开的工作日数。"),
}


def _unknown_key(path: Path, key: str, data: Any, absent: list[str], model: type[BaseModel]) -> Violation:
    near = closest(key, absent) or closest(key, _keys(model))
    mend = f"是不是想写“{near}”？" if near else "删掉这一项，或者改成认得的名称。"
    siblings = _at(data, path[:-1])
    others = "、".join(siblings) if isinstance(siblings, dict) and len(siblings) < 12 else ""
    found = f"认不得的名称“{_shown(key)}”" + (f"（同一层有：{_shown(others)}）" if others else "")
    return Violation(path=path, code="unknown-key", found=found, expected="格式里有的名称", mend=mend, at_key=True)


@lru_cache
def _keys(model: type[BaseModel]) -> tuple[str, ...]:
    schema = model.model_json_schema()
    definitions = (schema, *schema.get("$defs", {}).values())
    return tuple(sorted({key for definition in definitions for key in definition.get("properties", {})}))


def resolved(location: tuple[str | int, ...], data: Any) -> Path:
    """Return a validator's location as a path in the data, without steps that lead nowhere, such as a union's tag."""
    path: list[str | int] = []
    here = data
    for step in location:
        below = _at(here, (step,))
        if below is not None:
            here = below
            path.append(step)
    return tuple(path)


def _at(data: Any, path: Path) -> Any:
    here: Any = data
    for step in path:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def _shown(value: Any) -> str:
    if isinstance(value, str):
        flat = value.replace("\n", " ")
        return (flat if len(flat) <= _SHOWN else flat[:_SHOWN] + "…") or "空的"
    if isinstance(value, dict):
        return _shown("、".join(map(str, value))) if value else "空的"
    if isinstance(value, list):
        return f"{len(value)} 条内容" if value else "空的列表"
    return "没有内容" if value is None else str(value)
