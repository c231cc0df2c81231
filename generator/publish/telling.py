"""The named steps of a publication, in order, and who is told of them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What a publication is doing; each is told as it begins."""

    WAIT = "等待"
    EXPORT = "取出"
    CHECK = "校验"
    MAKE = "生成"
    AUDIT = "核对"
    COMPRESS = "压缩"
    LIST = "清单"
    SYNC = "落盘"
    PLACE = "就位"
    ACCEPT = "接受"
    PROMISE = "交回"
    RECORD = "记录"
    SWITCH = "切换"
    PRUNE = "清理"
    DONE = "完成"


Tell = Callable[[Step], None]


def untold(step: Step) -> None:
    """Tell nobody."""
