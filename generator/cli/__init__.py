"""The verbs of the command line; the only room that prints and exits."""

from generator.cli.program import main

__all__ = ["main"]
