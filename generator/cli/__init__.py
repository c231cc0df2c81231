"""The verbs of the command line and the hooks of a host; the only room that prints and exits."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.cli.program import main

__all__ = ["main"]


def __getattr__(name: str) -> Any:
    """Import the program when it is asked for: a hook need not wait for it."""
    if name != "main":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module("generator.cli.program").main
