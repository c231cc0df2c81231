"""Checks of published material, or a copy of it, against the records."""

from generator.archive.verify.comparison import Verdict
from generator.archive.verify.target import verify

__all__ = ["Verdict", "verify"]
