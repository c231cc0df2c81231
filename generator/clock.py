"""The clock that a person or a process goes by."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from generator.period import SHANGHAI


def clock() -> datetime:
    """Return the present second in Shanghai, or the one that SOURCE_DATE_EPOCH fixes (reproducible-builds.org)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
    return now.astimezone(SHANGHAI).replace(microsecond=0)
