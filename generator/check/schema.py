"""The JSON Schemas that editors check YAML by, generated from the model."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from generator.model import Notice, Organs, Site

_TITLES = {"notice": ("通报", Notice), "organs": ("单位", Organs), "site": ("网站", Site)}


def schemas() -> dict[str, bytes]:
    """Return the schemas of notice, organs and site by file name, as JSON in UTF-8; reproducible to the byte."""
    return {f"{name}.json": _schema(title, TypeAdapter(kind)) for name, (title, kind) in _TITLES.items()}


def _schema(title: str, adapter: TypeAdapter[Any]) -> bytes:
    made = adapter.json_schema(by_alias=True)
    if "编号" in made.get("properties", {}):
        # The id comes from the file's place; a key for it would be a second truth.
        del made["properties"]["编号"]
        made["required"].remove("编号")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_plain(made), "title": title}
    return (json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _plain(node: Any) -> Any:
    """Leave out what pydantic makes of class names and docstrings: English that an editor would show to a clerk."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _plain(value) for key, value in node.items() if key != "default" or value is not None}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    if (isinstance(kept.get("description"), str) and kept["description"].isascii()) or (
        isinstance(kept.get("description"), str) and "properties" in kept
    ):
        del kept["description"]
    return kept
