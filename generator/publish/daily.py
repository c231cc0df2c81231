"""What is done once a day and after each start of the machine: reading every file, packing the repository."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from generator.publish.host import Host, read_note, write_note
from generator.publish.repository import Repository

_NOTE = "daily.json"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_DAY = timedelta(hours=23)


def is_due(host: Host, now: datetime) -> bool:
    """Whether a day has passed since the last time, or the machine was started since."""
    note = read_note(host.state / _NOTE)
    if note.get("boot") != _boot():
        return True
    return abs(now - datetime.fromisoformat(note["at"])) >= _DAY


def done(host: Host, now: datetime) -> None:
    """Pack the repository and note that the day's work is done; the caller holds the lock."""
    Repository(host.repository).run("gc", "--quiet")
    write_note(host.state / _NOTE, {"boot": _boot(), "at": now.isoformat()})


def _boot() -> str:
    return _BOOT.read_text(encoding="ascii").strip() if _BOOT.is_file() else ""
