"""File names as a terminal may show them, whoever chose them."""

from __future__ import annotations

from generator.read import forbidden

_LONGEST = 200


def printable(name: str) -> str:
    r"""Return a name on one line, with `\x1b` or `\u202e` in place of each character that a terminal would obey.

    Escape sequences rewrite what stands above, line feeds forge lines, and bidi characters turn names round.
    """
    shown, start = "", 0
    for index, _ in forbidden(name.replace("\n", "\x85").replace("\t", "\x85")):
        shown += name[start:index] + _escaped(name[index])
        start = index + 1
    shown += name[start:]
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def listed(names: list[str], most: int) -> str:
    """Write names one below the other, at most so many and then how many are left."""
    lines = [f"  {printable(name)}" for name in names[:most]]
    if len(names) > most:
        lines.append(f"  还有 {len(names) - most} 个")
    return "\n".join(lines)


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is no UTF-8, as os.fsdecode keeps it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
