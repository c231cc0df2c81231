"""What was published, or a copy of it, checked against the records."""

from generator.archive.verify.target import verify
from generator.archive.verify.verdict import Verdict

__all__ = ["Verdict", "verify"]
