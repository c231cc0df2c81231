"""The rule of the organ, and which organ was meant where its key is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.violation import CheckContext, Violation
from generator.model import Notice, Organ, Organs
from generator.problems import closest

_LISTED = 8


def known_organ(notice: Notice, context: CheckContext) -> Iterator[Violation]:
    """Refuse an organ that organs.yml does not have."""
    if notice.organ in context.organs:
        return
    mend = organ_mend(notice.organ, context.organs)
    yield Violation(
        path=("单位",), code="unknown-organ", found=notice.organ, expected="organs.yml 里有的代号", mend=mend
    )


def meant_organ(written: str, organs: Organs) -> str | None:
    """Return the key of the organ that a name, part of a name or a misspelt key means; None where none is near."""
    names = {name: key for key, organ in organs.items() for name in _names(organ)}
    if written in names:
        return names[written]
    parts = {key for name, key in names.items() if written in name or name in written}
    if parts:
        return parts.pop() if len(parts) == 1 else None
    if near := closest(written, organs):
        return near
    alike = closest(written, names, 0.6)
    return None if alike is None else names[alike]


def organ_mend(written: str, organs: Organs) -> str:
    """Return the advice which key to write: that of the organ that was meant, or one of those in organs.yml."""
    key = meant_organ(written, organs)
    if key is not None:
        advice = "" if written.isascii() else "写代号，不写名称："
        return f"{advice}是不是“{key}”（{organs[key].name}）？"
    listed = "、".join(f"{key}（{organ.name}）" for key, organ in list(organs.items())[:_LISTED])
    more = "等" if len(organs) > _LISTED else ""
    there = f"现在有：{listed}{more}。" if organs else ""
    return f"在 organs.yml 里加上这个单位，或者改用已有的代号。{there}"


def _names(organ: Organ) -> list[str]:
    return [name for name in (organ.name, organ.short, *(former.name for former in organ.former)) if name]
