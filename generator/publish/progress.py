"""The named steps of a publication, in order, and who is told of them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

NOT_PUBLISHED = "没有发布，网站和以前一样。"
NOT_SHOWN = "推送已经收下，但网站还没有换上。主机每分钟自己再试一次，不用重新推送。"
# The exit code of a hook that has said why it refuses; with any other the program came to an end without a word.
TOLD = 3


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
