"""Run the program by another clock than the machine's, at an instant: `python -m tests.bench.at INSTANT VERB …`.

A host has no verb for that. All else is as when the program is started, and the clock stands still.
"""

from __future__ import annotations

import runpy
import sys
from datetime import datetime

from generator import clock

if __name__ == "__main__":
    now = datetime.fromisoformat(sys.argv.pop(1))
    # Before anything takes it by name.
    clock.system_clock = lambda: now
    runpy.run_module("generator", run_name="__main__", alter_sys=True)
