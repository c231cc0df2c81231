"""JSON that others wrote has one meaning, and neither its size nor its depth is without end."""

from __future__ import annotations

import pytest

from generator.strict_json import JsonError, read_json, read_object


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a": NaN}', "NaN 不是 JSON 的数"),
        (b"[Infinity]", "Infinity 不是 JSON 的数"),
        (b"[-Infinity]", "-Infinity 不是 JSON 的数"),
        (b"[1e999]", "1e999 太大"),
        (b"1" * 5000, "有一个数太长"),
        (b'{"a": 1, "a": 2}', "同一个键写了两次"),
        (b"[" * 100_000, "超过 64 层"),
        (b"[" * 65 + b"]" * 65, "超过 64 层"),
        (b'["\\ud800"]', "不是 UTF-8"),
        (b"\xff", "不是 UTF-8"),
        (b"[1,\n2", "第 2 行第 2 列"),
        (b"", "不是 JSON"),
        (b"[" + b" " * 200 + b"]", "最多 100 字节"),
    ],
)
def test_what_is_not_strict_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(JsonError, match=words):
        read_json(data, 100 if words.startswith("最多") else 200_000)


def test_what_is_strict_is_read() -> None:
    assert read_json(b"[" * 64 + b"]" * 64)
    assert read_json('{"a": ["一", 1, 1.5, true, null]}'.encode()) == {"a": ["一", 1, 1.5, True, None]}


def test_an_object_is_asked_for() -> None:
    assert read_object(b'{"a": 1}') == {"a": 1}
    with pytest.raises(JsonError, match="应当是一个 JSON 对象"):
        read_object(b"[]")
