"""Which organ was meant where its key is wanted and something else stands."""

from __future__ import annotations

from difflib import get_close_matches

from generator.model import Organ, Organs

# A suggestion is not worth minutes of comparing.
_COMPARED = 100
_LISTED = 8


def meant_organ(written: str, organs: Organs) -> str | None:
    """Return the key of the organ that a name, a part of one or a misspelt key stands for; None where none is near."""
    names = {name: key for key, organ in organs.items() for name in _names(organ)}
    if written in names:
        return names[written]
    parts = {key for name, key in names.items() if written in name or name in written}
    if parts:
        return parts.pop() if len(parts) == 1 else None
    near = get_close_matches(written, list(organs)[:_COMPARED], n=1, cutoff=0.5)
    if near:
        return near[0]
    alike = get_close_matches(written, list(names)[:_COMPARED], n=1, cutoff=0.6)
    return names[alike[0]] if alike else None


def organ_mend(written: str, organs: Organs) -> str:
    """Say which key to write instead: that of the organ that was meant, or those that there are."""
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
