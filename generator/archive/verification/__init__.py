"""What was published, or a copy of it, checked against the records."""

from generator.archive.verification.target import verify
from generator.archive.verification.verdict import Verdict

__all__ = ["Verdict", "verify"]
