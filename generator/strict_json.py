"""JSON that others wrote, read with one meaning and within bounds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from generator.errors import GongkaiError

_DEEPEST = 64
_LARGEST = 5 * 1024 * 1024


class JsonError(GongkaiError, ValueError):
    """Data that is not strict JSON; the text says why, in Chinese."""


def read_json(data: bytes, largest: int = _LARGEST) -> Any:
    """Read JSON (RFC 8259) of at most `largest` bytes; JsonError where it is none.

    Refused beside what RFC 8259 forbids: repeated keys, numbers that are not finite, text that UTF-8 cannot hold, and
    more than 64 levels.
    """
    if len(data) > largest:
        raise JsonError(f"有 {len(data)} 字节，最多 {largest} 字节")
    try:
        found = json.loads(
            data.decode(), object_pairs_hook=_distinct, parse_constant=_refuse_constant, parse_float=_finite
        )
        _refuse_deep(found)
        if b"\\u" in data:
            json.dumps(found, ensure_ascii=False).encode()
    except JsonError:
        raise
    except UnicodeError as error:
        raise JsonError("有不是 UTF-8 的字符") from error
    except json.JSONDecodeError as error:
        raise JsonError(f"第 {error.lineno} 行第 {error.colno} 列不是 JSON") from error
    except RecursionError as error:
        raise JsonError(f"一层套一层超过 {_DEEPEST} 层") from error
    except ValueError as error:  # what int() says of thousands of digits
        raise JsonError("有一个数太长") from error
    return found


def read_object(data: bytes, largest: int = _LARGEST) -> dict[str, Any]:
    """Read a JSON object as `read_json` does; JsonError where it is something else."""
    found = read_json(data, largest)
    if not isinstance(found, dict):
        raise JsonError("应当是一个 JSON 对象（{…}）")
    return found


def _refuse_deep(found: Any) -> None:
    level, depth = _containers([found]), 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise JsonError(f"一层套一层超过 {_DEEPEST} 层")
        level = _containers(child for node in level for child in (node.values() if isinstance(node, dict) else node))


def _containers(nodes: Iterable[Any]) -> list[Any]:
    return [node for node in nodes if isinstance(node, (dict, list))]


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise JsonError("同一个键写了两次")
    return made


def _refuse_constant(name: str) -> Any:
    raise JsonError(f"{name} 不是 JSON 的数")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise JsonError(f"{text[:40]} 太大")
    return number
