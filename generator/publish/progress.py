"""The progress of a publication: its steps in order, and the phases that a person sees with the seconds of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

NOT_PUBLISHED = "没有发布，网站和以前一样。"
NOT_SHOWN = "推送已经收下，但网站还没有换上。主机每分钟自己再试一次，不用重新推送。"
# The exit code of a hook that has said why it refuses; with any other the program came to an end without a word.
REFUSED_EXIT_CODE = 3


class Step(StrEnum):
    """A step of a publication; listeners are called as it begins."""

    WAIT = "等待"
    EXPORT = "取出"
    CHECK = "校验"
    MAKE = "生成"
    AUDIT = "核对"
    SYNC = "落盘"
    PLACE = "就位"
    ACCEPT = "接受"
    PENDING = "交回"
    RECORD = "记录"
    SWITCH = "切换"
    PRUNE = "清理"
    DONE = "完成"


OnStep = Callable[[Step], None]


def ignore_step(step: Step) -> None:
    """Take no notice of a step."""


# The phase that a person sees, by step.
_PHASES = {
    Step.EXPORT: "校验",
    Step.CHECK: "校验",
    Step.MAKE: "生成",
    Step.AUDIT: "核对",
    Step.SYNC: "发布",
    Step.PLACE: "发布",
    Step.ACCEPT: "发布",
    Step.SWITCH: "发布",
}
_NONE: Mapping[str, float] = {}


class Say(Protocol):
    """Print words for whoever waits, as `print` does."""

    def __call__(self, words: str, *, end: str = "\n") -> None:
        """Print the words; a line that ends in a carriage return is written over by the next."""


def silent(words: str, *, end: str = "\n") -> None:
    """Print nothing."""
    del words, end


class Phases:
    """The current phase of a publication and the seconds of the earlier ones; call it with each step."""

    def __init__(self, say: Say, on_step: OnStep = ignore_step, spent: Mapping[str, float] = _NONE) -> None:
        """Show progress through `say`, pass each step on to `on_step`, and begin with the seconds `spent`."""
        self._say, self._on_step = say, on_step
        self._spent = dict(spent)
        self._phase, self._since = "", time.monotonic()

    def __call__(self, step: Step) -> None:
        """Note the beginning of a step."""
        phase = _PHASES.get(step, "")
        if phase != self._phase:
            self._note()
            self._phase = phase
            self._show("别人正在发布，等他完成 …" if step is Step.WAIT else f"{phase} …" if phase else "")
        self._on_step(step)

    def seconds(self) -> dict[str, float]:
        """Return the seconds of each phase so far."""
        self._note()
        return dict(self._spent)

    def summary(self) -> str:
        """Say how long each phase took."""
        return "，".join(f"{phase} {seconds:.1f} 秒" for phase, seconds in self.seconds().items()) + "。"

    def _note(self) -> None:
        now = time.monotonic()
        if self._phase:
            self._spent[self._phase] = self._spent.get(self._phase, 0.0) + now - self._since
        self._since = now

    def _show(self, words: str) -> None:
        done = "".join(f"{name} {spent:.1f} 秒，" for name, spent in self._spent.items() if name != self._phase)
        if words:
            self._say(f"{done}{words}", end="\r")
