"""gongkai: one YAML file per notice becomes a public page.

As a library: `checked = load(Path("content"))`, then `render(checked.content, BuildTime(now, pinned=False))`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.check import Checked, Content
    from generator.check import check_content as load
    from generator.model import Notice
    from generator.pages import BuildTime, Page, render
    from generator.problems import Problem

__all__ = ["BuildTime", "Checked", "Content", "Notice", "Page", "Problem", "load", "render"]

_HOMES = {
    "Checked": ("generator.check", "Checked"),
    "Content": ("generator.check", "Content"),
    "BuildTime": ("generator.pages", "BuildTime"),
    "Notice": ("generator.model", "Notice"),
    "Page": ("generator.pages", "Page"),
    "Problem": ("generator.problems", "Problem"),
    "load": ("generator.check", "check_content"),
    "render": ("generator.pages", "render"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for: a verb that needs one room must not wait for all."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
