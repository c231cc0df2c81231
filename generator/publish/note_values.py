"""Values of a note to and from JSON, by the types of its dataclass, without a schema that each hook would build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

_T = TypeVar("_T")


def from_json(kind: type[_T], data: Any, known: Mapping[str, object]) -> _T:
    """Return a value of a type from what JSON holds, a dataclass's fields `known` besides; ValueError where it is none.

    A type is text, a number, an instant, a dataclass, one of these or None, or a tuple, list or mapping of them.
    """
    value: _T = _dataclass(kind, data, known) if is_dataclass(kind) else _value(kind, data)
    return value


def to_json(value: Any, without: frozenset[str] = frozenset()) -> Any:
    """Return what JSON can hold of such a value, but for fields `without` of the outermost dataclass."""
    if is_dataclass(value):
        return {one.name: to_json(getattr(value, one.name)) for one in fields(value) if one.name not in without}
    if isinstance(value, Mapping):
        return {key: to_json(held) for key, held in value.items()}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [to_json(held) for held in value]
    return value


def _value(kind: Any, data: Any) -> Any:
    base, inner = get_origin(kind) or kind, get_args(kind)
    if base is UnionType:
        # Releases of earlier programs say "" where there is no instant.
        return None if data is None or data == "" else _value(inner[0], data)
    if is_dataclass(base):
        return _dataclass(base, data, {})
    if base is datetime:
        return datetime.fromisoformat(_checked(str, data))
    if base is dict:
        return {key: _value(inner[1], held) for key, held in _checked(dict, data).items()}
    if base in {tuple, list}:
        items = _checked(list, data)
        # Thousands of ids at once.
        return base(items) if {*map(type, items)} <= {inner[0]} else base(_value(inner[0], held) for held in items)
    if base is float and isinstance(data, int):
        return float(data)
    return _checked(base, data)


def _dataclass(kind: Any, data: Any, known: Mapping[str, object]) -> Any:
    types = _types(kind)
    values = {name: _value(types[name], held) for name, held in _checked(dict, data).items() if name in types}
    missing = [one.name for one in fields(kind) if one.name not in values.keys() | known.keys() and _is_needed(one)]
    if missing:
        raise ValueError(f"{kind.__name__}: {missing}")
    return kind(**{**values, **known})


def _is_needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


@cache
def _types(kind: type) -> dict[str, Any]:
    own = {one.name for one in fields(kind)}
    return {name: type_ for name, type_ in get_type_hints(kind).items() if name in own}


def _checked(kind: type[_T], data: Any) -> _T:
    if not isinstance(data, kind) or (isinstance(data, bool) and kind is not bool):
        raise ValueError(f"{data!r}")
    return data
