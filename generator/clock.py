"""The clock that a person or a process goes by."""

from __future__ import annotations

import os
from datetime import datetime

from generator.period import SHANGHAI


def clock() -> datetime:
    """Return the present second in Shanghai, or the one that SOURCE_DATE_EPOCH fixes (reproducible-builds.org)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), SHANGHAI) if fixed else system_clock()


def system_clock() -> datetime:
    """Return the present second in Shanghai, whatever the environment: a host publishes by no other."""
    return datetime.now(SHANGHAI).replace(microsecond=0)
