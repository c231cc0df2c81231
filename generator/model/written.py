"""Records as their YAML files say them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from generator.model.body import Level
from generator.model.values import ContentMap


def as_written(record: ContentMap) -> dict[str, Any]:
    """Return a record as text, lists and maps under its Chinese keys, what goes without saying left out."""
    written = {
        field.alias or name: _written(value)
        for name, field in type(record).model_fields.items()
        if (value := getattr(record, name)) != field.get_default(call_default_factory=True)
    }
    # A heading stands before what it heads.
    return {"标题": written.pop("标题"), **written} if isinstance(record, Level) and "标题" in written else written


def instant_as_written(at: datetime) -> str:
    """Return an instant as a file says it: the minute, or all of it where there are seconds."""
    return f"{at:%Y-%m-%d %H:%M}" if at == at.replace(second=0, microsecond=0) else at.isoformat()


def _written(value: Any) -> Any:
    if isinstance(value, ContentMap):
        return as_written(value)
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return instant_as_written(value)
    return value.isoformat() if isinstance(value, date) else str(value)
