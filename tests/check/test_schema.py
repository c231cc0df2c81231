"""The JSON Schemas: those in content/ are the generated ones, they accept what the program accepts, in Chinese only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.check.schema import schemas
from generator.read import parse, plain
from tests.support.content import NOTICE
from tests.support.program import ROOT, gongkai

CONTENT = ROOT / "content"
FILES = [*sorted(CONTENT.glob("notices/*/*.yml")), CONTENT / "organs.yml", CONTENT / "site.yml"]


class EditorLoader(yaml.SafeLoader):
    """YAML as an editor reads it (YAML 1.2 core): numbers and truth are typed, dates are text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(("timestamp", "merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schema_of(path: Path) -> Draft202012Validator:
    name = path.name if path.parent == CONTENT else "notice.yml"
    return Draft202012Validator(json.loads(schemas()[name.replace(".yml", ".json")]))


def test_schemas_in_content_are_the_generated_ones(tmp_path: Path) -> None:
    """`gongkai schema` changes nothing."""
    run = gongkai("schema", "-o", tmp_path)
    assert run.returncode == 0, run.stderr
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == schemas()
    assert {path.name: path.read_bytes() for path in (CONTENT / "schema").iterdir()} == written


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_valid(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_demo_is_valid(path: Path) -> None:
    """As the program reads it, all text, and as an editor does, with numbers."""
    text = path.read_text("utf-8")
    tree, _ = parse(text, path.name)
    assert tree is not None
    schema = schema_of(path)
    assert list(schema.iter_errors(plain(tree))) == []
    assert list(schema.iter_errors(yaml.load(text, EditorLoader))) == []  # noqa: S506  (a SafeLoader)


WRONG = {
    "unknown key": ("格式: 1", "格式: 1\n題目: 甲"),
    "missing title": ("标题: 中共", "题目: 中共"),
    "day": ("发布: 2025-11-21 09:00", "发布: 2025年11月21日"),
    "progress": ("          措施:", "          进展: 差不多\n          措施:"),
    "empty body": ("  部分:", "  部份:"),
    "text for a list": ("      段落:\n        - 已经", "      段落: 已经"),
    "organ's key": ("单位: bangongshi", "单位: 办公室"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_an_editor_marks(name: str) -> None:
    """The schema marks the commonest mistakes while a clerk still types."""
    old, new = WRONG[name]
    assert old in NOTICE
    schema = schema_of(Path("notice.yml"))
    assert list(schema.iter_errors(yaml.load(NOTICE, EditorLoader))) == []  # noqa: S506  (a SafeLoader)
    assert list(schema.iter_errors(yaml.load(NOTICE.replace(old, new), EditorLoader))) != []  # noqa: S506


def words(node: Any) -> Iterator[str]:
    """Yield what an editor shows of a schema: titles and descriptions."""
    if isinstance(node, list):
        for item in node:
            yield from words(item)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in {"title", "description", "markdownDescription"} and isinstance(value, str):
                yield value
            else:
                yield from words(value)


@pytest.mark.parametrize("name", schemas())
def test_nothing_english_is_shown(name: str) -> None:
    shown = list(words(json.loads(schemas()[name])))
    assert shown
    for text in shown:
        rest = re.sub(r"content/organs\.yml|README|ICP", "", text)
        assert re.search(r"[A-Za-z]{2}", rest) is None, text


def test_every_key_of_a_notice_is_chinese() -> None:
    schema = json.loads(schemas()["notice.json"])
    for definition in (schema, *schema["$defs"].values()):
        for key in definition.get("properties", {}):
            assert not key.isascii(), key
    assert "编号" not in schema["properties"]
