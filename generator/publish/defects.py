"""The log of where the program failed on a host, for those who maintain it."""

from __future__ import annotations

import traceback
from datetime import datetime

from generator.errors import reason
from generator.publish.host import Host
from generator.version import version

_LARGEST = 1_000_000


def record_defect(host: Host, now: datetime, trace: str = "") -> str:
    """Append where the program failed, by default just now, with instant and version, and say so in Chinese.

    The log keeps within about two megabytes: beyond one it becomes `errors.log.1`, and the one before goes.
    """
    entry = f"== {now.isoformat(timespec='seconds')} gongkai {version()}\n{trace or traceback.format_exc()}\n"
    try:
        if host.log.is_file() and host.log.stat().st_size > _LARGEST:
            host.log.replace(host.log.with_name(f"{host.log.name}.1"))
        with host.log.open("a", encoding="utf-8") as opened:
            opened.write(entry)
    except OSError as error:
        return f"程序出错，也记不下来：{reason(error)}。请找管理主机的人。"
    return f"程序出错。请管理主机的人把 {host.log} 交给维护程序的人。"
